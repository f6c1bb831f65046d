"""A thread under a notice, in two browsers: a draft outlives a reload, and an answer is there at once for both."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.gestures import rest

APP = Path(__file__).parents[2] / "streamlit_app.py"
SOON = 5_000
"""Milliseconds: a second, and what a busy machine adds."""


@pytest.fixture(scope="module")
def address(app_server: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> str:
    home = tmp_path_factory.mktemp("threads")
    return app_server(
        APP, env={"VISTAS_DATA": str(home / "data"), "HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    )


def line(page: Page) -> Locator:
    return page.locator("[class*=st-key-answering-] textarea")


def thread(page: Page) -> Locator:
    return page.locator("[class*=st-key-thread-]").first


def test_two_people_answer_a_notice(address: str, new_page: Callable[..., Page]) -> None:
    maya, ines = new_page(name="Maya"), new_page(name="Ines")
    maya.goto(address)
    maya.get_by_role("button", name="Replay").first.click()
    expect(maya.locator("[class*=st-key-to-answer-]").first).to_be_visible()
    rest(maya)
    ines.goto(maya.url)
    expect(ines.locator("[class*=st-key-to-answer-]").first).to_be_visible()
    rest(ines)

    maya.locator("[class*=st-key-to-answer-] button").first.click()
    line(maya).press_sequentially("since when?")
    maya.wait_for_timeout(200)
    maya.reload()
    expect(line(maya)).to_have_value("since when?")
    rest(maya)
    line(maya).press("Enter")
    expect(thread(maya)).to_contain_text("noticed since when?")
    expect(line(maya)).to_have_count(0)
    expect(thread(ines)).to_contain_text("noticed since when?", timeout=SOON)

    ines.locator("[class*=st-key-to-answer-] button").first.click()
    ines.locator("[class*=st-key-answering-]").get_by_text("surprised").click()
    rest(ines)
    line(ines).fill("since *two*")
    line(ines).press("Enter")
    expect(thread(maya)).to_contain_text("surprised since *two*", timeout=SOON)

    maya.locator("[class*=st-key-to-answer-] button").first.click()
    expect(line(maya)).to_have_value("")
