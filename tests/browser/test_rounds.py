"""A question round in three browsers: silent writing without names, one reveal for all, groups that move."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.gestures import place_of, rest
from tests.browser.room_stage import begin_room, join, link_of, turn_to
from tests.servers.remembered import remember
from vistas.practice import Notebooks
from vistas.practice.rounds.entries import (
    Answered,
    AnswersRevealed,
    Grouped,
    GroupNamed,
    NamesChosen,
    QuestionAsked,
    WritingBegan,
)
from vistas.practice.session import ActivityKind
from vistas.store import Store

APP = Path(__file__).parents[2] / "streamlit_app.py"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PEOPLE = ("Maya", "Tomás", "Ines")
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("rounds")


@pytest.fixture(scope="module")
def address(data: Path, app_server: Callable[..., str]) -> str:
    return app_server(APP, env={"VISTAS_DATA": str(data)})


@pytest.fixture(scope="module")
def notebooks(data: Path, address: str) -> Iterator[Notebooks]:
    """The app's own, opened beside it."""
    store = Store.open(f"sqlite:///{data}/vistas.db", data / "blobs")
    yield Notebooks(store.journals)
    store.close()


def line(page: Page) -> Locator:
    return page.get_by_label("Your answer", exact=True)


def say(page: Page, text: str) -> None:
    line(page).fill(text)
    line(page).press("Enter")
    expect(own(page).filter(has_text=text)).to_have_count(1)


def own(page: Page) -> Locator:
    return page.locator(".mv-own-answers li > p")


def group(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def carry(page: Page, card: Locator, target: Locator) -> None:
    """Take a card to a place; the button stays down."""
    start, end = place_of(card), place_of(target)
    page.mouse.move(start["x"] + 30, start["y"] + 15)
    page.mouse.down()
    page.mouse.move(start["x"] + 60, start["y"] + 30)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2)
    expect(page.locator(".mv-ghost")).to_be_visible()


def test_an_anonymous_round_is_hidden_until_all_see_it_at_once_and_never_tells_who(
    address: str, data: Path, new_page: Open
) -> None:
    """The store is opened afterwards: no name, no time and no place among the entries is beside the answers."""
    maya = begin_room(new_page(), address, "Maya")
    tomas, ines = (join(new_page(), link_of(maya), name) for name in PEOPLE[1:])
    turn_to(maya, ActivityKind.QUESTION, "Why do we have on-call?")
    maya.get_by_role("button", name="Ask", exact=True).click()
    maya.get_by_text("Anonymous", exact=True).click()
    expect(tomas.get_by_text("Nobody knows who wrote what: it is not stored anywhere.")).to_be_visible()
    expect(line(tomas)).to_have_count(0)
    maya.get_by_role("button", name="Start writing").click()
    say(tomas, "so that others sleep")
    say(ines, "out of habit")
    line(maya).fill("I was about to say")
    say(tomas, "to learn")
    for page in (maya, tomas, ines):
        expect(page.get_by_text("3 answers so far")).to_be_visible()
    assert [own(page).all_text_contents() for page in (maya, tomas, ines)] == [
        [],
        ["so that others sleep", "to learn"],
        ["out of habit"],
    ]
    assert "habit" not in tomas.locator("body").inner_text()
    tomas.get_by_role("button", name="Withdraw: to learn").click()
    tomas.get_by_role("button", name="Edit: so that others sleep").click()
    say(tomas, "so that others can sleep")
    expect(maya.get_by_text("2 answers so far")).to_be_visible()
    expect(line(maya)).to_have_value("I was about to say")
    maya.get_by_role("button", name="Reveal all answers").click()
    for page in (maya, tomas, ines):
        expect(page.locator(".mv-group-card")).to_have_count(2)
        assert set(page.locator(".mv-group-card > p").all_text_contents()) == {
            "so that others can sleep",
            "out of habit",
        }
        assert page.locator(".mv-group-card small").all_text_contents() == ["", ""]
    expect(line(maya)).to_have_value("I was about to say")
    expect(own(tomas)).to_have_text(["so that others can sleep"])
    expect(tomas.get_by_role("button", name="Edit:")).to_have_count(0)
    expect(tomas.get_by_role("button", name="Withdraw:")).to_have_count(0)
    with sqlite3.connect(data / "vistas.db") as store:
        entries = store.execute("SELECT body FROM entries").fetchall()
        unsigned = [body for (body,) in store.execute("SELECT body FROM unsigned").fetchall()]
    answers = next(body for body in unsigned if "habit" in body)
    assert "habit" not in str(entries)
    assert sorted(json.loads(answers).values()) == ["out of habit", "so that others can sleep"]
    assert not [name for name in PEOPLE if name in answers]


def test_own_answers_without_a_name_outlive_a_reload_in_this_tab_alone(
    address: str, notebooks: Notebooks, new_page: Open
) -> None:
    asked = (QuestionAsked(question="What puzzles you?"), NamesChosen(anonymous=True), WritingBegan())
    journal = notebooks.rounds.begin("What puzzles you?", *asked, by="Maya", at=NOW)
    url = f"{address}/knowledge?of=Rounds&journal={journal}"
    page, mate = new_page(), new_page()
    for each in (page, mate):
        remember(each.context, "Maya")
        each.goto(url)
    say(page, "the cache")
    line(page).fill("and another")
    expect(mate.get_by_text("1 answer so far")).to_be_visible()
    page.reload()
    expect(own(page)).to_have_text(["the cache"])
    expect(line(page)).to_have_value("and another")
    assert own(mate).count() == 0, "the same name in another browser is not told"


def test_an_answer_that_looks_like_a_secret_is_asked_about_and_outlives_a_reload(
    address: str, notebooks: Notebooks, new_page: Open
) -> None:
    """Until somebody says, it is neither kept nor lost; by *Edit* it is back in the line."""
    asked = (QuestionAsked(question="Which one?"), NamesChosen(anonymous=True), WritingBegan())
    journal = notebooks.rounds.begin("Which one?", *asked, by="Maya", at=NOW)
    page = new_page()
    page.goto(f"{address}/knowledge?of=Rounds&journal={journal}")
    line(page).fill("password=Hunter2-correct")
    line(page).press("Enter")
    question = page.get_by_role("alertdialog", name="This looks like a password. Save it anyway?")
    expect(question).to_be_visible()
    page.reload()
    question.get_by_role("button", name="Edit").click()
    expect(line(page)).to_have_value("password=Hunter2-correct")
    expect(page.get_by_text("No answers so far")).to_be_visible()
    line(page).press("Enter")
    question.get_by_role("button", name="Save anyway").click()
    expect(page.get_by_text("1 answer so far")).to_be_visible()
    expect(line(page)).to_have_value("")
    assert [each.text for each in notebooks.rounds.read(journal).ordered] == ["password=Hunter2-correct"]


def test_cards_move_for_all_and_not_out_of_one_s_hand(address: str, notebooks: Notebooks, new_page: Open) -> None:
    """By dragging, by the keyboard, onto an empty place; what others do meanwhile shows and disturbs nothing."""
    ids = [uuid4() for _ in range(3)]
    said = [Answered(id=each, text=text) for each, text in zip(ids, ("sleep", "habit", "learn"), strict=True)]
    entries = (QuestionAsked(question="Why?"), WritingBegan(), *said, AnswersRevealed())
    journal = notebooks.rounds.begin("Why?", *entries, by="Maya", at=NOW)
    one, two = new_page(), new_page()
    for page, name in ((one, "Maya"), (two, "Tomás")):
        remember(page.context, name)
        page.goto(f"{address}/knowledge?of=Rounds&journal={journal}")
        expect(page.locator(".mv-group-card")).to_have_count(3)
        rest(page)
    carry(one, card(one, ids[0]), one.locator(".mv-group-fresh"))
    others = uuid4()
    notebooks.rounds.write(
        journal, GroupNamed(group=others, name="It is so"), Grouped(answer=ids[1], group=others), by="Ines", at=NOW
    )
    expect(group(one, "It is so")).to_contain_text("habit")
    expect(one.locator(".mv-ghost")).to_contain_text("sleep")
    target = place_of(one.locator(".mv-group-fresh"))
    one.mouse.move(target["x"] + target["width"] / 2, target["y"] + target["height"] / 2)
    one.mouse.up()
    expect(one.get_by_label("Name of the group").last).to_be_focused()
    one.keyboard.type("For people")
    one.keyboard.press("Enter")
    expect(group(two, "For people")).to_contain_text("sleep")
    card(two, ids[2]).get_by_role("button").focus()
    two.keyboard.press("Enter")
    expect(two.get_by_role("menuitem", name="It is so")).to_be_focused()
    two.keyboard.press("ArrowDown")
    two.keyboard.press("Enter")
    for page in (one, two):
        expect(group(page, "For people").locator(".mv-group-card > p")).to_have_text(["sleep", "learn"])
        expect(group(page, "It is so").locator(".mv-group-card > p")).to_have_text(["habit"])
    carry(one, card(one, ids[1]), group(one, "For people"))
    one.mouse.up()
    expect(group(two, "For people").locator(".mv-group-card")).to_have_count(3)
    expect(two.get_by_role("button", name="Move to a group: learn")).to_be_focused()


def card(page: Page, answer: UUID) -> Locator:
    return page.locator(f'[data-card="{answer}"]:not(.mv-ghost)')
