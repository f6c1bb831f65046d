"""What one may have missed: told when it is asked for, and only after one's own look.

At a stop that is once one has noticed something there, or has been there and gone on. So nobody is told where to
look before they have looked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, overload
from uuid import UUID
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards import viewer
from dashboards.mornings.earlier.noticed import draw_each, earlier_at
from dashboards.shared import process
from dashboards.state import session
from dashboards.ui import words
from dashboards.ui.plain import plain
from vistas.mornings.unusual import MOST, Compared, Finding, Morning, TooFew, earlier_mornings, find_unusual
from vistas.practice.walk.first_look import has_looked
from vistas.store import EarlierNotice, Search, Store
from vistas.vista import Vista

READ_AT_MOST: Final = 30
"""Earlier mornings that are compared with, the newest."""
LOOKED_THROUGH: Final = 200
"""Vistas of the routine among which they are looked for."""
OTHERS: Final = 3
"""Notices of others that are shown."""
_ASKS = "What may I have missed?"
_FIRST_YOURSELF = (
    "Look for yourself first: this answers once you have noticed something here, or have been here and gone on."
)
_STILL_COMING = "Some looks have not answered yet. Ask again once everything is here."


def missed_at(vista: Vista, stop: str, zone: ZoneInfo) -> None:
    """The last thing at a stop, closed at first."""

    @st.fragment
    def draw() -> None:
        box = st.expander(
            _ASKS,
            type="compact",
            icon=":material/help:",
            key=f"missed-{vista.id}-{stop}",
            on_change="rerun",
        )
        if box.open:
            with box:
                _at_stop(vista, stop, zone)

    draw()


def missed_on_the_way(vista: Vista, zone: ZoneInfo) -> None:
    """The same over all stops at which one has looked."""

    @st.fragment
    def draw() -> None:
        box = st.expander(
            _ASKS, type="compact", icon=":material/help:", key=f"missed-{vista.id}", on_change="rerun"
        )
        if box.open:
            with box:
                _everywhere(vista, zone)

    draw()


def _at_stop(vista: Vista, stop: str, zone: ZoneInfo) -> None:
    if not has_looked(vista, stop, viewer.name()):
        st.markdown(f":gray[{_FIRST_YOURSELF}]")
        return
    told = _unusual(vista, zone)
    if isinstance(told, Compared):
        _findings(vista, told, [each for each in told.findings if each.stop == stop], zone, "here")
    others = _by_others(vista, stop)
    if others:
        st.markdown("**Others noticed here before**")
        draw_each(others, "missed-notice", zone)


def _everywhere(vista: Vista, zone: ZoneInfo) -> None:
    looked = {stop.stop for stop in vista.routine.stops if has_looked(vista, stop.stop, viewer.name())}
    if not looked:
        st.markdown(
            ":gray[Look for yourself first: this answers for each stop once you have noticed something there, "
            "or have been there and gone on.]"
        )
        return
    told = _unusual(vista, zone)
    if not isinstance(told, Compared):
        return
    _findings(vista, told, [each for each in told.findings if each.stop in looked], zone, "where you looked")
    waiting = dict.fromkeys(each.stop for each in told.findings if each.stop not in looked)
    if waiting:
        named = ", ".join(plain(_title(vista, stop)) for stop in waiting)
        st.markdown(f":gray[There is more at stops where you have not looked yet: {named}.]")


def _unusual(vista: Vista, zone: ZoneInfo) -> Compared | TooFew | None:
    """Asked once for what there is; too few mornings, and looks that are still to come, are said."""
    gathering = process.gatherings().of(vista.id)
    if gathering is not None and not gathering.finished:
        st.markdown(f":gray[{_STILL_COMING}]")
        return None
    known, about = session().unusual, (vista.id, sum(each.gap is None for each in vista.snapshots))
    if about not in known:
        known[about] = _compare(vista, zone)
    told = known[about]
    if isinstance(told, TooFew):
        st.markdown(plain(told.sentence))
    return told


def _compare(vista: Vista, zone: ZoneInfo) -> Compared | TooFew:
    store = process.workspace().store
    search = Search(routine=vista.routine.routine, until=vista.begun_at, limit=LOOKED_THROUGH)
    candidates = (Morning(each.id, each.routine, each.window) for each in store.library(search).vistas)
    mornings = earlier_mornings(Morning.of(vista), candidates, zone)[-READ_AT_MOST:]
    bar = st.progress(0.0, "Reading earlier mornings …")
    read = _Read(
        store, [each.id for each in mornings], lambda share: bar.progress(share, "Reading earlier mornings …")
    )
    told = find_unusual(vista, read, zone)
    bar.empty()
    return told


class _Read(Sequence[Vista]):
    """Earlier mornings, each read when it is its turn, so that one at a time is held; `tell` is told the share."""

    def __init__(self, store: Store, ids: Sequence[UUID], tell: Callable[[float], object]) -> None:
        self._store, self._ids, self._tell = store, ids, tell

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, place: int) -> Vista: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Vista]: ...

    def __getitem__(self, place: int | slice) -> Vista | Sequence[Vista]:
        if isinstance(place, slice):
            return _Read(self._store, self._ids[place], self._tell)
        self._tell(place / len(self._ids) if self._ids else 1.0)
        return self._store.vista(self._ids[place])


def _findings(vista: Vista, told: Compared, shown: Sequence[Finding], zone: ZoneInfo, place: str) -> None:
    mornings = words.count(told.mornings, "earlier morning")
    if not shown:
        st.markdown(f"Nothing {place} is unusual beside {mornings}.")
    for number, finding in enumerate(shown):
        with st.container(key=f"finding-{vista.id}-{finding.stop}-{number}", gap=None):
            hour = words.stretch(finding.hour.start, finding.hour.end, zone)
            st.markdown(
                f":small[:gray[{plain(_title(vista, finding.stop))} · {plain(_look(vista, finding))} · {hour}]]"
            )
            st.markdown(f"{plain(finding.name)}: **{plain(finding.value_text)}**, {plain(finding.sentence)}.")
    if told.found > MOST:
        st.markdown(f":small[:gray[Of {told.found} on the whole walk, the {MOST} furthest from usual are told.]]")


def _by_others(vista: Vista, stop: str) -> list[EarlierNotice]:
    found = earlier_at(vista, stop)
    return [each for each in found if each.notice.author != viewer.name()][:OTHERS]


def _title(vista: Vista, stop: str) -> str:
    found = vista.stop(stop)
    return found.title if found else stop


def _look(vista: Vista, finding: Finding) -> str:
    looks = {look.look: look.title for look in vista.looks_at(finding.stop)}
    return looks.get(finding.look, finding.look)
