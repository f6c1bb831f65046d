"""The page opens anywhere, tells everything, and holds nothing that a stranger could make it do."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import polars as pl
import pytest
from hypothesis import given

from tests.strategies import vistas
from tests.vistas.sharing.making import (
    LOG,
    NODES,
    NOW,
    PODS,
    RATE,
    STRETCH,
    WINDOW,
    notice,
    objects,
    patterns,
    routine,
    series,
    snapshot,
    vista,
)
from vistas.requests.summary import SCHEMA
from vistas.routine import Drawing
from vistas.sharing import write_page
from vistas.snapshot import Frame, FrameKind, Gap, GapReason
from vistas.vista import Vista
from vistas.vista.notice import TableRow

EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)> {{ 7*7 }} {% raw %} \x00\x1b[31m\u202e'
VOID = {"meta", "link", "br", "img", "input", "hr"}
ALLOWED = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "header",
        "nav",
        "main",
        "section",
        "aside",
        "footer",
        "article",
    ),
    *("svg", "defs", "lineargradient", "stop", "rect", "circle", "path", "text"),
    *("h1", "h2", "h3", "p", "b", "ol", "li", "a", "span", "div", "details", "summary", "pre"),
    *("dl", "dt", "dd"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}


class Page(HTMLParser):
    """What a browser would see: tags, attributes and texts. Tags that do not close are a mistake."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def classed(self, tag: str, name: str) -> list[dict[str, str | None]]:
        return [attrs for each, attrs in self.tags if each == tag and name in (attrs.get("class") or "").split()]


def is_harmless(page: Page) -> None:
    """Only tags and attributes of ours, and every address leads within the page."""
    for tag, attrs in page.tags:
        assert tag in ALLOWED
        assert not {
            name for name in attrs if name.startswith("on") or name in {"src", "style", "srcset", "action"}
        }
        assert (attrs.get("href") or "#").startswith("#")


def test_the_page_tells_the_morning() -> None:
    page = Page(write_page(vista()))
    for told in (
        "A slow leak",
        "Walked by Maya",
        "Sun 22 Nov 2026, 19:30 to Mon 23 Nov 2026, 07:30 UTC",
        "Whom do we fail?",
        "Two in five failed.",
        "03:30 to 04:30",
        "parser-1",
        "502 GET /search",
        "The cluster refused.",
        "Ask for a role.",
        "sum(rate(x[5m]))",
        "Masked before saving: token (2)",
        "careful",
    ):
        assert told in page.text
    assert [attrs["class"] for attrs in page.classed("tr", "marked")] == ["marked", "marked"]
    assert len(page.classed("rect", "tint")) == 1
    assert len(page.classed("path", "ridge-0")) == 1
    is_harmless(page)


def test_the_browser_is_told_to_load_nothing_and_run_nothing() -> None:
    """The one style is named by its digest; an attribute or a second style would not be applied."""
    html = write_page(vista())
    policy = next(attrs["content"] for tag, attrs in Page(html).tags if "http-equiv" in attrs) or ""
    style = re.search("<style>(.*)</style>", html, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in style[1]
    assert "@import" not in style[1]
    assert "http" not in re.sub("http-equiv", "", html)


def test_hostile_text_is_text_wherever_it_stands() -> None:
    look = PODS.model_copy(update={"title": EVIL, "source": "k"})
    rate = RATE.model_copy(update={"name": EVIL})
    made = vista(
        title=EVIL,
        author=EVIL,
        routine=routine(look, rate, LOG),
        snapshots=(
            snapshot(look, objects(**{"name": [EVIL], EVIL: [EVIL]}), source=EVIL, query=EVIL, warnings=(EVIL,)),
            snapshot(rate, series(1, 2, 3, name=EVIL), redacted={EVIL: 3}),
            snapshot(LOG, patterns(EVIL)),
            snapshot(LOG, Gap(GapReason.REFUSED, EVIL, EVIL), source="other"),
        ),
        notices=(
            notice(EVIL, author=EVIL, anchor=TableRow(look="pods", source=EVIL, key={"name": EVIL})),
            notice(EVIL, anchor=STRETCH),
        ),
    )
    html = write_page(made)
    page = Page(html)
    is_harmless(page)
    assert "{{ 7*7 }}" in page.text
    assert not re.search("[\x00\x1b\u202e]", html)
    assert len(page.classed("tr", "marked")) == 1


def test_a_megabyte_of_text_does_not_make_a_page_of_megabytes() -> None:
    long = "x" * 1_000_000
    made = vista(
        title=long,
        snapshots=(
            snapshot(PODS, objects(name=[long], note=[long]), query=long, warnings=(long,)),
            snapshot(RATE, series(1, 2, 3, name=long)),
            snapshot(LOG, patterns(long)),
        ),
        notices=(notice(anchor=TableRow(look="pods", source="kubernetes", key={"name": long})),),
    )
    assert len(write_page(made)) < 60_000


def test_only_the_first_rows_are_shown_and_every_marked_one() -> None:
    names = [f"pod-{place:03}" for place in range(500)]
    mark = notice(anchor=TableRow(look="pods", source="kubernetes", key={"name": "pod-499"}))
    page = Page(write_page(vista(snapshots=(snapshot(PODS, objects(name=names)),), notices=(mark,))))
    assert "pod-014" in page.text
    assert "pod-015" not in page.text
    assert "pod-499" in page.text
    assert "484 more rows in the vista." in page.text


def requests_frame() -> Frame:
    rows = [
        (NOW - timedelta(minutes=minute), "shop", "search", status, 0.1, 10)
        for minute in range(60)
        for status in (200, 502)
    ]
    return Frame(FrameKind.REQUESTS, pl.DataFrame(rows, schema=SCHEMA, orient="row"))


@pytest.mark.parametrize(
    ("draw", "captions"),
    [
        (None, ["Answered per minute", "Turned away per minute"]),
        (Drawing.HEATMAP, ["How long it took"]),
    ],
)
def test_requests_are_a_chart_and_who_was_called(draw: Drawing | None, captions: list[str]) -> None:
    look = LOG.model_copy(update={"look": "door", "take": "requests", "draw": draw})
    made = vista(routine=routine(look), snapshots=(snapshot(look, requests_frame()),), notices=())
    page = Page(write_page(made))
    assert all(caption in page.text for caption in captions)
    assert len(page.classed("text", "caption")) == len(captions)
    assert "50 %" in page.text
    assert "1\u2009200" in page.text


def test_a_stop_without_anything_says_so() -> None:
    page = Page(write_page(vista(snapshots=(), notices=(), ridges=())))
    assert "Nothing was gathered at this stop." in page.text
    assert "Nothing noticed here." in page.text


def test_the_same_look_of_two_sources_names_them() -> None:
    two = tuple(snapshot(PODS, objects(name=[name]), source=name) for name in ("blue", "green"))
    assert "· green" in Page(write_page(vista(snapshots=two))).text


@given(vistas())
def test_any_vista_becomes_a_harmless_page(made: Vista) -> None:
    html = write_page(made)
    is_harmless(Page(html))
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", html)
    html.encode()


def test_what_is_not_there_is_one_line_and_trouble_stays_a_box() -> None:
    """A stop with nothing at all steps aside among the others."""
    nothing = Gap(GapReason.NOT_HERE, "It has none.", "Something else has.")
    page = Page(
        write_page(
            vista(snapshots=(snapshot(PODS, nothing), snapshot(NODES, nothing)), routine=routine(PODS, NODES))
        )
    )
    assert "One look has nothing" not in page.text
    assert "There is nothing to look at here: no pods, no nodes. Why?" in page.text
    assert "It has none. Something else has." in page.text
    assert not page.classed("div", "gap")
    assert not page.classed("li", "aside")  # somebody noticed something there
    page = Page(write_page(vista(snapshots=(snapshot(PODS, nothing),), routine=routine(PODS), notices=())))
    assert len(page.classed("li", "aside")) == 1
    loud = snapshot(NODES, Gap(GapReason.REFUSED, "The cluster refused."))
    page = Page(write_page(vista(snapshots=(snapshot(PODS, nothing), loud), routine=routine(PODS, NODES))))
    assert "One look has nothing to show here: no pods. Why?" in page.text
    assert len(page.classed("div", "gap")) == 1


def test_a_window_other_than_the_data_still_makes_a_page() -> None:
    elsewhere = replace(WINDOW, start=NOW + timedelta(days=1), end=NOW + timedelta(days=2))
    shown = snapshot(RATE, series(1, 2, 3), asked=elsewhere)
    door = LOG.model_copy(update={"look": "door", "take": "requests"})
    made = vista(routine=routine(RATE, door), snapshots=(shown, snapshot(door, requests_frame(), asked=elsewhere)))
    assert "A slow leak" in Page(write_page(made)).text
