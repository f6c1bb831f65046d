"""Lengths of time as people write them: `90m`, `12h`, `1d12h`."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}


def parse_span(text: str) -> timedelta:
    """`90m`, `12h`, `1d12h` (units s, m, h, d, w) as a time span; ValueError says what is expected."""
    parts = re.findall(r"(\d+)([smhdw])", text)
    if not parts or "".join(a + b for a, b in parts) != text:
        raise ValueError(f"{text!r} is not a time span: write 90m, 12h or 7d")
    span = timedelta(seconds=sum(int(number) * _UNITS[unit] for number, unit in parts))
    if not timedelta(minutes=1) <= span <= timedelta(days=400):
        raise ValueError(f"{text!r} is out of range: between 1m and 400d")
    return span


def write_span(span: timedelta) -> str:
    """The shortest text that `parse_span` reads back as `span`."""
    left, parts = int(span.total_seconds()), []
    for unit in ("d", "h", "m", "s"):
        number, left = divmod(left, _UNITS[unit])
        if number:
            parts.append(f"{number}{unit}")
    return "".join(parts)


def _span(value: Any) -> Any:
    return parse_span(value) if isinstance(value, str) else value


Span = Annotated[
    timedelta,
    BeforeValidator(_span, json_schema_input_type=str),
    PlainSerializer(write_span, return_type=str),
]
