"""Summaries add up: of parts, in any grouping, they are the summary of the whole."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from connectors.ingress.aggregation.summarising import SummaryScope, summarise
from connectors.ingress.aggregation.summary import CLIENTS, ROUTES, TABLES, Gathered, Summary, SummaryTable, merge
from connectors.ingress.dialects import load_dialects
from connectors.ingress.reading.parsing import Block, Parser
from tests.connectors.ingress.lines import (
    KLOG_WARNING,
    MORNING,
    combined_line,
    ingress_line,
    json_line,
    stream_line,
)
from vistas.requests.summary import OTHER
from vistas.snapshot import Window

WINDOW = Window(MORNING, MORNING + timedelta(hours=1))


WRITTEN = {"ingress-nginx", "nginx-combined", "ingress-nginx-json", "ingress-nginx-stream"}
DIALECTS = tuple(dialect for dialect in load_dialects() if dialect.name in WRITTEN)
"""Those of the lines below: reading does not slow down with others that are never written."""


def summary_of(lines: Sequence[str], scope: SummaryScope | None = None) -> Summary:
    parser = Parser(DIALECTS, ZoneInfo("UTC"), datetime(2026, 11, 22, 12, tzinfo=UTC))
    return summarise(
        parser.parse(Block("".join(f"{line}\n" for line in lines).encode())), scope or SummaryScope(WINDOW)
    )


def assert_same(one: Summary, other: Summary) -> None:
    assert one.counts == other.counts
    for name, table in TABLES.items():
        assert_frame_equal(
            one.tables[name].sort(list(table.keys)), other.tables[name].sort(list(table.keys)), check_exact=True
        )


@st.composite
def any_line(draw: st.DrawFn) -> str:
    at = MORNING + timedelta(seconds=draw(st.integers(-600, 4200)))
    request = draw(
        st.sampled_from(["GET / HTTP/1.1", "POST /orders/5?x=1 HTTP/1.1", "", "\\x16\\x03", "GET /a/b HTTP/2.0"])
    )
    status = draw(st.sampled_from(["200", "404", "502", "499", "000"]))
    seconds = draw(st.sampled_from(["0.000", "0.001", "0.012", "3.500", "120.000"]))
    upstream = draw(
        st.sampled_from(
            ["- - - -", "10.0.0.1:80 5 0.010 200", "10.0.0.1:80, 10.0.0.2:80 0, 5 0.100, 0.020 502, 200"]
        )
    )
    client = draw(st.sampled_from(["203.0.113.9", "2001:db8::7"]))
    line = ingress_line(at, client=client, request=request, status=status, seconds=seconds, upstream=upstream)
    return draw(
        st.sampled_from(
            [line, combined_line(at, status=status), json_line(at), stream_line(at), KLOG_WARNING, "junk 1", ""]
        )
    )


@settings(max_examples=settings.default.max_examples // 3)
@given(st.lists(any_line(), max_size=15), st.lists(any_line(), max_size=15), st.lists(any_line(), max_size=15))
def test_parts_add_up_to_the_whole(first: list[str], second: list[str], third: list[str]) -> None:
    """summarise(a + b + c) is the merge of the three, in either grouping."""
    a, b, c = summary_of(first), summary_of(second), summary_of(third)
    whole = merge([summary_of([*first, *second, *third])])
    assert_same(merge([a, b, c]), whole)
    assert_same(merge([merge([a, b]), c]), whole)
    assert_same(merge([a, merge([b, c])]), whole)


@given(st.lists(any_line(), max_size=20))
def test_lines_balance(lines: list[str]) -> None:
    """lines = requests + outside the window + set aside + unparsed; the tables hold the window's requests."""
    summary = summary_of(lines)
    counts = summary.counts
    assert counts.lines == len(lines)
    assert counts.lines == counts.requests + counts.outside_window + counts.set_aside.total() + counts.unparsed
    for name in ("minutes", "routes", "clients"):
        assert summary.tables[name]["requests"].sum() == counts.requests


def test_growing_is_merging() -> None:
    """Merging now and then, or once at the end, makes no difference."""
    parts = [
        summary_of([ingress_line(MORNING + timedelta(seconds=n), request=f"GET /p{n % 7} HTTP/1.1")])
        for n in range(24)
    ]
    gathered = Gathered()
    gathered.LIGHT = 10
    for part in parts:
        gathered.add(part)
    assert_same(gathered.result(), merge(parts))


def test_window_is_half_open() -> None:
    """A request at the window's end belongs to the next window."""
    lines = [ingress_line(at) for at in (WINDOW.start - timedelta(seconds=1), WINDOW.start, WINDOW.end)]
    counts = summary_of(lines).counts
    assert (counts.requests, counts.outside_window) == (1, 2)
    assert (counts.oldest, counts.newest) == (WINDOW.start - timedelta(seconds=1), WINDOW.end)


def test_slowest_request_of_a_cell() -> None:
    """Of equally slow requests the first is kept, with its own time and upstream time."""
    lines = [
        ingress_line(
            MORNING + timedelta(seconds=second), seconds="1.100", upstream=f"10.0.0.1:80 5 {upstream} 200"
        )
        for second, upstream in [(1, "0.100"), (2, "1.000"), (3, "0.200")]
    ]
    merged = merge([summary_of(lines[:1]), summary_of(lines[1:])])
    row = merged.tables["routes"].row(0, named=True)
    assert (row["slowest_seconds"], row["slowest_upstream_seconds"]) == (1.1, 0.1)
    assert row["slowest_at"] == MORNING + timedelta(seconds=1)
    assert (row["first"], row["last"]) == (MORNING + timedelta(seconds=1), MORNING + timedelta(seconds=3))


def test_first_of_equally_slow_is_the_first_line() -> None:
    """Also where ragged lines, which take another way, stand between regular ones."""
    ragged = ingress_line(seconds="1.000", upstream="10.0.0.1:80, 10.0.0.2:80 0, 0 0.500, 0.250 502, 200")
    regular = ingress_line(seconds="1.000", upstream="10.0.0.1:80 0 1.000 200")
    for lines, upstream_seconds in (([ragged, regular], 0.75), ([regular, ragged], 1.0)):
        routes = summary_of(lines).tables["routes"]
        assert routes["slowest_upstream_seconds"].to_list() == [upstream_seconds]


def test_route_scope() -> None:
    """A route prefix leaves other routes out of every table, not out of the counts."""
    lines = [ingress_line(request="GET /orders/5 HTTP/1.1"), ingress_line(request="GET /cart HTTP/1.1")]
    summary = summary_of(lines, SummaryScope(WINDOW, "/orders"))
    assert summary.tables["routes"]["route"].to_list() == ["/orders/:id"]
    assert summary.tables["minutes"]["requests"].sum() == 1
    assert summary.counts.requests == 2


def many(table: SummaryTable, names: int) -> pl.DataFrame:
    name = table.names[0]
    rows = pl.DataFrame({name: [f"n{n:03}" for n in range(names)], "requests": list(range(names))})
    absent = {
        key: pl.lit(None, dtype=kind).alias(key) for key, kind in table.schema.items() if key not in rows.columns
    }
    return rows.with_columns(*absent.values()).select(pl.col(key).cast(kind) for key, kind in table.schema.items())


@pytest.mark.parametrize("seed", range(3))
def test_tail_is_drawn_together_the_same_way(seed: int) -> None:
    """Beyond its bound a table keeps the largest by name; which ones depends on the rows, not on their order."""
    small = SummaryTable(CLIENTS.keys, CLIENTS.sums, CLIENTS.names, bound=50, kept=10)
    rows = many(small, 100)
    bounded = small.bounded(rows.sample(fraction=1, shuffle=True, seed=seed))
    assert sorted(bounded["client"]) == sorted([OTHER, *(f"n{n:03}" for n in range(90, 100))])
    assert bounded["requests"].sum() == rows["requests"].sum()


def test_tail_of_routes_keeps_the_slowest() -> None:
    small = SummaryTable(ROUTES.keys, ROUTES.sums, ROUTES.names, bound=5, kept=1, spans=True, slowest=True)
    rows = many(small, 10).with_columns(slowest_seconds=pl.int_range(0, pl.len()).cast(pl.Float64))
    other = small.bounded(rows).filter(pl.col("method") == OTHER)
    assert other["slowest_seconds"].to_list() == [8.0]


def test_within_the_bound_nothing_changes() -> None:
    small = SummaryTable(CLIENTS.keys, CLIENTS.sums, CLIENTS.names, bound=100, kept=10)
    assert small.bounded(many(small, 100))["client"].n_unique() == 100
