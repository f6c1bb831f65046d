"""Threads under notices, without a browser: answering, editing, removing, undoing; and who sees what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.shared import process
from dashboards.ui.places import Place
from tests.dashboards.apptest import labels, opened, said, started
from vistas.practice.session import Activity, ActivityKind
from vistas.practice.session.entries import FirstLookBegan, HostTaken, Planned, Turned
from vistas.store import Search
from vistas.vista import Vista, new_id
from vistas.vista.answer import Answer, AnswerKind
from vistas.vista.notice import Notice, NoticeKind

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("afresh")


def recorded() -> Vista:
    started()
    store = process.workspace().store
    return store.vista(store.library(Search(origin="recording", limit=1)).vistas[0].id)


def noticed(vista: Vista, by: str = "Tomás", text: str = "a wave before dawn") -> Notice:
    stop = vista.routine.stops[0].stop
    notice = Notice(id=new_id(), stop=stop, author=by, kind=NoticeKind.NOTICED, text=text, written_at=NOW)
    return process.workspace().store.write_notice(vista.id, notice)


def answered(vista: Vista, notice: Notice, text: str, by: str, kind: AnswerKind = AnswerKind.WONDERING) -> Answer:
    answer = Answer(id=new_id(), notice=notice.id, author=by, kind=kind, text=text, written_at=NOW)
    return process.workspace().store.answers.write(vista.id, answer)


def at(vista: Vista, notice: Notice, page: Place = Place.WALK, name: str = "Maya") -> AppTest:
    return opened(page, name, vista=vista.id, stop=notice.stop)


def answers(vista: Vista, notice: Notice) -> list[tuple[AnswerKind, str, str]]:
    kept = process.workspace().store.answers.of(vista.id)
    return [(each.kind, each.text, each.author) for each in kept if each.notice == notice.id]


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def test_an_answer_is_written_into_a_line_that_is_closed_at_first() -> None:
    vista = recorded()
    notice = noticed(vista)
    app = at(vista, notice)
    assert not any(box.key == f"answer-{notice.id}" for box in app.chat_input)
    press(app, f"to-answer-{notice.id}")
    kinds = next(each for each in app.button_group if each.key == f"answer-kind-{notice.id}")
    kinds.set_value(AnswerKind.SURPRISED).run()
    app.chat_input(key=f"answer-{notice.id}").set_value("so did I").run()
    assert answers(vista, notice) == [(AnswerKind.SURPRISED, "so did I", "Maya")]
    assert "**surprised** so did I" in said(app)
    assert not any(box.key == f"answer-{notice.id}" for box in app.chat_input)


def test_a_reload_finds_the_line_open_again() -> None:
    vista = recorded()
    notice = noticed(vista)
    app = press(at(vista, notice), f"to-answer-{notice.id}")
    assert app.query_params["answering"] == str(notice.id)
    again = opened(Place.WALK, vista=vista.id, stop=notice.stop, answering=notice.id)
    assert again.chat_input(key=f"answer-{notice.id}")
    assert "answering" not in press(again, f"to-answer-{notice.id}").query_params


@pytest.mark.parametrize("page", [Place.WALK, Place.REPLAY, Place.WRAP_UP])
def test_every_page_with_the_notice_shows_its_answers_oldest_first(page: Place) -> None:
    vista = recorded()
    notice = noticed(vista)
    for text in ("since when?", "since the rollout"):
        answered(vista, notice, text, "Ines")
    shown = said(at(vista, notice, page))
    assert shown.index("**wondering** since when?") < shown.index("**wondering** since the rollout")


def test_words_of_others_are_shown_as_written() -> None:
    vista = recorded()
    notice = noticed(vista)
    answered(vista, notice, "**bold** :red[x]\n[a](b)", "Ines")
    shown = [each.value for each in at(vista, notice).markdown if "wondering" in str(each.value)]
    assert "**wondering** \\*\\*bold\\*\\* \\:red\\[x\\]  \n\\[a\\]\\(b\\)" in shown


def test_only_its_author_changes_or_removes_an_answer_and_can_undo_that() -> None:
    vista = recorded()
    notice = noticed(vista)
    mine, other = answered(vista, notice, "since when?", "Maya"), answered(vista, notice, "since two", "Ines")
    app = at(vista, notice)
    assert not any(each.key == f"keep-{other.id}" for each in app.button)
    app.text_area(key=f"edit-{mine.id}-1").set_value("since when, do you know?")
    press(app, f"keep-{mine.id}")
    assert answers(vista, notice)[0] == (AnswerKind.WONDERING, "since when, do you know?", "Maya")
    assert "Maya, " in said(app)
    assert ", edited" in said(app)
    press(app, f"remove-{mine.id}")
    assert [each[2] for each in answers(vista, notice)] == ["Ines"]
    press(app, "undo-remove")
    assert [each[2] for each in answers(vista, notice)] == ["Maya", "Ines"]


def test_an_answer_about_now_may_lose_its_words_and_another_may_not() -> None:
    vista = recorded()
    notice = noticed(vista)
    still = answered(vista, notice, "as ever", "Maya", AnswerKind.STILL_SO)
    asked = answered(vista, notice, "since when?", "Maya")
    app = at(vista, notice)
    for answer in (still, asked):
        app.text_area(key=f"edit-{answer.id}-1").set_value(" ")
        press(app, f"keep-{answer.id}")
    assert "An answer needs a few words. To delete it, use Remove." in said(app)
    assert [text for _, text, _ in answers(vista, notice)] == ["", "since when?"]


def test_words_that_look_secret_are_asked_about_first() -> None:
    vista = recorded()
    notice = noticed(vista)
    app = press(at(vista, notice), f"to-answer-{notice.id}")
    app.chat_input(key=f"answer-{notice.id}").set_value("password=hunter2hunter2").run()
    assert answers(vista, notice) == []
    assert "Save anyway" in labels(app)
    press(app, "doubt-keep")
    assert [text for _, text, _ in answers(vista, notice)] == ["password=hunter2hunter2"]


def test_nobody_answers_without_a_name() -> None:
    vista = recorded()
    notice = noticed(vista)
    app = press(at(vista, notice, name=""), f"to-answer-{notice.id}")
    app.chat_input(key=f"answer-{notice.id}").set_value("me too").run()
    assert answers(vista, notice) == []
    app.text_input(key="who-says").set_value("Ines")
    press(app, "who-signs")
    assert answers(vista, notice) == [(AnswerKind.NOTICED, "me too", "Ines")]


def test_a_notice_that_is_removed_while_it_is_answered_is_no_trouble() -> None:
    vista = recorded()
    notice = noticed(vista)
    app = press(at(vista, notice), f"to-answer-{notice.id}")
    box = app.chat_input(key=f"answer-{notice.id}")
    process.workspace().store.remove_notice(vista.id, notice.id, by="Tomás", at=NOW)
    box.set_value("so did I").run()
    assert not app.exception
    assert answers(vista, notice) == []


def first_look(vista: Vista, stop: str) -> UUID:
    walk = Activity(id=new_id(), kind=ActivityKind.WALK, title="The morning", about=vista.id)
    began = datetime.now(UTC)
    entries = (
        HostTaken(host="Maya"),
        Planned(activity=walk),
        Turned(activity=walk.id),
        FirstLookBegan(activity=walk.id, stop=stop, until=began + timedelta(minutes=5)),
    )
    return process.notebooks().sessions.begin("Thursday", *entries, by="Maya", at=began)


@pytest.mark.parametrize("page", [Place.WALK, Place.REPLAY, Place.WRAP_UP, Place.SESSION])
def test_answers_of_others_wait_while_a_first_look_lasts(page: Place) -> None:
    vista = recorded()
    notice = noticed(vista, by="Maya")
    answered(vista, notice, "only Ines knows", "Ines")
    answered(vista, notice, "my own words", "Maya")
    room = first_look(vista, notice.stop)
    about = {"room": room} if page is Place.SESSION else {"vista": vista.id}
    shown = said(opened(page, stop=notice.stop, **about))
    assert "my own words" in shown
    assert "only Ines knows" not in shown
