"""On a routine's page: each look that went stale, what probably happened, and what would show something again."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest

import streamlit as st

from dashboards import viewer
from dashboards.mornings.stale.found import Tried, stale_in, tried
from dashboards.routines import query_html, saved
from dashboards.shared import process
from dashboards.state import now, zone
from dashboards.ui import words
from dashboards.ui.places import Place, go
from dashboards.ui.plain import plain
from dashboards.writing import begin_walk, signed
from vistas.formatting.values import format_span
from vistas.mornings.stale import Stale, headline, reason, with_look, without_look
from vistas.routine import Routine

AT_ONCE = 3


def draw(routine: Routine) -> None:
    """Nothing where nothing went stale; the first few at once."""
    found = stale_in(routine)
    for number, stale in enumerate(found[:AT_ONCE]):
        _box(routine, stale, number)
    if more := found[AT_ONCE:]:
        with st.expander(
            words.count(len(more), "more look", "more looks") + " with nothing to show", type="compact"
        ):
            for number, stale in enumerate(more, start=AT_ONCE):
                _box(routine, stale, number)


def _box(routine: Routine, stale: Stale, number: int) -> None:
    stop = routine.find_stop(stale.stop)
    place = [each.stop for each in routine.stops].index(stale.stop) + 1
    with st.container(key=f"gap-trouble-stale-{number}", gap="small"):
        title = plain(stop.title) if stop else ""
        since = words.when_in_sentence(stale.since, now(), zone())
        st.markdown(f":small[:gray[{place} {title} · since {since}]]")
        st.subheader(plain(headline(stale)), anchor=False)
        with st.spinner(f"Asking {plain(stale.source)} …"):
            found = tried(routine, stale)
        happened = f" {found.mending.happened}" if found else ""
        st.markdown(plain(f"{reason(stale)}{happened}"))
        if found:
            st.html(_changed(stale, found))
            st.markdown(
                f":small[:gray[Tried just now: {words.count(found.series, 'series', 'series')}, "
                f"{plain(format_span(found.took.total_seconds()))}.]]"
            )
        else:
            st.markdown(":gray[Nothing that would answer in its place is known here.]")
        _actions(routine, stale, found, number)


def _changed(stale: Stale, found: Tried) -> str:
    """Each query that is to be asked otherwise, with what differs marked."""
    asked = zip_longest(stale.look.asked, found.mending.look.asked, fillvalue="")
    return "".join(query_html(before, after) for before, after in asked if before != after)


def _actions(routine: Routine, stale: Stale, found: Tried | None, number: int) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if found:
            mended = with_look(routine, stale, found.mending.look)
            label = "Use this name" if found.mending.is_guess else "Use the new name"
            if st.button(f"{label}, as version {routine.version + 1}", type="primary", key=f"stale-use-{number}"):
                because = f"{found.mending.renamed}."
                viewer.signing(lambda: _save(routine, mended, because))
            if st.button("Try it as a walk", type="tertiary", key=f"stale-walk-{number}"):
                viewer.signing(lambda: go(Place.WALK, begin_walk(mended).id))
        shorter = without_look(routine, stale)
        if shorter and st.button("Leave it out", type="tertiary", key=f"stale-leave-{number}"):
            because = f"{stale.look.title} has shown nothing for {stale.mornings} mornings."
            viewer.signing(_leaving(routine, shorter, because))


def _leaving(routine: Routine, shorter: Routine, because: str) -> Callable[[], None]:
    return lambda: _save(routine, shorter, because)


def _save(routine: Routine, changed: Routine, because: str) -> None:
    """What it asks was in the routine before, but for names of metrics: there is no new secret in it."""
    saved(
        lambda: process.routines().save(changed, because=because, changed_from=routine, is_sure=True, **signed())
    )
    st.rerun()
