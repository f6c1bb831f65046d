"""A routine is changed with a reason, forked by somebody else and changed there; what was walked replays."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.contrast import faint
from tests.browser.gestures import rest

APP = Path(__file__).parents[2] / "streamlit_app.py"


def walk_and_save(page: Page, title: str) -> None:
    page.get_by_role("button", name="Walk it").click()
    expect(page.locator("[class*=st-key-rail-here]")).to_be_visible()
    page.goto(page.url.replace("/walk", "/wrap-up"))
    page.get_by_label("What was this morning about?").fill(title)
    page.get_by_role("button", name="Save this morning").click()
    expect(page.get_by_text("saved", exact=True)).to_be_visible()


def family(page: Page) -> str:
    rest(page)
    return page.locator(".st-key-routine-family").inner_text()


def change(page: Page, question: str, because: str, version: int) -> None:
    """The first stop goes one down, and asks something else."""
    page.get_by_role("button", name="Change it").click()
    page.locator("[class*=st-key-changing-focus-]").wait_for()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(".mv-diff .mv-badge", has_text="moved")).to_be_visible()
    focus = page.locator("[class*=st-key-changing-focus-]")
    focus.get_by_text("Its words and looks").click()
    focus.get_by_label("Question").fill(question)
    focus.get_by_role("button", name="Use these words").click()
    expect(page.locator(".mv-diff", has_text=question)).to_be_visible()
    page.get_by_label("Why, in a sentence").fill(because)
    page.get_by_role("button", name=f"Save as version {version}").click()
    expect(page.get_by_text(f"Saved as version {version}, today.")).to_be_visible()


def test_a_routine_is_changed_forked_told_apart_and_both_versions_replay(
    app_server: Callable[..., str], tmp_path: Path, browser_page: Page, new_page: Callable[..., Page]
) -> None:
    address = app_server(APP, env={"VISTAS_DATA": str(tmp_path / "data"), "HOME": str(tmp_path)})
    page, mate = browser_page, new_page(name="Jonas")
    page.goto(address)
    page.get_by_text("Another path, or another window").click()
    page.get_by_role("link", name="The ground").click()
    expect(page.get_by_text("This is its only version")).to_be_visible()
    walk_and_save(page, "As it came")

    there = f"{address}/routine?routine=ground"
    page.goto(there)
    change(page, "Does a disk fill?", "Disks first: they fill at night.", 2)
    expect(page.locator(".mv-reasons")).to_contain_text("Maya, today: Disks first: they fill at night.")
    told = page.locator(".mv-diff")
    expect(told.locator(".mv-badge")).to_have_text(["moved", "changed"])
    assert "walked this morning" in family(page)
    walk_and_save(page, "With disks first")

    mate.goto(there)
    mate.get_by_role("button", name="Make it mine").click()
    mate.get_by_label("Title", exact=True).fill("Jonas' five minutes")
    mate.locator(".st-key-fork-make button").click()
    expect(mate.get_by_role("heading", name="Jonas' five minutes")).to_be_visible()
    assert "It was made from version 2 of it, Maya's." in family(mate)
    change(mate, "Is it warm in there?", "It was hot on Friday.", 2)
    mate.get_by_role("link", name="The ground").click()
    expect(mate.get_by_role("heading", name="The ground")).to_be_visible()
    told_to_mate = family(mate)
    assert "Jonas' five minutes" in told_to_mate
    assert "Jonas · 2 versions" in told_to_mate
    assert told_to_mate.count("walked on one morning") == 2

    page.goto(there)
    page.goto(f"{there}&then=1&now=2")
    page.get_by_role("button", name="Go back to version 1").click()
    expect(page.get_by_text("Saved as version 3, today.")).to_be_visible()
    page.goto(f"{address}/library")
    for title, version in (("As it came", 1), ("With disks first", 2)):
        card = page.locator("[class*=st-key-card-]", has_text=title).first
        expect(card).to_contain_text(f"version {version}")
        card.get_by_role("button", name="Replay").click()
        expect(page.locator(".st-key-walked-with")).to_contain_text(f"walked with version {version} of The ground")
        rail = page.locator(".st-key-rail .stButton")
        expect(rail.nth(version - 1)).to_contain_text("Present")
        page.locator(".st-key-walked-with a").click()
        expect(page.get_by_role("heading", name="The ground")).to_be_visible()
        expect(page).to_have_url(re.compile(f"routine=ground&now={version}"))
        page.goto(f"{address}/library")


def test_the_page_fits_a_phone_and_can_be_read_in_the_dark(
    app_server: Callable[..., str], tmp_path: Path, new_page: Callable[..., Page]
) -> None:
    address = app_server(APP, env={"VISTAS_DATA": str(tmp_path / "data"), "HOME": str(tmp_path)})
    page = new_page(name="Maya", width=390, dark=True)
    page.goto(f"{address}/routine?routine=ground")
    change(page, "Does a disk fill?", "Disks first.", 2)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    main, tree = page.locator(".st-key-routine-main"), page.locator(".st-key-routine-family")
    assert (main.bounding_box() or {})["y"] < (tree.bounding_box() or {})["y"], "what changed comes first"
    assert faint(page) == []
