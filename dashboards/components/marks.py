"""What goes in and out of a component on which people mark what they notice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from vistas.vista.notice import Anchor, Notice, NoticeKind


@dataclass(frozen=True, slots=True)
class Mark:
    """A notice as it is drawn on the data: its number in the margin, and where it hangs.

    `people` marked what it overlaps; it weighs as much. `earlier` is one of an earlier vista's, found
    again in this one.
    """

    number: int
    notice: Notice
    people: int = 1
    earlier: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """What somebody wrote, and where. `id` was made once, in the browser: kept twice, it is still one notice."""

    id: UUID
    kind: NoticeKind
    text: str
    anchor: Anchor


OnMark = Callable[[Marked], object]
"""Keeps what was marked; a `VistasError` it raises is shown at the composer, and the text stays."""
