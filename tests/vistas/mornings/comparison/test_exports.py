"""A comparison taken elsewhere: what people and tools wrote shows as the text it is."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given

from tests.strategies import vistas
from tests.vistas.mornings.comparison.mornings import FRIDAY, THURSDAY, pod, series, snapshot, table
from tests.vistas.mornings.comparison.test_vistas import PODS, UP, routine, vista
from vistas.mornings.comparison import VistaDifference, compare_vistas, outline
from vistas.mornings.comparison.export import document, write_markdown, write_page
from vistas.snapshot import Gap, GapReason
from vistas.vista import Vista

HOSTILE = "<script>alert(1)</script> | *bold* [x](javascript:x) \u202e\x1b[31m"


@pytest.fixture
def difference() -> VistaDifference:
    of = routine(errors=[UP, {**UP, "look": "gap", "title": "Behind it", "query": "x"}], pods=[PODS])
    gap = Gap(GapReason.REFUSED, "The cluster refused.")
    then = vista(
        of,
        THURSDAY,
        snapshot(series(THURSDAY, cart=[1.0] * 9), THURSDAY, at="up"),
        snapshot(gap, THURSDAY, at="gap"),
        snapshot(table(pod("web-0", "")), THURSDAY, stop="pods", at="pods"),
    )
    now = vista(
        of,
        FRIDAY,
        snapshot(series(FRIDAY, cart=[9.0] * 9), FRIDAY, at="up"),
        snapshot(gap, FRIDAY, at="gap"),
        snapshot(table(pod("web-0", ""), pod(HOSTILE, "", status="Failed")), FRIDAY, stop="pods", at="pods"),
    )
    return compare_vistas(then, now)


def test_notes_tell_the_most_serious_first_and_what_could_not_be_compared(difference: VistaDifference) -> None:
    notes = write_markdown(difference)
    assert notes.index("## pods: pods?") < notes.index("## errors: errors?")
    assert "- **changed** cart: typically 9, was 1;" in notes
    assert "1 new, 1 changed; 1 as they were." in notes
    assert r"- Behind it (main): There is no data on either side. Then: refused. The cluster refused." in notes
    assert "## What counts as different" in notes


def test_nothing_in_notes_is_taken_for_markdown(difference: VistaDifference) -> None:
    notes = write_markdown(difference)
    assert r"\<script\>alert(1)\</script\> \| \*bold\* \[x\](javascript\:x)" in notes
    assert "\x1b" not in notes
    assert "\u202e" not in notes


class _Reader(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_page_has_no_script_and_names_its_only_style(difference: VistaDifference) -> None:
    page = write_page(difference)
    read = _Reader(page)
    assert not {"script", "link", "img", "iframe"}.intersection(read.tags)
    assert "<script>alert(1)</script>" in read.text
    assert re.search(r"default-src 'none'; style-src 'sha256-[\w+/]+='", page)
    assert "\u202e" not in page
    assert "The cluster refused." in read.text


def test_json_tells_every_change_with_its_cells(difference: VistaDifference) -> None:
    told = json.loads(json.dumps(document(difference), allow_nan=False))
    assert told["equal"] is False
    assert told["totals"] == {"new": 1, "gone": 0, "changed": 1, "unchanged": 1, "incomparable": 1}
    errors, pods = told["stops"]
    change = errors["looks"][0]["changes"][0]
    assert (change["kind"], change["about"], change["then"], change["now"]) == (
        "changed",
        {"service": "cart"},
        "1",
        "9",
    )
    assert change["cells"][0] == {"column": "typical", "unit": "number", "then": 1.0, "now": 9.0}
    assert errors["looks"][1]["incomparable"].startswith("There is no data on either side.")
    assert pods["looks"][0]["source"] == {"then": "main", "now": "main"}


def test_an_outline_shows_some_changes_and_counts_the_others() -> None:
    of = routine(pods=[PODS])
    many = [pod(f"a{number}", "") for number in range(9)]
    then = vista(of, THURSDAY, snapshot(table(*many), THURSDAY, stop="pods", at="pods"))
    now = vista(of, FRIDAY, snapshot(table(pod("b", "")), FRIDAY, stop="pods", at="pods"))
    (stop,) = outline(compare_vistas(then, now), 3).stops
    assert len(stop.looks[0].changes) == 3
    assert stop.looks[0].more == "7 more: 1 new, 6 gone."


@given(vistas(), vistas())
def test_whatever_was_seen_can_be_exported(then: Vista, now: Vista) -> None:
    found = compare_vistas(then, now)
    assert json.dumps(document(found), allow_nan=False)
    assert not set(_Reader(write_page(found)).tags) & {"script", "img", "a"}
    assert write_markdown(found).startswith("# ")
