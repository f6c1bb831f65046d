"""One Chromium a file of tests, and one Streamlit server a script.

- `app_server("path/to/script.py", env={…})` gives its address; the server is shared by every test that names the
  same script and environment, and stopped at the end of the run.
- `browser_page` is a fresh page (so a fresh Streamlit session), 1440 by 900, in light, with the file's browser
  cache, and remembers Maya; `new_page(width=…, dark=True)` makes one in a browser context of its own, which knows
  nobody unless a name is given. What a page's scripts raise fails the test.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.gestures import PATIENCE
from tests.servers import fetch
from tests.servers.ports import free_port
from tests.servers.process import Process
from tests.servers.remembered import remember

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
READY_WITHIN = 120.0
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Gone with the file: while its driver runs, this thread can run no other event loop."""
    try:
        installed = fetch.chromium()
    except fetch.MissingServer as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(str(missing))
        pytest.skip(str(missing))
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=installed, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def app_server() -> Iterator[Callable[..., str]]:
    running: dict[tuple[str, ...], tuple[Process, str]] = {}
    home = Path(tempfile.mkdtemp(prefix="morning-vistas-app-"))

    def serve(script: Path | str, *, env: dict[str, str] | None = None, folder: Path = ROOT) -> str:
        """Its address; it is started from a folder."""
        key = (str(script), str(folder), *(f"{name}={value}" for name, value in sorted((env or {}).items())))
        if key not in running:
            running[key] = _start(Path(script), env or {}, home / f"server-{len(running)}.log", folder)
        return running[key][1]

    yield serve
    for process, _ in running.values():
        process.stop()
    shutil.rmtree(home, ignore_errors=True)


def _start(script: Path, env: dict[str, str], log: Path, folder: Path) -> tuple[Process, str]:
    port = free_port()
    settings = {"server.port": port, "server.address": "127.0.0.1", "server.headless": "true"}
    flags = [f"--{name}={value}" for name, value in {**settings, "server.fileWatcherType": "none"}.items()]
    said = [
        f"{name}={value}" for name, value in {"PYTHONPATH": str(ROOT), "VISTAS_SAMPLES": "false", **env}.items()
    ]
    command = ["env", *said, sys.executable, "-m", "streamlit", "run", str(script), *flags]
    process = Process([shutil.which("env") or "/usr/bin/env", *command[1:]], log_file=log, directory=folder)
    address = f"http://127.0.0.1:{port}"
    ends = time.monotonic() + READY_WITHIN
    while not _answers(f"{address}/_stcore/health"):
        if process.exit_code is not None or time.monotonic() > ends:
            process.stop()
            pytest.fail(f"the app did not start:\n{log.read_text()[-2000:]}")
        time.sleep(0.1)
    return process, address


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1) as answer:
            return answer.status == 200
    except OSError:
        return False


def _context(
    browser: Browser, *, width: int = 1440, height: int = 900, dark: bool = False, name: str = ""
) -> BrowserContext:
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        timezone_id="America/New_York",
    )
    if name:
        remember(context, name)
    return context


@pytest.fixture(scope="module")
def shared_context(chromium: Browser) -> Iterator[BrowserContext]:
    """What one test's page has loaded, the next one's need not load again."""
    context = _context(chromium, name="Maya")
    yield context
    context.close()


@pytest.fixture
def trouble() -> Iterator[list[str]]:
    """What the pages' scripts raised; at the end of a test there is none."""
    raised: list[str] = []
    yield raised
    assert not raised, raised


@pytest.fixture
def new_page(chromium: Browser, trouble: list[str]) -> Iterator[Callable[..., Page]]:
    contexts = []

    def page(*, width: int = 1440, height: int = 900, dark: bool = False, name: str = "") -> Page:
        contexts.append(_context(chromium, width=width, height=height, dark=dark, name=name))
        return _watched(contexts[-1].new_page(), trouble)

    yield page
    for context in contexts:
        context.close()


@pytest.fixture
def browser_page(shared_context: BrowserContext, trouble: list[str]) -> Iterator[Page]:
    page = _watched(shared_context.new_page(), trouble)
    yield page
    page.close()


def _watched(page: Page, trouble: list[str]) -> Page:
    page.set_default_timeout(PATIENCE)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    return page
