"""What is VictoriaLogs' own: objects kept field by field, tenants, filters, and what is none of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from connectors.ingress.dialects import Dialect
from connectors.ingress.engines.counting import counting
from connectors.ingress.engines.opening import open_engine
from connectors.ingress.reading.reader import Text
from connectors.ingress.reading.reader_of_dialect import make_reader
from connectors.log_engines.lines import MINUTE, TimeSpan
from tests.connectors.http.answering import AnsweringServer, Reply
from tests.connectors.ingress.engines.kept import (
    COUNTED,
    MANY,
    MENDED,
    UTC_ZONE,
    InVictoriaLogs,
    assert_adds_up,
    check,
    frame,
    patience,
    source_of,
    taken,
)
from tests.connectors.ingress.engines.mixture import START, at, some_lines
from tests.connectors.ingress.lines import json_line
from tests.servers import VictoriaLogs
from vistas.errors import SettingsError
from vistas.snapshot import GapReason

OBJECTS = [dialect for dialect in COUNTED if dialect.json_marks]


@pytest.mark.live
@pytest.mark.parametrize("dialect", OBJECTS, ids=lambda dialect: dialect.name)
def test_objects_kept_field_by_field_are_the_lines_they_came_as(
    victoria_logs: VictoriaLogs, dialect: Dialect
) -> None:
    """They are read, and counted, as the lines would be: most agents send JSON in this way."""
    kept = InVictoriaLogs(victoria_logs)
    written = [sample.line for sample in dialect.samples if sample.about not in MENDED]
    written = [line for line in written if line.startswith("{")]
    kept.push([(START + place * MINUTE, json.loads(line)) for place, line in enumerate(written)])
    engine, span = open_engine(kept.settings()), TimeSpan(START, START + len(written) * MINUTE)
    back = engine.some(engine.everything, span, patience(), limit=1_000)
    assert [record(dialect, entry.line) for entry in back] == [record(dialect, line) for line in written]
    assert_adds_up(dialect, engine.count_requests(counting(dialect), span, patience()), written)
    assert engine.some(engine.others([dialect]), span, patience(), limit=1_000) == []


def record(dialect: Dialect, line: str) -> list[dict[str, Any]]:
    return make_reader(dialect, UTC_ZONE).read(Text(line.encode() + b"\n")).records.to_dicts()


@pytest.mark.live
def test_route_in_objects(victoria_logs: VictoriaLogs) -> None:
    """A route's text may stand in any field."""
    kept = InVictoriaLogs(victoria_logs)
    kept.push([(at(20 + place), json.loads(json_line(path=f"/orders/{place}"))) for place in range(5)])
    kept.push([(at(60), json.loads(json_line(path="/else")))])
    engine = open_engine(kept.settings())
    counted = engine.count(engine.mentioning("/orders"), TimeSpan(START, at(3600)), patience())
    assert sum(cell.count for cell in counted) == 5


@pytest.mark.live
def test_tenant(victoria_logs: VictoriaLogs) -> None:
    kept = InVictoriaLogs(victoria_logs)
    victoria_logs.push(some_lines(50), {"app": kept.app}, tenant="12:34")
    assert frame(taken(source_of(kept, tenant="12:34"), "requests"))["requests"].sum() == 49
    for other in ("12", None):
        gap = taken(source_of(kept, tenant=other), "requests").gap
        assert gap
        assert gap.reason is GapReason.NOT_HERE


@pytest.mark.live
def test_a_filter_may_be_several(victoria_logs: VictoriaLogs) -> None:
    kept, other = InVictoriaLogs(victoria_logs), InVictoriaLogs(victoria_logs)
    for each in (kept, other):
        each.push(some_lines(50))
    either = f'{{app="{kept.app}"}} or app:={other.app} "orders"'
    for max_lines in (MANY, 10_000):
        source = source_of(kept, selector=either, max_lines=max_lines)
        assert frame(taken(source, "requests"))["requests"].sum() == 98


@pytest.mark.live
def test_what_it_refuses_is_told(victoria_logs: VictoriaLogs) -> None:
    health = check(source_of(InVictoriaLogs(victoria_logs), selector='{app="a"} and ('))
    assert not health.ok
    assert "cannot parse" in health.message


@pytest.mark.parametrize("reply", [Reply(b"page not found", 404, "text/plain"), Reply(b'{"status":"success"}')])
def test_what_answers_may_be_something_else(reply: Reply) -> None:
    with AnsweringServer(**{"/select/logsql/query": reply}) as server:
        health = check(source_of(InVictoriaLogs(server)))
    assert not health.ok
    assert "a gateway may have a path prefix" in health.hint


@pytest.mark.parametrize("body", [b"no JSON", b'{"_time":"yesterday","_msg":"x"}', b"[]", b'{"_time":1}', b"7"])
def test_what_is_no_answer_is_a_gap(body: bytes) -> None:
    with AnsweringServer(**{"/select/logsql/query": Reply(body)}) as server:
        for max_lines in (MANY, 100_000):
            gap = taken(source_of(InVictoriaLogs(server), max_lines=max_lines), "requests").gap
            assert gap
            assert gap.reason is GapReason.GARBLED


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"selector": ""}, "sources.edge.victoria_logs.selector: write a filter alone"),
        ({"selector": '{app="x"} | stats count()'}, "sources.edge.victoria_logs.selector: write a filter alone"),
        ({"selector": "app # a comment"}, "sources.edge.victoria_logs.selector: write a filter alone"),
        ({"selector": '"a | b'}, "sources.edge.victoria_logs.selector: write a filter alone"),
        ({"tenant": "shop"}, "sources.edge.victoria_logs.tenant"),
        ({"password": "hunter2"}, "sources.edge.victoria_logs.password is not a setting"),
    ],
)
def test_wrong_settings_name_the_key(changed: dict[str, Any], says: str) -> None:
    with AnsweringServer() as server, pytest.raises(SettingsError) as raised:
        source_of(InVictoriaLogs(server), **changed)
    assert says in str(raised.value)
    assert "hunter2" not in str(raised.value)
