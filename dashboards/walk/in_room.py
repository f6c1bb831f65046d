"""The morning walk in a room: everybody looks at the same landscape, goes along with the host or wanders."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import streamlit as st

from dashboards import live
from dashboards.mornings import eyes
from dashboards.room import Room
from dashboards.shared import news, process
from dashboards.state import STOP, now, parameter, place
from dashboards.walk import beginning, first_look, trouble, view
from vistas.errors import VistaNotFound
from vistas.practice.session import Activity
from vistas.practice.session.entries import FirstLookBegan, Revealed
from vistas.practice.walk.first_look import SPANS
from vistas.routine import Stop
from vistas.vista import Vista


def watched(room: Room, activity: Activity) -> tuple[object, ...]:  # noqa: ARG001 - one signature for all activities
    return (activity.about, news.gathering(activity.about)) if activity.about else ()


def draw(room: Room, activity: Activity) -> None:
    if activity.about is None:
        beginning.draw(room, activity)
        return
    try:
        vista = eyes.in_their_order(first_look.shown(process.workspace().store.vista(activity.about)))
    except VistaNotFound:
        st.markdown("**This morning is no longer here.** It was discarded; you can walk another one instead.")
        beginning.draw(room, activity)
        return
    _walk(room, activity, vista)


def _walk(room: Room, activity: Activity, vista: Vista) -> None:
    stop = _here(room, activity, vista)
    room.stand(activity, stop=stop.stop)
    if view.arrive(vista, stop):
        live.expected(vista.id)
    to = partial(_to, room)
    view.way(vista, stop, to)
    trouble.offer(room, activity, vista, stop, to)
    _running(room, activity, stop)
    view.stop_and_margin(vista, stop, beside=partial(_first_look, room, activity, vista, stop))
    view.foot(vista, stop, to, _no_more)


def _here(room: Room, activity: Activity, vista: Vista) -> Stop:
    """With the host for who follows; else where the URL says, or the host stood last."""
    led = room.led_to(activity).get("stop", "")
    stood = room.session.host_at.get(activity.id, {}).get("stop", "")
    named = (led, parameter(STOP), stood)
    return next((stop for slug in named if (stop := vista.stop(slug))), view.first(vista))


def _to(room: Room, stop: str) -> None:
    """Who goes by themselves wanders, until they come back."""
    place(stop=stop)
    if room.following:
        room.wander()
        st.rerun()


def _no_more() -> None:
    """After the last stop it is the room's own foot that leads on."""
    st.space("small")


def _running(room: Room, activity: Activity, stop: Stop) -> None:
    """Above the evidence, so that it is seen however narrow the page is."""
    look = room.session.first_looks.get((activity.id, stop.stop))
    if look is None or not look.hides(now()):
        return
    with st.container(key="first-look-runs", gap="xsmall"):
        first_look.running(look, f"{activity.id}-{stop.stop}")
        st.button(
            "Reveal now",
            type="tertiary",
            icon=":material/visibility:",
            key=f"reveal-{stop.stop}",
            on_click=room.write,
            args=(Revealed(activity=activity.id, stop=stop.stop),),
        )


def _first_look(room: Room, activity: Activity, vista: Vista, stop: Stop) -> None:
    look = room.session.first_looks.get((activity.id, stop.stop))
    if look and look.hides(now()):
        return
    if look:
        first_look.found(vista, stop, vista.noticed_at(stop.stop))
    with st.popover("First look yourself", icon=":material/visibility_off:", key=f"first-look-{stop.stop}"):
        st.markdown("How long should everyone see only their own notices? After that, all are shown at once.")
        with st.container(horizontal=True, gap="xsmall"):
            for span in SPANS:
                st.button(
                    _in_words(span),
                    key=f"first-look-{stop.stop}-{span.seconds}",
                    on_click=_begin_first_look,
                    args=(room, activity, stop.stop, span),
                )


def _in_words(span: timedelta) -> str:
    minutes = span // timedelta(minutes=1)
    return f"{minutes} min" if minutes else f"{span.seconds} s"


def _begin_first_look(room: Room, activity: Activity, stop: str, span: timedelta) -> None:
    room.write(FirstLookBegan(activity=activity.id, stop=stop, until=now() + span))
