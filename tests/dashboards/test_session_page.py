"""The session page in the states it can be in, run without a browser."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.shared import process
from dashboards.shared.presences import GONE_AFTER, SLEEPS_FOR, Presences
from dashboards.ui.places import Place
from tests.dashboards import apptest
from tests.dashboards.apptest import labels
from vistas.practice.session import Activity, ActivityKind
from vistas.practice.session.entries import HostTaken, Planned, Turned
from vistas.vista import new_id

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("afresh")


def opened(room: UUID | None = None, activity: UUID | None = None) -> AppTest:
    return apptest.opened(Place.SESSION, room=room, activity=activity)


def topic(title: str) -> Activity:
    return Activity(id=new_id(), kind=ActivityKind.TOPIC, title=title)


def hosted(*agenda: Activity, by: str) -> UUID:
    """A session that is busy with the first of its agenda."""
    apptest.started()
    entries = [Planned(activity=each) for each in agenda]
    sessions = process.notebooks().sessions
    return sessions.begin("Thursday", HostTaken(host=by), *entries, Turned(activity=agenda[0].id), by=by, at=NOW)


def headings(app: AppTest) -> list[str]:
    return [each.value.replace("\\", "") for each in app.header]


def test_a_room_that_is_not_there_is_said_in_a_line() -> None:
    app = opened(uuid4())
    assert [each.value for each in app.title] == ["There is no such session."]
    assert not app.exception


def test_whoever_hosts_can_turn_the_room_and_go_on() -> None:
    app = opened(hosted(topic("Queues"), topic("Backups"), by="Maya"))
    assert headings(app) == ["Queues"]
    assert "Next: Backups" in labels(app)
    app.button(key="go-on-with").click().run()
    assert headings(app) == ["Backups"]
    assert "Next: Wrap-up" in labels(app)


def test_whoever_is_not_the_host_looks_around_and_moves_nobody() -> None:
    queues, backups = topic("Queues"), topic("Backups")
    room = hosted(queues, backups, by="Tomás")
    app = opened(room, backups.id)
    assert headings(app) == ["Backups"]
    assert "Bring everyone here" not in labels(app)
    assert process.notebooks().sessions.read(room).current == queues.id
    app.button(key="come-back").click().run()
    assert headings(app) == ["Queues"]
    assert "activity" not in app.query_params


def test_a_host_who_looks_ahead_can_bring_everybody_and_what_they_did_waits() -> None:
    queues, backups = topic("Queues"), topic("Backups")
    room = hosted(queues, backups, by="Maya")
    app = opened(room, backups.id)
    app.button(key="turn-here").click().run()
    session = process.notebooks().sessions.read(room)
    assert (session.current, session.parked) == (backups.id, (queues.id,))
    app.button(key="return").click().run()
    session = process.notebooks().sessions.read(room)
    assert (session.current, session.parked, session.finished) == (queues.id, (), frozenset({backups.id}))


def test_the_host_who_is_gone_is_told_and_anybody_leads_on() -> None:
    room = hosted(topic("Queues"), by="Tomás")
    app = opened(room)
    app.button(key="pick-up").click().run()
    session = process.notebooks().sessions.read(room)
    assert (session.host, session.people) == ("Maya", ("Tomás", "Maya"))
    assert "Take over as host" not in labels(app)


def test_a_door_to_hand_over_leads_to_whom_it_names_whoever_comes_meanwhile() -> None:
    """What is pressed on a page is looked up in the one that was drawn since."""
    room = hosted(topic("Queues"), by="Maya")
    process.presences().here(room, "Tomás", "his browser")
    door = next(each for each in opened(room).button if each.label == "To Tomás").key
    process.presences().here(room, "Ines", "her browser")
    assert door
    assert opened(room).button(key=door).label == "To Tomás"


def test_words_of_teammates_are_no_markup() -> None:
    title = "**bold** :red[x] [a](http://example.org)"
    assert headings(opened(hosted(topic(title), by="Maya"))) == [title]


def test_somebody_is_there_as_long_as_their_browser_lives_or_sleeps_connected() -> None:
    """A browser that hung up is gone after a few seconds; one that only sleeps is given longer."""
    clock = [0.0]
    connected = {"sleeping"}
    presences = Presences(connected.__contains__, lambda: clock[0])
    room = uuid4()
    presences.here(room, "Maya", "sleeping")
    presences.here(room, "Tomás", "hung-up")
    presences.here(room, "Maya", "second-window")
    assert presences.of(room) == ("Maya", "Tomás")
    clock[0] = GONE_AFTER + 1
    assert presences.of(room) == ("Maya",)
    assert presences.rooms() == {room}
    clock[0] = SLEEPS_FOR + 1
    assert presences.of(room) == ()
    assert presences.rooms() == frozenset()


def test_a_browser_is_in_one_room_at_a_time() -> None:
    presences = Presences(lambda _: True, lambda: 0.0)
    one, other = uuid4(), uuid4()
    presences.here(one, "Maya", "browser")
    presences.here(other, "Maya", "browser")
    assert (presences.of(one), presences.of(other)) == ((), ("Maya",))
