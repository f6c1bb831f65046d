"""The wheel as an activity of a session, run without a browser."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.practice.wheel import in_room
from dashboards.room import Room
from dashboards.shared import process
from tests.dashboards.apptest import seen_by
from vistas.practice.landscape import Part, PartKind
from vistas.practice.session import Activity, ActivityKind
from vistas.practice.session.entries import HostTaken, Planned
from vistas.practice.wheel.entries import Filled
from vistas.vista import new_id

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def room(afresh: None) -> UUID:
    """Maya hosts a session with a wheel on its agenda, over the recordings."""
    activity = Activity(id=new_id(), kind=ActivityKind.WHEEL, title="Who? What? Where?")
    entries = (HostTaken(host="Maya"), Planned(activity=activity))
    return process.notebooks().sessions.begin("Monday", *entries, by="Maya", at=NOW)


def wheel_of(room: UUID) -> UUID | None:
    return process.notebooks().sessions.read(room).agenda[0].about


def page(room: UUID) -> AppTest:
    def script(room: str) -> None:
        from uuid import UUID

        from dashboards.room import Room
        from dashboards.room.activities import drawing

        entered = Room.enter(UUID(room))
        activity = entered.session.agenda[0]
        drawing(activity.kind).draw(entered, activity)

    return seen_by("Maya", AppTest.from_function(script, default_timeout=60, kwargs={"room": str(room)})).run()


def test_a_new_wheel_is_filled_and_attached(room: UUID) -> None:
    drawn = page(room).button(key="wheel-begin").click().run()
    wheel = wheel_of(room)
    assert wheel is not None
    assert process.notebooks().wheels.head(wheel).title == "Monday: Who? What? Where?"
    assert len(process.notebooks().wheels.read(wheel).segments) > 20
    assert not drawn.exception
    entered = Room.enter(room)
    assert in_room.watched(entered, entered.session.agenda[0]) == (wheel,)


def test_an_earlier_wheel_is_taken_again(room: UUID) -> None:
    part = Part(sort=PartKind.NODE, name="lantern-1")
    earlier = process.notebooks().wheels.begin("Last week", Filled(parts=(part,)), by="Ada", at=NOW)
    (there,) = page(room).selectbox
    there.set_value(earlier).run()
    assert wheel_of(room) == earlier


def test_before_there_is_a_wheel_nothing_is_watched(room: UUID) -> None:
    entered = Room.enter(room)
    assert in_room.watched(entered, entered.session.agenda[0]) == ()
