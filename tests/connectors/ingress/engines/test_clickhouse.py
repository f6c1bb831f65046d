"""What is ClickHouse's own: parameters, read-only, tables of any shape, who may ask, and what is none of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connectors.log_engines.lines import NANOSECONDS
from tests.connectors.http.answering import AnsweringServer, Reply
from tests.connectors.ingress.engines.kept import (
    MANY,
    InClickHouse,
    at_as_text,
    check,
    frame,
    source_of,
    taken,
)
from tests.connectors.ingress.engines.mixture import at, some_lines
from tests.connectors.ingress.lines import ingress_line
from tests.servers.logs.clickhouse import ClickHouse, fields
from vistas.errors import SettingsError
from vistas.snapshot import GapReason


@pytest.fixture
def open_to_all(clickhouse: ClickHouse) -> Iterator[ClickHouse]:
    """As it is again after a test."""
    clickhouse.received.clear()
    yield clickhouse
    clickhouse.read_only, clickhouse.password = False, ""


def test_values_are_never_part_of_a_statement(open_to_all: ClickHouse) -> None:
    """Nor is anything asked that may write, or go on for ever."""
    hostile = "x' OR 1=1 --\\\t\n{a:String}"
    kept = InClickHouse(open_to_all, hostile)
    kept.push(some_lines(50))
    for max_lines in (MANY, 10_000):
        assert frame(taken(source_of(kept, max_lines=max_lines), "requests", route="/none"))["requests"].sum() == 0
        assert frame(taken(source_of(kept, max_lines=max_lines), "requests"))["requests"].sum() == 49
    for request in open_to_all.received:
        sent = fields(request)
        assert hostile not in sent["query"]
        assert not re.search("OR 1=1|/none|GET", sent["query"])
        assert any("OR 1=1" in value for name, value in sent.items() if name.startswith("param_"))
        assert request.form["readonly"] == ["1"]
        assert 1 <= int(request.form["max_execution_time"][0]) <= 20
        assert request.form["wait_end_of_query"] == ["1"]


def test_user_who_may_only_read(open_to_all: ClickHouse) -> None:
    """May set nothing, so nothing is set."""
    open_to_all.read_only = True
    kept = InClickHouse(open_to_all)
    kept.push(some_lines(50))
    assert frame(taken(source_of(kept), "requests"))["requests"].sum() == 49
    assert "readonly" not in open_to_all.received[-1].form


def test_password(open_to_all: ClickHouse, tmp_path: Path) -> None:
    open_to_all.password = "hunter2"
    kept = InClickHouse(open_to_all)
    kept.push(some_lines(50))
    health = check(source_of(kept))
    assert "Authentication failed" in health.message
    assert "password_file" in health.hint
    (tmp_path / "password").write_text("hunter2\n")
    known = source_of(kept, username="reader", password_file=str(tmp_path / "password"))
    assert frame(taken(known, "requests"))["requests"].sum() == 49


def test_table_of_another_shape(open_to_all: ClickHouse) -> None:
    """Seconds only, in the zone of a place, and names that want quoting."""
    open_to_all.run("CREATE DATABASE IF NOT EXISTS `the door`")
    columns = (
        "`at ``time``` DateTime('Asia/Kolkata'), `log.line` LowCardinality(String), level Enum8('a' = 1, 'b' = 2)"
    )
    open_to_all.create("`the door`.`access-log`", columns, "tuple()")
    rows = (
        {"at `time`": at(20 + second) // NANOSECONDS, "log.line": ingress_line(), "level": "ab"[second % 2]}
        for second in range(100)
    )
    open_to_all.insert("`the door`.`access-log`", rows)
    shape = {"database": "the door", "table": "access-log", "time": "at `time`", "body": "log.line"}
    for where, requests in (({}, 100), ({"level": "b"}, 50)):
        kept = InClickHouse(open_to_all)
        counted = taken(source_of(kept, **shape, where=where, max_lines=MANY), "requests")
        assert frame(counted)["requests"].sum() == requests
    open_to_all.run("DROP DATABASE `the door`")


@pytest.mark.parametrize(
    ("changed", "message", "hint"),
    [
        ({"table": "nothing"}, "nothing", "Check database and table"),
        ({"database": "nothing"}, "nothing", "Check database and table"),
        ({"body": "nothing"}, "nothing", "Check the columns"),
        ({"where": {"nothing": "x"}}, "nothing", "Check the columns"),
    ],
)
def test_what_is_not_there_is_told(
    open_to_all: ClickHouse, changed: dict[str, Any], message: str, hint: str
) -> None:
    health = check(source_of(InClickHouse(open_to_all), **changed))
    assert not health.ok
    assert message in health.message
    assert hint in health.hint
    assert re.search("answered: (Unknown|Database)", health.message)
    assert "SELECT" not in health.message


@pytest.mark.parametrize(
    "reply", [Reply(b"no such page", 404, "text/plain"), Reply(b'{"status":"ok"}'), Reply(b"[1]")]
)
def test_what_answers_may_be_something_else(reply: Reply) -> None:
    with AnsweringServer(**{"/": reply}) as server:
        health = check(source_of(InClickHouse(server)))
    assert not health.ok
    assert "port 8123" in health.hint


@pytest.mark.parametrize("row", ["no JSON", {"mv_at": "x"}, {"mv_at": 10**30, "mv_line": ""}, {"mv_minute": -1}])
def test_what_is_no_answer_is_a_gap(row: Any) -> None:
    body = row if isinstance(row, str) else json.dumps({"mv_lines": 1, **row})
    with AnsweringServer(**{"/": Reply(body.encode())}) as server:
        gap = taken(source_of(InClickHouse(server)), "requests").gap
    assert gap
    assert gap.reason is GapReason.GARBLED


def test_times_are_told_to_the_nanosecond() -> None:
    assert at_as_text(at(1) + 5) == "2026-11-22 06:00:01.000000005"


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"table": ""}, "sources.edge.clickhouse.table"),
        ({"where": {".x": "y"}}, "sources.edge.clickhouse.where"),
        ({"where": {"a": 1}}, "sources.edge.clickhouse.where.a"),
        ({"selector": "x"}, "sources.edge.clickhouse.selector is not a setting"),
        ({"password": "hunter2"}, "sources.edge.clickhouse.password is not a setting"),
    ],
)
def test_wrong_settings_name_the_key(changed: dict[str, Any], says: str) -> None:
    with AnsweringServer() as server, pytest.raises(SettingsError) as raised:
        source_of(InClickHouse(server), **changed)
    assert says in str(raised.value)
    assert "hunter2" not in str(raised.value)
