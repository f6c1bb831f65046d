"""One difference between two routines, and the part of a text that differs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    NEW = "new"
    MOVED = "moved"
    RENAMED = "renamed"
    CHANGED = "changed"
    LEFT_OUT = "left out"


class Written(StrEnum):
    """How `before` and `after` are to be read."""

    VALUE = "value"
    PROSE = "prose"
    CODE = "code"


class Mark(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text that stands in both, only in the earlier, or only in the later one."""

    text: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Change:
    """`place` names the stop and the look in words; it is empty where the whole routine is meant.

    `stop` and `look` are their slugs: in the later routine, or in the earlier where they are left out. `about` is
    the key that differs, empty where a whole stop or look is new, moved or left out; `item` which of several under
    that key. `told` says it in words without the place. `before` and `after` are what stands under the key.
    """

    kind: Kind
    told: str
    place: tuple[str, ...] = ()
    stop: str = ""
    look: str = ""
    about: str = ""
    item: str = ""
    before: str = ""
    after: str = ""
    written: Written = Written.VALUE
    details: tuple[str, ...] = ()
