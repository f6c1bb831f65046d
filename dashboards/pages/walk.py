"""The walk: stop by stop through this morning's landscape, marking what one notices."""

from __future__ import annotations

from functools import partial
from uuid import UUID

import streamlit as st

from dashboards import process, walk_view, way_back
from dashboards.gatherings import Gathering
from dashboards.gone import vista_in_url
from dashboards.places import Place, go
from dashboards.state import STOP, VISTA, id_in_url, now, parameter, place, session
from vistas.routine import Stop
from vistas.vista import Vista


def to(stop: str) -> None:
    place(stop=stop)


def here(vista: Vista) -> Stop:
    """The stop in the URL; the first one where there is none or it is not in this routine."""
    return vista.stop(parameter(STOP)) or vista.routine.stops[0]


def poll(vista_id: UUID, lively: Gathering | None) -> None:
    """Draw the page again when somebody wrote, when a snapshot came, or when the gathering is over.

    `lively` was under way before the vista was read, so that nothing that came since is missed.
    """

    @st.fragment(run_every=0.7 if lively else 2.0)
    def watch() -> None:
        revision = process.workspace().store.revision(vista_id)
        before = session().revisions.get(vista_id)
        session().revisions[vista_id] = revision
        if (before is not None and before != revision) or (lively and lively.finished):
            st.rerun()

    watch()


def to_wrap_up(vista: Vista) -> None:
    if st.button(
        "Wrap up",
        icon=":material/wb_twilight:",
        icon_position="right",
        type="primary",
        shortcut="Right",
        key="wrap-up",
    ):
        wrap_up(vista)


def wrap_up(vista: Vista) -> None:
    walk_id = session().walks.get(vista.id)
    if walk_id and vista.saved_at is None:
        process.workspace().store.leave(vista.id, walk_id, now())
        session().standing = None
    go(Place.WRAP_UP, vista.id)


def resume() -> None:
    """Without a vista in the URL: the walk one was on in this session, or a helpful nothing."""
    if parameter(VISTA):
        return
    if session().last_walk:
        place(vista=str(session().last_walk))
        return
    st.title("No walk has begun.", anchor=False)
    st.markdown(
        "A walk starts by gathering one consistent picture from your tools; then you look at it stop by stop."
    )
    st.page_link(Place.MORNING.value, label="Start the morning walk", icon=":material/wb_twilight:")
    st.stop()


def show() -> None:
    resume()
    lively = walk_view.under_way(id_in_url())
    vista = vista_in_url("walk")
    session().last_walk = id_in_url()
    stop = here(vista)
    if walk_view.arrive(vista, stop) and vista.id in session().revisions:
        session().revisions[vista.id] += 1  # One change, and no news to this page: not drawn again for it.
    way_back.draw()
    walk_view.way(vista, stop, to)
    walk_view.stop_and_margin(vista, stop)
    st.space("small")
    walk_view.foot(vista, stop, to, partial(to_wrap_up, vista))
    poll(vista.id, lively)


show()
