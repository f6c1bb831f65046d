"""The way that somebody took: the stops in their order, what was noticed at each, and where they took a detour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

import streamlit as st

from dashboards.ui import words
from dashboards.ui.plain import plain
from vistas.routine import Look
from vistas.vista import Detour, Vista, order_of_stops
from vistas.vista.answer import Answer
from vistas.vista.notice import Notice

MINUTE = timedelta(minutes=1)
SHORT = 90
"""Up to so many seconds a detour is told in seconds."""


@dataclass(frozen=True, slots=True)
class StopThen:
    """A stop of the earlier walk: whether the walker came there, and how many notices have no answer today."""

    visited: bool
    unanswered: int = 0
    answered: int = 0


def in_their_order(vista: Vista) -> Vista:
    """To be shown, not to be kept: the stops of its routine as the walker took them, those they left out last."""
    if vista.eyes is None:
        return vista
    stops = {stop.stop: stop for stop in vista.routine.stops}
    order = [placed.stop for placed in order_of_stops(vista.eyes.earlier, vista.eyes.walker)]
    theirs = [stops.pop(slug) for slug in order if slug in stops]
    routine = vista.routine.model_copy(update={"stops": (*theirs, *stops.values())})
    return replace(vista, routine=routine)


def places(vista: Vista) -> Mapping[str, StopThen]:
    """Of each stop how it was then; nothing for a vista that follows nobody."""
    if vista.eyes is None:
        return {}
    earlier = vista.eyes.earlier
    order = order_of_stops(earlier, vista.eyes.walker)
    nobody = not any(placed.visited for placed in order)
    answered = {answer.notice for answer in earlier.answers if is_given_in(answer, vista.id)}
    return {
        placed.stop: _then(earlier, placed.stop, answered, visited=placed.visited or nobody) for placed in order
    }


def _then(earlier: Vista, stop: str, answered: set[UUID], *, visited: bool) -> StopThen:
    ids = {notice.id for notice in earlier.noticed_at(stop)}
    return StopThen(visited, len(ids - answered), len(ids & answered))


def is_given_in(answer: Answer, vista: UUID) -> bool:
    """Whether an answer to an earlier notice was given while looking at this vista."""
    return answer.answered_from == vista


def noticed_then(vista: Vista, stop: str) -> tuple[tuple[Notice, tuple[Answer, ...]], ...]:
    """What was noticed there in the earlier vista, with the answers: the walker's first, then what others did."""
    if vista.eyes is None:
        return ()
    walker = vista.eyes.walker
    return tuple(sorted(vista.eyes.earlier.threads_at(stop), key=lambda thread: thread[0].author != walker))


def before_detour(vista: Vista, stop: str, look: Look) -> None:
    """A line above a look that is a detour of the walker's; nothing above others."""
    if vista.eyes is None:
        return
    for detour in vista.eyes.earlier.detours:
        if (detour.stop, detour.look.look, detour.walker) == (stop, look.look, vista.eyes.walker):
            with st.container(key=f"detour-then-{look.look}"):
                st.markdown(f":gray[{plain(_told(vista.eyes.earlier, detour))}]")


def _told(earlier: Vista, detour: Detour) -> str:
    lasted = span_of(earlier, detour)
    span = "" if lasted is None else f" for {_in_words(lasted)}"
    return f"From here {detour.walker} took a detour{span}."


def _in_words(span: timedelta) -> str:
    seconds = max(1, round(span.total_seconds()))
    return words.count(seconds, "second") if seconds < SHORT else words.count(round(span / MINUTE), "minute")


def span_of(vista: Vista, detour: Detour) -> timedelta | None:
    """From its beginning to what its walker did next that is known: another detour, or leaving the stop."""
    walks = [walk for walk in vista.walks if walk.walker == detour.walker]
    moments = [each.taken_at for each in vista.detours if each.walker == detour.walker]
    for walk in walks:
        moments += [step.arrived_at for step in walk.steps]
        moments += [step.left_at for step in walk.steps if step.left_at is not None]
    later = [moment for moment in moments if moment > detour.taken_at]
    return min(later) - detour.taken_at if later else None
