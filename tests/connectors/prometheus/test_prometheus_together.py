"""Several queries in one look: one frame, each series named by its query, and a word on what did not come."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.connectors.http.answering import AnsweringServer, Reply
from tests.connectors.prometheus.test_prometheus import (
    INSTANT,
    NAMES,
    PATIENCE,
    RANGE,
    UP,
    WINDOW,
    by_query,
    gap,
    matrix,
    names,
    source,
    vector,
)
from vistas.routine import NAMED_BY, Look, NamedQuery
from vistas.snapshot import GapReason, Snapshot
from vistas.source import Deadline

AT = WINDOW.start.timestamp()
WRONG = Reply(b'{"status": "error", "errorType": "bad_data", "error": "odd query"}', status=400)
HISTOGRAM = {"count": "2", "sum": "1", "buckets": [[0, "0", "1", "2"]]}


@pytest.fixture
def tool() -> Iterator[AnsweringServer]:
    answers = {
        "in_total": matrix(_series({"device": "eth0"}), _series({"device": "eth1"})),
        "out_total": matrix(UP),
        "took": matrix({"metric": {}, "histograms": [[AT, HISTOGRAM]]}),
        "wrong": WRONG,
    }
    with AnsweringServer(**{RANGE: by_query(**answers), NAMES: names("in_total", "out_total", "empty")}) as tool:
        yield tool


def _series(labels: dict[str, str]) -> dict[str, object]:
    return {"metric": labels, "values": [[AT, "1"]]}


def take(tool: AnsweringServer, *asked: tuple[str, str], kind: str = "range") -> Snapshot:
    queries = tuple(NamedQuery(name=name, query=query) for name, query in asked)
    look = Look(look="a-look", title="A look", source="shop", take=kind, queries=queries)
    return source(tool).take("a-stop", look, WINDOW, Deadline(PATIENCE))


def labels(snapshot: Snapshot) -> list[dict[str, str]]:
    assert snapshot.frame is not None, snapshot
    found = snapshot.frame.data["labels"].to_list()
    for pairs in found:
        assert [pair["name"] for pair in pairs] == sorted(pair["name"] for pair in pairs)
    return [{pair["name"]: pair["value"] for pair in pairs} for pairs in found]


def test_every_query_is_asked_and_names_its_series(tool: AnsweringServer) -> None:
    snapshot = take(tool, ("{{device}} in", "in_total"), ("out", "out_total"))
    assert labels(snapshot) == [
        {NAMED_BY: "{{device}} in", "device": "eth0"},
        {NAMED_BY: "{{device}} in", "device": "eth1"},
        {NAMED_BY: "out", "__name__": "up"},
    ]
    assert snapshot.provenance.query == "{{device}} in: in_total\nout: out_total"
    assert snapshot.provenance.warnings == ()
    assert snapshot.provenance.obtained is not None
    assert snapshot.provenance.obtained.start == WINDOW.start


def test_what_came_is_shown_and_what_did_not_is_said(tool: AnsweringServer) -> None:
    """One that fails, one that does not exist, one that is empty, as good news is."""
    snapshot = take(tool, ("in", "in_total"), ("odd", "wrong"), ("none", "absent_total"), ("bad", "empty"))
    assert len(labels(snapshot)) == 2
    failed, absent = snapshot.provenance.warnings
    assert failed.startswith("“odd” is not shown: ")
    assert "odd query" in failed
    assert absent == "Missing in this window: absent_total. So “none” is not shown."


def test_where_none_exists_there_is_the_usual_gap(tool: AnsweringServer) -> None:
    found = gap(take(tool, ("a", "node_load1"), ("b", "node_load5")))
    assert found.reason is GapReason.NOT_HERE
    assert "node_load1, node_load5" in found.message
    assert "node_exporter" in found.hint


def test_where_none_answers_the_failure_is_the_gap(tool: AnsweringServer) -> None:
    assert "odd query" in gap(take(tool, ("a", "absent_total"), ("b", "wrong"))).message


def test_histograms_join_plain_series(tool: AnsweringServer) -> None:
    snapshot = take(tool, ("in", "in_total"), ("took", "took"))
    assert snapshot.frame is not None
    assert [len(each) for each in snapshot.frame.data["histograms"]] == [0, 0, 1]
    assert snapshot.frame.data["values"].null_count() == 0


def test_a_text_is_not_shown_among_series() -> None:
    text = {"resultType": "string", "result": [AT, "hello"]}
    body = Reply(json.dumps({"status": "success", "data": text}).encode())
    answers = by_query(text=body, up=vector({"metric": {}, "value": [AT, "1"]}))
    with AnsweringServer(**{INSTANT: answers}) as tool:
        snapshot = take(tool, ("up", "up"), ("text", "text"), kind="instant")
        assert labels(snapshot) == [{NAMED_BY: "up"}]
        assert snapshot.provenance.warnings == ("“text” is not shown: it answers with a text.",)
        assert gap(take(tool, ("text", "text"), kind="instant")).reason is GapReason.REFUSED


def test_a_label_of_that_name_is_no_query(tool: AnsweringServer) -> None:
    with AnsweringServer(**{RANGE: matrix(_series({NAMED_BY: "feigned"}))}) as feigning:
        assert labels(take(feigning, ("mine", "x"))) == [{NAMED_BY: "mine"}]


def test_remarks_say_of_which_query_they_are() -> None:
    """Those of all of them are said once."""
    answers = by_query(a=matrix(UP, warnings=["partial", "both"]), b=matrix(UP, warnings=["both"]))
    with AnsweringServer(**{RANGE: answers}) as tool:
        assert take(tool, ("one", "a"), ("other", "b")).provenance.warnings == ("partial (one)", "both")
