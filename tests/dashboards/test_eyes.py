"""Thursday's recording walked through Mira's eyes on Friday's data, run without a browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.mornings.eyes.day import Day
from dashboards.mornings.eyes.day import of_now as day_of
from dashboards.mornings.eyes.way import span_of
from dashboards.shared import process
from dashboards.ui.places import Place
from tests.dashboards.apptest import labels, opened, said, started
from tests.waiting import eventually
from vistas.gathering import morning
from vistas.practice.session import Activity, ActivityKind
from vistas.practice.session.entries import HostTaken, Planned, Turned
from vistas.routine import Look
from vistas.snapshot import Snapshot, Window
from vistas.source import Deadline
from vistas.store import Search
from vistas.vista import Detour, Eyes, Step, Vista, Walk, new_id
from vistas.vista.answer import Answer, AnswerKind

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SEVEN = datetime(2026, 11, 19, 7, 30, tzinfo=UTC)
ASIDE = Look(look="detour-1", title="Deployments in shop", source="kubernetes", take="deployments")
pytestmark = pytest.mark.usefixtures("afresh")


@pytest.fixture
def thursday() -> Vista:
    """In the library of the app that is running."""
    started()
    store = process.workspace().store
    found = store.library(Search(text="stumbled", limit=1)).vistas
    return store.vista(found[0].id)


@pytest.fixture
def wandered(thursday: Vista) -> Vista:
    """The same, as if Mira had gone to three stops only, and looked aside for forty seconds at the first."""
    minute = timedelta(minutes=1)
    steps = tuple(
        Step(stop, SEVEN + place * minute, SEVEN + (place + 1) * minute)
        for place, stop in enumerate(("errors", "workloads", "weather"))
    )
    planned = next(each for each in thursday.snapshots if (each.stop, each.look) == ("changes", "deployments"))
    aside = Snapshot("errors", ASIDE.look, planned.read().content, planned.provenance)
    detour = Detour("errors", ASIDE, "Mira", SEVEN + timedelta(seconds=20))
    made = replace(
        thursday,
        id=new_id(),
        title="Three stops",
        walks=(Walk(new_id(), "Mira", steps),),
        detours=(detour,),
        snapshots=(*thursday.snapshots, aside),
    )
    store = process.workspace().store
    return store.vista(store.put(made))


def gathered(earlier: Vista, walker: str = "Mira") -> UUID:
    """Friday's data, in the store."""
    workspace = process.workspace()
    vista = morning.begin_through(workspace, earlier, walker, author="Maya", now=NOW)
    morning.gather_into(workspace, vista, deadline=Deadline(timedelta(minutes=1)))
    return vista.id


def rail(app: AppTest) -> list[str]:
    keyed = [each for each in app.button if each.key and each.key.startswith("rail-")]
    return [button.label.lstrip("1234567890 ") for button in keyed]


def reply(app: AppTest, number: int, which: int = 0) -> AppTest:
    """Click an answer to one of the earlier notices of the stop."""
    return (
        [each for each in app.button if each.key and each.key.startswith(f"reply-{number}-")][which].click().run()
    )


def answers(vista: UUID) -> tuple[Answer, ...]:
    eyes = process.workspace().store.vista(vista).eyes
    assert eyes is not None
    return eyes.earlier.answers


@pytest.mark.parametrize(
    ("begin", "walker"),
    [
        (lambda vista: (opened(Place.REPLAY, vista=vista.id), "as-they-did"), "Mira"),
        (lambda vista: (opened(Place.LIBRARY), f"as-they-did-found-{vista.id}"), "Mira"),
        (lambda vista: (started(), f"as-they-did-recent-{vista.id}"), "Mira"),
    ],
    ids=["replay", "library", "home"],
)
def test_a_walk_as_somebody_did_begins_wherever_their_morning_is_shown(
    begin: Callable[[Vista], tuple[AppTest, str]], walker: str, thursday: Vista
) -> None:
    app, key = begin(thursday)
    app.button(key=key).click().run()
    store = process.workspace().store
    found = store.library(Search(saved_only=False, limit=1)).vistas[0]
    assert (found.author, found.seen_through) == ("Maya", walker)
    assert eventually(lambda: store.vista(found.id).snapshots or None)


def test_a_room_begins_a_walk_as_anybody_of_a_morning_did(thursday: Vista) -> None:
    walk = Activity(id=new_id(), kind=ActivityKind.WALK, title="The morning")
    sessions = process.notebooks().sessions
    room = sessions.begin(
        "Room", HostTaken(host="Maya"), Planned(activity=walk), Turned(activity=walk.id), by="Maya", at=NOW
    )
    app = opened(Place.SESSION, room=room)
    (whose,) = (each for each in app.selectbox if each.key and each.key.startswith("walk-as-"))
    jonas = next(option for option in whose.options if option.startswith(f"Jonas · {thursday.title}"))
    whose.select(jonas).run()
    about = sessions.read(room).agenda[0].about
    assert about is not None
    eyes = process.workspace().store.vista(about).eyes
    assert (eyes and eyes.walker, eyes and eyes.vista) == ("Jonas", thursday.id)
    assert "through Jonas's eyes" in said(app)


def test_the_stops_come_in_their_order_and_those_left_out_last(wandered: Vista) -> None:
    app = opened(Place.WALK, vista=gathered(wandered))
    assert rail(app)[:3] == ["Errors", "Workloads", "Weather"]
    assert len(rail(app)) == len(wandered.routine.stops)
    assert "Stop 1 of 8" in said(app)
    assert "From here Mira took a detour for 40 seconds." in said(app)
    assert "**Deployments in shop**" in said(app)
    assert "through Mira's eyes" in said(app)
    for _ in range(3):
        app.button(key="next").click().run()
    assert "Mira did not visit this stop" in said(app)


def test_each_earlier_notice_stands_there_with_what_is_found_of_it(thursday: Vista) -> None:
    vista = gathered(thursday)
    at_errors = said(opened(Place.WALK, vista=vista, stop="errors"))
    assert "Two searches in five failed" in at_errors
    assert "up to 42.5 % then, up to 0.0207 %" in at_errors
    assert "82 lines then, none" in at_errors
    at_workloads = said(opened(Place.WALK, vista=vista, stop="workloads"))
    assert "Found by its deployment, search, without the pod's name." in at_workloads
    assert "not in the data: read it yourself" in said(opened(Place.WALK, vista=vista, stop="front-door"))


def test_one_click_keeps_an_answer_and_a_why_may_follow(thursday: Vista) -> None:
    vista = gathered(thursday)
    app = reply(opened(Place.WALK, vista=vista, stop="errors"), 1)
    (kept,) = answers(vista)
    assert (kept.author, kept.kind, kept.text, kept.answered_from) == ("Maya", AnswerKind.NO_LONGER, "", vista)
    (line,) = (each for each in app.text_input if each.key and each.key.startswith("why-"))
    app = line.set_value("**Nothing** rolled out").run()
    (kept,) = answers(vista)
    assert (kept.kind, kept.text) == (AnswerKind.NO_LONGER, "**Nothing** rolled out")
    assert not [each for each in app.text_input if each.key and each.key.startswith("why-")]
    assert r"**no longer** \*\*Nothing\*\* rolled out" in [each.value for each in app.markdown]


def test_another_click_takes_the_place_of_the_answer(thursday: Vista) -> None:
    vista = gathered(thursday)
    app = reply(reply(opened(Place.WALK, vista=vista, stop="errors"), 1), 2)
    assert [each.kind for each in answers(vista)] == [AnswerKind.DIFFERENT]
    assert any(each.key and each.key.startswith("why-") for each in app.text_input)


def test_an_answer_is_taken_back_and_comes_back_with_undo(thursday: Vista) -> None:
    vista = gathered(thursday)
    app = reply(opened(Place.WALK, vista=vista, stop="errors"), 0)
    (kept,) = answers(vista)
    app.button(key=f"remove-{kept.id}").click().run()
    assert answers(vista) == ()
    app.button(key="undo-remove").click().run()
    assert [each.kind for each in answers(vista)] == [AnswerKind.STILL_SO]


def test_somebody_elses_answer_is_shown_and_stays_theirs(thursday: Vista) -> None:
    vista = gathered(thursday)
    reply(opened(Place.WALK, vista=vista, stop="errors", name="Jonas"), 0)
    (theirs,) = answers(vista)
    app = opened(Place.WALK, vista=vista, stop="errors")
    assert "**still so**" in said(app)
    assert f"remove-{theirs.id}" not in {each.key for each in app.button}
    reply(app, 1)
    assert {(each.author, each.kind.value) for each in answers(vista)} == {
        ("Jonas", "still so"),
        ("Maya", "no longer"),
    }


def test_who_has_no_name_is_asked_before_an_answer_is_kept(thursday: Vista) -> None:
    vista = gathered(thursday)
    app = reply(opened(Place.WALK, vista=vista, stop="errors", name=""), 0)
    assert answers(vista) == ()
    app.text_input(key="who-says").set_value("Ada")
    app.button(key="who-signs").click().run()
    assert [each.author for each in answers(vista)] == ["Ada"]


def test_it_is_replayed_where_the_earlier_vista_is_not(thursday: Vista) -> None:
    """What was found is found again in the data as it was saved."""
    store = process.workspace().store
    here = store.vista(gathered(thursday))
    elsewhere = Eyes.upon(replace(thursday, id=new_id()), "Mira")
    vista = store.put(replace(here, id=new_id(), saved_at=NOW, eyes=elsewhere))
    app = opened(Place.REPLAY, vista=vista, stop="errors")
    assert "82 lines then, none" in said(app)
    assert "following Search stumbled at three" in said(app)
    reply(app, 2)
    assert [each.kind for each in answers(vista)] == [AnswerKind.DIFFERENT]


def test_a_vista_without_eyes_shows_nothing_of_it(thursday: Vista) -> None:
    app = opened(Place.REPLAY, vista=thursday.id, stop="errors")
    assert "Noticed on" not in said(app)
    assert not labels(app) & {"still so", "no longer", "different now"}
    assert rail(app) == [stop.title for stop in thursday.routine.stops]


@pytest.mark.parametrize(
    ("days", "alone", "within"),
    [
        (0, "Today", "today"),
        (1, "Yesterday", "yesterday"),
        (3, "Friday", "on Friday"),
        (9, "14 November", "on 14 November"),
    ],
)
def test_a_day_is_called_as_it_would_be_in_a_sentence(days: int, alone: str, within: str, thursday: Vista) -> None:
    end = NOW - timedelta(days=days)
    vista = replace(thursday, window=Window(end - timedelta(hours=12), end))
    assert day_of(vista, NOW, ZoneInfo("UTC")) == Day(alone, within)


def test_what_comes_next_ends_a_detour_and_where_nothing_does_its_length_is_unknown(wandered: Vista) -> None:
    (detour,) = wandered.detours
    assert span_of(wandered, detour) == timedelta(seconds=40)
    again = replace(detour, taken_at=detour.taken_at + timedelta(seconds=10))
    assert span_of(replace(wandered, detours=(detour, again)), detour) == timedelta(seconds=10)
    assert span_of(replace(wandered, walks=()), detour) is None
