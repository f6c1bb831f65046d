"""Whether a line can be of a dialect at all, seen at a glance: the few left over are not read in every way."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from connectors.ingress.dialects import Dialect
from connectors.ingress.template import RAW, TOKEN, VARIABLE

Glance = Callable[[bytes], bool]

_CLF_SECOND = rb"\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d"
_CLOCKS = {
    "clf": re.compile(_CLF_SECOND + rb" [+-]\d{4}"),
    "haproxy": re.compile(_CLF_SECOND + rb"\.\d"),
    "iso": re.compile(rb"\d{4}-\d\d-\d\d[T ]\d\d:\d\d"),
    "unix": re.compile(rb"\d{9}"),
    "any": re.compile(rb"\d"),
}


@cache
def glance(dialect: Dialect) -> Glance:
    """False only for lines that no reader of the dialect would take, but those with quotes doubled in values."""
    return _at_text(dialect) if dialect.template else _at_json(dialect)


def _at_json(dialect: Dialect) -> Glance:
    marks = [mark.encode() for mark in dialect.json_marks]
    return lambda line: line.startswith(b"{") and all(mark in line for mark in marks)


def _at_text(dialect: Dialect) -> Glance:
    has_time = _CLOCKS[dialect.clock].search
    words = [
        word.encode() for word in TOKEN.findall(dialect.template) if len(word) > 1 and not VARIABLE.search(word)
    ]
    quotes, free = dialect.template.count('"'), RAW in dialect.template or '"?' in dialect.template
    least, most = (quotes - 1, 1 << 30) if free else (quotes, quotes)

    def fits(line: bytes) -> bool:
        return (
            least <= line.count(b'"') <= most
            and all(word in line for word in words)
            and has_time(line) is not None
        )

    return fits
