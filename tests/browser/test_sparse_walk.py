"""A walk on a Prometheus that scrapes only itself: what is not there is quiet, and the routine is fitted to it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import findings
from tests.browser.gestures import drag, rest, write
from tests.servers import Prometheus
from tests.servers.fixtures import require
from tests.servers.running import SCRAPES_ITSELF

APP = Path(__file__).parents[2] / "streamlit_app.py"
ASIDE = "[class*=st-key-rail-aside-]"
WHY = "[class*=st-key-absent-] summary"


@pytest.fixture(scope="module")
def address(app_server: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    require("prometheus")
    home = tmp_path_factory.mktemp("sparse")
    with Prometheus(config=SCRAPES_ITSELF.replace("5s", "1s")) as server:
        (home / "vistas.toml").write_text(f'[sources.prometheus]\ntype = "prometheus"\nurl = "{server.url}"\n')
        env = {"VISTAS_DATA": str(home / "data"), "HOME": str(home), "VISTAS_CONFIG": str(home / "vistas.toml")}
        yield app_server(APP, env=env)


def at(page: Page, stop: str) -> None:
    expect(page.locator("[class*=st-key-rail-here]").filter(has_text=stop)).to_be_visible()
    rest(page)


def test_absence_is_quiet_and_is_left_out_and_brought_back(address: str, browser_page: Page) -> None:
    page = browser_page
    page.goto(address)
    page.get_by_role("button", name="Start the morning walk").click()
    at(page, "Weather")
    expect(page.locator(ASIDE)).to_have_count(7)
    expect(page.locator("[class*=st-key-gap-]")).to_have_count(0)
    why = page.locator(WHY)
    expect(why).to_have_text(re.compile("One look has nothing to show here: no alerting rules. Why?"))
    why.click()
    expect(page.locator(".mv-lacks dd")).to_contain_text("evaluates no rules")
    assert not findings(page)

    page.keyboard.press("6")
    at(page, "Ground")
    expect(page.locator(WHY)).to_contain_text("There is nothing to look at here: no metrics of node_exporter")
    page.locator(ASIDE).get_by_role("button", name="Horizon").click()
    at(page, "Horizon")
    page.keyboard.press("ArrowLeft")
    at(page, "Weather")

    page.get_by_role("button", name="Wrap up").click()
    expect(page.get_by_role("heading", name="What did we notice?")).to_be_visible()
    expect(page.locator(WHY)).to_contain_text("19 looks have nothing to show here")
    page.get_by_role("button", name="Leave out what this landscape does not have (19 looks, 7 stops)").click()
    expect(page.get_by_role("heading", name="The landscape at first light, fitted")).to_be_visible()
    expect(page.locator(".st-key-routine-saved")).to_contain_text("Saved as version 2")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".st-key-routine-saved")).to_contain_text("Saved as version 3")


def test_a_chart_of_some_minutes_is_drawn_where_they_are(address: str, browser_page: Page) -> None:
    """And what is marked on it stays there."""
    page = browser_page
    page.goto(address)
    page.get_by_role("button", name="Start the morning walk").click()
    expect(page.locator(ASIDE)).to_have_count(7)
    expect(page.locator(".st-key-gathering")).to_have_count(0)
    at(page, "Weather")
    page.get_by_text("Take a detour").click()
    what = page.get_by_role("combobox", name="What", exact=True)
    expect(what).to_be_visible()
    rest(page)
    what.fill("range")
    expect(page.get_by_role("option")).to_have_text("range")
    what.press("Enter")
    rest(page)
    page.get_by_label("Query (PromQL)").fill(f"vector(time()) > {round(time.time()) - 1200}")
    page.get_by_label("Query (PromQL)").press("Control+Enter")
    rest(page)
    page.get_by_role("button", name="Look", exact=True).click()
    look = page.locator("[class*=st-key-look-]").filter(has_text="prometheus: range")
    expect(look.locator(".mv-note")).to_have_text(
        re.compile(r"Data from \d\d:\d\d to \d\d:\d\d only; the window begins at \d\d:\d\d\.")
    )
    look.locator(".mv-drawn").wait_for()
    rest(page)
    drag(page, look.locator(".mv-target"), 0.2, 0.8)
    write(page, "it has only just begun")
    expect(page.locator(".st-key-margin")).to_contain_text("it has only just begun")
    mark = look.locator(".mv-stretch").bounding_box()
    target = look.locator(".mv-target").bounding_box()
    assert mark is not None
    assert target is not None
    assert mark["width"] > target["width"] / 2


@pytest.mark.parametrize("width", [390, 900])
def test_nothing_is_wider_than_the_page(address: str, new_page: Callable[..., Page], width: int) -> None:
    page = new_page(width=width, name="Maya", dark=width == 390)
    page.goto(address)
    page.get_by_role("button", name="Start the morning walk").click()
    expect(page.locator(ASIDE)).to_have_count(7)
    rest(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    boxes = [each.bounding_box() for each in page.locator(ASIDE).all()]
    assert all(box and box["x"] + box["width"] <= width for box in boxes)
