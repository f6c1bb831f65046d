"""What people do in a session room, for every test that needs one.

host = begin_room(new_page(), address, "Maya")
guest = join(new_page(), link_of(host), "Tomás")
turn_to(host, ActivityKind.DECISIONS, "The night of the full disk")
"""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from dashboards.room.kinds import KINDS
from tests.browser.gestures import rest
from tests.servers.remembered import remember
from vistas.practice.session import ActivityKind


def begin_room(page: Page, address: str, name: str, title: str = "Practice") -> Page:
    """`name` begins a session without an agenda, and hosts it."""
    remember(page.context, name)
    page.goto(f"{address}/session")
    page.get_by_label("What would you like to call it?").fill(title)
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator(".st-key-people")).to_contain_text(name)
    rest(page)
    return page


def link_of(page: Page) -> str:
    """The address that brings somebody else into the room of this page."""
    found = re.search(r"room=[0-9a-f-]+", page.url)
    assert found, page.url
    return f"{page.url.split('?', 1)[0]}?{found[0]}"


def join(page: Page, link: str, name: str) -> Page:
    """`name` comes in by the link."""
    remember(page.context, name)
    page.goto(link)
    expect(page.locator(".st-key-people")).to_contain_text(name)
    rest(page)
    return page


def turn_to(host: Page, kind: ActivityKind, title: str, because: str = "") -> None:
    """The host makes up an activity on the spot and turns the room to it; what it was busy with is parked."""
    host.get_by_role("button", name="Switch to something else").click()
    box = host.get_by_test_id("stPopoverBody")
    if because:
        box.get_by_label("Why? (optional)").fill(because)
    box.get_by_role("radio", name=KINDS[kind].name).click()
    named = box.get_by_label(KINDS[kind].title_prompt)
    named.fill(title)
    named.press("Tab")
    box.get_by_role("button", name="Switch").click()
    expect(busy_with(host)).to_contain_text(title)
    rest(host)


def busy_with(page: Page) -> Locator:
    """What the agenda shows as that which the room is busy with, and this page, too."""
    return page.locator("[class*=st-key-agenda-here]:not([data-stale=true])")
