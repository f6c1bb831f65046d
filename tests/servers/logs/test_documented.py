"""The emulated Loki against Loki's own documentation: what its examples say comes out is what comes out here.

The examples are those of `docs/sources/query/` and `docs/sources/reference/loki-http-api.md` in grafana/loki that
use what this project sends. Loki publishes no test vectors as data, only tests written in Go.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
import requests

from tests.servers.logs.emulator import LokiServer
from tests.servers.logs.logql import ERROR, Labels, LogQuery, ParseError, parse

REQUEST = json.dumps(
    {
        "protocol": "HTTP/2.0",
        "servers": ["129.0.1.1", "10.2.1.3"],
        "request": {
            "time": "6.032",
            "method": "GET",
            "host": "foo.grafana.net",
            "size": "55",
            "headers": {"Accept": "*/*", "User-Agent": "curl/7.68.0"},
        },
        "response": {"status": 401, "size": "228", "latency_seconds": "6.031"},
    }
)


def labels(pipeline: str, line: str, stream: Labels | None = None) -> Labels | None:
    query = parse(f'{{job="varlogs"}} {pipeline}')
    assert isinstance(query, LogQuery)
    return query.labels(line, stream or {})


EXTRACTED: dict[str, tuple[str, str, Labels]] = {
    "regexp": (
        r'| regexp "(?P<method>\\w+) (?P<path>[\\w|/]+) \\((?P<status>\\d+?)\\) (?P<duration>.*)"',
        "POST /api/prom/api/v1/query_range (200) 1.5s",
        {"method": "POST", "path": "/api/prom/api/v1/query_range", "status": "200", "duration": "1.5s"},
    ),
    "fields and items of JSON": (
        r'| json first_server="servers[0]", ua="request.headers[\"User-Agent\"]"',
        REQUEST,
        {"first_server": "129.0.1.1", "ua": "curl/7.68.0"},
    ),
    "a number of JSON": ('| json code="response.status"', REQUEST, {"code": "401"}),
    "a template keeps what it refers to": (
        '| json host="request.host" | label_format dst="{{.host}}"',
        REQUEST,
        {"host": "foo.grafana.net", "dst": "foo.grafana.net"},
    ),
    "a name that can only be given anew in a second expression": (
        '| json a="protocol" | label_format a="one" | label_format a="{{.a}} two"',
        REQUEST,
        {"a": "one two"},
    ),
    "a text as a number": ('| label_format a=`{{ float64 "3.5" }}`', "", {"a": "3.5"}),
}


@pytest.mark.parametrize("example", EXTRACTED)
def test_labels_are_extracted(example: str) -> None:
    pipeline, line, expected = EXTRACTED[example]
    assert labels(pipeline, line) == expected


def test_an_array_or_an_object_is_given_as_json() -> None:
    found = labels('| json server_list="servers", headers="request.headers"', REQUEST)
    assert found is not None
    assert json.loads(found["server_list"]) == ["129.0.1.1", "10.2.1.3"]
    assert json.loads(found["headers"]) == {"Accept": "*/*", "User-Agent": "curl/7.68.0"}


def test_a_label_of_the_stream_keeps_its_name() -> None:
    found = labels('| json host="request.host"', REQUEST, {"host": "node-1"})
    assert found == {"host": "node-1", "host_extracted": "foo.grafana.net"}


@pytest.mark.parametrize(
    ("pipeline", "line"),
    [('| json a="b"', "INFO GET / loki.net 200"), ("| status >= 400", "")],
    ids=["json", "number"],
)
def test_what_cannot_be_read_stays_and_is_marked(pipeline: str, line: str) -> None:
    found = labels(pipeline, line, {"status": "none"})
    assert found is not None
    assert ERROR in found


KEPT = {
    "contains": ('|= "error"', "an error", "a warning"),
    "contains not": (
        '!= "kafka.server:type=ReplicaManager"',
        "kafka.server",
        "kafka.server:type=ReplicaManager x",
    ),
    "matches": ('|~ "tsdb-ops.*io:2003"', "at tsdb-ops/1/io:2003!", "io:2003 tsdb-ops"),
    "matches a word": (r"|~ `error=\w+`", "error=none", "error= "),
    "one after the other": ('|= "error" != "timeout"', "error: refused", "error: timeout"),
    "without regard to case": ('|~ "(?i)ERROR"', "an error", "a warning"),
    "any character, also the end of a line": ('|~ "a.b"', "a\nb", "a\n\nb"),
}


@pytest.mark.parametrize("example", KEPT)
def test_lines_are_filtered(example: str) -> None:
    pipeline, kept, dropped = KEPT[example]
    assert labels(pipeline, kept) is not None
    assert labels(pipeline, dropped) is None


SELECTED = {
    '{name =~ "mysql.+"}': ({"name": "mysql-backup"}, {"name": "a-mysql-1"}),
    r"{name =~ `mysql-\d+`}": ({"name": "mysql-12"}, {"name": "mysql-12a"}),
    '{app="mysql",name="mysql-backup"}': ({"app": "mysql", "name": "mysql-backup", "x": "y"}, {"app": "mysql"}),
    '{name =~ ".*mysql.*"}': ({"name": "a mysql b"}, {"name": "a\nmysql"}),
    '{name =~ "(?s).*mysql.*"}': ({"name": "a\nmysql"}, {"name": "postgres"}),
    r'{name =~ "[\\S\\s]*mysql[\\S\\s]*"}': ({"name": "a\nmysql"}, {"name": "postgres"}),
    r'{job="a", name !~ `mysql-\d+`}': ({"job": "a", "name": "mysql"}, {"job": "a", "name": "mysql-1"}),
}


@pytest.mark.parametrize("selector", SELECTED)
def test_streams_are_selected_by_the_whole_value(selector: str) -> None:
    query = parse(selector)
    assert isinstance(query, LogQuery)
    chosen, other = SELECTED[selector]
    assert (query.selects(chosen), query.selects(other)) == (True, False)


@pytest.mark.parametrize(
    "query",
    [
        '{job="a"} | label_format foo=`{{.bar}}`,foo="new"',
        '{job="a"} | regexp "no capture with a name"',
        '{job=~".*"}',
        '{job="a"} |~ "(?!Perl)"',
        '{job="a"} | json x="servers["',
    ],
)
def test_what_is_not_allowed_is_refused(query: str) -> None:
    with pytest.raises(ParseError):
        parse(query)


LINES = [(1569266492548155000, "bar"), (1569266497240578000, "foo")]
STREAM = {"filename": "/var/log/myproject.log", "job": "varlogs", "level": "info"}


def ask(server: LokiServer, path: str, **form: str) -> requests.Response:
    return requests.get(f"{server.url}/loki/api/v1/{path}", params=form, timeout=60)


def told(answer: requests.Response) -> Any:
    answer.raise_for_status()
    told = answer.json()
    assert told["status"] == "success"
    return told["data"]


def test_lines_come_with_the_newest_first_and_the_end_is_exclusive() -> None:
    with LokiServer() as server:
        server.push(LINES, STREAM)
        span = {"start": str(LINES[0][0]), "end": str(LINES[1][0] + 1)}
        data = told(ask(server, "query_range", query='{job="varlogs"}', **span))
        shorter = told(
            ask(server, "query_range", query='{job="varlogs"}', start=span["start"], end=str(LINES[1][0]))
        )
        forward = told(ask(server, "query_range", query='{job="varlogs"}', direction="forward", **span))
    assert data["resultType"] == "streams"
    values = [[str(at), line] for at, line in LINES]
    assert data["result"] == [{"stream": STREAM, "values": values[::-1]}]
    assert shorter["result"][0]["values"] == values[:1]
    assert forward["result"][0]["values"] == values


def test_a_hundred_lines_come_where_none_says_how_many() -> None:
    with LokiServer() as server:
        server.push([(at, f"line {at}") for at in range(1, 151)], STREAM)
        data = told(ask(server, "query_range", query='{job="varlogs"}', start="0", end="200"))
    assert len(data["result"][0]["values"]) == 100


def test_counts_come_in_seconds_and_as_texts() -> None:
    at = 1588889221
    counted = 'sum by (level) (count_over_time({job="varlogs"}[10m]))'
    with LokiServer() as server:
        for level, count in (("info", 3), ("warn", 2)):
            server.push(
                [((at - back) * 10**9, "x" * back) for back in range(count)], {"job": "varlogs", "level": level}
            )
        data = told(ask(server, "query", query=counted, time=f"{at * 10**9}"))
        log_query = ask(server, "query", query='{job="varlogs"}', time=f"{at * 10**9}")
    assert data["resultType"] == "vector"
    found = {each["metric"]["level"]: each["value"] for each in data["result"]}
    assert found == {"info": [at, "3"], "warn": [at, "2"]}
    assert log_query.status_code == 400


def test_several_tenants_are_asked_at_once() -> None:
    with LokiServer(multi_tenant=True) as server:
        for number in (1, 2, 3):
            server.push([(number, f"of {number}")], STREAM, tenant=f"Tenant{number}")
        url = f"{server.url}/loki/api/v1/query_range"
        asked = {"query": '{job="varlogs"}', "start": "0", "end": "10"}
        both = requests.get(url, params=asked, headers={"X-Scope-OrgID": "Tenant1|Tenant3"}, timeout=60)
        nobody = requests.get(url, params=asked, timeout=60)
    assert [line for _, line in told(both)["result"][0]["values"]] == ["of 3", "of 1"]
    assert nobody.status_code == 401
