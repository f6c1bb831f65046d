"""What a session leaves behind: a page to keep, a message to post, and what waits for next time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from tests.vistas.sharing.making import vista
from tests.vistas.sharing.test_earlier_vistas import answered
from tests.vistas.store.test_answers import answer
from vistas.practice import Notebooks
from vistas.practice.report.chapters import chapters
from vistas.practice.report.report import Report, write_message, write_page
from vistas.practice.rounds.entries import Answered, AnswersRevealed, NamesChosen, QuestionAsked, WritingBegan
from vistas.practice.session import Activity, ActivityKind
from vistas.practice.session.carried_over import from_last_time
from vistas.practice.session.entries import Attached, FirstLookBegan, HostTaken, Joined, Planned, Revealed, Turned
from vistas.practice.session.words import CarriedOver, Jotted, Learned
from vistas.store import Store
from vistas.vista import Eyes, new_id

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
QUESTION = Activity(id=UUID(int=1), kind=ActivityKind.QUESTION, title="Why do we have on-call?")
TOPIC = Activity(id=UUID(int=2), kind=ActivityKind.TOPIC, title="The [red] alert")
UNTOUCHED = Activity(id=UUID(int=3), kind=ActivityKind.WHEEL, title="Wheel of Expertise")


@pytest.fixture
def room(notebooks: Notebooks) -> UUID:
    """A session in which a question was asked, something came up, and something was learned."""
    asked = notebooks.rounds.begin(
        "Why?", QuestionAsked(question="Why?"), NamesChosen(anonymous=True), WritingBegan(), by="Ada", at=NOW
    )
    notebooks.rounds.write(asked, Answered(id=uuid4(), text="so that others *sleep*"), by=None, at=NOW)
    notebooks.rounds.write(asked, AnswersRevealed(), by="Ada", at=NOW)
    planned = (Planned(activity=each) for each in (QUESTION, TOPIC, UNTOUCHED))
    room = notebooks.sessions.begin("Monday", Joined(), HostTaken(host="Ada"), *planned, by="Ada", at=NOW)
    notebooks.sessions.write(
        room,
        Turned(activity=QUESTION.id),
        Attached(activity=QUESTION.id, about=asked),
        Turned(activity=TOPIC.id, park=True, because="it rang"),
        Jotted(activity=TOPIC.id, id=new_id(), text="it was the disk"),
        CarriedOver(id=UUID(int=9), text="ask support"),
        by="Ada",
        at=NOW,
    )
    notebooks.sessions.write(room, Learned(id=new_id(), text="ring <less> @channel"), by="Bea", at=NOW)
    return room


def report_of(room: UUID, notebooks: Notebooks, store: Store) -> Report:
    session = notebooks.sessions.read(room)
    return Report("Monday", NOW, session, chapters(session, notebooks, store, NOW))


def address(activity: Activity) -> str:
    return f"https://vistas.example.org/{activity.id.int}" if activity.about else ""


def test_the_page_has_what_was_learned_what_there_was_and_what_is_next(
    room: UUID, notebooks: Notebooks, store: Store
) -> None:
    page = write_page(report_of(room, notebooks, store), address)
    assert page.splitlines() == [
        "# Monday",
        "",
        "Mon 23 Nov 2026, 09:00 UTC, with Ada.",
        "",
        "## What we learned",
        "",
        r"- ring \<less\> \@channel *(Bea)*",
        "",
        "## For next time",
        "",
        "- ask support",
        "",
        "## Question round: Why do we have on-call?",
        "",
        "[Open it](<https://vistas.example.org/1>)",
        "",
        r"- so that others \*sleep\*",
        "",
        r"## Something came up: The \[red\] alert",
        "",
        "- it was the disk (Ada)",
        "",
        "## Changes of direction",
        "",
        r"- from Why do we have on-call? to The \[red\] alert: it rang",
    ]


def test_answers_that_are_still_kept_back_are_not_told(notebooks: Notebooks, store: Store) -> None:
    asked = notebooks.rounds.begin("Why?", QuestionAsked(question="Why?"), WritingBegan(), by="Ada", at=NOW)
    notebooks.rounds.write(asked, Answered(id=uuid4(), text="sleep"), by="Bea", at=NOW)
    activity = QUESTION.model_copy(update={"about": asked})
    room = notebooks.sessions.begin("Monday", Planned(activity=activity), by="Ada", at=NOW)
    assert "sleep" not in write_page(report_of(room, notebooks, store), address)


def test_notices_that_a_first_look_keeps_back_are_not_told(notebooks: Notebooks, store: Store) -> None:
    """Nor what was answered to them, nor to their own author: the page is for everybody."""
    walked = store.put(answered(vista(), text="since the rollout"))
    here = store.notices(walked)[0]
    walk = Activity(id=new_id(), kind=ActivityKind.WALK, title="Walk", about=walked)
    began = FirstLookBegan(activity=walk.id, stop=here.stop, until=NOW + timedelta(minutes=1))
    room = notebooks.sessions.begin("Monday", Planned(activity=walk), began, by="Ada", at=NOW)
    assert report_of(room, notebooks, store).chapters[0].lines == ()
    notebooks.sessions.write(room, Revealed(activity=walk.id, stop=here.stop), by="Ada", at=NOW)
    assert report_of(room, notebooks, store).chapters[0].lines[:2] == (
        f"{here.text} (surprised, Maya)",
        "Ines answered: still so, since the rollout",
    )


def test_a_walk_through_somebodys_eyes_tells_what_was_answered_on_it(notebooks: Notebooks, store: Store) -> None:
    then = vista()
    through = store.put(replace(vista(notices=()), eyes=Eyes.upon(then, "Maya")))
    store.answers.write(through, answer(then.notices[0], "since the rollout"))
    walk = Activity(id=new_id(), kind=ActivityKind.WALK, title="Walk", about=through)
    room = notebooks.sessions.begin("Monday", Planned(activity=walk), by="Ada", at=NOW)
    assert report_of(room, notebooks, store).chapters[0].lines == (
        f"{then.notices[0].text} (surprised, Maya)",
        "Ines answered: still so, since the rollout",
    )


def test_a_message_calls_nobody_and_holds_no_markup(room: UUID, notebooks: Notebooks, store: Store) -> None:
    message = write_message(report_of(room, notebooks, store), address)
    assert "• ring &lt;less&gt; @\u200bchannel (Bea)" in message.splitlines()
    assert "Why do we have on-call?: https://vistas.example.org/1" in message.splitlines()


def test_what_an_activity_worked_on_may_be_gone(notebooks: Notebooks, store: Store) -> None:
    walk = Activity(id=new_id(), kind=ActivityKind.WALK, title="Walk", about=new_id())
    lost = QUESTION.model_copy(update={"about": new_id()})
    room = notebooks.sessions.begin("Monday", Planned(activity=walk), Planned(activity=lost), by="Ada", at=NOW)
    told = report_of(room, notebooks, store).chapters
    assert [(chapter.lines, chapter.missing) for chapter in told] == [((), ""), ((), "")]


def test_what_was_carried_over_waits_for_the_next_session(room: UUID, notebooks: Notebooks) -> None:
    later = notebooks.sessions.begin("Tuesday", by="Ada", at=NOW + timedelta(days=1))
    last = from_last_time(notebooks.sessions, later)
    assert last is not None
    assert (last.title, last.lines) == ("Monday", ((UUID(int=9), "ask support"),))
    assert from_last_time(notebooks.sessions, room) is None
