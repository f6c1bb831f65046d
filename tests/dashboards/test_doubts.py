"""Words that look as if they held a secret are asked about; kept as they are, or put in other words."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from pydantic import TypeAdapter
from streamlit.testing.v1 import AppTest

from dashboards.components import notices, outbox
from dashboards.components.marks import Marked
from dashboards.shared import process
from dashboards.ui.doubts import DoubtQuestion, doubt
from dashboards.ui.places import Place
from tests.dashboards.apptest import labels, opened, said, started
from tests.vistas.sharing.making import vista
from vistas.practice.rounds.entries import Answered
from vistas.practice.session import Activity, ActivityKind
from vistas.practice.session.entries import HostTaken, Joined, Planned, Turned
from vistas.vista import Vista, new_id
from vistas.vista.notice import LogPattern

pytestmark = pytest.mark.usefixtures("afresh")
SECRET = "it logs in with password=Hunter2-correct"
ASKED = "This looks like a password. Save it anyway?"


@pytest.fixture
def walked() -> Vista:
    started()
    made = vista(saved_at=None, notices=())
    process.workspace().store.put(made)
    return made


def texts(made: Vista) -> list[str]:
    return [notice.text for notice in process.workspace().store.notices(made.id)]


def say(made: Vista, words: str) -> AppTest:
    return opened(Place.WALK, vista=made.id).chat_input[0].set_value(words).run()


def test_ordinary_words_are_kept_at_once(walked: Vista) -> None:
    page = say(walked, "the token expired at six")
    assert not labels(page) & {"Save anyway", "Edit"}
    assert texts(walked) == ["the token expired at six"]


def test_a_notice_is_kept_as_it_is_once_somebody_says_so(walked: Vista) -> None:
    """Whole: nothing in it is masked."""
    page = say(walked, SECRET)
    assert ASKED in said(page)
    assert SECRET in said(page)
    assert texts(walked) == []
    page = page.button(key="doubt-keep").click().run()
    assert texts(walked) == [SECRET]
    assert ASKED not in said(page)


def test_a_notice_is_put_in_other_words_and_asked_about_again_if_need_be(walked: Vista) -> None:
    page = say(walked, SECRET).button(key="doubt-edit").click().run()
    area = page.text_area(key="doubt-words")
    assert area.value == SECRET
    area.input(f"{SECRET}!")
    page = page.button(key="doubt-so").click().run()
    assert ASKED in said(page)
    page = page.button(key="doubt-edit").click().run()
    page.text_area(key="doubt-words").input("it logs in with a password")
    page.button(key="doubt-so").click().run()
    assert texts(walked) == ["it logs in with a password"]


def test_a_line_of_a_session_is_asked_about() -> None:
    started()
    topic = Activity(id=new_id(), kind=ActivityKind.TOPIC, title="The queue")
    entries = (Joined(), HostTaken(host="Maya"), Planned(activity=topic), Turned(activity=topic.id))
    sessions = process.notebooks().sessions
    room = sessions.begin("Monday", *entries, by="Maya", at=datetime.now(UTC))
    page = opened(Place.SESSION, room=room)
    page = page.chat_input(key=f"jot-{topic.id}").set_value(SECRET).run()
    assert ASKED in said(page)
    assert not sessions.read(room).jotted
    page.button(key="doubt-keep").click().run()
    assert [line.text for line in sessions.read(room).jotted[topic.id]] == [SECRET]


def test_what_a_chart_sends_is_asked_about_until_they_are_sure() -> None:
    kept: list[Marked] = []
    sent = {"id": str(uuid4()), "kind": "noticed", "text": SECRET, "anchor": {"at": "pattern", "pattern": "x"}}
    asked = answer({"id": "first", "entries": [sent]}, kept)
    assert (asked, isinstance(asked, DoubtQuestion), kept) == (ASKED, True, [])
    assert answer({"id": "again", "entries": [sent], "sure": True}, kept) is None
    assert [each.text for each in kept] == [SECRET]


def test_what_a_notice_hangs_on_is_not_asked_about() -> None:
    """A pattern or a label is a tool's word, and masked long before."""
    kept: list[Marked] = []
    anchor = {"at": "pattern", "pattern": SECRET}
    sent = {"id": str(uuid4()), "kind": "noticed", "text": "every night at six", "anchor": anchor}
    assert answer({"id": "only", "entries": [sent]}, kept) is None
    assert [each.anchor for each in kept] == [LogPattern(look="rate", source="prometheus", pattern=SECRET)]


def test_what_was_kept_is_not_kept_again_however_often_it_is_sent() -> None:
    kept: list[Marked] = []
    sent = {"id": str(uuid4()), "kind": "noticed", "text": "slow", "anchor": {"at": "pattern", "pattern": "x"}}
    said: dict[str, str | None] = {}
    for _ in range(3):
        answer({"id": "only", "entries": [sent]}, kept, said)
    assert len(kept) == 1


def answer(item: dict[str, object], kept: list[Marked], said: dict[str, str | None] | None = None) -> str | None:
    """What a component on which one marks says of an item that its browser sent."""
    said = {} if said is None else said
    on_look = notices.NoticesOn("rate", "prometheus")
    outbox.take_in([item], said, on_look, kept.extend, words=notices.typed)
    return said[str(item["id"])]


@pytest.mark.parametrize("sent", [SECRET, [{"a": SECRET}], {"a": {"b": ["", SECRET]}}])
def test_whatever_of_a_cell_or_an_answer_looks_so_is_found(sent: object) -> None:
    assert outbox._doubt_in(sent) == ASKED


def test_what_is_no_text_is_no_secret() -> None:
    entries = TypeAdapter(tuple[Answered, ...]).dump_python((Answered(id=uuid4(), text="sleep"),), mode="json")
    deep: object = "sleep"
    for _ in range(5000):
        deep = [deep]
    for sent in (list(entries), None, 3, True, deep):
        assert outbox._doubt_in(sent) is None


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Authorization: Bearer abcdefghij1234567890", "This looks like a credential. Save it anyway?"),
        ("db is postgres://svc:Hunter2correct9horse@db/shop", "This looks like a password. Save it anyway?"),
        ("Cookie: sid=hunter2", "This looks like a cookie. Save it anyway?"),
    ],
)
def test_what_it_looks_like_is_told(text: str, asks: str) -> None:
    assert doubt(text) == asks
