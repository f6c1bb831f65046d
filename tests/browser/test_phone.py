"""On a phone, 390 pixels wide and touched: nothing scrolls sideways, a finger that rests on a chart marks it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect

from tests.browser import test_axe
from tests.browser.gestures import PATIENCE, place_of, rest, write
from tests.browser.test_axe import PAGES, House, replay, to_stop
from tests.servers.remembered import remember

house = test_axe.house
WIDE, HIGH = 390, 844
HELD = 700
SELECTION = ".mv-selection"
WIDTHS = """() => [document.documentElement, document.querySelector('[data-testid=stMain]')]
    .map((part) => part?.scrollWidth ?? 0)"""


@pytest.fixture(scope="module")
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(
        viewport={"width": WIDE, "height": HIGH}, has_touch=True, is_mobile=True, timezone_id="America/New_York"
    )
    remember(context, "Maya")
    yield context
    context.close()


@pytest.fixture
def page(phone: BrowserContext) -> Iterator[Page]:
    opened = phone.new_page()
    opened.set_default_timeout(PATIENCE)
    yield opened
    opened.close()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways(name: str, house: House, page: Page) -> None:
    PAGES[name](page, house)
    rest(page)
    assert max(page.evaluate(WIDTHS)) <= WIDE


def test_the_question_of_a_replay_is_on_the_first_screen(house: House, page: Page) -> None:
    """However far one had scrolled to open it; and the rail says in words at which stop one is."""
    replay(page, house)
    rest(page)
    here = page.locator("[class*=st-key-rail-here]")
    assert here.inner_text().split()[-1] == "Weather"
    assert float(here.locator("p").evaluate("(words) => parseFloat(getComputedStyle(words).fontSize)")) > 10
    question = page.locator(".st-key-question h1").bounding_box()
    assert question is not None
    assert 0 < question["y"] < HIGH - question["height"]


def at_a_chart(page: Page, house: House) -> tuple[CDPSession, float, float]:
    """The middle of it, and what touches it."""
    replay(page, house)
    rest(page)
    to_stop(page, "Errors")
    page.wait_for_selector(".mv-drawn .xtick text")
    box = place_of(page.locator(".mv-target").first)
    touching = page.context.new_cdp_session(page)
    return touching, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def touch(touching: CDPSession, kind: str, *point: float) -> None:
    points = [{"x": point[0], "y": point[1]}] if point else []
    touching.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def test_a_finger_that_rests_on_a_chart_marks_a_stretch(house: House, page: Page) -> None:
    """Around it, and as far as it goes on from there; the line opens once it is lifted."""
    touching, x, y = at_a_chart(page, house)
    touch(touching, "touchStart", x, y)
    page.wait_for_timeout(HELD)
    around = page.locator(SELECTION).first.bounding_box()
    touch(touching, "touchMove", x + 40, y)
    touch(touching, "touchEnd")
    expect(page.locator(".mv-composer:not([hidden])")).to_be_visible()
    wider = page.locator(SELECTION).first.bounding_box()
    assert around is not None
    assert wider is not None
    assert wider["width"] > around["width"] > 30
    write(page, "held, not dragged")
    expect(page.locator(".st-key-margin")).to_contain_text("held, not dragged")


def test_a_tap_on_a_chart_reads_and_marks_nothing(house: House, page: Page) -> None:
    touching, x, y = at_a_chart(page, house)
    touch(touching, "touchStart", x, y)
    touch(touching, "touchEnd")
    expect(page.locator(".mv-tip:not([hidden])")).to_be_visible()
    page.wait_for_timeout(HELD)
    expect(page.locator(".mv-composer:not([hidden])")).to_have_count(0)
