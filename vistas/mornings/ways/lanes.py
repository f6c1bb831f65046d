"""One walk as a lane: its stays, with what was looked at aside and noticed during each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import zip_longest

from vistas.mornings.ways.model import Aside, Lane, Noticed, Stay
from vistas.vista import Detour, Step, Vista, Walk
from vistas.vista.notice import Notice
from vistas.vista.replay import Scene, timeline


def lane(vista: Vista, walk: Walk, longest: timedelta) -> Lane:
    """`longest` is how long the longest of all lanes takes to replay."""
    scenes = timeline(vista, walk).scenes
    own = [notice for notice in vista.notices if notice.author == walk.walker]
    stays = tuple(
        Stay(
            step.stop,
            title_of(vista, step.stop),
            scene.begins / longest,
            scene.ends / longest,
            _stayed(step, following),
            tuple(_asides(_taken(vista, walk, place), step, scene, longest)),
            tuple(_noticed(own, walk, place, scene, longest)),
        )
        for place, (step, scene, following) in enumerate(_each_stay(walk, scenes))
    )
    stood = {step.stop for step in walk.steps}
    besides = tuple(notice for notice in own if notice.stop not in stood)
    return Lane(vista.id, walk.id, walk.walker, walk.steps[0].arrived_at, stays, besides)


def title_of(vista: Vista, stop: str) -> str:
    return stop if (found := vista.stop(stop)) is None else found.title


def _each_stay(walk: Walk, scenes: Sequence[Scene]) -> Iterator[tuple[Step, Scene, Step | None]]:
    following = zip_longest(walk.steps, walk.steps[1:])
    return ((step, scene, then) for scene, (step, then) in zip(scenes, following, strict=True))


def _stayed(step: Step, following: Step | None) -> timedelta | None:
    left = step.left_at or (following.arrived_at if following else None)
    return None if left is None else max(timedelta(), left - step.arrived_at)


def _taken(vista: Vista, walk: Walk, place: int) -> list[Detour]:
    own = (detour for detour in vista.detours if detour.walker == walk.walker)
    here = (detour for detour in own if _stay_of(walk, detour.stop, detour.taken_at) == place)
    return sorted(here, key=lambda detour: detour.taken_at)


def _asides(taken: Sequence[Detour], step: Step, scene: Scene, longest: timedelta) -> Iterator[Aside]:
    begins = [_moment(detour.taken_at, step, scene) for detour in taken]
    for detour, top, bottom in zip(taken, begins, [*begins, scene.ends][1:], strict=True):
        yield Aside(detour.look, top / longest, bottom / longest)


def _noticed(own: Sequence[Notice], walk: Walk, place: int, scene: Scene, longest: timedelta) -> Iterator[Noticed]:
    for notice in sorted(own, key=lambda notice: notice.written_at):
        if _stay_of(walk, notice.stop, notice.written_at) == place:
            yield Noticed(notice, _moment(notice.written_at, walk.steps[place], scene) / longest)


def _stay_of(walk: Walk, stop: str, moment: datetime) -> int | None:
    """The last stay at the stop that had begun by then, else the first there; None where there is none."""
    there = [place for place, step in enumerate(walk.steps) if step.stop == stop]
    begun = [place for place in there if walk.steps[place].arrived_at <= moment]
    return begun[-1] if begun else next(iter(there), None)


def _moment(moment: datetime, step: Step, scene: Scene) -> timedelta:
    return min(scene.ends, scene.begins + max(timedelta(), moment - step.arrived_at))
