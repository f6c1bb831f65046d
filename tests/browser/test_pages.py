"""A morning walked from end to end by keyboard alone, and by somebody whom the browser knows."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.gestures import LINE, PATIENCE, rest, write

APP = Path(__file__).parents[2] / "streamlit_app.py"
MANY_TABS = 60
WATCHED_TWICE = 5_000
"""Milliseconds in which a page has asked twice whether there is news."""
FOCUSED = """() => {
    let node = document.activeElement;
    while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
    const said = node?.getAttribute('aria-label') || node?.innerText || '';
    return [node?.tagName ?? '', node?.className?.toString() ?? '', said.trim()];
}"""
"""Tag, classes and words of what has the focus."""


@pytest.fixture(scope="module")
def address(app_server: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The app on its recordings, with a library of its own."""
    home = tmp_path_factory.mktemp("pages")
    settings = home / "vistas.toml"
    settings.write_text(f'person = "Maya"\nteam = "Shop"\ndata = "{home}/data"\n')
    return app_server(APP, env={"VISTAS_CONFIG": str(settings)})


def begin(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Start the morning walk").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("ringing", timeout=PATIENCE)
    expect(page.locator(".st-key-gathering")).to_have_count(0, timeout=PATIENCE)


def to_home(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("[class*=st-key-card-]").first).to_be_visible(timeout=PATIENCE)


def tab_to(page: Page, wanted: Callable[[str, str, str], bool], *, key: str = "Tab") -> None:
    """From where one is to the next place that is `wanted`; the keyboard must get there."""
    passed = []
    for _ in range(MANY_TABS):
        page.keyboard.press(key)
        tag, classes, said = page.evaluate(FOCUSED)
        if wanted(tag, classes, said):
            return
        passed.append(f"{tag} {said[:30]}")
    pytest.fail(f"the keyboard does not get there, it came by {passed}")


def test_a_morning_is_walked_by_keyboard_alone(address: str, browser_page: Page) -> None:
    """Start, jump to a stop, mark, type, go on with the arrow, ask which keys there are: no pointer anywhere."""
    page = browser_page
    to_home(page, address)
    tab_to(page, lambda tag, _, said: tag == "BUTTON" and "Start the morning walk" in said)
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("ringing", timeout=PATIENCE)
    expect(page.locator(".st-key-gathering")).to_have_count(0, timeout=PATIENCE)
    page.locator(".mv-keys").wait_for(state="attached", timeout=PATIENCE)
    rest(page)

    page.keyboard.press("2")
    expect(heading).to_contain_text("Who is calling", timeout=PATIENCE)
    page.wait_for_selector(".mv-drawn .xtick text", timeout=PATIENCE)
    rest(page)
    tab_to(page, lambda _, classes, __: "mv-target" in classes)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+PageUp")
    page.keyboard.press("Enter")
    write(page, "by keys, 3 of them")
    expect(page.locator(".st-key-margin").get_by_text("by keys, 3 of them")).to_be_visible(timeout=PATIENCE)
    expect(heading).to_contain_text("Who is calling")

    tab_to(page, lambda tag, _, __: tag == "BUTTON")
    page.keyboard.press("ArrowRight")
    expect(heading).to_contain_text("Whom do we fail", timeout=PATIENCE)
    rest(page)
    page.keyboard.press("ArrowLeft")
    expect(heading).to_contain_text("Who is calling", timeout=PATIENCE)
    rest(page)

    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_hidden()


def test_stop_one_comes_to_is_drawn_once(address: str, browser_page: Page) -> None:
    """That one came is a change to the vista, and no reason to draw it all again."""
    page = browser_page
    told: list[str | bytes] = []

    def hear(frame: str | bytes) -> None:
        told.append(frame)

    page.on("websocket", lambda socket: socket.on("framereceived", hear))
    begin(page, address)
    rest(page)
    told.clear()
    page.keyboard.press("2")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Who is calling", timeout=PATIENCE)
    page.wait_for_selector(".mv-drawn .xtick text", timeout=PATIENCE)
    rest(page)
    page.wait_for_timeout(WATCHED_TWICE)
    assert sum(b"Who is calling" in frame for frame in told if isinstance(frame, bytes)) == 1


def test_a_name_is_known_from_the_first_run_on(address: str, new_page: Callable[..., Page]) -> None:
    """In every later visit, and on every page, whatever it is written with; until it is taken back."""
    page = new_page()
    said = 'Tomás; "Reis" = 50 %'

    def say(name: str) -> None:
        page.get_by_role("textbox", name="Your name").fill(name)
        page.keyboard.press("Enter")

    to_home(page, address)
    rest(page)
    page.locator(".st-key-who button").click()
    say(said)
    expect(page.get_by_role("heading", level=1)).to_contain_text(said, timeout=PATIENCE)
    rest(page)
    again = page.context.new_page()
    told: list[bytes] = []
    again.on("websocket", lambda line: line.on("framereceived", lambda frame: told.append(bytes(frame))))
    again.goto(f"{address}/")
    expect(again.get_by_role("heading", level=1)).to_contain_text(said, timeout=PATIENCE)
    rest(again)
    assert sum(b"Good " in frame for frame in told) == 1
    say("")
    expect(page.get_by_role("heading", level=1)).not_to_contain_text(said, timeout=PATIENCE)
    rest(page)
    again.reload()
    expect(again.get_by_role("heading", level=1)).to_be_visible(timeout=PATIENCE)
    expect(again.get_by_role("heading", level=1)).not_to_contain_text(said)


def test_keys_that_are_typed_are_words(address: str, browser_page: Page) -> None:
    """In the line and in the margin's box, arrows, digits and question marks are left to the text."""
    page = browser_page
    begin(page, address)
    page.locator(".st-key-rail").get_by_role("button", name=re.compile("Front door")).click()
    page.wait_for_selector(".mv-drawn .xtick text", timeout=PATIENCE)
    rest(page)
    heading = page.get_by_role("heading", level=1)
    question = heading.inner_text()
    box = page.get_by_test_id("stChatInputTextArea")
    box.focus()
    page.keyboard.type("3 of 8?")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    expect(box).to_have_value("3 of 8?")
    page.locator(".mv-target").first.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(page.locator(LINE)).to_be_focused()
    page.keyboard.type("4 more?")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(LINE)).to_have_value("4 more?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_hidden()
    expect(heading).to_have_text(question)
