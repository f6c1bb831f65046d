"""A routine recorded from nothing, on a live Prometheus and a live API server, then saved and walked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import findings
from tests.browser.contrast import faint
from tests.browser.gestures import place_of, rest
from tests.servers.fixtures import require
from tests.servers.landscape import Landscape, landscape

APP = Path(__file__).parents[2] / "streamlit_app.py"
METRIC = "nginx_ingress_controller_requests_total"
FIELD = ".cm-content"
POPUP = ".cm-tooltip-autocomplete"

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def shop() -> Iterator[Landscape]:
    require("prometheus", "etcd", "kube-apiserver", "nginx")
    with landscape() as found:
        yield found


@pytest.fixture
def page(browser_page: Page, app_server: Callable[..., str], shop: Landscape) -> Page:
    address = app_server(APP, env={"VISTAS_CONFIG": str(shop.settings)})
    browser_page.goto(f"{address}/record")
    expect(browser_page.locator(FIELD)).to_be_visible()
    rest(browser_page)
    return browser_page


def stops(page: Page) -> Locator:
    return page.locator("button.mv-stop-question")


def ask(page: Page, query: str) -> None:
    """As if it were pasted, and tried at once."""
    page.locator(FIELD).click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(query)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".st-key-record-keep")).to_be_visible()
    rest(page)


def keep(page: Page, question: str, why: str, number: int) -> None:
    page.get_by_label("What do you ask here?").fill(question)
    page.get_by_label("Why do you look here?").fill(why)
    page.get_by_role("button", name=f"Keep as stop {number}").click()
    expect(stops(page)).to_have_count(number)
    rest(page)


@pytest.mark.timeout(600)
def test_a_routine_recorded_from_nothing_is_saved_and_walked(page: Page) -> None:
    """A query with completion, an objects look; put in order by keys; the browser gone midway and back."""
    page.locator(FIELD).click()
    page.keyboard.type("sum by (status) (rate(nginx_ingress", delay=30)
    expect(page.locator(POPUP)).to_contain_text(METRIC)
    page.keyboard.press("Tab")
    page.keyboard.type("{sta", delay=30)
    expect(page.locator(POPUP).get_by_role("option").first).to_have_text("status")
    page.keyboard.press("Tab")
    page.keyboard.type('=~"50', delay=30)
    expect(page.locator(POPUP)).to_contain_text("502")
    page.keyboard.press("Escape")
    page.keyboard.type('."}[5m]))')
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text(re.compile("1 series · .* from prometheus"))).to_be_visible()
    keep(page, "Does everybody get an answer?", "An error here is somebody who was sent away.", 1)

    page.get_by_role("radio", name="Objects").click()
    rest(page)
    page.locator(".st-key-record-look button").click()
    expect(page.get_by_text(re.compile(r"\d+ rows? · .* from cluster"))).to_be_visible()
    page.get_by_label("What do you ask here?").fill("Who is restarting?")
    rest(page)

    page.reload()
    expect(stops(page)).to_have_text(["Does everybody get an answer?"])
    expect(page.get_by_label("What do you ask here?")).to_have_value("Who is restarting?")
    rest(page)
    keep(page, "Who is restarting?", "What restarts at night is ill by noon.", 2)

    stops(page).nth(1).focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(stops(page)).to_have_text(["Who is restarting?", "Does everybody get an answer?"])
    expect(page.locator(".mv-stops .mv-unseen")).to_have_text("Moved to 1 of 2.")
    rest(page)

    page.get_by_role("button", name="Save…").click()
    page.get_by_label("Title").fill("The night at the shop")
    page.get_by_label("What is it for?").fill("For whoever comes in first.")
    page.get_by_role("dialog").get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("The night at the shop, version 1")).to_be_visible()
    rest(page)
    page.get_by_role("button", name="Walk it").click()
    expect(page.get_by_role("heading", name="Who is restarting?")).to_be_visible()
    expect(page.locator("[class*=st-key-look-] tbody tr").first).to_be_visible()
    page.get_by_role("link", name="Back to recording").click()
    expect(stops(page)).to_have_text(["Who is restarting?", "Does everybody get an answer?"])


def test_stops_are_dragged_removed_and_brought_back(page: Page) -> None:
    for number, question in enumerate(("First?", "Second?", "Third?"), start=1):
        ask(page, f"up + {number}")
        keep(page, question, "To know.", number)
    ask(page, "node_load1")
    page.get_by_role("button", name="Not this one").click()
    expect(page.get_by_text("Left out: one look you tried and did not keep")).to_be_visible()
    rest(page)

    last = place_of(stops(page).nth(2))
    grip = place_of(page.locator(".mv-stop-grip").first)
    page.mouse.move(grip["x"] + 6, grip["y"] + 8)
    page.mouse.down()
    page.mouse.move(grip["x"] + 6, last["y"])
    page.mouse.move(grip["x"] + 6, last["y"] + 40)
    page.mouse.up()
    expect(stops(page)).to_have_text(["Second?", "Third?", "First?"])
    rest(page)
    page.get_by_role("button", name="Remove stop 2").click()
    expect(stops(page)).to_have_text(["Second?", "First?"])
    rest(page)
    page.get_by_role("button", name="Undo").click()
    expect(stops(page)).to_have_text(["Second?", "Third?", "First?"])
    rest(page)

    page.get_by_text("Left out: one look").click()
    page.get_by_role("button", name="Look again").click()
    expect(page.locator(FIELD)).to_have_text("node_load1")
    rest(page)
    assert findings(page) == []


def test_the_field_can_be_left_by_keys_and_read_in_light_and_dark(page: Page) -> None:
    ask(page, "this is wrong(")
    expect(page.get_by_text("refused", exact=True)).to_be_visible()
    field = page.locator(FIELD)
    field.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("nginx", delay=30)
    expect(page.locator(POPUP)).to_be_visible()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(300)
        assert faint(page) == [], scheme
    page.emulate_media(color_scheme="light")
    page.keyboard.press("Escape")
    expect(page.locator(POPUP)).to_have_count(0)
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Try it")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(field).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Try it")).to_be_focused()
