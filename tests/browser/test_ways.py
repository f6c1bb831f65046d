"""Ways through a morning: two lanes with words beside them, and on a phone below them."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.gestures import rest

APP = Path(__file__).parents[2] / "streamlit_app.py"


@pytest.fixture(scope="module")
def address(app_server: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> str:
    home = tmp_path_factory.mktemp("ways")
    return app_server(
        APP, env={"VISTAS_DATA": str(home / "data"), "HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    )


def overlapping(page: Page, boxes: str) -> int:
    """How many of them overlap the one before."""
    tops = page.locator(boxes).evaluate_all(
        "all => all.map(each => each.getBoundingClientRect()).map(({top, bottom}) => [top, bottom])"
    )
    return sum(after[0] < before[1] - 1 for before, after in pairwise(tops))


def test_everybody_who_walked_has_a_lane(address: str, browser_page: Page) -> None:
    page = browser_page
    page.goto(address)
    page.get_by_role("button", name="Replay").first.click()
    expect(page.locator(".st-key-rail")).to_be_visible()
    found = re.search(r"vista=[0-9a-f-]+", page.url)
    assert found
    page.goto(f"{address}/wrap-up?{found[0]}")
    page.get_by_text("Ways through the morning").click()
    lanes = page.locator(".mv-ways ol")
    expect(lanes).to_have_count(2)
    rest(page)
    for lane in ("first", "last"):
        assert not overlapping(page, f".mv-ways ol:{lane}-of-type li")
    expect(page.locator(".mv-ways-both").first).to_be_attached()
    assert not overlapping(page, ".mv-ways-left")
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator(".mv-ways-below")).to_have_count(2)
    expect(page.locator(".mv-ways-words")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
