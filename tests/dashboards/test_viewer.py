"""Who has not said who they are is nobody: they see everything, and are asked when they first write."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from dashboards import viewer
from dashboards.shared import process
from dashboards.ui.places import Place
from tests.dashboards.apptest import labels, opened, said, started
from tests.vistas.sharing.making import vista
from vistas.practice.rounds.entries import NamesChosen, QuestionAsked, WritingBegan
from vistas.store import Search
from vistas.vista import Vista

pytestmark = pytest.mark.usefixtures("afresh")
NOBODY = ""


def kept(**changes: object) -> Vista:
    started(NOBODY)
    made = vista(**changes)
    process.workspace().store.put(made)
    return made


def sign(app: AppTest, name: str) -> AppTest:
    app.text_input(key="who-says").input(name)
    return next(button for button in app.button if button.label == "Continue").click().run()


def asks(app: AppTest) -> bool:
    return "Continue" in labels(app)


@pytest.mark.parametrize("place", [Place.MORNING, Place.LIBRARY, Place.KNOWLEDGE, Place.SESSION, Place.SOURCES])
def test_the_servers_owner_is_nobody_who_looks(place: Place) -> None:
    """The settings say Maya; a browser that has not said so is not hers, and is asked nothing while it looks."""
    kept()
    page = opened(place, NOBODY)
    assert "Maya." not in said(page)
    assert not asks(page)


def test_a_walk_of_somebody_else_is_not_offered_to_nobody() -> None:
    """Nobody's name is in no walk, and is not found in all of them."""
    kept(saved_at=None, begun_at=datetime.now(UTC))
    assert "go-on" not in {button.key for button in started(NOBODY).button}
    assert "go-on" in {button.key for button in started("Maya").button}
    assert not [each for each in opened(Place.LIBRARY, NOBODY).expander if "wrapped up" in each.label]


def test_who_begins_a_walk_is_asked_and_then_walks() -> None:
    page = started(NOBODY).button(key="start").click().run()
    assert asks(page)
    assert process.workspace().store.library(Search(saved_only=False, person="Ann")).vistas == ()
    assert not asks(sign(page, "  Ann "))
    (begun,) = process.workspace().store.library(Search(saved_only=False, person="Ann")).vistas
    assert begun.author == "Ann"


def test_the_words_of_a_notice_wait_for_a_name() -> None:
    made = kept(saved_at=None, notices=())
    page = opened(Place.WALK, NOBODY, vista=made.id)
    page = page.chat_input[0].set_value("It is slow.").run()
    assert asks(page)
    assert asks(sign(page, " "))
    assert process.workspace().store.notices(made.id) == ()
    sign(page, "Ann")
    (notice,) = process.workspace().store.notices(made.id)
    assert (notice.author, notice.text) == ("Ann", "It is slow.")


def test_who_only_looks_along_a_walk_leaves_no_trace_in_it() -> None:
    made = kept(saved_at=None)
    opened(Place.WALK, NOBODY, vista=made.id)
    assert process.workspace().store.vista(made.id).walks == made.walks


def test_nobody_cannot_save_or_throw_away_a_walk() -> None:
    """Whose it is is told in place of the buttons."""
    made = kept(saved_at=None)
    for who in (NOBODY, "Tomás"):
        page = opened(Place.WRAP_UP, who, vista=made.id)
        assert "This walk is Maya's" in said(page)
        assert not labels(page) & {"Save this morning", "Discard"}
    assert {"Save this morning", "Discard"} <= labels(opened(Place.WRAP_UP, "Maya", vista=made.id))


def test_an_anonymous_round_asks_nobody_for_a_name() -> None:
    kept()
    first = (QuestionAsked(question="Why?"), NamesChosen(anonymous=True), WritingBegan())
    journal = process.notebooks().rounds.begin("Why?", *first, by="Maya", at=vista().begun_at)
    assert not asks(opened(Place.KNOWLEDGE, NOBODY, of="Rounds", journal=journal))


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("::1", True),
        ("192.0.2.1", False),
        ("a.example", False),
        ("", False),
    ],
)
def test_only_this_machine_is_local(host: str, *, here: bool) -> None:
    assert viewer._is_loopback(host) is here
