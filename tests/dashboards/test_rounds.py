"""The question rounds' pages in each state they can be in, run without a browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.shared import process
from dashboards.ui.places import Place
from tests.dashboards import apptest
from tests.dashboards.apptest import labels, said
from vistas.practice.rounds import Phase
from vistas.practice.rounds.entries import (
    AnswersRevealed,
    LessonNoted,
    QuestionAsked,
    RoundEntry,
    WritingBegan,
    answer,
)
from vistas.practice.session import Activity, ActivityKind
from vistas.practice.session.entries import HostTaken, Planned, Turned
from vistas.vista import new_id

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("afresh")
Open = Callable[..., AppTest]


@pytest.fixture
def open_page() -> Open:
    """A page, after one run."""

    def opened(page: Place = Place.KNOWLEDGE, **parameters: object) -> AppTest:
        named = {"of": "Rounds", **parameters} if page is Place.KNOWLEDGE else parameters
        return apptest.opened(page, **named)

    return opened


def begun(*more: RoundEntry) -> UUID:
    return process.notebooks().rounds.begin("Why?", QuestionAsked(question="Why?"), *more, by="Maya", at=NOW)


def in_a_room(journal: UUID, host: str) -> UUID:
    activity = Activity(id=new_id(), kind=ActivityKind.QUESTION, title="Why?", about=journal)
    entries = (HostTaken(host=host), Planned(activity=activity), Turned(activity=activity.id))
    return process.notebooks().sessions.begin("Thursday", *entries, by=host, at=NOW)


def test_a_question_from_the_shelf_waits_for_what_is_to_be_settled(open_page: Open) -> None:
    page = open_page()
    assert "No question round yet" in said(page)
    page = next(button for button in page.button if button.label == "Ask this").click().run()
    assert "Why do we have on-call?" in said(page)
    assert "Start writing" in labels(page)
    page = page.radio[0].set_value("Anonymous").run()
    (head,) = process.notebooks().rounds.find()
    assert process.notebooks().rounds.read(head.id).anonymous
    page = page.button(key="round-write").click().run()
    assert "Nobody knows who wrote what: it is not stored anywhere." in said(page)
    assert not page.radio
    assert process.notebooks().rounds.read(head.id).phase is Phase.WRITING


def test_before_the_reveal_there_is_a_count_and_no_word(open_page: Open) -> None:
    open_page()
    journal = begun(WritingBegan())
    answer(process.notebooks().rounds, journal, uuid4(), "so that others sleep", by="Bea", at=NOW)
    page = open_page(journal=journal)
    assert "1 answer so far" in said(page)
    assert "sleep" not in said(page)
    assert "Bea" not in said(page)
    assert "No rounds match" in said(search(open_page(), "sleep"))


def search(page: AppTest, text: str) -> AppTest:
    return page.text_input(key="find-rounds").input(text).run()


@pytest.mark.parametrize("journal", ["x", UUID(int=5)])
def test_a_link_to_no_round_says_so(journal: object, open_page: Open) -> None:
    assert "This round could not be found." in said(open_page(journal=journal))


def test_only_the_host_settles_and_reveals(open_page: Open) -> None:
    open_page()
    prepared, writing = begun(), begun(WritingBegan())
    guest = open_page(Place.SESSION, room=in_a_room(prepared, "Ada"))
    assert "The host decides whether answers carry names" in said(guest)
    assert not {"Start writing", "Reveal all answers"} & labels(guest)
    guest = open_page(Place.SESSION, room=in_a_room(writing, "Ada"))
    assert "No answers so far" in said(guest)
    assert "Reveal all answers" not in labels(guest)
    assert "Reveal all answers" in labels(open_page(Place.SESSION, room=in_a_room(writing, "Maya")))


def test_a_lesson_goes_to_the_wrap_up_once_and_stays_its_author_s(open_page: Open) -> None:
    open_page()
    lesson = uuid4()
    journal = begun(WritingBegan(), AnswersRevealed())
    process.notebooks().rounds.write(journal, LessonNoted(id=lesson, text="we never said"), by="Bea", at=NOW)
    room = in_a_room(journal, "Ada")
    page = open_page(Place.SESSION, room=room).button(key=f"take-lesson-{lesson}").click().run()
    (line,) = process.notebooks().sessions.read(room).learned
    assert (line.id, line.text, line.by) == (lesson, "we never said (noted by Bea)", "Maya")
    assert page.button(key=f"take-lesson-{lesson}").disabled
    assert "Add to the wrap-up" not in labels(open_page(journal=journal)), "outside a room there is none"


def test_whoever_noted_a_lesson_says_it_better_and_takes_it_back(open_page: Open) -> None:
    open_page()
    mine, theirs = uuid4(), uuid4()
    journal = begun(WritingBegan(), AnswersRevealed(), LessonNoted(id=mine, text="we guess"))
    rounds = process.notebooks().rounds
    rounds.write(journal, LessonNoted(id=theirs, text="we wait"), by="Bea", at=NOW)
    page = open_page(journal=journal)
    assert f"keep-{theirs}" not in {button.key for button in page.button}
    page.text_area(key=f"say-better-{mine}-we guess").set_value(" we ask ")
    page = page.button(key=f"keep-{mine}").click().run()
    assert [(each.text, each.by) for each in rounds.read(journal).lessons] == [
        ("we ask", "Maya"),
        ("we wait", "Bea"),
    ]
    page.button(key=f"remove-{mine}").click().run()
    assert [each.id for each in rounds.read(journal).lessons] == [theirs]


def test_in_a_room_the_question_on_the_agenda_is_asked(open_page: Open) -> None:
    open_page()
    activity = Activity(id=new_id(), kind=ActivityKind.QUESTION, title="Who mends the mender?")
    entries = (HostTaken(host="Maya"), Planned(activity=activity), Turned(activity=activity.id))
    room = process.notebooks().sessions.begin("Thursday", *entries, by="Maya", at=NOW)
    page = open_page(Place.SESSION, room=room).button(key=f"ask-it-{activity.id}").click().run()
    assert "Who mends the mender?" in said(page)
    (head,) = process.notebooks().rounds.find()
    kept = process.notebooks().sessions.read(room).activity(activity.id)
    assert kept is not None
    assert kept.about == head.id
