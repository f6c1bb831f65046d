"""Two mornings compared: from the library to what is different, and a look beside what it was the day before."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.gestures import rest

APP = Path(__file__).parents[2] / "streamlit_app.py"


@pytest.fixture(scope="module")
def library(app_server: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> str:
    home = tmp_path_factory.mktemp("comparing")
    env = {"VISTAS_DATA": str(home / "data"), "HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    return app_server(APP, env=env)


def card(page: Page, name: str) -> Locator:
    return page.locator("[class*=st-key-card-found-]").filter(has_text=name)


def test_from_two_cards_to_a_stop_beside_the_day_before(library: str, browser_page: Page) -> None:
    page = browser_page
    page.goto(f"{library}/library")
    card(page, "Checkout is stuck").get_by_role("button", name="Compare with…").click()
    expect(page.get_by_text("with which morning?")).to_be_visible()
    card(page, "Search stumbled").get_by_role("button", name="Compare with this one").click()
    expect(page.get_by_role("heading", name="Thursday and Friday, side by side.")).to_be_visible()
    errors = page.locator(".mv-stop").filter(has=page.get_by_role("heading", name="Errors"))
    checkout = errors.locator(".mv-change", has_text="shop · checkout")
    expect(checkout).to_contain_text(re.compile("was 0.0198 %, .*now 3.95 %"))
    shapes = errors.locator(".mv-curves i").evaluate_all("all => all.map(each => getComputedStyle(each).clipPath)")
    assert shapes
    assert all(shape.startswith("polygon(") for shape in shapes)
    errors.get_by_role("link", name="Errors").click()
    expect(page).to_have_url(re.compile(r"/replay\?vista=.*&stop=errors"))
    page.get_by_role("button", name="Beside: nothing").click()
    page.get_by_text("yesterday", exact=True).click()
    expect(page.get_by_text("Then is Search stumbled at three")).to_be_visible()
    expect(page.locator("[class*=st-key-beside-] .mv-drawn .xtick text").first).to_be_attached()
    rest(page)
    expect(page).to_have_url(re.compile("beside=yesterday"))


def test_a_comparison_is_swapped_and_taken_along(library: str, browser_page: Page) -> None:
    page = browser_page
    page.goto(f"{library}/compare")
    page.get_by_role("link", name=re.compile("Or the last two of")).click()
    expect(page.locator(".mv-rest")).to_be_attached()
    rest(page)
    page.get_by_role("button", name="Swap").click()
    expect(page.get_by_text("What is called then is the later of the two mornings.")).to_be_attached()
    page.get_by_role("button", name="Share").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Notes (.md)").click()
    assert "# Checkout is stuck, and parser leaks" in download.value.path().read_text(encoding="utf-8")
