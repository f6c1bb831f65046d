"""Nothing acknowledged is lost, and nobody's typing is disturbed: the app killed outright, two people at once."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.gestures import LINE, PATIENCE, drag, rest, write
from tests.servers.ports import free_port
from tests.servers.process import Process, local_opener
from tests.servers.remembered import remember

ROOT = Path(__file__).parents[2]


class App:
    """The app as somebody opens it, on recordings, with a library of its own, always at the same address."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        settings = home / "vistas.toml"
        settings.write_text(f'person = "Maya"\ndata = "{home / "data"}"\n')
        self._command = [
            shutil.which("env") or "/usr/bin/env",
            *(f"--unset={name}" for name in os.environ if name.startswith("VISTAS_")),
            f"PYTHONPATH={ROOT}",
            f"VISTAS_CONFIG={settings}",
            *(sys.executable, "-m", "vistas.command_line", "open", f"--port={self.port}", "--no-browser"),
        ]

    def start(self) -> None:
        self.process = Process(self._command, log_file=self.home / "app.log", directory=self.home)
        ends = time.monotonic() + PATIENCE / 1000
        while not self._answers():
            if self.process.exit_code is not None or time.monotonic() > ends:
                self.process.stop()
                pytest.fail(f"the app did not start:\n{(self.home / 'app.log').read_text()[-2000:]}")
            time.sleep(0.1)

    def kill(self) -> None:
        """As a power cut would: no handler runs, nothing is flushed."""
        self.process.signal(signal.SIGKILL)
        while self.process.exit_code is None:
            time.sleep(0.01)

    def _answers(self) -> bool:
        try:
            with local_opener().open(f"{self.address}/_stcore/health", timeout=1) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    running = App(tmp_path)
    running.start()
    yield running
    running.process.stop()


def begin_a_walk(app: App, page: Page) -> None:
    """Through the home page to a stop with a chart."""
    page.goto(app.address)
    page.get_by_role("button", name="Start the morning walk").click()
    page.locator(".st-key-rail").get_by_role("button", name=re.compile("Front door")).click()
    chart(page).wait_for(timeout=PATIENCE)
    expect(page.locator(".st-key-gathering")).to_have_count(0, timeout=PATIENCE)


def chart(page: Page) -> Locator:
    page.wait_for_selector(".mv-drawn .xtick text", timeout=PATIENCE)
    return page.locator(".mv-target").first


def margin(page: Page) -> Locator:
    return page.locator(".st-key-margin")


def say(page: Page, text: str) -> None:
    """Write about the whole stop, in the margin."""
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(text)
    box.press("Enter")
    expect(margin(page).get_by_text(text)).to_be_visible(timeout=PATIENCE)


def test_a_notice_that_was_acknowledged_outlives_kill_9(
    app: App, browser_page: Page, new_page: Callable[..., Page]
) -> None:
    """Killed the moment the line says *Saved*. The page that was open comes back by itself, and one can go on."""
    page = browser_page
    begin_a_walk(app, page)
    drag(page, chart(page), 0.4, 0.7)
    page.locator(LINE).fill("kept before the lights went out")
    page.locator(LINE).press("Enter")
    # It shows for less than a second, and stands there hidden from then on.
    expect(page.locator(".mv-status").first).to_have_text("Saved", timeout=PATIENCE)
    app.kill()
    app.start()

    fresh = new_page()
    fresh.goto(page.url)
    expect(margin(fresh).get_by_text("kept before the lights went out")).to_be_visible(timeout=PATIENCE)
    expect(fresh.locator(".mv-stretch")).to_have_count(1)

    expect(page.locator("[data-test-connection-state=CONNECTED]")).to_be_visible(timeout=PATIENCE)
    expect(margin(page).get_by_text("kept before the lights went out")).to_be_visible(timeout=PATIENCE)
    rest(page)
    drag(page, chart(page), 0.1, 0.2)
    write(page, "and on we go")
    expect(margin(fresh).get_by_text("and on we go")).to_be_visible(timeout=PATIENCE)


def test_a_notice_that_is_written_while_the_app_is_away_arrives_once(app: App, browser_page: Page) -> None:
    """Enter is pressed into the void; nobody presses it again."""
    page = browser_page
    begin_a_walk(app, page)
    drag(page, chart(page), 0.4, 0.7)
    page.locator(LINE).fill("written into the void")
    app.kill()
    page.locator(LINE).press("Enter")
    expect(page.locator(".mv-status").first).to_have_text("Saving …")
    app.start()
    expect(page.locator("[data-test-connection-state=CONNECTED]")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".mv-status").first).to_have_text("Saved", timeout=PATIENCE)
    expect(margin(page).get_by_text("written into the void")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(LINE)).to_have_count(0, timeout=PATIENCE)
    page.reload()
    expect(margin(page).get_by_text("written into the void")).to_have_count(1, timeout=PATIENCE)
    expect(page.locator(".mv-stretch")).to_have_count(1)


def test_half_a_sentence_about_the_stop_outlives_a_reload(app: App, browser_page: Page) -> None:
    """It is there again as long as it was not sent; once it was, the box is empty."""
    page = browser_page
    begin_a_walk(app, page)
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill("half a sen")
    page.reload()
    expect(box).to_have_value("half a sen", timeout=PATIENCE)
    say(page, "half a sentence")
    page.reload()
    expect(margin(page).get_by_text("half a sentence")).to_have_count(1, timeout=PATIENCE)
    rest(page)
    expect(box).to_have_value("")


def test_what_was_said_in_the_margin_outlives_kill_9(app: App, browser_page: Page) -> None:
    """Killed the moment it stands in the margin."""
    begin_a_walk(app, browser_page)
    say(browser_page, "said in the margin")
    app.kill()
    app.start()
    browser_page.reload()
    expect(margin(browser_page).get_by_text("said in the margin")).to_be_visible(timeout=PATIENCE)


def test_a_teammates_notice_arrives_while_one_types(
    app: App, browser_page: Page, new_page: Callable[..., Page]
) -> None:
    """Words, caret and focus stay, in the line at the chart and in the margin's box; the notice is there soon."""
    page = browser_page
    begin_a_walk(app, page)
    mate = new_page(width=1200)
    remember(mate.context, "Tomás Reis")
    mate.goto(page.url)
    expect(mate.get_by_test_id("stChatInputTextArea")).to_be_visible(timeout=PATIENCE)

    drag(page, chart(page), 0.4, 0.7)
    line = page.locator(LINE)
    line.fill("half a thou")
    say(mate, "first from the other side")
    expect(margin(page).get_by_text("first from the other side")).to_be_visible(timeout=PATIENCE)
    expect(margin(page).get_by_text("Tomás Reis").first).to_be_visible()
    still_typing(line, "half a thou", "ght")
    line.press("Escape")

    box = page.get_by_test_id("stChatInputTextArea")
    box.fill("half a sen")
    box.focus()
    drag(mate, chart(mate), 0.2, 0.3)
    write(mate, "second, on the chart")
    expect(margin(page).get_by_text("second, on the chart")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".mv-stretch")).to_have_count(1)
    still_typing(box, "half a sen", "tence")
    box.press("Enter")
    expect(margin(mate).get_by_text("half a sentence")).to_be_visible(timeout=PATIENCE)


def still_typing(box: Locator, so_far: str, rest: str) -> None:
    """Where one was, one still is."""
    expect(box).to_have_value(so_far)
    expect(box).to_be_focused()
    box.page.keyboard.type(rest)
    expect(box).to_have_value(so_far + rest)
