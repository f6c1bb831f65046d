"""Offers alternatives when a source fails during a walk in a session."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final
from uuid import uuid5

import streamlit as st

from dashboards.room import Room, offer_pivot
from dashboards.shared import process
from dashboards.ui.plain import plain
from vistas.practice.session import Activity, ActivityKind
from vistas.routine import Stop
from vistas.snapshot import GapReason, Snapshot
from vistas.store import Search
from vistas.vista import Vista

FAILED: Final = frozenset({GapReason.UNREACHABLE, GapReason.TOO_SLOW, GapReason.REFUSED})
PLANNED_AT_MOST: Final = 2
STOPS_AT_MOST: Final = 4


def failed_at(vista: Vista, stop: str) -> tuple[Snapshot, ...]:
    """The snapshots of a stop that are missing because their source failed."""
    return tuple(each for each in vista.at(stop) if each.gap and each.gap.reason in FAILED)


def answered(vista: Vista, but: str) -> tuple[Stop, ...]:
    """The other stops at which at least one look was answered."""
    return tuple(
        stop
        for stop in vista.routine.stops
        if stop.stop != but and any(each.frame is not None for each in vista.at(stop.stop))
    )


def offer(room: Room, activity: Activity, vista: Vista, stop: Stop, to: Callable[[str], None]) -> None:
    """Nothing as long as the sources of the stop answer, or where the room is busy with something else."""
    failed = failed_at(vista, stop.stop)
    if not failed or activity.id != room.session.current:
        return
    said = {f"{each.source}: {each.gap.message}": None for each in failed if each.gap}
    offer_pivot(room, " ".join(said), tuple(_instead(room, activity, vista)))
    others = answered(vista, stop.stop)[:STOPS_AT_MOST]
    if others:
        with st.container(horizontal=True, gap="small", vertical_alignment="center", key="offer-stops"):
            st.markdown(":gray[These stops have data:]", width="content")
            for each in others:
                st.button(
                    plain(each.title),
                    type="tertiary",
                    key=f"offer-stop-{each.stop}",
                    on_click=to,
                    args=(each.stop,),
                )


def _instead(room: Room, activity: Activity, vista: Vista) -> Iterator[Activity]:
    search = Search(routine=vista.routine.routine, limit=2)
    saved = [each for each in process.workspace().store.library(search).vistas if each.id != vista.id]
    for last in saved[:1]:
        same = uuid5(activity.id, str(last.id))
        title = f"Last time: {last.name}"[:200]
        yield Activity(id=same, kind=ActivityKind.WALK, title=title, about=last.id)
    over = {*room.session.finished, *room.session.parked, activity.id}
    yield from [each for each in room.session.agenda if each.id not in over][:PLANNED_AT_MOST]
    title = f"What is wrong with {failed_at_names(vista)}?"[:200]
    yield Activity(id=uuid5(activity.id, title), kind=ActivityKind.TOPIC, title=title)


def failed_at_names(vista: Vista) -> str:
    return ", ".join(sorted({each.source for each in vista.snapshots if each.gap and each.gap.reason in FAILED}))
