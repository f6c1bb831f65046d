"""The reader that a dialect needs."""

from __future__ import annotations

from datetime import tzinfo
from functools import cache

from connectors.ingress.dialects import Dialect
from connectors.ingress.reading.json_reader import JsonReader
from connectors.ingress.reading.reader import Reader
from connectors.ingress.reading.text_reader import TextReader


@cache
def make_reader(dialect: Dialect, zone: tzinfo) -> Reader:
    return TextReader(dialect, zone) if dialect.template else JsonReader(dialect, zone)
