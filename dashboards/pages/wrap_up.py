"""Wrap-up: everything noticed, a title, save, share."""

from __future__ import annotations

import streamlit as st

from dashboards import routines, viewer
from dashboards.components import vista_picture
from dashboards.library import sharing
from dashboards.library.cards import TONES
from dashboards.mornings import stale
from dashboards.mornings.earlier import missed_on_the_way
from dashboards.shared import process
from dashboards.state import now, session, zone
from dashboards.threads import entries, where
from dashboards.ui import words
from dashboards.ui.places import Place, go
from dashboards.ui.plain import error_text, plain
from dashboards.walk import absent, margin
from dashboards.walk.vista_in_url import vista_in_url
from dashboards.ways import ways
from dashboards.writing import signed
from vistas.errors import StoreError
from vistas.practice.walk import keeping
from vistas.routine import Stop
from vistas.store import Store
from vistas.vista import Vista
from vistas.vista.presence import lacking_in, presence_at


def suggestion(vista: Vista) -> str:
    """A first title, to be changed: the shortest thing noticed, or the day."""
    said = sorted((notice.text.strip().splitlines()[0] for notice in vista.notices), key=len)
    if said and len(said[0]) <= 80:  # noqa: PLR2004
        return said[0]
    return f"{vista.routine.name}, {vista.window.end.astimezone(zone()):%A}"


def noticed_at(vista: Vista, stop: Stop) -> None:
    notices = vista.noticed_at(stop.stop)
    if not notices:
        return
    with st.container(gap="small", key=f"wrapped-{stop.stop}"):
        st.header(plain(stop.question), anchor=False)
        numbers = margin.numbered(notices)
        for notice, answers in vista.threads_at(stop.stop):
            drawn = "drawn" if notice.id in numbers else "loose"
            with st.container(key=f"notice-{drawn}-{notice.id}", gap="xsmall"):
                with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                    st.badge(notice.kind.value, color=TONES[notice.kind])
                    place = where(notice.anchor, zone())
                    if place:
                        with st.container(key=f"where-{notice.id}", width="content"):
                            st.text(place)
                st.text(notice.text)
                with st.container(key=f"by-{notice.id}"):
                    st.text(f"{notice.signed}, {words.clock(notice.written_at, zone())}")
                if answers:
                    with st.container(key=f"thread-{notice.id}", gap="small"):
                        entries(vista.id, answers, zone(), writable=False)


def unseen(vista: Vista) -> None:
    """What was in the way of seeing; then, in one line, what is not there at all."""
    lost = stale.lost_by(vista)
    titles = {
        (stop.stop, look.look): look.title for stop in vista.routine.stops for look in vista.looks_at(stop.stop)
    }
    troubles = [each for stop in vista.routine.stops for each in presence_at(vista, stop.stop, lost).trouble]
    if troubles:
        with st.container(gap="small", key="unseen"):
            st.header("What could not be seen", anchor=False)
            for number, snapshot in enumerate(troubles):
                if snapshot.gap:
                    with st.container(key=f"unseen-{number}", gap=None):
                        st.markdown(f"**{plain(titles[snapshot.stop, snapshot.look])}**")
                        st.text(f"{snapshot.source}: {snapshot.gap.message}")
    absent.draw_all(lacking_in(vista, lost))
    routines.offer_to_fit(vista, lost)


def save(vista: Vista) -> None:
    """The title and the one big action; a saved vista is renamed."""
    with st.form("save", border=False):
        title = st.text_input(
            "What was this morning about?",
            value=vista.title or suggestion(vista),
            max_chars=200,
            key=f"title-{vista.id}",
        )
        if st.form_submit_button("Rename" if vista.saved_at else "Save this morning", type="primary", key="save"):
            if not title.strip():
                st.warning("Give it a few words, so that a teammate can find it again.")
                return
            try:
                keeping.save(*books(), vista.id, title.strip(), **signed())
            except StoreError as problem:
                st.warning(plain(error_text(problem)))
                return
            st.toast("Saved, data and all.", icon=":material/check:")
            st.rerun()


def books() -> tuple[Store, keeping.Sessions]:
    return process.workspace().store, process.notebooks().sessions


def not_yours(vista: Vista) -> None:
    """Why there is nothing to press here."""
    done = "rename" if vista.saved_at else "save"
    with st.container(key="not-yours"):
        st.text(f"This walk is {vista.author}'s. Only they, or the host of its session, can {done} it.")


def throw_away(vista: Vista) -> None:
    with st.popover("Discard this walk", type="tertiary", icon=":material/delete:"):
        st.markdown("It will no longer be shown. You can restore it from the home page.")
        if st.button("Discard", key="discard"):
            keeping.discard(*books(), vista.id, by=viewer.name())
            session().thrown_away = vista.id
            session().last_walk = None
            go(Place.MORNING)


def show() -> None:
    vista = vista_in_url("wrap up")
    with st.container(gap="xsmall"):
        st.markdown(f":small[:gray[{words.window(vista.window, zone())}]]")
        st.title("What did we notice?", anchor=False)
        routines.walked_with(vista)
    vista_picture(vista.ridges, height=110, label="", key="wrap-picture")
    grid = st.grid(3, min_column_width=340, gap=("medium", 56))
    with grid.cell(column_span=2):
        if not vista.notices:
            st.markdown(
                ":gray[Nothing was marked. That is fine: a quiet morning is worth keeping too, "
                "so that others see what quiet looks like.]"
            )
        for stop in vista.routine.stops:
            noticed_at(vista, stop)
        unseen(vista)
    with grid.cell(), st.container(key="margin", gap="medium"):
        mine = keeping.may_keep(*books(), vista.id, viewer.name())
        if mine:
            save(vista)
        else:
            not_yours(vista)
        if vista.saved_at:
            st.markdown(f":green-badge[saved] :gray[{words.when(vista.saved_at, now(), zone())}]")
            sharing.draw(vista)
            if st.button("Replay", icon=":material/play_arrow:", type="tertiary", key="to-replay"):
                go(Place.REPLAY, vista.id)
        else:
            if st.button("Back to the walk", icon=":material/arrow_back:", type="tertiary", key="to-walk"):
                go(Place.WALK, vista.id)
            if mine:
                throw_away(vista)
    with st.container(key="afterwards", gap="small"):
        ways(vista)
        missed_on_the_way(vista, zone())


show()
