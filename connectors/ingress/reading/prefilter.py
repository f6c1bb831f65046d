"""A cheap test of whether a line can belong to a dialect.

It rules dialects out, so that the few lines that no fast reader took are not tried with every one of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from connectors.ingress.dialects import Dialect
from connectors.ingress.reading.template import VARIABLE

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
    """False only for lines that no reader of the dialect would take."""
    return _at_text(dialect) if dialect.template else _at_json(dialect)


def _at_json(dialect: Dialect) -> Glance:
    marks = [mark.encode() for mark in dialect.json_marks]
    others = [[text.encode() for text in texts] for texts in dialect.json_unless]

    before = re.compile(dialect.before_json.encode()) if dialect.before_json else None

    def fits(line: bytes) -> bool:
        return (
            (line.startswith(b"{") or (before is not None and before.match(line) is not None))
            and all(mark in line for mark in marks)
            and not any(all(text in line for text in texts) for texts in others)
        )

    return fits


def _at_text(dialect: Dialect) -> Glance:
    has_time = _CLOCKS[dialect.clock].search
    words = [
        word.encode() for word in VARIABLE.sub(" ", dialect.template).replace('"', " ").split() if len(word) > 1
    ]
    least = dialect.template.removesuffix('"').count('"')

    def fits(line: bytes) -> bool:
        return line.count(b'"') >= least and all(word in line for word in words) and has_time(line) is not None

    return fits
