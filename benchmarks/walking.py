"""How long the app takes to start and to show its first page, beside an empty one, and a stop to be drawn.

A stop's time is from the click on the rail to its first chart, table or number, in Chromium.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.result import Finding, Measured, Missing, Target, in_turn, times_as_long
from benchmarks.wide_walk import POINTS, ROUTINE, SERIES, VISTA
from tests.servers.app import app
from tests.servers.fetch import MissingServer, chromium
from tests.servers.remembered import remember
from vistas.routine import Stop
from vistas.routine.file import find_routine

SLOWEST_START, SLOWEST_FIRST_PAGE, SLOWEST_STOP_MS = 1.5, 1.6, 300
WIDE_WALK = (sys.executable, "-m", "benchmarks.wide_walk")
HOME = "[class*=st-key-card-]"
DRAWN = ".mv-drawn .xtick text"
AT_REST = "[data-testid=stApp][data-test-script-state=notRunning]"
PATIENCE_MS = 120_000
CLICK_AND_WAIT = """([title, slug]) => new Promise(resolve => {
  const began = performance.now();
  const fresh = node => !node.closest('[data-stale=true]');
  [...document.querySelectorAll('.st-key-rail button')].find(node => node.textContent.includes(title)).click();
  const look = () => {
    const looks = [...document.querySelectorAll(`[class*="st-key-look-${slug}-"]`)].filter(fresh);
    const drawn = looks.some(node => node.querySelector('.xtick text, tbody tr, .mv-tile'));
    if (drawn) resolve(performance.now() - began); else requestAnimationFrame(look);
  };
  look();
})"""


def measure(rounds: int, small: bool) -> list[Finding]:
    return [*_starts(rounds), *_first_pages(rounds), *_stops(1 if small else rounds, small=small)]


def _starts(rounds: int) -> Iterator[Finding]:
    """Until the server answers, and until an empty Streamlit app's does."""
    with _empty_app() as bare:
        seconds = in_turn(rounds, {"an empty Streamlit app": lambda: _start(bare), "vistas open": _start})
    empty, ours = (Measured("start, until it answers", name, taken) for name, taken in seconds.items())
    yield from (empty, ours)
    yield Target("start, of an empty app's", times_as_long(ours, empty), "at most", SLOWEST_START)


def _start(command: Sequence[str] | None = None) -> None:
    with app(command) if command else app():
        pass


@contextmanager
def _empty_app() -> Iterator[list[str]]:
    """The command that starts it."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "empty.py"
        script.write_text("import streamlit as st\nst.write('empty')\n", encoding="utf-8")
        flags = ["--server.headless=true", "--server.fileWatcherType=none", "--browser.gatherUsageStats=false"]
        yield [sys.executable, str(Path(__file__).with_name("bare.py")), str(script), *flags]


def _first_pages(rounds: int) -> Iterator[Finding]:
    """From the command to what the first page shows, in a browser that has nothing in its cache."""
    try:
        browser = chromium()
    except MissingServer as missing:
        yield Missing("first pages in a browser", str(missing))
        return
    with _empty_app() as bare:
        empty_page = partial(_first_page, browser, "text=empty", bare)
        contenders = {"an empty Streamlit app": empty_page, "vistas open": partial(_first_page, browser, HOME)}
        seconds = in_turn(rounds, contenders)
    empty, ours = (Measured("from the command to the first page", name, taken) for name, taken in seconds.items())
    yield from (empty, ours)
    yield Target("first page, of an empty app's", times_as_long(ours, empty), "at most", SLOWEST_FIRST_PAGE)


def _first_page(installed: Path, shows: str, command: Sequence[str] | None = None) -> None:
    with _page(installed, command) as (page, address):
        page.goto(address)
        page.wait_for_selector(shows)


def _stops(rounds: int, *, small: bool) -> Iterator[Finding]:
    try:
        browser = chromium()
    except MissingServer as missing:
        yield Missing("stops in a browser", str(missing))
        return
    wide, recorded = ROUTINE.stops, find_routine("landscape").stops
    task, name = "a stop, from the click to its drawing", f"{SERIES} series × {POINTS} points"
    with _page(browser, WIDE_WALK) as (page, address):
        page.goto(f"{address}/walk?vista={VISTA}")
        times = _stop_times(page, wide[:2] if small else wide, rounds)
    yield Measured(task, name, times)
    yield Target(f"{task}, {name}", statistics.median(times) * 1000, "at most", SLOWEST_STOP_MS, "ms")
    with _page(browser) as (page, address):
        page.goto(address)
        page.get_by_role("button", name="Start the morning walk").click()
        yield Measured(task, "the bundled morning", _stop_times(page, recorded[:2] if small else recorded, rounds))


@contextmanager
def _page(installed: Path, command: Sequence[str] | None = None) -> Iterator[tuple[Page, str]]:
    with app(command) if command else app() as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=installed, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        remember(page.context, "Maya")
        page.set_default_timeout(PATIENCE_MS)
        yield page, address
        browser.close()


def _stop_times(page: Page, stops: Sequence[Stop], rounds: int) -> tuple[float, ...]:
    """Seconds of every stop, as often as there are rounds; the first is where one stands already."""
    page.wait_for_selector(DRAWN)
    page.wait_for_timeout(2000)
    times = []
    for stop in [*stops[1:], stops[0]] * rounds:
        page.wait_for_selector(AT_REST)
        times.append(float(page.evaluate(CLICK_AND_WAIT, [stop.title, stop.stop])) / 1000)
        page.wait_for_timeout(1000)
    return tuple(times)
