"""The decision tables' pages in each state they can be in, run without a browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.shared import process
from dashboards.ui.places import Place
from tests.dashboards import apptest
from tests.dashboards.apptest import labels, said, seen_by
from tests.vistas.sharing.making import vista
from tests.waiting import eventually
from vistas.practice.decisions import Evidence, Field
from vistas.practice.decisions.entries import DecisionEntry, Linked, RowRemoved, Wrote
from vistas.practice.session import Activity, ActivityKind
from vistas.practice.session.entries import Planned
from vistas.store import Search
from vistas.vista import new_id

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("afresh")
ROW = UUID(int=1)
Open = Callable[..., AppTest]


@pytest.fixture
def open_page() -> Open:
    """The decision tables, after one run."""

    def opened(**parameters: object) -> AppTest:
        return apptest.opened(Place.KNOWLEDGE, **{"of": "Decisions", **parameters})

    return opened


def begun(*entries: DecisionEntry, title: str = "Roll back?") -> UUID:
    return process.notebooks().decisions.begin(title, *entries, by="Tomás", at=NOW)


def wrote(text: str, field: Field = Field.DECISION) -> Wrote:
    return Wrote(id=new_id(), row=ROW, field=field, text=text)


def evidence(**changes: object) -> Evidence:
    at = {"title": "Requests", "routine": "landscape", "stop": "front-door", "look": "requests", **changes}
    return Evidence.model_validate(at)


def test_without_a_table_it_says_how_to_begin_one(open_page: Open) -> None:
    page = open_page()
    assert "No decision table yet" in said(page)
    page.text_input(key="new-table-title").input("The night checkout stood still")
    page = next(button for button in page.button if button.label == "Start").click().run()
    assert "The night checkout stood still" in said(page)
    assert process.notebooks().decisions.find("checkout")


def test_tables_are_found_by_the_words_in_them(open_page: Open) -> None:
    open_page()
    begun(wrote("Wake somebody at two?"), title="A Tuesday")
    begun(wrote("the queue grows", Field.CUES), title="A Friday")
    page = open_page()
    assert ["A Friday" in said(page), "A Tuesday" in said(page)] == [True, True]
    page = page.text_input(key="find-tables").input("QUEUE").run()
    assert ["A Friday" in said(page), "A Tuesday" in said(page)] == [True, False]
    page = page.text_input(key="find-tables").input("nowhere").run()
    assert "No tables match" in said(page)


@pytest.mark.parametrize("journal", ["x", "💥", UUID(int=5)])
def test_a_link_to_no_table_says_so(journal: object, open_page: Open) -> None:
    assert "This table could not be found." in said(open_page(journal=journal))


def test_a_link_to_something_else_that_is_written_together_says_so(open_page: Open) -> None:
    open_page()
    session = process.notebooks().sessions.begin("Monday", by="Tomás", at=NOW)
    assert "This table could not be found." in said(open_page(journal=session))


def test_an_earlier_version_is_read_only_and_leads_back(open_page: Open) -> None:
    open_page()
    journal = begun(wrote("Wait?"), RowRemoved(row=ROW))
    page = open_page(journal=journal, version=1)
    assert "after Tomás wrote a decision" in said(page)
    page = page.button(key="to-now").click().run()
    assert "after Tomás wrote a decision" not in said(page)


def test_the_versions_tell_who_changed_what_and_lead_to_each(open_page: Open) -> None:
    open_page()
    journal = begun(wrote("Wait?"), RowRemoved(row=ROW))
    page = open_page(journal=journal)
    assert "Tomás removed “Wait?”" not in said(page)
    page.session_state[f"versions-{journal}"] = True
    page = page.run()
    assert "Tomás removed “Wait?”" in said(page)
    assert "after Tomás wrote a decision" in said(page.button(key="see-1").click().run())


@pytest.mark.parametrize("version", [0, 2, 99, "x", "9" * 30])
def test_what_is_no_earlier_version_is_the_newest(version: object, open_page: Open) -> None:
    open_page()
    journal = begun(wrote("Wait?"), wrote("the queue", Field.CUES))
    assert "Back to the latest version" not in labels(open_page(journal=journal, version=version))


def test_looking_again_keeps_what_came_and_links_it(open_page: Open) -> None:
    open_page()
    link = Linked(id=new_id(), row=ROW, evidence=evidence())
    journal = begun(wrote("Wait?"), link)
    page = open_page(journal=journal)
    page = page.button(key="look-again").click().run()
    (again,) = process.notebooks().decisions.read(journal).rechecks
    assert again.stops == {link.id: "front-door"}
    gathering = process.gatherings().of(again.vista)
    assert gathering is not None
    eventually(lambda: gathering.finished)
    page = page.run()
    assert "1 of 1 look returned data" in said(page)
    kept = process.workspace().store.vista(again.vista)
    assert kept.saved_at is not None
    assert [(each.stop, each.look) for each in kept.snapshots] == [("front-door", "requests")]


def test_a_notice_is_linked_with_the_look_and_the_vista_it_was_made_on(open_page: Open) -> None:
    open_page()
    kept = vista()
    process.workspace().store.put(kept)
    journal = begun(wrote("Wait?"))
    page = open_page(journal=journal)
    page.session_state["morning_vistas"].linking = (journal, ROW)
    page = page.run().text_input(key="evidence-words").input("restarted").run()
    what = page.radio(key=f"evidence-what-{kept.id}-errors")
    what.set_value("Maya noticed: It restarted.").run()
    page = page.button(key="evidence-link").click().run()
    (link,) = process.notebooks().decisions.read(journal).links()
    assert link.evidence == Evidence(
        title="Maya noticed: It restarted.",
        routine="landscape",
        stop="errors",
        look="pods",
        vista=kept.id,
        notice=kept.notices[1].id,
    )
    assert "What shows this?" not in said(page)


def test_without_evidence_there_is_nothing_to_look_at_again(open_page: Open) -> None:
    open_page()
    assert "Look again" not in labels(open_page(journal=begun(wrote("Wait?"))))


def test_evidence_that_nothing_can_answer_any_more_is_said(open_page: Open) -> None:
    open_page()
    link = Linked(id=new_id(), row=ROW, evidence=evidence(stop="gone"))
    journal = begun(link)
    assert "run any more" in said(open_page(journal=journal, evidence=link.id))
    page = open_page(journal=journal).button(key="look-again").click().run()
    assert ["run any more" in toast.value for toast in page.toast] == [True]
    assert "no longer linked" in said(open_page(journal=journal, evidence=UUID(int=9)))


def test_evidence_opens_live_in_todays_walk_which_is_begun_once(open_page: Open) -> None:
    open_page()
    link = Linked(id=new_id(), row=ROW, evidence=evidence())
    journal = begun(link)
    assert "Who is calling" in said(open_page(journal=journal, evidence=link.id))
    walked = {each.id for each in process.workspace().store.library(Search(saved_only=False)).vistas}
    open_page(journal=journal, evidence=link.id)
    assert {each.id for each in process.workspace().store.library(Search(saved_only=False)).vistas} == walked


def test_a_detours_evidence_is_asked_by_itself(open_page: Open) -> None:
    """What was never part of a routine is asked as the vista asked it."""
    open_page()
    kept = vista()
    process.workspace().store.put(kept)
    link = Linked(
        id=new_id(), row=ROW, evidence=evidence(routine="errors-only", stop="errors", vista=kept.id, look="pods")
    )
    assert "Whom do we fail?" in said(open_page(journal=begun(link), evidence=link.id))


IN_A_SESSION = """
from uuid import UUID
from dashboards.room.activities import drawing
from dashboards.room import Room
from vistas.practice.session import ActivityKind

room = Room.enter(UUID("{room}"))
activity = room.session.agenda[0]
drawing(ActivityKind.DECISIONS).draw(room, activity)
"""


def test_in_a_session_a_table_is_begun_or_taken_up(open_page: Open) -> None:
    open_page()
    planned = Activity(id=new_id(), kind=ActivityKind.DECISIONS, title="One night")
    sessions = process.notebooks().sessions
    rooms = [sessions.begin("Monday", Planned(activity=planned), by="Maya", at=NOW) for _ in range(2)]
    first = seen_by("Maya", AppTest.from_string(IN_A_SESSION.format(room=rooms[0]), default_timeout=120)).run()
    first.button(key=f"begin-{planned.id}").click().run()
    (table,) = process.notebooks().decisions.find("One night")
    assert (sessions.read(rooms[0]).agenda[0].about, table.begun_by) == (table.id, "Maya")
    again = seen_by("Maya", AppTest.from_string(IN_A_SESSION.format(room=rooms[1]), default_timeout=120)).run()
    again.selectbox(key=f"go-on-with-{planned.id}").select(table.id).run()
    assert sessions.read(rooms[1]).agenda[0].about == table.id
    assert not again.exception
