"""The walk: stop by stop through this morning's landscape, marking what one notices."""

from __future__ import annotations

from functools import partial
from uuid import UUID

import streamlit as st

from dashboards import live
from dashboards.mornings import eyes
from dashboards.shared import news, process
from dashboards.state import STOP, VISTA, id_in_url, now, parameter, place, session
from dashboards.ui import links
from dashboards.ui.places import Place, go
from dashboards.variables import show_in_address
from dashboards.walk import return_link, view
from dashboards.walk.vista_in_url import vista_in_url
from vistas.routine import Stop
from vistas.vista import Vista


def to(stop: str) -> None:
    place(stop=stop)


def here(vista: Vista) -> Stop:
    """The stop in the URL; where there is none or it is not in this routine, the one to begin at."""
    return vista.stop(parameter(STOP)) or view.first(vista)


def watch(vista_id: UUID) -> None:
    """Draw the page again when somebody writes, when a snapshot comes, and when the gathering is over."""
    live.watch({live.PAGE: lambda: (vista_id, news.gathering(vista_id))})


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
    st.title("No walk has been started.", anchor=False)
    st.markdown(
        "A walk starts by gathering one consistent picture from your tools; then you look at it stop by stop."
    )
    links.draw(Place.MORNING, "Start the morning walk", ":material/wb_twilight:")
    st.stop()


def show() -> None:
    resume()
    if vista_id := id_in_url():
        watch(vista_id)
    vista = eyes.in_their_order(vista_in_url("walk"))
    session().last_walk = vista.id
    show_in_address(vista.routine)
    stop = here(vista)
    if view.arrive(vista, stop):
        live.expected(vista.id)
    return_link.draw()
    view.way(vista, stop, to)
    view.stop_and_margin(vista, stop)
    st.space("small")
    view.foot(vista, stop, to, partial(to_wrap_up, vista))


show()
