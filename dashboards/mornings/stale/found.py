"""What went stale, found once for as long as nothing new was gathered; and what would answer in its place."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import islice

import streamlit as st

from dashboards.shared import process
from dashboards.state import now
from vistas.errors import SourceError
from vistas.gathering.gather import sources_for, take_one
from vistas.mornings.stale import (
    MOST,
    Mending,
    Stale,
    find_stale,
    guessed,
    guessed_values,
    mendings,
)
from vistas.routine import Look, Routine
from vistas.snapshot import Absence, Snapshot, Window
from vistas.source import Deadline
from vistas.vista.good_news import is_good_news
from vistas.vocabulary import HasWords

PATIENCE = timedelta(seconds=6)
TRIED = 6
DAY = timedelta(days=1)
KNOWN = 200


@dataclass(frozen=True, slots=True)
class Tried:
    """What would mend a look, with what the tool answered to it just now."""

    mending: Mending
    series: int
    took: timedelta


@st.cache_resource(show_spinner=False)
def _known() -> OrderedDict[tuple[str, datetime | None], tuple[object, tuple[Stale, ...]]]:
    return OrderedDict()


def stale_in(routine: Routine, until: datetime | None = None) -> tuple[Stale, ...]:
    """Of a routine, or of one as it is walked; by mornings no later than `until`."""
    store, known = process.workspace().store, _known()
    key = (routine.routine, until)
    marker = (routine.digest, store.trace_marker(routine.routine, most=MOST, until=until))
    if key in known and known[key][0] == marker:
        return known[key][1]
    found = find_stale(routine, store.traces(routine.routine, most=MOST, until=until))
    known[key] = (marker, found)
    while len(known) > KNOWN:
        known.popitem(last=False)
    return found


def tried(routine: Routine, stale: Stale) -> Tried | None:
    """The likeliest that has an answer now; None where none has."""
    deadline = Deadline(PATIENCE)
    for mending in islice(_offered(stale, deadline), TRIED):
        answered = _ask(routine, stale, mending.look, deadline)
        series = sum(each.frame.rows for each in answered if each.frame is not None)
        if series:
            took = max(each.provenance.took for each in answered)
            return Tried(mending, series, took)
    return None


def _offered(stale: Stale, deadline: Deadline) -> Iterator[Mending]:
    yield from mendings(stale.look, stale.absent)
    if any(each.is_metric for each in stale.absent):
        names = _told(stale, lambda words, window: words.metric_names(window, deadline))
        yield from guessed(stale.look, stale.absent, names)
    for each in stale.absent:
        if each.operator == "=" and not is_good_news(each):
            values = _told(stale, partial(_values, each, deadline))
            yield from guessed_values(stale.look, each, values)


def _values(absence: Absence, deadline: Deadline, words: HasWords, window: Window) -> tuple[str, ...]:
    return words.label_values(absence.label, absence.metric, window, deadline)


def _told(stale: Stale, ask: Callable[[HasWords, Window], tuple[str, ...]]) -> tuple[str, ...]:
    """What there is at the look's source; nothing where that cannot say."""
    workspace = process.workspace()
    for source in sources_for(stale.look, workspace.sources):
        if source.name == stale.source and isinstance(source, HasWords):
            try:
                return ask(source, workspace.window(now(), DAY))
            except SourceError:
                return ()
    return ()


def _ask(routine: Routine, stale: Stale, look: Look, deadline: Deadline) -> tuple[Snapshot, ...]:
    workspace = process.workspace()
    there = look.model_copy(update={"source": stale.source})
    return take_one(
        stale.stop,
        _as_walked(routine, there),
        workspace.sources,
        workspace.window(now(), routine.window),
        deadline=deadline,
        redactor=workspace.redactor,
    )


def _as_walked(routine: Routine, look: Look) -> Look:
    """With the routine's defaults in place of its variables, where all have one."""
    alone = routine.stops[0].model_copy(update={"looks": (look,)})
    try:
        return routine.model_copy(update={"stops": (alone,)}).choosing({}).stops[0].looks[0]
    except ValueError:
        return look
