"""Ways beside each other, as a page draws them.

A lane a walk; lanes and stays are named by their places. `top` and `bottom` are shares of the longest lane's
time, from 0 to 1, so that height is time. As in a replay no stay is drawn longer than three minutes; `stayed` is
how long it was, None where nobody knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from vistas.routine import Look
from vistas.vista.notice import Notice


@dataclass(frozen=True, slots=True)
class Noticed:
    """A notice of the walker's own; `top` is when it was written."""

    notice: Notice
    top: float


@dataclass(frozen=True, slots=True)
class Aside:
    """A detour, from when it was taken to the next one, or to the end of the stay."""

    look: Look
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Stay:
    """`title` is the stop's, or its slug where the routine has no such stop."""

    stop: str
    title: str
    top: float
    bottom: float
    stayed: timedelta | None
    asides: tuple[Aside, ...] = ()
    noticed: tuple[Noticed, ...] = ()


@dataclass(frozen=True, slots=True)
class Lane:
    """`besides` is what they noticed at stops where they never stood on this walk."""

    vista: UUID
    walk: UUID
    walker: str
    begun_at: datetime
    stays: tuple[Stay, ...]
    besides: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Join:
    """The same stop in two neighbouring lanes, at one stay of each.

    `in_order`: both came to it in the same order as to the others. `both_noticed` something at the stop.
    """

    left: int
    right: int
    left_stay: int
    right_stay: int
    stop: str
    in_order: bool
    both_noticed: bool


@dataclass(frozen=True, slots=True)
class SameThing:
    """Notices in two lanes that hang on the same data, at the same time of day where they are of several days."""

    left: int
    right: int
    stop: str
    left_notice: UUID
    right_notice: UUID


@dataclass(frozen=True, slots=True)
class Where:
    """Stops that exactly these lanes have in common, in the order of the first of them."""

    lanes: tuple[int, ...]
    stops: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ways:
    """`stood` and `noticed` have each stop once, those of most lanes first; `titles` are of all stops."""

    lanes: tuple[Lane, ...]
    joins: tuple[Join, ...]
    same: tuple[SameThing, ...]
    stood: tuple[Where, ...]
    noticed: tuple[Where, ...]
    titles: dict[str, str]
