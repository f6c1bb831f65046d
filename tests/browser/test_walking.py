"""The morning walk in a room, in three browsers: follow, look for oneself first, then see what everybody saw."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.gestures import drag, rest, write
from tests.browser.room_stage import begin_room, join, link_of, turn_to
from vistas.practice.session import ActivityKind

APP = Path(__file__).parents[2] / "streamlit_app.py"
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def address(app_server: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """Nothing is connected: the walk goes through the recordings."""
    home = tmp_path_factory.mktemp("walking")
    return app_server(
        APP, env={"VISTAS_DATA": str(home / "data"), "HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    )


def say(page: Page, text: str) -> None:
    line = page.locator(".st-key-composer [data-testid=stChatInput] textarea")
    line.fill(text)
    line.press("Enter")
    expect(page.locator(".st-key-margin")).to_contain_text(text)
    rest(page)


def mark(page: Page, start: float, end: float, text: str) -> None:
    drag(page, page.locator(".mv-target").first, start, end)
    write(page, text)
    expect(page.locator(".st-key-margin")).to_contain_text(text)
    rest(page)


def test_everybody_follows_looks_for_themselves_and_then_sees_what_all_saw(address: str, new_page: Open) -> None:
    host = begin_room(new_page(), address, "Maya")
    guests = [join(new_page(), link_of(host), name) for name in ("Tomás", "Ines")]
    turn_to(host, ActivityKind.WALK, "The morning")
    host.locator("[class*=st-key-walk-path-] button").first.click()
    expect(host.locator(".st-key-rail")).to_be_visible()
    for guest in guests:
        expect(guest.locator(".st-key-rail")).to_be_visible()
    rest(host)
    host.locator(".st-key-foot .st-key-next button").click()
    expect(host.locator("[class*=st-key-rail-here-2]")).to_be_visible()
    for guest in guests:
        expect(guest.locator("[class*=st-key-rail-here-2]")).to_be_visible()

    host.get_by_role("button", name="First look yourself").click()
    host.get_by_test_id("stPopoverBody").get_by_role("button", name="5 min").click()
    for page in (host, *guests):
        expect(page.locator(".mv-left")).to_contain_text("left")
        rest(page)
    mark(guests[0], 0.3, 0.5, "a wave before dawn")
    mark(guests[1], 0.4, 0.6, "it climbs here")
    say(host, "quieter than last week")
    assert "a wave before dawn" not in host.locator("[data-testid=stMain]").inner_text()
    assert "it climbs here" not in guests[0].locator("[data-testid=stMain]").inner_text()
    expect(guests[0].locator(".mv-dot")).to_have_count(1)
    expect(host.locator(".mv-dot")).to_have_count(0)

    host.get_by_role("button", name="Reveal now").click()
    for page in (host, *guests):
        found = page.locator(".st-key-first-look-found")
        expect(found).to_contain_text("several people saw")
        expect(page.locator(".st-key-margin")).to_contain_text("a wave before dawn")
        expect(page.locator(".mv-dot[data-people='2']")).to_have_count(2)
        expect(page.locator(".mv-left")).to_have_count(0)
        for name in ("Maya", "Tomás", "Ines"):
            assert name not in found.inner_text()

    wanderer = guests[0]
    wanderer.locator("[class*=st-key-rail-next-3] button, [class*=st-key-rail-done-3] button").first.click()
    expect(wanderer.locator("[class*=st-key-rail-here-3]")).to_be_visible()
    wanderer.get_by_role("button", name="Back to the host").click()
    expect(wanderer.locator("[class*=st-key-rail-here-2]")).to_be_visible()
