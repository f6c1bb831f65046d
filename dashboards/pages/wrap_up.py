"""Wrap-up: everything noticed, a title, save, share."""

from __future__ import annotations

import streamlit as st

from dashboards import margin, process, sharing_box, viewer, words
from dashboards.cards import TONES
from dashboards.components import vista_picture
from dashboards.gone import vista_in_url
from dashboards.places import Place, go
from dashboards.plain import plain
from dashboards.state import now, session, zone
from vistas.errors import StoreError
from vistas.routine import Stop
from vistas.vista import Vista


def suggestion(vista: Vista) -> str:
    """A first title, to be changed: the shortest thing noticed, or the day."""
    said = sorted((notice.text.strip().splitlines()[0] for notice in vista.notices), key=len)
    if said and len(said[0]) <= 80:  # noqa: PLR2004
        return said[0]
    return f"{vista.routine.title}, {vista.window.end.astimezone(zone()):%A}"


def noticed_at(vista: Vista, stop: Stop) -> None:
    notices = vista.noticed_at(stop.stop)
    gaps = [snapshot for snapshot in vista.at(stop.stop) if snapshot.gap]
    if not notices and not gaps:
        return
    with st.container(gap="small", key=f"wrapped-{stop.stop}"):
        st.subheader(plain(stop.question), anchor=False)
        numbers = margin.numbered(notices)
        for notice in notices:
            drawn = "drawn" if notice.id in numbers else "loose"
            with st.container(key=f"notice-{drawn}-{notice.id}", gap="xsmall"):
                with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                    st.badge(notice.kind.value, color=TONES[notice.kind])
                    place = margin.where(notice.anchor, zone())
                    if place:
                        with st.container(key=f"where-{notice.id}", width="content"):
                            st.text(place)
                st.text(notice.text)
                with st.container(key=f"by-{notice.id}"):
                    st.text(f"{notice.author}, {words.clock(notice.written_at, zone())}")
        for snapshot in gaps:
            if snapshot.gap:
                st.markdown(":gray[Could not be seen:]")
                st.text(f"{snapshot.source}: {snapshot.gap.says}")


def save(vista: Vista) -> None:
    """The title and the one big action. A saved vista can be renamed by its author."""
    with st.form("save", border=False):
        title = st.text_input(
            "What was this morning about?",
            value=vista.title or suggestion(vista),
            max_chars=200,
            key=f"title-{vista.id}",
        )
        if st.form_submit_button("Rename" if vista.saved_at else "Save this morning", type="primary", key="save"):
            if not title.strip():
                st.warning("Give it a few words, so that a teammate finds it again.")
                return
            try:
                process.workspace().store.save(vista.id, title.strip(), now())
            except StoreError as problem:
                st.warning(plain(str(problem)))
                return
            st.toast("Saved, data and all.", icon=":material/check:")
            st.rerun()


def throw_away(vista: Vista) -> None:
    with st.popover("Throw this walk away", type="tertiary", icon=":material/delete:"):
        st.markdown("It will not be shown any more. The home page offers to bring it back.")
        if st.button("Throw it away", key="discard"):
            process.workspace().store.discard(vista.id, viewer.name())
            session().thrown_away = vista.id
            session().last_walk = None
            go(Place.MORNING)


def show() -> None:
    vista = vista_in_url("wrap up")
    with st.container(gap="xsmall"):
        st.markdown(f":small[:gray[{words.window(vista.window, zone())}]]")
        st.title("What did we notice?", anchor=False)
    vista_picture(vista.ridges, height=110, label="", key="wrap-picture")
    grid = st.grid(3, min_column_width=340, gap=("medium", 56))
    with grid.cell(column_span=2):
        if not vista.notices:
            st.markdown(
                ":gray[Nothing was marked. That is fine: a quiet morning is worth keeping, too, "
                "so that others see what quiet looks like.]"
            )
        for stop in vista.routine.stops:
            noticed_at(vista, stop)
    with grid.cell(), st.container(key="margin", gap="medium"):
        save(vista)
        if vista.saved_at:
            st.markdown(f":green-badge[saved] :gray[{words.when(vista.saved_at, now(), zone())}]")
            sharing_box.draw(vista)
            if st.button("Replay it", icon=":material/play_arrow:", type="tertiary", key="to-replay"):
                go(Place.REPLAY, vista.id)
        else:
            if st.button("Back to the walk", icon=":material/arrow_back:", type="tertiary", key="to-walk"):
                go(Place.WALK, vista.id)
            if vista.author == viewer.name():
                throw_away(vista)


show()
