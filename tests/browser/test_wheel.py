"""The wheel in several browsers: one spin, the same segment everywhere, a free pass, answers that make a map."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from tests.browser.gestures import rest
from tests.servers.remembered import remember
from vistas.practice import Notebooks
from vistas.practice.landscape import Part, PartKind
from vistas.practice.wheel.entries import Filled
from vistas.settings import load_settings
from vistas.store import Store

APP = Path(__file__).parents[2] / "streamlit_app.py"
STANDS = ".mv-wheel[data-stands]:not([data-stands='']):not(.mv-turning)"
WATCHING = """new MutationObserver(() => { window.turned ||= document.querySelector('.mv-turning') !== null; })
    .observe(document, {subtree: true, childList: true, attributes: true, attributeFilter: ['class']})"""
"""Whether the wheel was ever seen to turn, however slowly the test looks."""
SOON = 2.0
"""Seconds until everybody presses at once."""
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Nothing is connected: the wheel is filled from the recordings."""
    home = tmp_path_factory.mktemp("wheel")
    return {"VISTAS_DATA": str(home / "data"), "HOME": str(home), "XDG_CONFIG_HOME": str(home)}


@pytest.fixture(scope="module")
def address(app_server: Callable[..., str], environment: dict[str, str]) -> str:
    return app_server(APP, env=environment)


@pytest.fixture
def person(new_page: Open) -> Open:
    """A browser of somebody's own, at an address."""

    def come(name: str, url: str, *, still: bool = True) -> Page:
        page = new_page()
        remember(page.context, name)
        page.add_init_script(WATCHING)
        if still:
            page.emulate_media(reduced_motion="reduce")
        page.goto(url)
        return page

    return come


def new_wheel(page: Page) -> str:
    rest(page)
    page.get_by_role("button", name="New wheel").click()
    expect(page.locator(".mv-segment").first).to_be_visible()
    rest(page)
    return page.url


def spin(page: Page) -> None:
    page.get_by_role("button", name="Spin", exact=True).click()


def spin_at_once(*pages: Page) -> None:
    """By one clock, so that none has heard of another's spin before it presses."""
    at = (time.time() + SOON) * 1000
    for page in pages:
        button = page.get_by_role("button", name="Spin", exact=True)
        button.evaluate("(button, at) => void setTimeout(() => button.click(), at - Date.now())", at)


def stands_at(page: Page) -> tuple[str | None, str | None, str]:
    """The turn, what is read aloud, and how far the wheel is turned, once it stands."""
    wheel = page.locator(STANDS)
    expect(wheel).to_be_visible()
    expect(wheel.get_by_role("status")).to_contain_text("The wheel stopped at")
    turned = page.locator(".mv-ring").first.evaluate("ring => ring.style.transform")
    return wheel.get_attribute("data-stands"), wheel.get_by_role("status").text_content(), turned


def odds(page: Page) -> list[str]:
    return page.locator(".st-key-wheel-odds table tbody tr").all_text_contents()


def test_who_presses_at_once_spins_once_and_all_see_the_same(address: str, person: Open) -> None:
    """One sees it turn; no motion for who asked their system for none, nor for who comes later."""
    one = person("Maya", f"{address}/knowledge?of=Wheels", still=False)
    url = new_wheel(one)
    two = person("Tomás", url)
    expect(two.locator(".mv-segment").first).to_be_visible()
    rest(two)
    spin_at_once(one, two)
    first = stands_at(one)
    assert stands_at(two) == first
    late = person("Ines", url, still=False)
    expect(late.locator(".mv-segment").first).to_be_visible()
    assert stands_at(late) == first
    assert [page.evaluate("Boolean(window.turned)") for page in (one, two, late)] == [True, False, False]
    for page in (one, two, late):
        expect(page.get_by_role("button", name="Pass")).to_be_visible()


def test_a_pass_is_one_click_and_names_nobody(address: str, person: Open) -> None:
    """The odds stay what they were, and the wheel turns on."""
    one = person("Maya", f"{address}/knowledge?of=Wheels")
    url = new_wheel(one)
    one.get_by_text("The odds of the next spin").click()
    spin(one)
    two = person("Tomás", url)
    before = stands_at(one)
    assert stands_at(two) == before
    rest(one)
    chances = odds(one)
    assert len(chances) > 20
    two.get_by_role("button", name="Pass").click()
    expect(one.get_by_text("Passed, and that is fine")).to_be_visible()
    expect(one.get_by_role("button", name="Pass")).to_have_count(0)
    assert odds(one) == chances
    assert "Tomás" not in one.locator("[data-testid=stMain]").inner_text()
    spin(one)
    expect(one.get_by_text("Passed, and that is fine")).to_be_hidden()
    assert stands_at(one)[0] != before[0]


def test_words_stay_while_others_spin_and_are_kept_for_what_they_were_about(address: str, person: Open) -> None:
    """And what is kept can be found on the map of expertise."""
    one = person("Maya", f"{address}/knowledge?of=Wheels")
    url = new_wheel(one)
    spin(one)
    two = person("Tomás", url)
    assert stands_at(one) == stands_at(two)
    part = two.locator("[class*=st-key-wheel-part-]:visible").text_content() or ""
    words = two.get_by_label("how I'd escalate")
    words.press_sequentially("Look whether it answers, then ring ")
    spin(one)
    expect(one.locator(STANDS)).not_to_have_attribute("data-stands", stands_at(two)[0] or "")
    expect(two.locator("[class*=st-key-wheel-part-]:visible")).to_have_count(2)
    two.keyboard.type("the platform team")
    filled = two.locator("textarea:focus")
    expect(filled).to_have_value("Look whether it answers, then ring the platform team")
    filled.press("Tab")
    two.keyboard.type("platform on-call")
    two.keyboard.press("Enter")
    expect(two.get_by_text("Ask platform on-call")).to_have_count(1)
    three = person("Ines", f"{address}/knowledge?of=Expertise")
    three.get_by_placeholder("a part, a person, a word").fill("platform on-call")
    three.keyboard.press("Enter")
    row = three.locator("[class*=st-key-known-part-]")
    expect(row).to_have_count(1)
    expect(row).to_contain_text(part)
    expect(row).to_contain_text("platform on-call: Look whether it answers")


def wheel_of_one(environment: dict[str, str], part: Part) -> UUID:
    """A wheel with nothing else on it, written beside the running app."""
    settings = load_settings(environment, Path(environment["HOME"]))
    store = Store.open(settings.store.database, settings.store.blobs)
    try:
        wheels = Notebooks(store.journals).wheels
        return wheels.begin("One machine", Filled(parts=(part,)), by="Maya", at=datetime.now(UTC))
    finally:
        store.close()


def test_a_walk_on_the_spot_answers_and_walks_tell_who_knows(
    address: str, environment: dict[str, str], person: Open
) -> None:
    """What was noticed on it is where to look; the map leads there."""
    journal = wheel_of_one(environment, Part(sort=PartKind.NODE, name="lantern-1"))
    url = f"{address}/knowledge?of=Wheels&journal={journal}"
    one = person("Maya", url)
    spin(one)
    stands_at(one)
    one.get_by_role("button", name="Show us how you'd find out").click()
    one.get_by_role("button", name="The landscape at first light").click()
    one.locator(".st-key-rail").get_by_role("button", name=re.compile("Ground")).click()
    expect(one.locator("[class*=st-key-rail-here]").filter(has_text="Ground")).to_be_visible()
    expect(one.get_by_text("The machines", exact=True)).to_be_visible()
    expect(one.locator("[class*=st-key-rail-here]")).to_have_count(1)
    rest(one)
    line = one.locator("[data-testid=stChatInput] textarea")
    line.fill("its row says Ready")
    line.press("Enter")
    expect(one.locator(".st-key-margin")).to_contain_text("its row says Ready")
    mate = person("Tomás", url)
    expect(mate.get_by_text("Maya is on a walk")).to_be_visible()
    walk = one.url
    one.get_by_role("link", name="Back to the wheel").click()
    one.get_by_label("What showed it?").fill("the row of the machine")
    one.get_by_role("button", name="Save this walk as the answer").click()
    answer = mate.locator("[class*=st-key-wheel-slot-]", has_text="showed it")
    expect(answer).to_contain_text("the row of the machine")
    answer.get_by_role("link", name="Ground").click()
    expect(mate.locator(".st-key-margin")).to_contain_text("its row says Ready")
    mate.goto(walk)
    mate.get_by_text("Who knows this?").click()
    expect(mate.locator(".st-key-who-knows")).to_contain_text("the row of the machine")
