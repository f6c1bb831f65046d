"""Strips what other programs put around a log line on its way, layer by layer.

A layer either cannot be part of a line (a syslog header, `[pod/x/controller]`, a timestamp of the log API), or may
be part of one (words before it, a JSON object around it). What a dialect recognises is the line itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from connectors.ingress.reading.envelopes import open_envelope

DEEPEST = 8
"""How many layers are looked through."""

_LEVEL = rb"(?:TRC|DBG|INF|WRN|ERR|FTL|PNC)\b"
_CLOCK = rb"\d\d:\d\d:\d\d(?:[.,]\d+)?"
STAMP = rb"\d{4}-\d\d-\d\dT" + _CLOCK + rb"(?:Z|[+-]\d\d:?\d\d)?"
"""A time as container runtimes, log stores and syslog write it."""
_TAG = rb"[^\s:\[\]]+(?:\[[\w./-]+\])?:(?: |$)"
_TAG_WITH_PID = rb"[\w./@:-]+\[[\w./-]+\]:(?: |$)"
_HOST = rb"(?:[^\s\[\]]+ )?"
_BSD = rb"[A-Z][a-z]{2} [ \d]\d (?:\d{4} )?" + _CLOCK + rb" " + _HOST + _TAG
_DATA = rb'(?:\[(?:[^\]"\\\n]|\\.|"(?:[^"\\\n]|\\.)*")*\])+'
_RFC_5424 = rb"<\d{1,3}>1 (?:-|" + STAMP + rb")(?: [^ \n]+){4} (?:-|" + _DATA + rb")(?: |$)(?:\xef\xbb\xbf)?"
_SYSLOG = (
    rb"(?:\d{1,5} (?=<))?" + _RFC_5424,
    rb"(?:\d{1,5} (?=<))?<\d{1,3}>",
    _BSD,
    STAMP + rb" (?:[^\s\[\]]+ )?" + _TAG_WITH_PID,
    STAMP + rb" (?!" + _LEVEL + rb")[^\s\[\]:]+ [A-Za-z][\w./-]*: ",
    rb"[A-Z][a-z]{2} \d{4}-\d\d-\d\d " + _CLOCK + rb" [A-Z]\S* (?:[^\s\[\]]+ )?" + _TAG,
    rb"(?:\[ *\d+\.\d+\]|\d{10}\.\d{6}) [^\s\[\]]+ " + _TAG,
    _TAG_WITH_PID,
)
"""RFC 5424; a priority alone; RFC 3164; rsyslog's and journalctl's times; the program alone."""
_TOOLS = (
    rb"\xef\xbb\xbf",
    rb"\0+",
    rb"\[pod/[^\s/\]]+/[^\s\]]+\] ",
    rb'\{(?:[A-Za-z_]\w*="(?:[^"\\\n]|\\.)*"(?:, ?)?)*\}[ \t]+',
    STAMP + rb" std(?:out|err) [FP][^ \n]* ",
    STAMP + rb"\t[^\t\n]+\t(?=\{)",
    rb"\d{13,19}\t(?:" + STAMP + rb"\t)?",
    rb"(?:data: |\x1e)(?=\{)",
    rb"[ \t]*MESSAGE=",
)
"""kubectl, logcli, a container runtime, fluentd, Grafana, journalctl."""
_TIME = STAMP + rb"[ \t](?!(?:\x1b\[\d*m)*" + _LEVEL + rb")(?!\w+\t)"
"""A time alone, but for those with which Traefik and Go programs begin what they say themselves."""
_SURE = re.compile(rb"|".join((*_SYSLOG, *_TOOLS, _TIME)))
_HEADERS = re.compile(rb"^(?:" + rb"|".join((*_SYSLOG, *_TOOLS)) + rb")", re.MULTILINE)
SOME = 8
LOOKED_AT = 4096
"""How many bytes of a block show what is around most of its lines: the first ones may be somebody else's."""

_COLOURED = rb"\x1b\[[\d;]*m"
_SERVICE = rb"(?:\d\d:\d\d:\d\d )?[A-Za-z0-9][\w.-]*(?:@[\w.-]+)? *\|"
_PIPE = re.compile(rb"(?:" + _COLOURED + rb")+" + _SERVICE + rb"(?: ?" + _COLOURED + rb" ?)|" + _SERVICE + rb" ?")
_BLANK_IN_TIME = re.compile(rb"\d{4}-\d\d-\d\d " + _CLOCK + rb"(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?[ \t]")
_FLUENT_BIT = re.compile(rb"(?:\[\d+\] )?[\w.*-]+: \[\[?\d+\.\d+(?:, \{\}\])?, (?=\{)")
_IN_BRACKETS = re.compile(rb"\[[a-z0-9.-]+(?: [a-z0-9.-]+)?\] ")
_PERHAPS = (_PIPE, _BLANK_IN_TIME, _FLUENT_BIT, _IN_BRACKETS)
_COLOUR = re.compile(_COLOURED)
_TIMED = re.compile(STAMP + rb"\s")
_NAME = rb"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?"
_WORDS = (
    re.compile(rb"(?:" + _NAME + rb" ){2}(?![a-z]+ )"),
    re.compile(rb"(?:" + _NAME + rb" ){3}(?![a-z]+ )"),
)
_STREAM = re.compile(rb"[^\s\"{]+ ")


def without_headers(text: bytes) -> bytes:
    """A block whose first lines show a header, without that of each of its lines; others as they are."""
    return _HEADERS.sub(b"", text) if _HEADERS.search(text, 0, LOOKED_AT) else text


@dataclass(frozen=True, slots=True)
class Layer:
    inside: bytes
    sure: bool
    """Whether what was around it is surely no part of the line."""


def peel(line: bytes) -> Layer | None:
    """The line without its outermost layer; None where none is seen around it."""
    if found := _SURE.match(line):
        return Layer(line[found.end() :], sure=True)
    for around in _PERHAPS:
        if found := around.match(line):
            return Layer(line[found.end() :], sure=False)
    if b"\x1b[" in line and (letters := _COLOUR.sub(b"", line)):
        return Layer(letters, sure=False)
    inside = open_envelope(line)
    return None if inside is None else Layer(inside, sure=False)


def is_wrapped(lines: Sequence[bytes]) -> bool:
    """Whether something is seen around the first or the last of them."""
    return any(peel(line) or _WORDS[0].match(line) for line in (*lines[:SOME], *lines[-SOME:]))


def bare(line: bytes) -> bytes:
    """The line without what is surely no part of it."""
    for _ in range(DEEPEST):
        found = _SURE.match(line)
        if not found:
            break
        line = line[found.end() :]
    return line


def innermost(line: bytes) -> bytes:
    """The line without any layer."""
    for inside in _layers(line):
        line = inside
    return line


def unnamed(line: bytes) -> bytes:
    """The line without the names of pod and container, and without any layer."""
    return innermost(next(_without_names([line]), line))


def readings(line: bytes) -> Iterator[bytes]:
    """What the line may be within its layers, one less each; and without the names that stern puts before it."""
    within, streams = [line], []
    for inside in _layers(line):
        if _TIMED.match(within[-1]) and (stream := _STREAM.match(inside)):
            streams.append(inside[stream.end() :])
        within.append(inside)
        yield inside
    for named in (*streams, *_without_names(within)):
        yield named
        yield from _layers(named)


def _without_names(lines: Sequence[bytes]) -> Iterator[bytes]:
    return (line[found.end() :] for line in lines for names in _WORDS if (found := names.match(line)))


def _layers(line: bytes) -> Iterator[bytes]:
    for _ in range(DEEPEST):
        layer = peel(line)
        if layer is None:
            return
        line = layer.inside
        yield line
