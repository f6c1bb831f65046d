"""Whatever is put around a line, and however often, it is the same request as the bare line."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.ingress.dialects import load_chatter, load_dialects
from connectors.ingress.origins.blocks import unwrap
from connectors.ingress.reading.parsing import Parsed, Parser
from tests.examples import examples

DIALECTS = load_dialects()
SAMPLES = [sample.line for dialect in DIALECTS for sample in dialect.samples if sample.line]
FIRST = [dialect.samples[0].line for dialect in DIALECTS]
CHATTER = [
    rule.samples[0].line
    for rule in load_chatter()
    if rule.name not in ("blank", "headers") and not rule.samples[0].line.startswith(" ")
]
"""What controllers say besides. Blanks before a line are lost where a tool puts several of its own there."""
pytestmark = pytest.mark.slow("every dialect in every wrapping")
STAMP = "2024-05-17T10:05:03.123456789Z"


def as_json(key: str, **more: object) -> Callable[[str], str]:
    def wrap(line: str) -> str:
        return json.dumps({**more, key: line})

    return wrap


def before(prefix: str) -> Callable[[str], str]:
    return lambda line: prefix + line


WRAPPERS: dict[str, Callable[[str], str]] = {
    "kubectl --timestamps": before(f"{STAMP} "),
    "a time with an offset": before("2024-05-17T12:05:03+02:00 "),
    "kubectl --prefix": before("[pod/ingress-nginx-controller-844fbc9777-vhl79/controller] "),
    "kubectl --prefix --timestamps": before(f"[pod/door-0/controller] {STAMP} "),
    "stern": before("ingress-nginx-controller-844fbc9777-vhl79 controller "),
    "stern -A": before("ingress-nginx ingress-nginx-controller-844fbc9777-vhl79 controller "),
    "stern -t": before(f"door-7d4b9 controller {STAMP} "),
    "stern with colours": before("\x1b[36mdoor-7d4b9\x1b[0m \x1b[32mcontroller\x1b[0m "),
    "stern json": lambda line: json.dumps({"message": line, "nodeName": "n1", "podName": "door-0"}),
    "kubetail": before("[door-7d4b9 controller] "),
    "compose": before("web-1  | "),
    "compose 1 with colours": before("\x1b[36mweb_1  |\x1b[0m "),
    "compose --timestamps": before(f"web-1  | {STAMP} "),
    "docker service logs": before("door_web.1.k3xqz0a@node-1    | "),
    "logcli": before('2024-05-17T10:05:03Z {app="door", pod="a \\"b\\" }c"}     '),
    "logcli without labels": before("2024-05-17T12:05:03+02:00 {} "),
    "logcli jsonl": lambda line: json.dumps({"labels": {"app": "a"}, "line": line, "timestamp": STAMP}),
    "grafana txt": before(f"1715940303123\t{STAMP}\t"),
    "grafana txt, older": before("2024-05-17 10:05:03.123\t"),
    "aws logs tail": before("2024-05-17T10:05:03.123000+00:00 ecs/nginx/0123456789abcdef "),
    "RFC 3164": before("<134>Feb  6 12:14:14 door nginx: "),
    "RFC 3164 without priority": before("Feb  6 12:14:14 door nginx[12]: "),
    "RFC 3164 without host": before("<134>Feb  6 12:14:14 haproxy[14389]: "),
    "RFC 5424": before("<190>1 2024-05-17T10:05:05.000000+00:00 web1 nginx - - - "),
    "RFC 5424 with data": before(r'<190>1 2024-05-17T10:05:06Z web1 nginx 42 a [a b="c\]d"][e@1 f="\"g\" h"] '),
    "RFC 5424 with a mark": before("<190>1 2024-05-17T10:05:06Z web1 nginx 42 a - \ufeff"),
    "RFC 6587": before("312 <190>1 2024-05-17T10:05:05Z web1 nginx - - - "),
    "rsyslog": before("2024-05-17T10:05:03.123456+02:00 web1 nginx: "),
    "a level": before("<6>"),
    "a level and a time": before("<6>2024-05-17T10:05:03.123456+00:00 "),
    "a program": before("haproxy[1]: "),
    "short": before("May 24 22:20:12 ha nginx[688]: "),
    "short-precise": before("May 24 22:20:12.123456 ha nginx[688]: "),
    "short-iso": before("2024-05-17T10:05:04+0200 web1 nginx[12]: "),
    "short-full": before("Fri 2024-05-17 10:05:04 CEST web1 nginx[12]: "),
    "short-monotonic": before("[ 1234.567890] web1 nginx[12]: "),
    "short-unix": before("1715940304.123456 web1 nginx[12]: "),
    "journal json": as_json("MESSAGE", __CURSOR="s=1", PRIORITY="6"),
    "journal json, bytes": lambda line: json.dumps({"PRIORITY": "6", "MESSAGE": [*line.encode()]}),
    "journal json-sse": lambda line: "data: " + json.dumps({"MESSAGE": line}),
    "journal export": before("MESSAGE="),
    "journal verbose": before("    MESSAGE="),
    "docker": lambda line: json.dumps(
        {"log": f"{line}\n", "stream": "stdout", "time": STAMP}, separators=(",", ":")
    ),
    "CRI": before(f"{STAMP} stdout F "),
    "fluent-bit": as_json("log", date=1715940303.1, stream="stdout", logtag="F"),
    "fluent-bit file": lambda line: f"kube.door: [1715940303.123456789, {json.dumps({'log': line})}]",
    "fluentd file": lambda line: f"2024-05-17T10:05:03+00:00\tkube.door\t{json.dumps({'log': line})}",
    "filebeat": as_json("message", **{"@timestamp": STAMP, "log": {"offset": 1, "file": {"path": "/a"}}}),
    "ecs": lambda line: json.dumps({"@timestamp": STAMP, "event": {"original": line, "kind": "event"}}),
    "ecs, flat": as_json("event.original"),
    "vector": as_json("message", file="/a.log", host="h", source_type="file", timestamp=STAMP),
    "google": as_json("textPayload", insertId="x", severity="INFO"),
    "cloudwatch insights": as_json("@message", **{"@timestamp": "2024-05-17 10:05:03.123"}),
    "slog": as_json("msg", level="info"),
    "a mark": before("\ufeff"),
    "zeros": before("\0\0\0"),
    "carriage return": lambda line: line + "\r",
}
WORDED = ("stern", "stern -A", "stern -t", "stern with colours", "aws logs tail")
"""Names before a line that nothing but their shape tells: they are looked for once."""


def read(lines: Sequence[str]) -> Parsed:
    text = "".join(f"{line}\n" for line in lines).encode()
    parser = Parser(DIALECTS, ZoneInfo("UTC"), datetime(2026, 11, 23, tzinfo=UTC))
    (block,) = unwrap([text])
    return parser.parse(block)


def told(parsed: Parsed) -> tuple[object, ...]:
    return (parsed.records.rows(), parsed.dialects, parsed.set_aside, parsed.unparsed)


@pytest.fixture(scope="module")
def as_they_are() -> tuple[object, ...]:
    return told(read([*FIRST, *CHATTER]))


@pytest.mark.parametrize("name", WRAPPERS)
def test_every_sample_in_every_wrapping(name: str, as_they_are: tuple[object, ...]) -> None:
    """All samples together, and what controllers say besides, are what they are as bare lines."""
    assert told(read([WRAPPERS[name](line) for line in (*FIRST, *CHATTER)])) == as_they_are


@examples(30)
@given(
    st.sampled_from(SAMPLES),
    st.lists(st.sampled_from(sorted({*WRAPPERS} - {*WORDED, "carriage return"})), min_size=1, max_size=4),
    st.sampled_from(["", *WORDED]),
    st.integers(0, 4),
)
def test_wrapped_several_times(line: str, names: list[str], worded: str, place: int) -> None:
    """Syslog around Docker around CRI: whatever passed it on, it is the same request."""
    wrapped = line
    for name in (*names[:place], *([worded] if worded else []), *names[place:]):
        wrapped = WRAPPERS[name](wrapped)
    assert told(read([wrapped])) == told(read([line])), wrapped


@examples(15)
@given(st.lists(st.tuples(st.sampled_from(SAMPLES), st.sampled_from(["", *WRAPPERS])), min_size=1, max_size=12))
def test_a_wrapped_line_alone_is_as_in_a_block(picked: list[tuple[str, str]]) -> None:
    lines = [WRAPPERS[name](line) if name else line for line, name in picked]
    alone = [read([line]) for line in lines]
    together = read(lines)
    assert sorted(map(str, together.records.rows())) == sorted(
        str(row) for parsed in alone for row in parsed.records.rows()
    )
    assert together.set_aside.total() == sum(parsed.set_aside.total() for parsed in alone)
    assert together.unparsed == sum(parsed.unparsed for parsed in alone)
