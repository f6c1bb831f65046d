"""The pages for everybody: readable in light and dark, and walked from end to end by keyboard alone."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.gestures import LINE, PATIENCE, rest, write

APP = Path(__file__).parents[2] / "streamlit_app.py"
MANY_TABS = 60
FADED_IN = 120.0
"""Seconds after which nothing fades in any more, on a machine that does other things as well."""
WATCHED_TWICE = 5_000
"""Milliseconds in which a page has asked twice whether there is news."""
FAINT = """() => {
    const canvas = Object.assign(document.createElement('canvas'), {width: 1, height: 1});
    const brush = canvas.getContext('2d', {willReadFrequently: true});
    const rgba = (colour) => {
        brush.clearRect(0, 0, 1, 1);
        brush.fillStyle = colour;
        brush.fillRect(0, 0, 1, 1);
        const [red, green, blue, alpha] = brush.getImageData(0, 0, 1, 1).data;
        return [red, green, blue, alpha / 255];
    };
    const over = (top, below) => [0, 1, 2].map((at) => top[at] * top[3] + below[at] * (1 - top[3])).concat(1);
    const parent = (node) => node.assignedSlot ?? node.parentElement ?? node.getRootNode().host ?? null;
    const above = (node) => { const all = []; for (; node; node = parent(node)) all.push(node); return all; };
    const ground = (node) => above(node).reverse()
        .reduce((below, each) => over(rgba(getComputedStyle(each).backgroundColor), below), [255, 255, 255, 1]);
    const opacity = (node) => above(node)
        .reduce((so_far, each) => so_far * Number(getComputedStyle(each).opacity), 1);
    const luminance = (colour) => colour.slice(0, 3).map((part) => part / 255)
        .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
    const contrast = (one, other) => {
        const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
        return (light + 0.05) / (dark + 0.05);
    };
    const elements = function* (root) {
        for (const node of root.querySelectorAll('*')) {
            yield node;
            if (node.shadowRoot) yield* elements(node.shadowRoot);
        }
    };
    const says = (node) => [...node.childNodes].filter((each) => each.nodeType === Node.TEXT_NODE)
        .map((each) => each.data.trim()).join(' ').trim();
    const shown = (node) => node.checkVisibility({visibilityProperty: true})
        && node.getBoundingClientRect().width > 1;
    const exempt = (node) => node.closest('style, script, :disabled, [aria-disabled=true], [aria-hidden=true]');
    const read = [], faint = [];
    for (const node of elements(document.body)) {
        const text = says(node);
        if (!text || !shown(node) || exempt(node) || opacity(node) === 0) continue;
        const style = getComputedStyle(node);
        const colour = rgba(node instanceof SVGElement ? style.fill : style.color);
        colour[3] *= opacity(node);
        const below = ground(node);
        const ratio = contrast(over(colour, below), below);
        const size = parseFloat(style.fontSize);
        const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
        const needed = large || style.fontFamily.includes('Material Symbols') ? 3 : 4.5;
        read.push(text);
        const colours = [over(colour, below), below].map((each) => each.slice(0, 3).map(Math.round)).join(' on ');
        if (ratio < needed) faint.push(`${ratio.toFixed(2)} < ${needed}, ${colours}: ${text.slice(0, 60)}`);
    }
    return {read: read.length, faint: [...new Set(faint)]};
}"""
"""Every text on the page with its contrast to what lies under it (WCAG 2, 1.4.3), through shadow roots, too."""
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


def to_stop(name: str, drawn: str) -> Callable[[Page, str], None]:
    def go(page: Page, address: str) -> None:
        begin(page, address)
        page.locator(".st-key-rail").get_by_role("button", name=re.compile(name)).click()
        page.wait_for_selector(drawn, timeout=PATIENCE)

    return go


def to_replay(page: Page, address: str) -> None:
    to_home(page, address)
    page.get_by_role("button", name="Replay").first.click()
    expect(page.locator(".st-key-replaying")).to_be_visible(timeout=PATIENCE)
    page.wait_for_selector(".st-key-margin [data-testid=stText]", timeout=PATIENCE)


def to_wrap_up(page: Page, address: str) -> None:
    begin(page, address)
    page.get_by_test_id("stChatInputTextArea").fill("a quiet one")
    page.get_by_test_id("stChatInputTextArea").press("Enter")
    expect(page.locator(".st-key-margin").get_by_text("a quiet one")).to_be_visible(timeout=PATIENCE)
    page.goto(page.url.replace("/walk", "/wrap-up"))
    expect(page.get_by_text("a quiet one").first).to_be_visible(timeout=PATIENCE)


def to_library(page: Page, address: str) -> None:
    page.goto(f"{address}/library")
    expect(page.locator("[class*=st-key-card-found-]").first).to_be_visible(timeout=PATIENCE)


def to_sources(page: Page, address: str) -> None:
    page.goto(f"{address}/sources")
    expect(page.get_by_text("responding").first).to_be_visible(timeout=PATIENCE)


PAGES = {
    "home": to_home,
    "chart": to_stop("Front door", ".mv-drawn .xtick text"),
    "table": to_stop("Workloads", "tbody tr"),
    "replay": to_replay,
    "wrap-up": to_wrap_up,
    "library": to_library,
    "sources": to_sources,
}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_every_text_stands_out_from_what_lies_under_it(
    name: str, *, dark: bool, address: str, new_page: Callable[..., Page]
) -> None:
    """AA: 4.5 to 1 for text, 3 to 1 for large text and icons."""
    page = new_page(dark=dark, name="Maya")
    PAGES[name](page, address)
    rest(page)
    seen = page.evaluate(FAINT)
    ends = time.monotonic() + FADED_IN
    while seen["faint"] and time.monotonic() < ends:
        page.wait_for_timeout(200)
        seen = page.evaluate(FAINT)
    assert seen["read"] > 10
    assert "\n".join(seen["faint"]) == ""


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
    PAGES["chart"](page, address)
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
