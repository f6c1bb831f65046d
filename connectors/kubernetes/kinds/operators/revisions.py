"""A revision of what is delivered, short enough to read in a table and long enough to tell two apart."""

from __future__ import annotations

import re

SHORT = 8
_HASH = re.compile(r"(?<![0-9a-f])(?:[0-9a-f]{64}|[0-9a-f]{40})(?![0-9a-f])")


def short_revision(revision: str) -> str:
    """`main@sha1:4be5fc1b…` becomes `main@sha1:4be5fc1b`; a chart's version stays as it is."""
    return _HASH.sub(lambda found: found[0][:SHORT], revision)
