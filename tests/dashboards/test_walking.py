"""The walk in a room, in the states it can be in, run without a browser."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.shared import process
from dashboards.ui.places import Place
from tests.dashboards.apptest import opened, said, started
from vistas.practice.session import Activity, ActivityKind
from vistas.practice.session.entries import FirstLookBegan, HostTaken, Planned, Revealed, Turned
from vistas.routine.file import find_routine, write_routine
from vistas.snapshot import Gap, GapReason
from vistas.store import Search
from vistas.vista import Vista, new_id
from vistas.vista.notice import Notice, NoticeKind

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("afresh")


def walking(about: UUID | None = None) -> tuple[UUID, AppTest]:
    started()
    walk = Activity(id=new_id(), kind=ActivityKind.WALK, title="The morning", about=about)
    sessions = process.notebooks().sessions
    entries = (HostTaken(host="Maya"), Planned(activity=walk), Turned(activity=walk.id))
    room = sessions.begin("Thursday", *entries, by="Maya", at=NOW)
    return room, opened(Place.SESSION, room=room)


def test_a_walk_begins_by_a_path_and_is_walked_by_the_room() -> None:
    room, app = walking()
    assert not app.exception, app.exception[0].message
    next(each for each in app.button if each.key and each.key.startswith("walk-path-")).click().run()
    assert not app.exception, app.exception[0].message
    activity = process.notebooks().sessions.read(room).busy_with
    assert activity is not None
    assert activity.about is not None
    assert any(each.key == "next" for each in app.button)


def test_a_morning_that_is_gone_is_told_and_another_can_be_walked() -> None:
    _, app = walking(about=new_id())
    assert not app.exception
    assert any(each.key and each.key.startswith("walk-path-") for each in app.button)


def recorded() -> Vista:
    started()
    store = process.workspace().store
    return store.vista(store.library(Search(origin="recording", limit=1)).vistas[0].id)


def test_the_wrap_up_leads_to_the_ways_of_all_who_walked() -> None:
    morning = recorded().id
    room, _ = walking(about=morning)
    wrap_up = Activity(id=new_id(), kind=ActivityKind.WRAP_UP, title="Wrap-up")
    process.notebooks().sessions.write(
        room, Planned(activity=wrap_up), Turned(activity=wrap_up.id), by="Maya", at=NOW
    )
    shown = said(opened(Place.SESSION, room=room))
    assert f"wrap-up?vista={morning}&ways={morning})" in shown


MARKUP = "**bold** :red[x] [a](http://example.org)"


def test_a_morning_that_is_there_already_is_chosen_by_the_name_it_has() -> None:
    """A list of choices shows no Markdown, and what escapes it would be seen."""
    named = process.workspace().store.put(replace(recorded(), id=new_id(), title=MARKUP))
    room, app = walking()
    (there,) = (each for each in app.selectbox if each.key and each.key.startswith("walk-earlier-"))
    assert any(option.startswith(f"{MARKUP} · ") for option in there.options)
    there.set_value(str(named)).run()
    (walk,) = process.notebooks().sessions.read(room).agenda
    assert walk.about == named


def test_a_routine_for_a_walk_made_up_is_chosen_by_the_title_it_has(tmp_path: Path) -> None:
    own = find_routine("front-door").model_copy(update={"routine": "our-own", "title": MARKUP})
    (tmp_path / "our-own.yaml").write_text(write_routine(own))
    settings = tmp_path / "vistas.toml"
    settings.write_text(f'{settings.read_text()}routines = ["{tmp_path}"]\n')
    _, app = walking()
    (kinds,) = (each for each in app.button_group if each.key and each.key.startswith("pivot-"))
    kinds.set_value(ActivityKind.WALK).run()
    (routine,) = (each for each in app.selectbox if each.key and each.key.startswith("pivot-"))
    assert MARKUP in routine.options


def unanswered(vista: Vista) -> Vista:
    """The same morning once more, with the first stop's source out of reach."""
    gap = Gap(GapReason.UNREACHABLE, "Nothing listens there.", "Is it running?")
    first = vista.routine.stops[0].stop
    snapshots = (replace(each, content=gap) if each.stop == first else each for each in vista.snapshots)
    return replace(vista, id=new_id(), snapshots=tuple(snapshots), notices=(), walks=())


def test_a_source_that_fails_offers_other_looks_the_last_morning_and_a_topic() -> None:
    vista = recorded()
    broken = process.workspace().store.put(unanswered(vista))
    _, app = walking(about=broken)
    assert not app.exception
    offered = {
        each.label.replace("\\", ""): each for each in app.button if each.key and each.key.startswith("offer-")
    }
    assert any(label.startswith("What is wrong with") for label in offered)
    assert any(each.key and each.key.startswith("offer-stop-") for each in app.button)
    next(button for label, button in offered.items() if label.startswith("Last time: ")).click().run()
    assert not app.exception


@pytest.mark.parametrize("page", [Place.WALK, Place.REPLAY, Place.WRAP_UP, Place.SESSION])
def test_no_page_of_the_vista_shows_what_a_first_look_keeps_back(page: Place) -> None:
    vista = recorded()
    stop = vista.routine.stops[0].stop
    secret = "a wave that only Tomás saw"
    process.workspace().store.write_notice(
        vista.id,
        Notice(id=new_id(), stop=stop, author="Tomás", kind=NoticeKind.NOTICED, text=secret, written_at=NOW),
    )
    room, _ = walking(about=vista.id)
    sessions = process.notebooks().sessions
    walk = sessions.read(room).current
    assert walk is not None
    began = datetime.now(UTC)
    look = FirstLookBegan(activity=walk, stop=stop, until=began + timedelta(minutes=5))
    sessions.write(room, look, by="Maya", at=began)
    about = {"room": room} if page is Place.SESSION else {"vista": vista.id}
    app = opened(page, stop=stop, **about)
    assert secret not in said(app)
    sessions.write(room, Revealed(activity=walk, stop=stop), by="Maya", at=datetime.now(UTC))
    assert secret in said(app.run())
