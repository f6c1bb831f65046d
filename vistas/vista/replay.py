"""A vista's steps seen again, in order and at their pace."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate, zip_longest
from uuid import UUID

from vistas.vista.model import Step, Vista, Walk

LONGEST = timedelta(minutes=3)
"""Nobody wants to replay a coffee break: no stay at a stop is longer, however long it was."""
SHORTEST = timedelta(seconds=2)
UNWALKED = timedelta(seconds=20)
"""How long a stop lasts in a vista that nobody walked, such as one gathered on the command line."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One stay at a stop; `begins` and `ends` count from the start of the replay."""

    stop: str
    begins: timedelta
    ends: timedelta


@dataclass(frozen=True, slots=True)
class Timeline:
    """What is to be seen when. `appears` has every notice of the vista."""

    walker: str
    scenes: tuple[Scene, ...]
    appears: Mapping[UUID, timedelta]

    @property
    def length(self) -> timedelta:
        return self.scenes[-1].ends

    def scene_at(self, position: timedelta) -> int:
        """The place of the scene that runs then; the last one after the end."""
        begins = [scene.begins for scene in self.scenes]
        return max(0, bisect_right(begins, position) - 1)

    def visible(self, position: timedelta) -> frozenset[UUID]:
        return frozenset(notice for notice, appears in self.appears.items() if appears <= position)


def walks_of(vista: Vista) -> tuple[Walk, ...]:
    """The walks worth replaying, the longest way first."""
    walked = [walk for walk in vista.walks if walk.steps]
    return tuple(sorted(walked, key=lambda walk: -len({step.stop for step in walk.steps})))


def timeline(vista: Vista, walk: Walk | None) -> Timeline:
    """The replay of one walk; without one every stop of the routine in turn.

    A notice made during the walk appears when it was made. One made before it, or later by somebody who
    replayed it, is there from the beginning.
    """
    steps = walk.steps if walk else ()
    stays = [_stay(step, following) for step, following in zip_longest(steps, steps[1:])]
    stops = [step.stop for step in steps]
    if not steps:
        stops = [stop.stop for stop in vista.routine.stops]
        stays = [UNWALKED] * len(stops)
    ends = list(accumulate(stays))
    scenes = tuple(Scene(stop, end - stay, end) for stop, stay, end in zip(stops, stays, ends, strict=True))
    appears = {notice.id: _appears(notice.written_at, steps, scenes) for notice in vista.notices}
    return Timeline(walk.walker if walk else vista.author, scenes, appears)


def _stay(step: Step, following: Step | None) -> timedelta:
    left = step.left_at or (following.arrived_at if following else None)
    stayed = UNWALKED if left is None else left - step.arrived_at
    return min(LONGEST, max(SHORTEST, stayed))


def _appears(written: datetime, steps: tuple[Step, ...], scenes: tuple[Scene, ...]) -> timedelta:
    for place in range(len(steps) - 1, -1, -1):
        step, scene = steps[place], scenes[place]
        over = step.left_at is not None and written > step.left_at and place == len(steps) - 1
        if over:
            return timedelta()
        if written >= step.arrived_at:
            return min(scene.ends, scene.begins + (written - step.arrived_at))
    return timedelta()
