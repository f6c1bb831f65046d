"""What tools that answer Prometheus' API sent to somebody, and what that person would want told.

Each file under `tests/cases/prometheus` holds answers by path, what is asked, and in words what is right.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors.prometheus import PrometheusSource
from tests.connectors.http.answering import AnsweringServer, Received, Reply, told
from vistas.redaction import Redactor
from vistas.routine import Look
from vistas.snapshot import GapReason, Snapshot, Window
from vistas.source import Deadline, Health

CASES = Path(__file__).parents[2] / "cases" / "prometheus"
NOW = datetime(2023, 11, 14, 23, 13, 20, tzinfo=UTC)
PATIENCE = timedelta(seconds=20)


def _reply(answer: dict[str, Any]) -> Reply:
    if "hex" in answer:
        body = bytes.fromhex(answer["hex"])
    else:
        body = answer["raw"].encode() if "raw" in answer else json.dumps(answer["body"]).encode()
    media_type = answer.get("type", "application/json")
    return Reply(body, answer.get("status", 200), media_type, answer.get("headers", {}))


class _Tool(AnsweringServer):
    """Answers as a case says, `else` for every other path."""

    def __init__(self, case: dict[str, Any]) -> None:
        super().__init__()
        self._case = case

    def answer(self, request: Received) -> Reply:
        found = self._case.get("answers", {})
        answer = found.get(f"{request.method} {request.path}") or found.get(request.path) or self._case.get("else")
        return _reply(answer) if answer else Reply(b"no such page", 404, "text/plain")


def _source(tool: AnsweringServer) -> PrometheusSource:
    return PrometheusSource.from_settings("shop", {"url": tool.url}, Redactor(b"k" * 32))


def _look(tool: AnsweringServer, asked: dict[str, Any]) -> Snapshot:
    query = tuple([asked["query"]] if "query" in asked else [])
    look = Look(look="a-look", title="A look", source="shop", take=asked["take"], query=query)
    return _source(tool).take("a-stop", look, Window.ending(NOW, timedelta(hours=1)), Deadline(PATIENCE))


def _is_partial(snapshot: Snapshot) -> None:
    assert snapshot.frame
    assert snapshot.frame.rows == 1
    assert "may not be everything" in " ".join(snapshot.provenance.warnings)


def _has_no_targets(snapshot: Snapshot) -> None:
    assert snapshot.gap
    assert snapshot.gap.reason is GapReason.NOT_HERE
    assert "does not provide targets" in snapshot.gap.message
    assert "connect the Prometheus that has them" in snapshot.gap.hint


def _is_denied(snapshot: Snapshot) -> None:
    assert snapshot.gap
    assert snapshot.gap.reason is GapReason.REFUSED
    assert "Permission monitoring.timeSeries.list denied" in snapshot.gap.message


def _tells_its_error(snapshot: Snapshot) -> None:
    assert snapshot.gap
    assert "found duplicate series for the match group" in snapshot.gap.message


def _has_rows(rows: int) -> Callable[[Snapshot], None]:
    def see(snapshot: Snapshot) -> None:
        assert snapshot.frame, snapshot
        assert snapshot.frame.rows == rows

    return see


def _keeps_all_but_a_byte(snapshot: Snapshot) -> None:
    assert snapshot.frame
    hosts = [labels[0]["value"] for labels in snapshot.frame.data["labels"].to_list()]
    assert sorted(hosts) == ["api", "\ufffdtest-api"]


EXPECTED: dict[str, Callable[[Snapshot], None]] = {
    "p01-victoriametrics-partial": _is_partial,
    "p02-victoriametrics-unsupported-path": _has_no_targets,
    "p04-google-error-envelope": _is_denied,
    "p05-success-status-with-error-body": _tells_its_error,
    "p11-json-labelled-html": _has_rows(1),
    "p25-invalid-utf8-label": _keeps_all_but_a_byte,
}


def test_every_case_is_expected_something() -> None:
    assert {path.stem for path in CASES.glob("*.json")} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_what_a_tool_sent_is_told_as_a_person_would(name: str) -> None:
    """The case's own words are in its file, under `expected`."""
    case = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    with _Tool(case) as tool:
        EXPECTED[name](_look(tool, case["look"]))
        if case.get("check"):
            health = _source(tool).check(Deadline(PATIENCE))
            assert health.ok, health


# --- and what is alike

UP = told({"status": "success", "data": {"resultType": "vector", "result": [{"metric": {}, "value": [1, "1"]}]}})
QUERY, RANGE, NAMES = "/api/v1/query", "/api/v1/query_range", "/api/v1/label/__name__/values"
BUILD, ALERTS, RULES = "/api/v1/status/buildinfo", "/api/v1/alerts", "/api/v1/rules"
INSTANT = {"take": "instant", "query": "up"}


def _check(**answers: Reply) -> Health:
    with AnsweringServer(**answers) as tool:
        return _source(tool).check(Deadline(PATIENCE))


def _taken(asked: dict[str, Any], **answers: Reply) -> Snapshot:
    with AnsweringServer(**answers) as tool:
        return _look(tool, asked)


@pytest.mark.parametrize(
    "build",
    [
        Reply(b"forbidden", 403, "text/plain"),
        Reply(b"sign in", 401, "text/plain"),
        Reply(b"oh", 500, "text/plain"),
        Reply(b"unsupported path", 400, "text/plain"),
        told({"status": "success", "data": None}),
        told({"status": "success", "data": {"version": None}}),
        told({"status": "error", "errorType": "not_found", "error": "no such thing"}),
        Reply(b"<html><title>Welcome</title>", media_type="text/html"),
    ],
)
def test_what_answers_queries_is_well_whatever_it_says_of_itself(build: Reply) -> None:
    assert _check(**{BUILD: build, QUERY: UP}).ok


def test_the_first_failure_is_told_where_queries_have_no_path_either() -> None:
    """It says more than that there is no such page."""
    health = _check(**{BUILD: Reply(b"", 401)})
    assert not health.ok
    assert "401" in health.message


def test_a_bad_request_is_told_where_queries_are_answered_so_too() -> None:
    """Go says so to plain HTTP where it speaks TLS: that is no missing path."""
    wrong = Reply(b"Client sent an HTTP request to an HTTPS server.", 400, "text/plain")
    snapshot = _taken({"take": "targets"}, **{"/api/v1/targets": wrong, QUERY: wrong})
    assert snapshot.gap
    assert snapshot.gap.reason is GapReason.REFUSED
    assert "Client sent an HTTP request to an HTTPS server" in snapshot.gap.message


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"error": {"code": 403, "message": "no right to it", "status": "PERMISSION_DENIED"}}, "no right to it"),
        ([{"error": {"code": 403, "message": "no right to it"}}], "no right to it"),
        ({"error": {"type": "security", "reason": "no right to it"}}, "no right to it"),
        (
            {"error": {"root_cause": [], "caused_by": {"reason": "x"}, "reason": "no right to it"}},
            "no right to it",
        ),
        ({"errors": [{"code": 7, "message": "no right to it"}]}, "no right to it"),
        ({"errors": ["no right to it"]}, "no right to it"),
        ({"detail": "no right to it"}, "no right to it"),
        ({"detail": [{"loc": ["query"], "msg": "no right to it"}]}, "no right to it"),
        (
            {"type": "about:blank", "title": "Forbidden", "detail": "no right to it", "status": 403},
            "no right to it",
        ),
        ({"status": 403, "error": "Forbidden", "message": "no right to it", "path": "/"}, "no right to it"),
        ({"Message": "no right to it"}, "no right to it"),
        ({"error": "invalid_token", "error_description": "no right to it"}, "no right to it"),
        ({"msg": "no right to it"}, "no right to it"),
        ("no right to it", "no right to it"),
        ({"error": "forbidden"}, "forbidden"),
    ],
)
def test_the_tools_own_message_is_told_wherever_it_stands(body: Any, message: str) -> None:
    snapshot = _taken(INSTANT, **{QUERY: told(body, 403)})
    assert snapshot.gap
    assert snapshot.gap.reason is GapReason.REFUSED
    assert f": {message}." in snapshot.gap.message


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("execution", GapReason.REFUSED),
        ("timeout", GapReason.TOO_SLOW),
        ("unavailable", GapReason.UNREACHABLE),
        (None, GapReason.REFUSED),
        ({}, GapReason.REFUSED),
    ],
)
@pytest.mark.parametrize("take", ["range", "instant", "alerts", "rules", "targets"])
def test_an_error_under_status_200_is_an_error(take: str, kind: Any, reason: GapReason) -> None:
    """Whatever is asked for, whatever its data are."""
    wrong = told({"status": "error", "data": {"result": []}, "errorType": kind, "error": "too many chunks"})
    paths = {"range": RANGE, "instant": QUERY, "targets": "/api/v1/targets", "alerts": ALERTS, "rules": RULES}
    query = {"query": "up"} if take in ("range", "instant") else {}
    snapshot = _taken({"take": take, **query}, **{paths[take]: wrong})
    assert snapshot.gap
    assert snapshot.gap.reason is reason
    assert "too many chunks" in snapshot.gap.message


@pytest.mark.parametrize(
    "body",
    [
        {"error": {"code": 403, "message": "no right to it"}},
        {"code": 1004, "error": "no right to it", "execution_time_ms": 1},
        {"status": "fail", "message": "no right to it"},
        {"status": "error", "data": {"resultType": "", "result": []}, "error": "no right to it"},
    ],
)
@pytest.mark.parametrize("take", ["instant", "targets"])
def test_an_error_in_the_place_of_data_is_told(body: dict[str, Any], take: str) -> None:
    """Some answer 200 to whatever they are asked."""
    query = {"query": "up"} if take == "instant" else {}
    snapshot = _taken({"take": take, **query}, **{QUERY: told(body), "/api/v1/targets": told(body)})
    assert snapshot.gap
    assert "no right to it" in snapshot.gap.message


@pytest.mark.parametrize(
    ("more", "warnings"),
    [
        ({"warnings": "store-1 is away"}, ("store-1 is away",)),
        ({"warnings": [{"message": "store-1 is away"}]}, ("store-1 is away",)),
        ({"warnings": None, "isPartial": None}, ()),
    ],
)
def test_remarks_of_another_shape_are_remarks(more: dict[str, Any], warnings: tuple[str, ...]) -> None:
    """They do not cost the answer."""
    series = [{"metric": {"code": 200, "zone": None}, "value": [1, "1"]}]
    body = {"status": "success", "data": {"resultType": "vector", "result": series}, **more}
    snapshot = _taken(INSTANT, **{QUERY: told(body)})
    assert snapshot.frame
    assert snapshot.frame.data["labels"].to_list() == [[{"name": "code", "value": "200"}]]
    assert snapshot.provenance.warnings == warnings


def test_nothing_of_no_type_is_nothing() -> None:
    nothing = told({"status": "success", "data": {"resultType": "", "result": []}})
    snapshot = _taken(INSTANT, **{QUERY: nothing, NAMES: told({"status": "success", "data": ["up"]})})
    assert snapshot.frame
    assert snapshot.frame.rows == 0


@pytest.mark.parametrize(
    "body",
    [
        b'\xef\xbb\xbf{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"1"]}]}}',
        b'{"status":"success","data":{"resultType":"vector","result":[{"metric":{"a":"\xc3"},"value":[1,"1"]}]}}',
        b'{"status":"success","data":{"resultType":"vector","result":[{"metric":{"a":"\\ud83d"},"value":[1,"1"]}]}}',
        b'{"status":"success","data":{"resultType":"vector","result":[{"metric":{"a":"x\ty"},"value":[1,"1"]}]}}',
        b'{"data":{"resultType":"vector","result":[{"metric":{},"value":[1,"1"]}]},"warnings":["\xff"]}',
    ],
)
def test_what_is_no_text_costs_a_character_and_not_the_answer(body: bytes) -> None:
    snapshot = _taken(INSTANT, **{QUERY: Reply(body)})
    assert snapshot.frame, snapshot
    assert snapshot.frame.rows == 1


@pytest.mark.parametrize(
    ("take", "path", "key"), [("alerts", ALERTS, "alerts"), ("targets", None, "activeTargets")]
)
def test_lists_lose_no_more_than_a_character_either(take: str, path: str | None, key: str) -> None:
    row = b'{"labels":{"job":"a\xff"},"state":"firing","health":"up"}'
    body = b'{"status":"success","data":{"%b":[%b]}}' % (key.encode(), row)
    snapshot = _taken({"take": take}, **{f"/api/v1/{take}": Reply(body)})
    assert snapshot.frame, snapshot
    assert "\ufffd" in str(snapshot.frame.data.to_dicts())


@pytest.mark.parametrize("opening", [b"<!doctype html>", b"  <html>", b"Please sign in", b"\xef\xbb\xbf<html>"])
def test_a_page_is_still_a_page(opening: bytes) -> None:
    snapshot = _taken(INSTANT, **{QUERY: Reply(opening, media_type="text/html")})
    assert snapshot.gap
    assert "HTML page" in snapshot.gap.message


GROUP = {"name": "g", "rules": [{"name": "A", "type": "alerting", "query": "up == 0", "health": "ok"}]}


def _groups(*groups: dict[str, Any]) -> Reply:
    return told({"status": "success", "data": {"groups": list(groups)}})


NO_ALERTS = told({"status": "success", "data": {"alerts": []}})


@pytest.mark.parametrize("take", ["alerts", "rules"])
@pytest.mark.parametrize("groups", [(), ({"name": "g", "rules": []},)])
def test_where_nobody_evaluates_rules_nothing_can_ring(take: str, groups: tuple[dict[str, Any], ...]) -> None:
    """That is not the same as a quiet night."""
    snapshot = _taken({"take": take}, **{ALERTS: NO_ALERTS, RULES: _groups(*groups)})
    assert snapshot.gap, snapshot
    assert snapshot.gap.reason is GapReason.NOT_HERE
    assert "evaluates no rules" in snapshot.gap.message


def test_a_quiet_night_is_no_rows() -> None:
    snapshot = _taken({"take": "alerts"}, **{ALERTS: NO_ALERTS, RULES: _groups(GROUP)})
    assert snapshot.frame
    assert snapshot.frame.rows == 0
    assert not [said for said in snapshot.provenance.warnings if "rule" in said]


def test_where_rules_are_not_told_it_stays_open_whether_any_could_ring() -> None:
    snapshot = _taken({"take": "alerts"}, **{ALERTS: NO_ALERTS})
    assert snapshot.frame
    assert "Could not find out" in " ".join(snapshot.provenance.warnings)


def test_where_nothing_is_scraped_there_are_no_targets_to_be_well() -> None:
    nothing = told({"status": "success", "data": {"activeTargets": [], "droppedTargets": []}})
    snapshot = _taken({"take": "targets"}, **{"/api/v1/targets": nothing})
    assert snapshot.gap
    assert snapshot.gap.reason is GapReason.NOT_HERE
    assert "scrapes nothing itself" in snapshot.gap.message


def test_what_rings_is_told_without_asking_for_rules() -> None:
    ringing = {"labels": {"alertname": "A"}, "state": "firing"}
    with AnsweringServer(**{ALERTS: told({"status": "success", "data": {"alerts": [ringing]}})}) as tool:
        assert _look(tool, {"take": "alerts"}).frame
        assert [request.path for request in tool.received] == [ALERTS]


EMPTY = {"status": "success", "data": {"resultType": "vector", "result": []}}


@pytest.mark.parametrize(
    "told_more", [{"isPartial": True}, {"warnings": ["receive series from Addr: store-1: rpc error"]}]
)
def test_an_empty_answer_of_a_part_does_not_say_that_a_metric_is_absent(told_more: dict[str, Any]) -> None:
    """Whoever has it may be the one that is away."""
    answers = {QUERY: told({**EMPTY, **told_more}), NAMES: told({"status": "success", "data": []})}
    snapshot = _taken(INSTANT, **answers)
    assert snapshot.frame, snapshot
    assert snapshot.provenance.warnings


def test_a_remark_about_the_query_leaves_an_empty_answer_whole() -> None:
    remark = "PromQL warning: quantile value should be between 0 and 1, got 2"
    answers = {QUERY: told({**EMPTY, "warnings": [remark]}), NAMES: told({"status": "success", "data": []})}
    snapshot = _taken(INSTANT, **answers)
    assert snapshot.gap
    assert snapshot.gap.reason is GapReason.NOT_HERE
