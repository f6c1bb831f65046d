"""A routine kept as a file in a git checkout: changed on a page, committed by a click; what others did to it."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import findings
from tests.browser.contrast import faint
from tests.browser.gestures import rest

APP = Path(__file__).parents[2] / "streamlit_app.py"
OURS = """\
# Ask Mira before you change this.
routine: morning
title: A morning  # as we call it
about: >-
  What we look at
  before the first coffee.
stops:
  # --- in front ---
  - stop: traffic
    title: Traffic
    question: 'Is anybody there?'   # always ask
    why: Because we sell at night.
    normal: A few, even at four.
    plainly: People.
    looks:
      - {look: rate, title: Requests, source: prometheus, take: range, query: up}
"""


@dataclass(frozen=True)
class Checkout:
    address: str
    file: Path

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=self.file.parent, check=True, capture_output=True, text=True, env=clean()
        )
        return done.stdout


def clean() -> dict[str, str]:
    """Without what a commit hook that runs the tests would bring along."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}


@pytest.fixture(scope="module")
def server(app_server: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """Its Prometheus never answers: words are changed here, and nothing is asked."""
    home = tmp_path_factory.mktemp("checkout")
    (folder := home / "routines").mkdir()
    (settings := home / "vistas.toml").write_text(
        f'data = "{home / "data"}"\nroutines = ["{folder}"]\n'
        '[sources.prometheus]\ntype = "prometheus"\nurl = "http://127.0.0.1:9"\n',
        encoding="utf-8",
    )
    env = {"VISTAS_CONFIG": str(settings), "HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    return Checkout(app_server(APP, env=env), folder / "ours.yaml")


@pytest.fixture
def checkout(server: Checkout) -> Checkout:
    server.file.write_text(OURS, encoding="utf-8")
    if not (server.file.parent / ".git").exists():
        server.git("init", "--quiet", "--initial-branch=main")
        server.git("config", "user.name", "Jonas")
        server.git("config", "user.email", "jonas@example.org")
    server.git("add", ".")
    server.git("commit", "--quiet", "--allow-empty", "-m", "As it was")
    return server


def change(page: Page, checkout: Checkout, question: str) -> None:
    """Up to what is to be saved: the words of the one stop."""
    page.goto(f"{checkout.address}/record?routine=morning")
    page.locator("button.mv-stop-question").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What do you ask here?").fill(question)
    dialog.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("button.mv-stop-question")).to_have_text(question)
    rest(page)


def save(page: Page, because: str) -> None:
    page.get_by_role("button", name="Save…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What changed, and why?").fill(because)
    dialog.get_by_role("button", name="Save", exact=True).click()
    expect(dialog).to_have_count(0)
    rest(page)


def test_a_file_with_comments_is_changed_on_the_page_and_committed_by_one_click(
    checkout: Checkout, browser_page: Page
) -> None:
    page = browser_page
    change(page, checkout, "Is everybody there?")
    save(page, "The night shift asks for all.")
    expect(page.get_by_text(re.compile("Saved: A morning, version"))).to_be_visible()
    text = checkout.file.read_text(encoding="utf-8")
    assert "    question: 'Is everybody there?'   # always ask\n" in text
    assert re.sub(r"(?m)^(version|by|because): .*\n", "", text) == OURS.replace("anybody", "everybody")

    page.goto(f"{checkout.address}/routine?routine=morning")
    expect(page.get_by_text(re.compile(r"ours\.yaml · changed since the last commit, on main"))).to_be_visible()
    expect(page.get_by_label("Message of the commit")).to_have_value(
        re.compile("^The night shift asks for all.\n\nA morning, version \\d+, by Maya")
    )
    assert findings(page) == []
    page.get_by_role("button", name="Commit this file").click()
    expect(page.get_by_text(re.compile(r"Committed as [0-9a-f]{4,} on main\."))).to_be_visible()
    expect(page.get_by_text(re.compile(r"ours\.yaml · committed, on main"))).to_be_visible()
    assert checkout.git("log", "-1", "--format=%an %s", "--name-only").split("\n")[:3] == [
        "Jonas The night shift asks for all.", "", "ours.yaml",
    ]  # fmt: skip
    assert checkout.git("status", "--porcelain") == ""


def test_what_somebody_changed_in_the_file_meanwhile_is_shown_and_mine_is_put_on_top(
    checkout: Checkout, browser_page: Page
) -> None:
    page = browser_page
    change(page, checkout, "Is everybody in?")
    theirs = OURS.replace("A few, even at four.", "Dozens, even at four.").replace("Ask Mira", "Ask Ana")
    checkout.file.write_text(theirs, encoding="utf-8")
    save(page, "In, not there.")
    conflict = page.locator(".st-key-gap-trouble-conflict")
    expect(conflict).to_contain_text("was changed meanwhile by somebody else")
    expect(conflict.locator(".mv-sides").first).to_contain_text("Dozens, even at four.")
    expect(conflict.locator(".mv-sides").last).to_contain_text("Is everybody in?")
    assert checkout.file.read_text(encoding="utf-8") == theirs
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(300)
        assert faint(page) == [], scheme
    page.emulate_media(color_scheme="light")
    assert findings(page) == []

    conflict.get_by_role("button", name="Put mine on top").click()
    expect(page.get_by_text(re.compile("Saved: A morning, version"))).to_be_visible()
    text = checkout.file.read_text(encoding="utf-8")
    assert "question: 'Is everybody in?'   # always ask" in text
    assert re.sub(r"(?m)^(version|by|because): .*\n", "", text) == theirs.replace("anybody there", "everybody in")


def test_where_both_changed_the_same_mine_becomes_a_file_of_its_own(
    checkout: Checkout, browser_page: Page
) -> None:
    page = browser_page
    change(page, checkout, "Who is there?")
    theirs = OURS.replace("Is anybody there?", "Is nobody there?")
    checkout.file.write_text(theirs, encoding="utf-8")
    save(page, "Names, please.")
    conflict = page.locator(".st-key-gap-trouble-conflict")
    expect(conflict).to_contain_text("Both of you changed traffic · question.")
    expect(conflict.get_by_role("button", name="Put mine on top")).to_have_count(0)
    conflict.get_by_role("button", name="Save mine as a new file").click()
    expect(page.get_by_text(re.compile("Saved: A morning, version 1"))).to_be_visible()
    assert checkout.file.read_text(encoding="utf-8") == theirs
    assert "Who is there?" in checkout.file.with_name("morning-2.yaml").read_text(encoding="utf-8")
    checkout.file.with_name("morning-2.yaml").unlink()


def test_a_file_that_somebody_made_wrong_is_told_and_what_it_said_is_walked(
    checkout: Checkout, browser_page: Page
) -> None:
    page = browser_page
    page.goto(checkout.address)
    page.get_by_text("Another path, or another window").click()
    expect(page.get_by_text("A morning", exact=False).first).to_be_visible()
    checkout.file.write_text(OURS.replace("  - stop: traffic", "  - stopp: traffic"), encoding="utf-8")
    page.reload()
    expect(page.get_by_text("Until it is mended, what it said before is walked:")).to_be_visible()
    expect(page.get_by_text(re.compile(r"ours\.yaml:9: stops\[1\]\."))).to_be_visible()
