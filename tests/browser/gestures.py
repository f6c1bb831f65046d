"""What people do on evidence: drag, type a line, Enter."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

LINE = ".mv-composer:not([hidden]) textarea"


def drag(
    page: Page, target: Locator, start: float, end: float, row: float = 0.5, to_row: float | None = None
) -> None:
    """From one share of the target's width to another, at a share of its height."""
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * start, box["y"] + box["height"] * row)
    page.mouse.down()
    last = row if to_row is None else to_row
    page.mouse.move(box["x"] + box["width"] * (start + end) / 2, box["y"] + box["height"] * (row + last) / 2)
    page.mouse.move(box["x"] + box["width"] * end, box["y"] + box["height"] * last)
    page.mouse.up()


def write(page: Page, text: str) -> None:
    """One line and Enter; returns when the line has closed, which it does once the server has it."""
    line = page.locator(LINE)
    expect(line).to_be_focused()
    line.fill(text)
    line.press("Enter")
    expect(page.locator(LINE)).to_have_count(0)
