"""Two large mornings compared in Chromium: from the click on the second card to the first stop that differs."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.result import Finding, Measured, Missing, Target
from tests.servers.app import OPEN, app
from tests.servers.fetch import MissingServer, chromium
from tests.servers.remembered import remember

SLOWEST_MS = 500
PATIENCE_MS = 120_000
AT_REST = "[data-testid=stApp][data-test-script-state=notRunning]"
CLICK_AND_WAIT = """(button) => new Promise(resolve => {
  const began = performance.now();
  button.click();
  const look = () => {
    const stop = document.querySelector('.mv-stop');
    if (stop && !stop.closest('[data-stale=true]')) resolve(performance.now() - began);
    else requestAnimationFrame(look);
  };
  look();
})"""


def measure(folder: Path, then: str, now: str, rounds: int, task: str) -> Iterator[Finding]:
    """Each round with a server of its own, which has compared nothing but two small mornings."""
    try:
        browser = chromium()
    except MissingServer as missing:
        yield Missing("two vistas compared in a browser", str(missing))
        return
    times = tuple(_first_stop(browser, folder, then, now) for _ in range(rounds))
    yield Measured(task, "first stop in the browser", times)
    name = "two vistas compared in the browser, to the first stop"
    yield Target(name, statistics.median(times) * 1000, "at most", SLOWEST_MS, "ms")


def _first_stop(installed: Path, folder: Path, then: str, now: str) -> float:
    command = ["env", f"VISTAS_DATA={folder}", *OPEN]
    with app(command) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=installed, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        remember(page.context, "Maya")
        page.set_default_timeout(PATIENCE_MS)
        _warm(page, address)
        page.get_by_role("link", name="Library").first.click()
        page.locator(f".st-key-compare-{then} button").click()
        page.get_by_text("with which morning?").wait_for()
        page.wait_for_selector(AT_REST)
        second = page.locator(f".st-key-compare-{now} button").element_handle()
        taken = float(page.evaluate(CLICK_AND_WAIT, second)) / 1000
        browser.close()
    return taken


def _warm(page: Page, address: str) -> None:
    """The recordings are compared: what is loaded the first time is loaded."""
    page.goto(f"{address}/library?routine=landscape")
    page.get_by_role("button", name="Compare with…").first.click()
    page.get_by_role("button", name="Compare with this one").first.click()
    page.locator(".mv-rest").wait_for(state="attached")
    page.wait_for_selector(AT_REST)
