"""What people do on evidence: wait until it stands still, drag, type a line, Enter."""

from __future__ import annotations

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

LINE = ".mv-composer:not([hidden]) textarea"
STOPPED = "[data-testid=stApp][data-test-script-state=notRunning]"
PATIENCE = 60_000
A_MOMENT = 100
SETTLED = 250


def rest(page: Page) -> None:
    """Until the app's script has run through, and no other run has followed at once."""
    for _ in range(PATIENCE // SETTLED):
        page.wait_for_selector(STOPPED, timeout=PATIENCE)
        page.wait_for_timeout(SETTLED)
        if page.locator(STOPPED).count():
            return
    pytest.fail("the app does not come to rest")


def place_of(target: Locator) -> FloatRect:
    """Where it is, once it stays there: a page that is still being laid out moves what one aims at."""
    target.scroll_into_view_if_needed()
    before = None
    for _ in range(PATIENCE // A_MOMENT):
        box = target.bounding_box()
        if box is not None and box == before:
            return box
        before = box
        target.page.wait_for_timeout(A_MOMENT)
    return pytest.fail(f"{target} does not stand still")


def words_of(target: Locator) -> list[str]:
    """What they say, once they go on saying it: a chart is drawn in steps."""
    before = None
    for _ in range(PATIENCE // A_MOMENT):
        words = target.all_text_contents()
        if words and words == before:
            return words
        before = words
        target.page.wait_for_timeout(A_MOMENT)
    return pytest.fail(f"{target} says something else each time")


def drag(
    page: Page, target: Locator, start: float, end: float, row: float = 0.5, to_row: float | None = None
) -> None:
    """From one share of the target's width to another, at a share of its height."""
    box = place_of(target)
    page.mouse.move(box["x"] + box["width"] * start, box["y"] + box["height"] * row)
    page.mouse.down()
    last = row if to_row is None else to_row
    page.mouse.move(box["x"] + box["width"] * (start + end) / 2, box["y"] + box["height"] * (row + last) / 2)
    page.mouse.move(box["x"] + box["width"] * end, box["y"] + box["height"] * last)
    page.mouse.up()


def begin(page: Page, look: str) -> None:
    """Mark something on a look of the stage, so that a line opens."""
    if look == "rate":
        drag(page, page.locator(".mv-target"), 0.5, 0.75, row=0.1)
    elif look == "tiles":
        page.locator(".mv-tile-face").first.click()
    else:
        page.locator("tbody tr").first.locator("td").nth(1).click()
    expect(page.locator(LINE)).to_be_focused()


def write(page: Page, text: str) -> None:
    """One line and Enter; returns when the line has closed, which it does once the server has it."""
    line = page.locator(LINE)
    expect(line).to_be_focused()
    line.fill(text)
    line.press("Enter")
    expect(page.locator(LINE)).to_have_count(0)
