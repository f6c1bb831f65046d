"""Lines that people note one below the other: what was learned, what came up.

Nobody changes another's line. Empty words take one back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from vistas.practice.notebook import Stamp

MaybeWords = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]
"""Empty takes back what was said before under the same id."""


@dataclass(frozen=True, slots=True)
class NotedLine:
    """`at` is when it was noted first."""

    id: UUID
    text: str
    by: str
    at: datetime


def with_line(lines: tuple[NotedLine, ...], line_id: UUID, text: str, stamp: Stamp) -> tuple[NotedLine, ...]:
    """With a line that is new, or said in other words (same id) by whoever noted it."""
    by = stamp.by or ""
    before = next((each for each in lines if each.id == line_id), None)
    if before is None:
        return (*lines, NotedLine(line_id, text, by, stamp.at)) if text else lines
    if before.by != by:
        return lines
    said = (replace(before, text=text),) if text else ()
    place = lines.index(before)
    return (*lines[:place], *said, *lines[place + 1 :])
