"""Who is here, who hosts, how others come in, and how hosting goes from one to another."""

from __future__ import annotations

from uuid import uuid5

import streamlit as st

from dashboards.room.room import Room
from dashboards.state import ROOM
from dashboards.ui import links
from dashboards.ui.places import Place
from dashboards.ui.plain import plain
from vistas.practice.session.entries import HostTaken


def presence(room: Room) -> None:
    """Everybody who is here, in one line; nobody is counted who is not."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="people"):
        for number, name in enumerate(room.present):
            host = name == room.session.host
            with st.container(key=f"person-{'host' if host else 'guest'}-{number}", width="content"):
                you = " (you)" if name == room.me else ""
                st.text(f"{name}{you}{', host' if host else ''}")
        if room.hosting:
            hand_over(room)


def hand_over(room: Room) -> None:
    others = [name for name in room.present if name != room.me]
    key = f"hand-over-{room.session.host}"
    with st.popover("Hand over", type="tertiary", icon=":material/swap_horiz:", key=key):
        if not others:
            st.markdown(":gray[Nobody else is here right now.]")
        for name in others:
            st.button(
                f"To {plain(name)}",
                type="tertiary",
                key=f"hand-to-{uuid5(room.id, name).hex}",
                on_click=room.write,
                args=(HostTaken(host=name),),
            )


def offer_to_pick_up(room: Room) -> None:
    """When the host's browser is gone, the room lives on: anybody may lead."""
    if room.host_is_here:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="host-gone"):
        host = plain(room.session.host) or "The host"
        st.markdown(f"{host} is not here right now. Anyone can take over.", width="content")
        st.button(
            "Take over as host",
            icon=":material/waving_hand:",
            key="pick-up",
            on_click=room.write,
            args=(HostTaken(host=room.me),),
        )


def invitation(room: Room) -> None:
    with st.popover("Invite", type="tertiary", icon=":material/person_add:", key="invite"):
        st.markdown("Anyone who opens this link joins the room.")
        st.code(links.to(Place.SESSION, {ROOM: room.id}), language=None, wrap_lines=True)
