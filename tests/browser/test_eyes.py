"""What happened since Thursday: its recording walked again through Mira's eyes, answered, saved and replayed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.gestures import rest

APP = Path(__file__).parents[2] / "streamlit_app.py"
NOTHING = '[sources.gone]\ntype = "prometheus"\nurl = "http://127.0.0.1:9"\n'


def to_stop(page: Page, name: str) -> None:
    page.locator(".st-key-rail").get_by_role("button", name=re.compile(name)).click()
    expect(page.locator("[class*=st-key-rail-here]").filter(has_text=name)).to_be_visible()


def earlier(page: Page, text: str) -> Locator:
    """A notice of Thursday's in the margin."""
    return page.locator("[class*=st-key-then-drawn]", has_text=text)


def begin(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("[class*=st-key-card-]", has_text="Search stumbled").get_by_role("button", name="Replay").click()
    page.get_by_role("button", name="Walk today as Mira did").click()
    expect(page.locator(".st-key-eyes-head")).to_contain_text("through Mira's eyes")


def test_thursday_through_miras_eyes_on_fridays_data(
    app_server: Callable[..., str], tmp_path: Path, browser_page: Page, new_page: Callable[..., Page]
) -> None:
    """Each notice is found again or honestly not; answers are kept, seen by others at once, and replayed."""
    data = {"VISTAS_DATA": str(tmp_path / "data"), "HOME": str(tmp_path)}
    page, mate = browser_page, new_page(name="Jonas")
    begin(page, app_server(APP, env=data))
    to_stop(page, "Errors")
    failed, log = earlier(page, "Two searches in five failed"), earlier(page, "All of them 502")
    expect(failed).to_contain_text("up to 42.5 % then, up to 0.0207 % in the same 29 minutes")
    expect(log).to_contain_text("82 lines then, none")
    expect(page.locator(".mv-dot[data-earlier]")).to_have_count(1)
    mate.goto(page.url)
    expect(earlier(mate, "All of them 502")).to_be_visible()
    rest(page)

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("n")
    expect(log.locator("[class*=st-key-thread-]")).to_contain_text("no longer")
    why = page.get_by_placeholder("Why?")
    why.fill("The index was rebuilt")
    why.press("Enter")
    expect(log.get_by_text("The index was rebuilt")).to_be_visible()
    expect(earlier(mate, "All of them 502")).to_contain_text("The index was rebuilt")
    expect(page.locator(".st-key-rail .mv-answered")).to_have_count(1)

    page.reload()
    expect(log).to_contain_text("The index was rebuilt")
    to_stop(page, "Workloads")
    expect(earlier(page, "One restart")).to_contain_text("without the pod's name")
    to_stop(page, "Horizon")
    page.get_by_role("button", name="Wrap up").click()
    page.get_by_label("What was this morning about?").fill("Friday as Mira")
    page.get_by_role("button", name="Save this morning").click()
    expect(page.get_by_text("saved", exact=True)).to_be_visible()

    (tmp_path / "vistas.toml").write_text(NOTHING)
    page.goto(app_server(APP, env={**data, "VISTAS_CONFIG": str(tmp_path / "vistas.toml")}))
    card = page.locator("[class*=st-key-card-]", has_text="Friday as Mira").first
    card.get_by_role("button", name="Replay").click()
    to_stop(page, "Errors")
    expect(log).to_contain_text("82 lines then, none")
    expect(log).to_contain_text("The index was rebuilt")
    expect(page.locator(".mv-dot[data-earlier]")).to_have_count(1)
