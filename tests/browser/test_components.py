"""The one gesture, in a real browser: mark, type, Enter; with others writing meanwhile, by pointer and by keys."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.gestures import LINE, begin, drag, place_of, words_of, write

STAGE = Path(__file__).parent / "component_stage.py"
SHOWN = 25
"""Rows of a long table that are drawn at first."""


@pytest.fixture
def stage(app_server: Callable[..., str], browser_page: Page) -> Callable[..., Page]:
    """Opens the stage with the looks one names, under a name of its own."""
    name = uuid4().hex

    def open_stage(looks: str, *, page: Page | None = None, more: str = "") -> Page:
        shown = page or browser_page
        shown.goto(f"{app_server(STAGE)}/?stage={name}&looks={looks}{more}")
        shown.wait_for_selector(".mv-drawn .xtick text, tbody tr, .mv-tile")
        return shown

    return open_stage


def notices(page: Page, count: int) -> list[dict]:
    """What the server has, once it has so many."""
    texts = page.get_by_test_id("stText").filter(has_text='"anchor"')
    expect(texts).to_have_count(count)
    return [json.loads(text) for text in texts.all_inner_texts()]


def test_a_drag_a_line_and_enter_leave_a_notice_on_the_stretch(stage):
    """The line is focused at once, the notice names look, source and time, and is drawn with its number."""
    page = stage("rate")
    drag(page, page.locator(".mv-target"), 0.5, 0.75, row=0.1)
    expect(page.locator(".mv-where-text")).to_have_text("All series, 20:00 \N{EN DASH} 02:00")
    write(page, "a quiet evening")
    (notice,) = notices(page, 1)
    assert notice["text"] == "a quiet evening"
    assert notice["kind"] == "noticed"
    anchor = notice["anchor"]
    assert (anchor["look"], anchor["source"], anchor["series"]) == ("rate", "prometheus", [])
    assert re.match(r"2026-11-22T(19:5|20:0)", anchor["start"])
    assert re.match(r"2026-11-23T0(1:5|2:0)", anchor["end"])
    expect(page.locator(".mv-dot")).to_have_text("1")
    expect(page.locator(".mv-stretch")).to_have_count(1)


def test_a_kind_is_chosen_by_a_click_and_goes_along(stage):
    """The four kinds stand above the line; one click chooses, and typing goes on."""
    page = stage("rate")
    drag(page, page.locator(".mv-target"), 0.2, 0.3)
    page.get_by_label("surprised").click()
    expect(page.locator(LINE)).to_be_focused()
    page.keyboard.type("never seen that")
    page.keyboard.press("Enter")
    (notice,) = notices(page, 1)
    assert notice["kind"] == "surprised"


def test_a_click_on_a_bare_line_names_that_series_at_that_moment(stage):
    """Lines without markers can be clicked, too; the anchor carries the series' labels."""
    page = stage("rate")
    box = place_of(page.locator(".mv-target"))
    label = place_of(page.locator(".mv-label", has_text="api-gateway"))
    page.mouse.click(box["x"] + box["width"] - 3, label["y"] + label["height"] / 2)
    expect(page.locator(".mv-where-text")).to_contain_text("api-gateway, ")
    write(page, "here it ends")
    anchor = notices(page, 1)[0]["anchor"]
    assert anchor["series"] == [{"job": "ingress", "service": "api-gateway"}]
    assert anchor["start"] == anchor["end"]


def test_a_tall_drag_takes_only_the_series_inside_the_box(stage):
    """A box around the lowest lines leaves the highest one out."""
    page = stage("rate")
    drag(page, page.locator(".mv-target"), 0.2, 0.3, row=0.99, to_row=0.5)
    write(page, "these three")
    named = {labels["service"] for labels in notices(page, 1)[0]["anchor"]["series"]}
    assert "api-gateway" not in named
    assert len(named) >= 2


def test_typed_words_stay_while_somebody_else_writes(stage, new_page):
    """Another browser's notice arrives: words, caret, focus and zoom are untouched, and its number appears."""
    page = stage("rate")
    drag(page, page.locator(".mv-target"), 0.5, 0.7)
    line = page.locator(LINE)
    line.fill("half a thou")
    other = new_page(width=1200)
    stage("rate", page=other)
    other.get_by_role("button", name="another writes").click()
    expect(page.locator(".mv-dot")).to_have_count(1)
    expect(line).to_have_value("half a thou")
    expect(line).to_be_focused()
    page.keyboard.type("ght")
    expect(line).to_have_value("half a thought")
    line.press("Enter")
    expect(page.locator(".mv-dot")).to_have_count(2)


def test_what_the_server_refuses_stays_in_the_line_with_the_reason(stage):
    """Nothing is called saved that was not; the words can be sent again."""
    page = stage("rate")
    drag(page, page.locator(".mv-target"), 0.5, 0.7)
    page.locator(LINE).fill("refuse this")
    page.locator(LINE).press("Enter")
    expect(page.locator(".mv-status")).to_contain_text("The disk is full.")
    expect(page.locator(LINE)).to_have_value("refuse this")
    write(page, "keep this")
    assert [notice["text"] for notice in notices(page, 1)] == ["keep this"]


def test_words_that_look_like_a_secret_are_asked_about_and_stay_in_the_line(stage):
    """*Edit* leads back to them; what is kept is what was written."""
    page = stage("rate")
    drag(page, page.locator(".mv-target"), 0.5, 0.7)
    line = page.locator(LINE)
    line.fill("password=Hunter2-correct")
    line.press("Enter")
    expect(page.locator(".mv-status")).to_contain_text("This looks like a password. Save it anyway?")
    expect(page.get_by_role("button", name="Edit")).to_be_focused()
    page.keyboard.press("Enter")
    expect(line).to_be_focused()
    expect(page.get_by_role("button", name="Save anyway")).to_be_hidden()
    page.keyboard.type(", says the wiki")
    line.press("Enter")
    page.get_by_role("button", name="Save anyway").click()
    assert [notice["text"] for notice in notices(page, 1)] == ["password=Hunter2-correct, says the wiki"]


def test_escape_puts_the_line_away_and_the_words_come_back(stage):
    """Escape clears the selection; words typed are still there at the next place."""
    page = stage("rate")
    drag(page, page.locator(".mv-target"), 0.5, 0.7)
    page.locator(LINE).fill("not yet")
    page.locator(LINE).press("Escape")
    expect(page.locator(LINE)).to_have_count(0)
    expect(page.locator(".mv-selection")).to_have_count(0)
    expect(page.locator(".mv-target")).to_be_focused()
    drag(page, page.locator(".mv-target"), 0.1, 0.3)
    expect(page.locator(LINE)).to_have_value("not yet")


@pytest.mark.parametrize("look", ["rate", "pods", "log", "tiles", "bars"])
def test_half_a_notice_outlives_a_reload(stage, look):
    """Words, kind and place are as they were; what is then kept hangs on what it was begun on."""
    page = stage(look)
    begin(page, look)
    page.get_by_label("surprised").click()
    page.locator(LINE).fill("half a thou")
    where = page.locator(".mv-where-text").inner_text()
    page.reload()
    line = page.locator(LINE)
    expect(line).to_have_value("half a thou")
    expect(page.locator(".mv-where-text")).to_have_text(where)
    line.fill("half a thought")
    line.press("Enter")
    (notice,) = notices(page, 1)
    assert (notice["text"], notice["kind"]) == ("half a thought", "surprised")
    expect(page.locator(LINE)).to_have_count(0)
    expect(page.locator(".mv-dot")).to_have_text("1")
    page.reload()
    expect(page.locator(".mv-dot")).to_have_text("1")
    expect(page.locator(LINE)).to_have_count(0)


def test_a_line_that_was_put_away_stays_away_after_a_reload_and_keeps_its_words(stage):
    page = stage("rate")
    begin(page, "rate")
    page.locator(LINE).fill("not yet")
    page.locator(LINE).press("Escape")
    page.reload()
    page.wait_for_selector(".mv-drawn .xtick text")
    expect(page.locator(LINE)).to_have_count(0)
    begin(page, "rate")
    expect(page.locator(LINE)).to_have_value("not yet")


def test_zoom_stays_when_notices_arrive_and_a_double_click_shows_all(stage):
    """Zooming belongs to the viewer."""
    page = stage("rate")
    ticks = page.locator(".xtick text")
    drag(page, page.locator(".mv-target"), 0.5, 0.6)
    whole = words_of(ticks)
    page.get_by_role("button", name="Zoom in").click()
    expect(page.get_by_role("button", name="Show all")).to_be_visible()
    expect(ticks).not_to_have_text(whole)
    zoomed = words_of(ticks)
    page.get_by_role("button", name="another writes").click()
    notices(page, 1)
    expect(ticks).to_have_text(zoomed)
    page.locator(".mv-target").dblclick()
    expect(page.get_by_role("button", name="Show all")).to_be_hidden()
    expect(ticks).to_have_text(whole)
    expect(page.locator(LINE)).to_have_count(0)


def test_a_stretch_is_marked_by_keyboard_alone(stage):
    """Arrows move and speak, Shift extends, Enter writes, Enter saves; focus comes back to the chart."""
    page = stage("rate")
    chart = page.locator(".mv-target")
    chart.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".mv-chart > [aria-live]")).to_contain_text("api-gateway")
    for _ in range(5):
        page.keyboard.press("Shift+PageUp")
    expect(page.locator(".mv-chart > [aria-live]")).to_contain_text("marked")
    page.keyboard.press("Enter")
    write(page, "by keys alone")
    anchor = notices(page, 1)[0]["anchor"]
    assert anchor["start"] < anchor["end"]
    expect(chart).to_be_focused()


def test_the_chart_says_itself_to_those_who_do_not_see_it(stage):
    """A name in a sentence, and every series in words."""
    page = stage("rate")
    said = re.compile(re.escape("Requests a second. 4 series"))
    expect(page.locator(".mv-target")).to_have_attribute("aria-label", said)
    expect(page.locator(".mv-chart li").first).to_contain_text("highest")


def test_times_are_the_viewers_not_the_browsers(stage):
    """The browser is in New York, the viewer's zone is Lisbon: midnight UTC is midnight there."""
    page = stage("rate")
    expect(page.locator(".xtick text", has_text="Mon 23 Nov")).to_have_count(1)
    box = place_of(page.locator(".mv-target"))
    page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + 10)
    expect(page.locator(".mv-tip-time")).to_have_text("02:00")


def test_dates_are_written_by_the_viewers_clock(stage):
    """Along the axis and where one points; a date in UTC would say so."""
    page = stage("dates")
    date = re.compile(r"^\d{1,2} [A-Z][a-z]{2} \d{4}, \d\d:\d\d$")
    expect(page.locator(".ytick text").first).to_have_text(date)
    assert all(date.match(text) for text in page.locator(".ytick text").all_text_contents())
    box = place_of(page.locator(".mv-target"))
    page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + 10)
    expect(page.locator(".mv-tip-row b")).to_have_text(date)


def test_nothing_from_a_tool_becomes_html(stage):
    """Series names, cells, patterns and samples are text wherever they show."""
    page = stage("rate,pods,log,tiles,bars")
    page.wait_for_selector(".mv-tile")
    page.get_by_role("button", name="show a line").first.click()
    expect(page.locator(".mv-root img")).to_have_count(0)
    expect(page.locator(".mv-root b", has_text=re.compile("^bold$"))).to_have_count(0)
    assert page.evaluate("window.hurt") is None
    expect(page.locator(".mv-label", has_text="onerror")).to_have_count(1)


def test_a_row_is_marked_by_a_click_and_by_keyboard(stage):
    """The anchor names the row by its key; the number stands beside it also after sorting."""
    page = stage("pods")
    page.locator("tbody tr", has_text="pod-0003").get_by_text("pod-0003").click()
    expect(page.locator(".mv-where-text")).to_have_text("shop / pod-0003")
    write(page, "again this one")
    (notice,) = notices(page, 1)
    assert notice["anchor"]["key"] == {"namespace": "shop", "name": "pod-0003"}
    expect(page.locator("tbody tr", has_text="pod-0003").locator(".mv-dot")).to_have_text("1")
    page.get_by_role("button", name="Name", exact=True).click()
    expect(page.get_by_role("columnheader", name="Name", exact=True)).to_have_attribute("aria-sort", "ascending")
    page.locator("tbody tr").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("tbody tr").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    write(page, "by keyboard")
    assert notices(page, 2)[1]["anchor"]["key"]["name"] == "pod-0001"


def test_sorting_is_by_number_and_time_and_is_announced(stage):
    """Numbers as numbers, highest first; once more turns it round; empty cells last."""
    page = stage("pods")
    header = page.locator("th", has_text="Restarts").first
    restarts = page.locator("tbody tr td:nth-child(5)")
    for order, all_of_them in (("descending", "22"), ("ascending", "0")):
        header.get_by_role("button").click()
        expect(header).to_have_attribute("aria-sort", order)
        expect(restarts).to_have_text([all_of_them] * SHOWN)


def test_five_thousand_rows_filter_quickly_and_few_are_in_the_page(stage):
    """The page holds a window of the rows; the filter looks in all of them."""
    page = stage("pods")
    expect(page.locator("tbody tr")).to_have_count(SHOWN)
    page.get_by_placeholder("Filter").fill("pod-4321")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_placeholder("Filter").fill("")
    page.get_by_role("button", name="Show all 5,000").click()
    expect(page.locator("tbody tr").nth(SHOWN)).to_be_attached()
    assert page.locator("tbody tr").count() <= 400


def test_a_log_pattern_is_marked(stage):
    page = stage("log")
    page.locator("tbody tr").first.locator("code").first.click()
    write(page, "the parser's upstream")
    anchor = notices(page, 1)[0]["anchor"]
    assert anchor["pattern"].startswith("<time> [error] connect() failed")
    expect(page.locator("tbody tr").first.locator(".mv-dot")).to_have_text("1")


def test_numbers_and_bars_are_marked_by_their_labels(stage):
    page = stage("tiles,bars")
    page.wait_for_selector("tbody tr")
    page.locator(".mv-tile-face").first.click()
    write(page, "steady")
    page.locator("tbody tr", has_text="search").click(position={"x": 120, "y": 12})
    write(page, "low")
    first, second = (notice["anchor"] for notice in notices(page, 2))
    assert (first["look"], first["series"]) == ("tiles", [{"service": "api-gateway"}])
    assert (second["look"], second["series"]) == ("bars", [{"service": "search"}])


def test_panels_are_marked_one_by_one_or_together(stage):
    """A drag in one panel names its series; a drag over all panels is about all of them."""
    page = stage("requests")
    target = page.locator(".mv-target")
    drag(page, target, 0.7, 0.8, row=0.5)
    write(page, "turned away")
    drag(page, target, 0.7, 0.8, row=0.1, to_row=0.95)
    write(page, "all of it")
    one, both = (notice["anchor"]["series"] for notice in notices(page, 2))
    assert {"class": "5xx"} in one
    assert {"class": "2xx"} not in one
    assert both == []


def test_a_cell_of_a_heatmap_is_marked(stage):
    page = stage("latency")
    target = place_of(page.locator(".mv-target"))
    page.mouse.click(target["x"] + target["width"] * 0.75, target["y"] + target["height"] * 0.95)
    expect(page.locator(".mv-where-text")).to_contain_text("up to 10 ms")
    write(page, "the quick ones")
    anchor = notices(page, 1)[0]["anchor"]
    assert anchor["start"] < anchor["end"]


def test_charts_follow_the_theme_menu(stage, new_page):
    """Lines and labels are drawn in the colours of the mode the app shows."""
    light, dark = stage("rate"), stage("rate", page=new_page(dark=True))
    for drawn, way in ((".mv-label", "color"), (".js-line", "stroke")):
        colour = light.locator(drawn).first.evaluate("(node, way) => getComputedStyle(node)[way]", way)
        expect(dark.locator(drawn).first).not_to_have_css(way, colour)


def test_a_number_key_jumps_and_typing_a_number_does_not(stage):
    page = stage("tiles")
    page.locator(".mv-keys").wait_for(state="attached")
    page.keyboard.press("3")
    expect(page.get_by_text("jumped to 3")).to_be_visible()
    page.get_by_label("a box to type in").press("4")
    expect(page.get_by_label("a box to type in")).to_have_value("4")
    expect(page.get_by_text("jumped to 4")).to_have_count(0)
    page.get_by_label("a box to type in").blur()
    page.keyboard.press("?")
    expect(page.locator("dialog.mv-help")).to_be_visible()


def test_a_replay_can_be_read_but_not_written_on(stage):
    page = stage("rate,pods", more="&replay=1")
    drag(page, page.locator(".mv-target"), 0.5, 0.7)
    page.locator("tbody tr").first.click()
    expect(page.locator(LINE)).to_have_count(0)


def test_new_data_that_overtake_a_call_keep_the_component(stage):
    """Streamlit cleans up after a call that was overtaken while it waited; what is drawn by then stays."""
    page = stage("tiles")
    said = page.evaluate("""async () => {
        const loaded = performance.getEntriesByType('resource').map((each) => each.name);
        const {living} = await import(loaded.find((name) => name.includes('/dom.js')));
        const element = document.createElement('div'), said = [];
        const begin = () => ({dispose: () => said.push('gone')});
        const call = (data) => living(element, 'it', begin, () => said.push(data));
        const overtaken = call('first'), newest = call('second');
        (await overtaken)();
        await newest;
        await call('third');
        said.push('unmounted');
        (await call('fourth'))();
        return said;
    }""")
    assert said == ["first", "second", "third", "unmounted", "fourth", "gone"]
