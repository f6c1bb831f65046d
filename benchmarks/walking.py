"""How long the app takes to start, and a stop to be drawn: `.venv/bin/python benchmarks/walking.py`.

Start: the median of several, beside an empty Streamlit app started in turn. Stop: from the click on the rail to
the first chart, table or number of the stop, in Chromium on the bundled recordings, each stop three times.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.servers.app import app
from vistas.routine import Routine
from vistas.routine_file import find_routine

ROUNDS = 5
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


def start_times() -> tuple[float, float]:
    """Median seconds until an empty app answers, and until ours does."""
    empty, ours = [], []
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "empty.py"
        script.write_text("import streamlit as st\nst.write('empty')\n")
        flags = ["--server.headless=true", "--server.fileWatcherType=none", "--browser.gatherUsageStats=false"]
        bare = [sys.executable, str(Path(__file__).with_name("bare.py")), str(script), *flags]
        for _ in range(ROUNDS):
            for command, seconds in ((bare, empty), (None, ours)):
                began = time.perf_counter()
                with app(command) if command else app():
                    seconds.append(time.perf_counter() - began)
    return statistics.median(empty), statistics.median(ours)


def stop_times(page: Page, routine: Routine) -> list[float]:
    """Milliseconds from a click on the rail to the stop's first drawing."""
    page.get_by_role("button", name="Start the morning walk").click()
    page.wait_for_selector(".xtick text")
    page.wait_for_timeout(2000)
    times = []
    for _ in range(3):
        for stop in [*routine.stops[1:], routine.stops[0]]:
            times.append(float(page.evaluate(CLICK_AND_WAIT, [stop.title, stop.stop])))
            page.wait_for_timeout(1000)
    return times


def main() -> None:
    empty, ours = start_times()
    print(f"start   empty {empty:.2f} s   ours {ours:.2f} s   ratio {ours / empty:.2f}")
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or "chromium"
    with app() as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(address)
        times = stop_times(page, find_routine("landscape"))
        browser.close()
    print(f"stop    median {statistics.median(times):.0f} ms   slowest {max(times):.0f} ms   of {len(times)}")


if __name__ == "__main__":
    main()
