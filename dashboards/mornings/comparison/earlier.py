"""What a vista is looked at beside: an earlier vista, or its series of an earlier day, asked of a live tool."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.shared import process
from dashboards.state import now, zone
from dashboards.ui import words
from dashboards.ui.plain import plain
from vistas.errors import VistaNotFound
from vistas.gathering.gather import gather
from vistas.routine import Look
from vistas.snapshot import FrameKind, Gap, GapReason, Snapshot, Window
from vistas.source import Deadline, Source
from vistas.store import Search, VistaSummary
from vistas.vista import Vista
from vistas.workspace import Workspace

OVER_TIME: Final = frozenset({"range", "instant"})
"""What can be asked for an earlier day."""
ASKED_AT_MOST: Final = timedelta(seconds=15)
REMEMBERED: Final = 40
"""Answers that are kept: of one stop, for one day."""


class Beside(StrEnum):
    NOTHING = "nothing"
    THEIRS = "their-morning"
    YESTERDAY = "yesterday"
    LAST_WEEK = "last-week"
    ANOTHER = "another"


DAYS: Final = {Beside.YESTERDAY: timedelta(days=1), Beside.LAST_WEEK: timedelta(days=7)}


@dataclass(frozen=True, slots=True)
class Earlier:
    """`says` is one line: what it is and where it comes from, or what is missing. `asked` holds series alone."""

    says: str
    vista: Vista | None = None
    asked: bool = False


def another(vista_id: UUID) -> Earlier:
    try:
        return _of(process.workspace().store.vista(vista_id))
    except VistaNotFound:
        return Earlier("The morning that this link names could not be found. Choose another one.")


def theirs(vista: Vista) -> Earlier:
    """The morning of those through whose eyes it is seen."""
    if vista.eyes is None:
        return Earlier("This morning is not seen through anybody's eyes.")
    return _of(vista.eyes.earlier)


def days_before(vista: Vista, stop: str, days: timedelta) -> Earlier:
    """The newest saved vista of the same routine from that day; else what live tools still know of it."""
    day = (vista.window.end - days).astimezone(zone())
    if found := _saved_on(vista, day):
        return _of(process.workspace().store.vista(found))
    looks, sources = _can_be_asked(process.workspace(), vista, stop)
    if not looks:
        return Earlier(
            f"No morning of this routine was saved on {_day(day)}, and nothing here can be asked about it."
        )
    asked = _answers().of(vista, stop, days, looks, sources)
    names = " and ".join(dict.fromkeys(each.source for each in asked.snapshots))
    over = words.window(asked.window, zone())
    return Earlier(
        f"Asked now from {names} for {over}: no morning was saved that day, so series only.", asked, asked=True
    )


def _of(vista: Vista) -> Earlier:
    when = words.when(vista.window.end, now(), zone())
    return Earlier(f"Then is {vista.name}, {vista.author}, {when}.{_in_utc()}", vista)


def _in_utc() -> str:
    """Sentences are made once, for everybody."""
    return "" if now().astimezone(zone()).utcoffset() == timedelta() else " Times in sentences are in UTC."


def _day(day: datetime) -> str:
    return f"{day:%A}, {day.day} {day:%B}"


def _saved_on(vista: Vista, day: datetime) -> UUID | None:
    begin = datetime.combine(day.date(), time(), day.tzinfo)
    search = Search(routine=vista.routine.routine, since=begin, until=begin + timedelta(days=1))
    found = process.workspace().store.library(search).vistas
    alike = (each for each in found if each.id != vista.id and _walked_alike(each, vista))
    return next((each.id for each in alike if _ends_on(each.window, day)), None)


def _walked_alike(one: VistaSummary, vista: Vista) -> bool:
    """Whether the same was chosen for the variables of its routine, which stands in its name."""
    return not vista.routine.variables or one.routine_title == vista.routine.name


def _ends_on(window: Window, day: datetime) -> bool:
    assert isinstance(day.tzinfo, ZoneInfo)  # noqa: S101 - it is in the viewer's zone
    return window.end.astimezone(day.tzinfo).date() == day.date()


def _can_be_asked(workspace: Workspace, vista: Vista, stop: str) -> tuple[tuple[Look, ...], tuple[Source, ...]]:
    """The looks of a stop that gave series over time, each with the one source that gave them."""
    live = {each.name: each for each in workspace.sources if not hasattr(each, "stands_for")}
    given = [
        (each.look, each.source) for each in vista.at(stop) if each.frame and each.frame.kind is FrameKind.SERIES
    ]
    looks = {look.look: look for look in vista.looks_at(stop) if look.take in OVER_TIME and look.is_whole}
    asked = [(looks[look], live[source]) for look, source in given if look in looks and source in live]
    sources = {source.name: source for _, source in asked}
    return tuple({look.look: look for look, _ in asked}.values()), tuple(sources.values())


class _Answers:
    """What live tools answered about earlier days, by vista, stop and day."""

    def __init__(self) -> None:
        self._kept: OrderedDict[object, Vista] = OrderedDict()
        self._lock = threading.Lock()

    def of(
        self, vista: Vista, stop: str, days: timedelta, looks: Sequence[Look], sources: Sequence[Source]
    ) -> Vista:
        """Asked once; what was not answered is asked again the next time."""
        key = vista.id, stop, days, tuple(look.look for look in looks), tuple(source.name for source in sources)
        with self._lock:
            if key in self._kept:
                return self._kept[key]
        with st.spinner(f"Asking {' and '.join(plain(source.name) for source in sources)}…"):
            found = _ask(process.workspace(), vista, stop, days, looks, sources)
        if any(each.frame for each in found.snapshots):
            with self._lock:
                self._kept[key] = found
                while len(self._kept) > REMEMBERED:
                    self._kept.popitem(last=False)
        return found


@st.cache_resource(show_spinner=False)
def _answers() -> _Answers:
    return _Answers()


def _ask(
    workspace: Workspace,
    vista: Vista,
    stop: str,
    days: timedelta,
    looks: Sequence[Look],
    sources: Sequence[Source],
) -> Vista:
    window = Window(vista.window.start - days, vista.window.end - days)
    here = vista.routine.find_stop(stop)
    assert here is not None  # noqa: S101 - it is drawn
    asked = vista.routine.model_copy(update={"stops": (here.model_copy(update={"looks": tuple(looks)}),)})
    deadline = Deadline(min(ASKED_AT_MOST, workspace.settings.gather.deadline))
    snapshots = gather(asked, sources, window, deadline=deadline, redactor=workspace.redactor)
    told = uuid5(vista.id, f"{days.days} {stop}")
    return replace(vista, id=told, window=window, snapshots=tuple(_remembered(snapshots)), eyes=None)


def _remembered(snapshots: Sequence[Snapshot]) -> Iterator[Snapshot]:
    """Of a source that has nothing at all from then, gaps: that is no proof that something is new."""
    knows = {each.source for each in snapshots if each.frame and each.frame.rows}
    for each in snapshots:
        if each.frame is None or each.source in knows:
            yield each
        else:
            gap = Gap(GapReason.NOT_HERE, f"{each.source} has no data from then; it may not reach back so far.")
            yield replace(each, content=gap)
