"""Objects as a table: which columns, how written, what identifies a row."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import orjson
import polars as pl
import pytest

from dashboards.components.table.cells import LONGEST, MOST_ROWS, table_of
from dashboards.components.table.patterns import patterns_of
from tests.browser.stage_data import HOSTILE, log_frame, pods_frame
from vistas.formatting.tones import tone
from vistas.routine import Unit
from vistas.snapshot import Frame, FrameKind


def objects(key: tuple[str, ...] = (), **columns: object) -> Frame:
    return Frame(FrameKind.OBJECTS, pl.DataFrame(columns), key=key)


def test_columns_are_drawn_by_what_they_hold():
    """Units stand in column names, so titles do without."""
    table = table_of(pods_frame(5))
    shapes = {column.name: column.shape for column in table.columns}
    assert shapes == {
        "namespace": "text",
        "name": "text",
        "status": "badge",
        "restarts": "number",
        "last_restart": "time",
        "age_seconds": "span",
        "memory_limit_bytes": "number",
        "memory_ratio": "share",
        "node": "text",
        "message": "text",
    }
    assert [column.unit for column in table.columns if column.name == "memory_limit_bytes"] == [Unit.BYTES]


def test_rows_are_known_by_their_key_never_by_position():
    assert table_of(pods_frame(3)).anchors[2] == {"at": "row", "key": {"namespace": "media", "name": "pod-0002"}}


def test_a_key_of_numbers_and_blanks_is_text():
    table = table_of(objects(("code", "zone"), code=[404], zone=[None]))
    assert table.anchors == [{"at": "row", "key": {"code": "404", "zone": ""}}]


def test_a_span_is_an_age_only_where_the_name_says_so():
    """Ages are rounded as people say them; a latency keeps its milliseconds."""
    shapes = {
        column.name: column.shape for column in table_of(objects(age_seconds=[1.0], p95_seconds=[0.2])).columns
    }
    assert shapes == {"age_seconds": "span", "p95_seconds": "number"}


def test_empty_columns_and_twins_are_left_out():
    """What nobody has is not shown; nor is the same thing in a second unit."""
    frame = objects(
        ("name",), name=["a"], ready=["1/2"], ready_ratio=[0.5], gone=pl.Series([None], dtype=pl.String)
    )
    assert [column.name for column in table_of(frame).columns] == ["name", "ready"]


def test_lists_structs_yes_and_infinity_are_plain_values():
    frame = objects(
        ("name",),
        name=["a"],
        images=[["x:1", "y:2"]],
        ok=[True],
        limit=[float("inf")],
        share=[float("nan")],
        at=[datetime(2026, 11, 23, tzinfo=UTC)],
    )
    cells = [column[0] for column in table_of(frame).cells]
    assert cells == ["a", "x:1, y:2", "yes", "∞", None, 1_795_392_000_000]
    json.loads(orjson.dumps(cells))


def test_a_megabyte_in_a_cell_is_cut_and_says_so():
    (column,) = table_of(objects(("name",), name=["x" * 1_000_000])).cells
    assert len(column[0]) < LONGEST + 30
    assert column[0].endswith("(1,000,000 characters)")


def test_ten_thousand_rows_are_sent_and_the_rest_counted():
    table = table_of(objects(("n",), n=list(range(MOST_ROWS + 5))))
    assert len(table.anchors) == MOST_ROWS
    assert table.total == MOST_ROWS + 5


def test_a_frame_without_rows_is_a_table_without_rows():
    table = table_of(Frame(FrameKind.OBJECTS, pods_frame(1).data.clear(), key=("namespace", "name")))
    assert (table.total, list(table.anchors)) == (0, [])


def test_patterns_come_most_frequent_first_with_a_line_of_each():
    table = patterns_of(log_frame())
    assert table.cells[0] == [412, 30]
    assert HOSTILE in table.cells[1][0]["sample"]
    assert table.anchors[1] == {"at": "pattern", "pattern": "Service <name> does not have any active Endpoint"}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Running", "green"),
        ("CrashLoopBackOff", "red"),
        ("Init:CrashLoopBackOff", "red"),
        ("Ready,SchedulingDisabled", "amber"),
        ("firing", "red"),
        ("Stuck", "red"),
        ("something else", "gray"),
    ],
)
def test_a_word_has_the_tone_of_the_worst_it_says(word, expected):
    assert tone(word) == expected
