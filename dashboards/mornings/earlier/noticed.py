"""What was noticed at a stop on earlier mornings, with a way to where it was."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards import viewer
from dashboards.library import TONES
from dashboards.shared import process
from dashboards.state import now
from dashboards.threads import where
from dashboards.ui import links, words
from dashboards.ui.places import Place
from dashboards.ui.plain import plain
from vistas.practice.walk.earlier import AT_MOST, earlier_here
from vistas.store import EarlierNotice
from vistas.vista import Vista


def noticed_earlier(vista: Vista, stop: str, zone: ZoneInfo) -> None:
    """Closed at first; only then is the library asked."""

    @st.fragment
    def draw() -> None:
        box = st.expander(
            "Noticed here on earlier mornings",
            type="compact",
            icon=":material/history:",
            key=f"earlier-{vista.id}-{stop}",
            on_change="rerun",
        )
        if box.open:
            with box:
                _all(earlier_at(vista, stop), f"earlier-list-{vista.id}-{stop}", zone)

    draw()


def earlier_at(vista: Vista, stop: str) -> tuple[EarlierNotice, ...]:
    """Without those of the morning that this one follows, which stand beside it anyway."""
    found = earlier_here(
        process.workspace().store,
        process.notebooks().sessions,
        vista,
        stop,
        viewer=viewer.name(),
        now=now(),
    )
    followed = vista.eyes.vista if vista.eyes else None
    return tuple(each for each in found if each.vista != followed)


def draw_each(notices: Iterable[EarlierNotice], key: str, zone: ZoneInfo) -> None:
    """As in the margin, each with a link to that morning at that stop. `key` is of this list alone."""
    for each in notices:
        notice = each.notice
        with st.container(key=f"{key}-{notice.id}", gap="xsmall"):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.badge(notice.kind.value, color=TONES[notice.kind])
                if place := where(notice.anchor, zone):
                    with st.container(key=f"where-{key}-{notice.id}", width="content"):
                        st.text(place)
            st.text(notice.text)
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
                with st.container(key=f"by-{key}-{notice.id}", width="content"):
                    st.text(f"{notice.signed},")
                links.draw(
                    Place.REPLAY,
                    plain(words.when(each.begun_at, now(), zone)),
                    parameters=links.stop(each.vista, notice.stop),
                )


def _all(notices: tuple[EarlierNotice, ...], key: str, zone: ZoneInfo) -> None:
    if not notices:
        st.markdown(":gray[Nothing, as far as this library goes.]")
        return
    if len(notices) == AT_MOST:
        st.markdown(f":small[:gray[The newest {AT_MOST}.]]")
    with st.container(key=key, gap="medium"):
        draw_each(notices, "earlier-notice", zone)
