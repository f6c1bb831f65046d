"""Whatever tools answer, a gathering ends with a snapshot for every look, and loses none that was well."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.discovery import answers
from connectors.ingress import IngressSource
from tests.connectors.http.answering import AnsweringServer, Received, Reply
from tests.connectors.http.raw_answers import OK, RawServer, chunked, whole
from tests.connectors.ingress.lines import MORNING, ingress_line
from tests.connectors.kubernetes.canned import kubeconfig, recorded
from vistas.errors import PostError
from vistas.extensions.chat import post
from vistas.gathering.gather import gather
from vistas.redaction import Redactor
from vistas.routine import Routine
from vistas.snapshot import Snapshot, Window
from vistas.source import Deadline, Source, build_source, check_source

pytestmark = pytest.mark.timeout(1200)
FEW = settings().max_examples // 3
"""Each example is a whole gathering."""
REDACTOR = Redactor(b"k" * 32)
WINDOW = Window.ending(MORNING + timedelta(hours=1), timedelta(hours=1))
SECONDS, NANOSECONDS = int(MORNING.timestamp()), int(MORNING.timestamp()) * 10**9
TIME = "2026-11-23T05:00:00Z"
WRITTEN = f"{MORNING:%Y-%m-%dT%H:%M:%S}Z"
LABELS = {"alertname": "Slow", "job": "shop", "severity": "page"}
LOOKS = {
    "prometheus": (
        *(("range", "rate(up[5m])"), ("instant", "up"), ("range", "a or b | c")),
        *(("alerts", ""), ("rules", ""), ("targets", "")),
    ),
    "alertmanager": (("alerts", ""), ("silences", "")),
    "logs": (("requests", ""), ("routes", ""), ("lines", "")),
    "counted": (("requests", ""), ("slowest", "")),
    "rows": (("requests", ""),),
    "counted-rows": (("requests", ""),),
    "table": (("requests", ""),),
    "counted-table": (("requests", ""),),
    "kubernetes": (("pods", ""), ("events", ""), ("stands-out", "")),
}


def success(data: Any) -> Any:
    return {"status": "success", "data": data, "warnings": ["w"]}


GOOD: dict[str, Any] = {
    "/api/v1/query": success(
        {"resultType": "vector", "result": [{"metric": {"job": "shop"}, "value": [SECONDS, "1"]}]}
    ),
    "/api/v1/query_range": success(
        {
            "resultType": "matrix",
            "result": [{"metric": {"job": "a"}, "values": [[SECONDS, "1"], [SECONDS + 60, "2"]]}],
        }
    ),
    "/api/v1/label/__name__/values": success(["up"]),
    "/api/v1/alerts": success(
        {"alerts": [{"labels": LABELS, "state": "firing", "activeAt": TIME, "value": "1e+00", "annotations": {}}]}
    ),
    "/api/v1/rules": success(
        {
            "groups": [
                {
                    "name": "g",
                    "file": "f",
                    "rules": [{"name": "r", "type": "alerting", "query": "up", "alerts": []}],
                }
            ]
        }
    ),
    "/api/v1/targets": success(
        {"activeTargets": [{"labels": LABELS, "health": "up", "lastScrape": TIME, "lastScrapeDuration": 0.1}]}
    ),
    "/api/v1/status/buildinfo": success({"version": "2.42.0", "application": "Prometheus"}),
    "/api/v2/alerts": [
        {
            "labels": LABELS,
            "status": {"state": "active", "silencedBy": [], "inhibitedBy": []},
            "startsAt": TIME,
            "receivers": [{"name": "ann"}],
            "annotations": {"summary": "s"},
            "fingerprint": "f",
        }
    ],
    "/api/v2/silences": [
        {
            "id": "i",
            "status": {"state": "active"},
            "matchers": [{"name": "n", "value": "v", "isRegex": False}],
            "startsAt": TIME,
            "endsAt": TIME,
            "comment": "c",
        }
    ],
    "/api/v2/status": {"versionInfo": {"version": "0.26.0"}},
    "lines": success(
        {
            "resultType": "streams",
            "result": [{"stream": {"app": "edge"}, "values": [[str(NANOSECONDS + 10**9), ingress_line(MORNING)]]}],
        }
    ),
    "counts": success(
        {"resultType": "matrix", "result": [{"metric": {"status": "200"}, "values": [[SECONDS + 60, "1"]]}]}
    ),
    "count": success({"resultType": "vector", "result": [{"metric": {"status": "200"}, "value": [SECONDS, "1"]}]}),
    "rows": {
        "_time": f"{MORNING:%Y-%m-%dT%H:%M:%S}Z",
        "_stream_id": "1",
        "_msg": ingress_line(MORNING),
        "mv_object": "",
    },
    "counted rows": {"_time": f"{MORNING:%Y-%m-%dT%H:%M:%S}Z", "mv_status": "200", "mv_lines": "1"},
    "table": {"mv_at": str(NANOSECONDS + 10**9), "mv_line": ingress_line(MORNING)},
    "counted table": {"mv_minute": str(SECONDS // 60), "mv_status": "200", "mv_lines": "1"},
    "/version": {"gitVersion": "v1.36.0"},
    "/apis": recorded("apis"),
    "/api/v1/pods": {"kind": "PodList", "metadata": {}, "items": recorded("pods")["items"][:2]},
    "/api/v1/events": {"kind": "EventList", "metadata": {}, "items": recorded("events")["items"][:2]},
}

DEEP = 5000
HOSTILE = (
    *("null", "true", "0", "-1", "-1e308", "1e308", "1e400", "0.1", "9223372036854775808", "18446744073709551616"),
    *("1" + "0" * 400, '"1e308"', '"-1"', '"9223372036854775808"', '"' + "9" * 5000 + '"', '"NaN"', '"Infinity"'),
    *('""', '"\\u0000"', '"\\ud800"', '"0000-00-00T00:00:00Z"', '"9999-12-31T23:59:59-23:59"', '"9999-12-31"'),
    *(
        "NaN",
        "Infinity",
        "[]",
        "{}",
        "[[]]",
        '{"": {}}',
        "[" * 5000 + "]" * 5000,
        '{"a":' * 5000 + "1" + "}" * 5000,
    ),
    *('"streams"', '"matrix"', '"scalar"', '"histogram"', "[1, 2, 3]", '"' + "x" * 70_000 + '"', "", '"\xff'),
)
"""Pieces of what may stand anywhere in an answer; some are no JSON."""
GAP_HERE = "the hostile piece"


def places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to everything within a document, itself included."""
    yield way
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from places(each, (*way, key))


def spoilt(document: Any, place: int, piece: str) -> bytes:
    """The document with a piece of text in one of its places."""
    ways = list(places(document))
    way = ways[place % len(ways)]
    if not way:
        return piece.encode("latin-1")
    whole = copy.deepcopy(document)
    at = whole
    for key in way[:-1]:
        at = at[key]
    at[way[-1]] = GAP_HERE
    return json.dumps(whole).replace(f'"{GAP_HERE}"', piece).encode("latin-1")


class HostileServer(AnsweringServer):
    """Every tool at once; in each answer one place is spoilt."""

    place: int = 0
    piece: str | None = None

    def answer(self, request: Received) -> Reply:
        path = request.path
        if path == "/select/logsql/query":
            path = "counted rows" if "stats by" in request.form["query"][0] else "rows"
        if path == "/":
            path = "counted table" if b"GROUP BY" in request.body else "table"
        if path.startswith("/loki/"):
            counting = request.form.get("query", [""])[0].startswith("sum")
            path = ("counts" if path.endswith("range") else "count") if counting else "lines"
        good = GOOD.get(path)
        if good is None:
            return Reply(b"{}", 404)
        return Reply(json.dumps(good).encode() if self.piece is None else spoilt(good, self.place, self.piece))


@pytest.fixture(scope="module")
def hostile() -> Iterator[HostileServer]:
    with HostileServer() as server:
        yield server


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "access.log").write_text(ingress_line(MORNING) + "\n")
    return folder


def connected(url: str, folder: Path) -> list[Source]:
    """Each kind of source, all of them at one address, and a log that is well."""
    loki = {"url": url, "selector": '{app="edge"}', "timeout": 5}
    tables: dict[str, dict[str, Any]] = {
        "prometheus": {"url": url, "timeout": 5},
        "alertmanager": {"url": url, "timeout": 5},
        "kubernetes": {"kubeconfig": str(kubeconfig(folder, url))},
    }
    built = [build_source(name, {"type": name, **table}, REDACTOR) for name, table in tables.items()]
    logs = {
        "logs": {"loki": loki},
        "counted": {"loki": {**loki, "max_lines": 0}},
        "rows": {"victoria_logs": loki},
        "counted-rows": {"victoria_logs": {**loki, "max_lines": 0}},
        "table": {"clickhouse": {"url": url, "timeout": 5}},
        "counted-table": {"clickhouse": {"url": url, "timeout": 5, "max_lines": 0}},
        "well": {"files": [str(folder / "access.log")]},
    }
    return [*built, *(IngressSource.from_settings(name, table, REDACTOR) for name, table in logs.items())]


def routine() -> Routine:
    stop = dict.fromkeys(("title", "question", "why", "normal", "plainly"), "x")
    asked = [(source, *look) for source, looks in LOOKS.items() for look in looks] + [("well", "requests", "")]
    stops: list[dict[str, Any]] = []
    for place, (source, take, query) in enumerate(asked):
        look = {"look": "one", "title": "One", "source": source, "take": take}
        stops.append(
            {**stop, "stop": f"s{place}", "looks": [{**look, "query": query.split(" | ") if query else []}]}
        )
    return Routine.model_validate({"routine": "r", "title": "R", "about": "a", "stops": stops})


ROUTINE = routine()


def gathered(url: str, folder: Path) -> Sequence[Snapshot]:
    sources = connected(url, folder)
    deadline = Deadline(timedelta(seconds=60))
    snapshots = gather(ROUTINE, sources, WINDOW, deadline=deadline, redactor=REDACTOR)
    assert [each.stop for each in snapshots] == [stop.stop for stop in ROUTINE.stops]
    assert snapshots[-1].frame is not None
    for source in sources:
        check_source(source, deadline, REDACTOR)
    return snapshots


def stumbled(snapshots: Sequence[Snapshot]) -> list[str]:
    """What only the border caught, where the connector itself should have known."""
    own = [each for each in snapshots if each.source != "kubernetes"]
    return [
        f"{each.source}: {each.gap.message}" for each in own if each.gap and "could not handle" in each.gap.message
    ]


def test_good_answers_are_frames(hostile: HostileServer, folder: Path) -> None:
    """What is spoilt below is well before."""
    hostile.piece = None
    snapshots = gathered(hostile.url, folder)
    assert not [each for each in snapshots if each.gap]


@given(place=st.integers(0, 200), piece=st.sampled_from(HOSTILE))
@settings(max_examples=FEW)
def test_any_piece_in_any_place_of_an_answer(hostile: HostileServer, folder: Path, place: int, piece: str) -> None:
    hostile.place, hostile.piece = place, piece
    assert not stumbled(gathered(hostile.url, folder))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(answer=json_values)
@settings(max_examples=FEW)
def test_any_json_at_all(hostile: HostileServer, folder: Path, answer: Any) -> None:
    hostile.place, hostile.piece = 0, json.dumps(answer, ensure_ascii=True)
    assert not stumbled(gathered(hostile.url, folder))


@given(answer=st.binary(max_size=200))
@settings(max_examples=FEW)
def test_any_bytes_at_all(folder: Path, answer: bytes) -> None:
    with RawServer(answer) as server:
        assert not stumbled(gathered(server.url, folder))


@given(answer=st.binary(max_size=200))
def test_a_chat_that_answers_anything_takes_the_message_or_does_not(answer: bytes) -> None:
    """What is not taken is a PostError that tells nothing of the address."""
    with RawServer(answer) as server:
        said = why_not(f"{server.url}/services/T0/s3cret-of-the-team")
    assert "could not handle" not in said
    assert "s3cret" not in said


def why_not(webhook: str) -> str:
    try:
        post(webhook, "hello", deadline=Deadline(timedelta(seconds=20)))
    except PostError as error:
        return str(error)
    return ""


@given(
    answer=st.binary(max_size=100) | st.sampled_from([chunked(b"-5\r\nhello"), whole(b"x", OK + b"X: \xff\r\n")])
)
def test_whatever_answers_on_this_machine_is_a_prometheus_or_nothing(answer: bytes) -> None:
    with RawServer(answer) as server:
        assert not answers(f"{server.url}/api/v1/status/buildinfo", saying=b'"status":"success"')
