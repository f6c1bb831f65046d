"""The three moments, in one go, on live servers: start and look, mark and save, replay when the tools are gone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.gestures import LINE, drag, write
from tests.servers.fixtures import require
from tests.servers.landscape import CRASHING, Landscape
from tests.servers.landscape import landscape as running_landscape

APP = Path(__file__).parents[2] / "streamlit_app.py"


@pytest.fixture(scope="module")
def landscape() -> Iterator[Landscape]:
    require("prometheus", "etcd", "kube-apiserver", "nginx")
    with running_landscape() as made:
        yield made


@pytest.fixture(scope="module")
def address(app_server: Callable[..., str], landscape: Landscape) -> str:
    return app_server(APP, env={"VISTAS_CONFIG": str(landscape.settings)})


def to_stop(page: Page, name: str) -> None:
    page.locator(".st-key-rail").get_by_role("button", name=re.compile(name)).click()
    expect(page.locator("[class*=st-key-rail-here]").filter(has_text=name)).to_be_visible()


def test_gather_walk_mark_save_and_replay_without_any_tool(
    address: str, landscape: Landscape, browser_page: Page, new_page: Callable[..., Page]
) -> None:
    """Both marks are where they were made, in another browser, with every server stopped."""
    page = browser_page
    page.goto(address)
    page.get_by_role("button", name="Start the morning walk").click()
    expect(page.get_by_role("heading", name=re.compile("ringing"))).to_be_visible()

    to_stop(page, "Front door")
    page.wait_for_selector(".mv-drawn .xtick text")
    drag(page, page.locator(".mv-target").first, 0.5, 0.8)
    write(page, "busier than I thought")
    expect(page.locator(".st-key-margin")).to_contain_text("busier than I thought")

    to_stop(page, "Workloads")
    page.locator("tbody tr", has_text=CRASHING).first.get_by_text(CRASHING).first.click()
    expect(page.locator(LINE)).to_be_focused()
    write(page, "the parser again")
    expect(page.locator(".st-key-margin")).to_contain_text("the parser again")

    to_stop(page, "Horizon")
    page.get_by_role("button", name="Wrap up").click()
    expect(page.get_by_text("busier than I thought").first).to_be_visible()
    page.get_by_label("What was this morning about?").fill("The parser and the crowd")
    page.get_by_role("button", name="Save this morning").click()
    expect(page.get_by_text("saved", exact=True)).to_be_visible()

    landscape.stop()

    mate = new_page()
    mate.goto(address)
    card = mate.locator("[class*=st-key-card-]", has_text="The parser and the crowd").first
    card.get_by_role("button", name="Replay").click()
    expect(mate.locator(".st-key-replaying")).to_contain_text("The parser and the crowd")
    to_stop(mate, "Front door")
    expect(mate.locator(".st-key-margin")).to_contain_text("busier than I thought")
    expect(mate.locator(".mv-stretch")).to_have_count(1)
    to_stop(mate, "Workloads")
    expect(mate.locator(".st-key-margin")).to_contain_text("the parser again")
    expect(mate.locator("tbody tr", has_text=CRASHING).locator(".mv-dot").first).to_have_text("1")
