"""A dashboard's JSON dropped into the page: cut, ordered, kept, and walked; nothing is lost on the way."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.gestures import rest
from tests.vistas.importing import forms

APP = Path(__file__).parents[2] / "streamlit_app.py"


@pytest.fixture(scope="module")
def address(app_server: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> str:
    home = tmp_path_factory.mktemp("importing")
    env = {"VISTAS_DATA": str(home / "data"), "HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    return app_server(APP, env=env)


def test_dashboard_is_dropped_cut_kept_and_walked(address: str, browser_page: Page, tmp_path: Path) -> None:
    """From a file to a walk; a reload on the way changes nothing."""
    file = tmp_path / "machines.json"
    file.write_text(json.dumps(forms.modern()))
    page = browser_page
    page.goto(f"{address}/library")
    page.get_by_role("link", name="Bring a dashboard").click()
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_role("heading", name="Machines")).to_be_visible()
    stops = page.locator(".st-key-import-walk-stops [class*=st-key-import-opens-] button strong")
    expect(stops).to_have_text(["1 CPU", "2 Disk"])

    stops.nth(0).click()
    page.get_by_role("button", name="New stop from here").click()
    expect(stops).to_have_text(["1 CPU", "2 Up", "3 Disk"])
    rest(page)
    stops.nth(1).click()
    rest(page)
    expect(page.get_by_label("Its question")).to_have_value("What does “Up” show this morning?")
    page.get_by_label("Its question").fill("Is everybody here?")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()
    page.locator(".st-key-import-order").get_by_role("button", name="Move up").click()
    expect(stops).to_have_text(["1 Up", "2 CPU", "3 Disk"])
    page.locator("[class*=st-key-import-walks-disk] label").click()
    expect(stops).to_have_text(["1 Up", "2 CPU"])

    page.reload()
    expect(stops).to_have_text(["1 Up", "2 CPU"])
    expect(page.get_by_label("Its question")).to_have_value("Is everybody here?")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("button", name="Walk it").click()
    expect(page.get_by_role("heading", name="Is everybody here?")).to_be_visible()
    expect(page.locator(".st-key-rail .stButton")).to_have_count(2)
