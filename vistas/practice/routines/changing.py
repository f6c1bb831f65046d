"""A routine that somebody is changing: each change can be undone, and nothing is a version until it is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, TypeVar

from pydantic import ValidationError

from vistas.errors import RoutineError
from vistas.mistakes import in_words
from vistas.routine import Look, Routine, Stop, Unit
from vistas.routine.look import Model
from vistas.routine.merging import merged

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Changing:
    """`base` is the version that it was begun from, `routine` how it is by now, `focus` the stop changed last."""

    base: Routine
    routine: Routine
    before: tuple[Routine, ...] = ()
    focus: str = ""

    @classmethod
    def begin(cls, routine: Routine) -> Changing:
        return cls(routine, routine, focus=routine.stops[0].stop)

    @property
    def is_changed(self) -> bool:
        return self.routine.digest != self.base.digest

    def reworded(self, stop: str, words: Mapping[str, str]) -> Changing:
        """`words` by the keys of a stop. RoutineError says what of it cannot be."""
        return self._at(stop, lambda there: _valid(there, words))

    def asking(
        self, stop: str, look: str, queries: Sequence[str], window: timedelta | None, unit: Unit
    ) -> Changing:
        """`queries` in the order in which the look asks them. RoutineError says what of it cannot be."""

        def asked(there: Look) -> Look:
            query, several = queries[: len(there.query)], queries[len(there.query) :]
            named = [{"name": each.name, "query": text} for each, text in zip(there.queries, several, strict=True)]
            return _valid(there, {"query": query, "queries": named, "window": window, "unit": unit})

        def at(there: Stop) -> Stop:
            looks = tuple(asked(each) if each.look == look else each for each in there.looks)
            return there.model_copy(update={"looks": looks})

        return self._at(stop, at)

    def moved(self, stop: str, by: int) -> Changing:
        """So many places on; no further than the ends."""
        stops = list(self.routine.stops)
        place = next(place for place, each in enumerate(stops) if each.stop == stop)
        there = stops.pop(place)
        stops.insert(max(0, place + by), there)
        return self._with(stops, stop)

    def without(self, stop: str) -> Changing:
        """RoutineError for the only one."""
        stops = [each for each in self.routine.stops if each.stop != stop]
        if not stops:
            raise RoutineError("A routine has one stop at least.")
        return self._with(stops, stops[0].stop)

    def undone(self) -> Changing:
        """As it was before the last change."""
        return replace(self, routine=self.before[-1], before=self.before[:-1]) if self.before else self

    def onto(self, newest: Routine) -> Changing:
        """The same on top of what somebody else made meanwhile; where both changed something, mine stays."""
        put = merged(self.base, newest, self.routine).routine
        return replace(self, base=newest, routine=put, before=(*self.before, self.routine))

    def clashes(self, newest: Routine) -> tuple[str, ...]:
        """What somebody else changed meanwhile, too, and in another way."""
        return merged(self.base, self.routine, newest).clashes

    def to_save(self) -> Routine:
        return self.routine.model_copy(update={"version": self.base.version})

    def _at(self, stop: str, change: Callable[[Stop], Stop]) -> Changing:
        return self._with([change(each) if each.stop == stop else each for each in self.routine.stops], stop)

    def _with(self, stops: Sequence[Stop], focus: str) -> Changing:
        changed = self.routine.model_copy(update={"stops": tuple(stops), "written_as": ""})
        if changed.digest == self.routine.digest:
            return replace(self, focus=focus)
        return replace(self, routine=changed, before=(*self.before, self.routine), focus=focus)


def _valid(there: M, update: Mapping[str, Any]) -> M:
    try:
        return type(there).model_validate({**there.model_dump(), **update})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = " ".join(str(part) for part in first["loc"] if isinstance(part, str))
        raise RoutineError(f"{where} {in_words(first)}".strip().capitalize() + ".") from error
