"""The map of expertise: built by answers, edited by anybody, found again by what it tells."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime
from io import StringIO
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vistas.practice import Notebook, Notebooks
from vistas.practice.expertise import Expertise, KnownPart, LineKind, MapLine, unknown_parts, who_knows
from vistas.practice.expertise.entries import (
    THE_MAP,
    ExpertiseEntry,
    LineRemoved,
    LineWritten,
    lines_from,
    open_map,
)
from vistas.practice.expertise.export import markdown, spreadsheet
from vistas.practice.landscape import Part, PartKind
from vistas.practice.wheel import PlaceInVista, TurnAnswer
from vistas.vista import new_id

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CHECKOUT = Part(sort=PartKind.WORKLOAD, name="shop/checkout")
NODE = Part(sort=PartKind.NODE, name="lantern-1")
PLACE = PlaceInVista(vista=UUID(int=7), stop="errors", title="Errors")
Maps = Notebook[Expertise, ExpertiseEntry]


@pytest.fixture
def maps(notebooks: Notebooks) -> Maps:
    return notebooks.expertise


def told(text: str, part: Part = CHECKOUT, kind: LineKind = LineKind.ASK) -> LineWritten:
    return LineWritten(id=new_id(), part=part, kind=kind, text=text)


def line(text: str, part: Part = CHECKOUT, kind: LineKind = LineKind.ASK) -> MapLine:
    return MapLine(new_id(), part, kind, text, "Ada", NOW)


def lines(maps: Maps, part: Part = CHECKOUT) -> list[tuple[LineKind, str]]:
    return [(each.kind, each.text) for each in maps.read(THE_MAP).of(part).lines]


def test_a_store_has_one_map_however_often_it_is_begun(maps: Maps) -> None:
    for name in ("Ada", "Bea"):
        journal = open_map(maps, by=name, at=NOW)
        maps.write(journal, told(f"{name}'s team"), by=name, at=NOW)
    assert [head.id for head in maps.find()] == [THE_MAP]
    assert lines(maps) == [(LineKind.ASK, "Ada's team"), (LineKind.ASK, "Bea's team")]


def test_a_walk_that_shows_it_says_who_and_where(maps: Maps) -> None:
    journal = open_map(maps, by="Ada", at=NOW)
    answer = TurnAnswer(new_id(), "Bea", NOW, text="the red line", places=(PLACE,))
    maps.write(journal, *lines_from(answer, CHECKOUT), by="Bea", at=NOW)
    maps.write(journal, *lines_from(answer, CHECKOUT), by="Bea", at=NOW)
    assert lines(maps) == [(LineKind.SHOW, "Bea"), (LineKind.LOOK, "the red line")]
    assert maps.read(THE_MAP).of(CHECKOUT).lines_of(LineKind.LOOK)[0].place == PLACE


@pytest.mark.parametrize(
    ("says", "whom", "told_as"),
    [("ring them", "platform", "platform: ring them"), ("", "platform", "platform"), ("wait", "", "wait")],
)
def test_an_escalation_says_whom_to_ask(says: str, whom: str, told_as: str) -> None:
    (only,) = lines_from(TurnAnswer(new_id(), "Bea", NOW, text=says, whom=whom), CHECKOUT)
    assert (only.kind, only.text) == (LineKind.ASK, told_as)


def test_an_answer_of_nothing_tells_nothing() -> None:
    assert lines_from(TurnAnswer(new_id(), "Bea", NOW, text=""), CHECKOUT) == ()


def test_anybody_says_it_better_or_takes_it_out(maps: Maps) -> None:
    journal = open_map(maps, by="Ada", at=NOW)
    first = told("platfrom")
    maps.write(journal, first, by="Ada", at=NOW)
    maps.write(journal, first.model_copy(update={"text": "platform"}), by="Bea", at=NOW)
    assert lines(maps) == [(LineKind.ASK, "platform")]
    maps.write(journal, LineRemoved(id=first.id), LineRemoved(id=first.id), by="Cem", at=NOW)
    assert lines(maps) == []
    assert maps.as_of(journal, 1).of(CHECKOUT).lines[0].text == "platfrom"


def test_the_same_name_is_not_told_twice() -> None:
    once = Expertise().with_line(line("Bea", kind=LineKind.SHOW))
    assert once.with_line(line("bea", kind=LineKind.SHOW)) == once
    assert len(once.with_line(line("Bea")).lines) == 2


def test_it_is_found_by_every_word_it_tells() -> None:
    expertise = Expertise().with_line(line("the platform team")).with_line(line("Bea", NODE, LineKind.SHOW))
    assert [known.part for known in expertise.find()] == [CHECKOUT, NODE]
    assert [known.part for known in expertise.find("CHECKOUT platform")] == [CHECKOUT]
    assert [known.part for known in expertise.find(sort=PartKind.NODE)] == [NODE]
    assert expertise.find("checkout bea") == ()


def test_who_knows_leaves_out_what_nobody_told() -> None:
    expertise = Expertise().with_line(line("Bea", NODE, LineKind.SHOW))
    assert [known.part for known in who_knows(expertise, [CHECKOUT, NODE, NODE])] == [NODE]
    assert unknown_parts(expertise, [CHECKOUT, NODE]) == (CHECKOUT,)


def link(place: PlaceInVista) -> str:
    return f"/replay?vista={place.vista}&stop={place.stop}"


def test_markdown_shows_words_as_they_were_written() -> None:
    known = KnownPart(CHECKOUT, (line("*not* bold <b>, [no](link)"), line("Bea", kind=LineKind.SHOW)))
    assert markdown([known], link).splitlines() == [
        "# Map of expertise",
        "",
        "## shop/checkout",
        "",
        "*workload*",
        "",
        "**Can show it**",
        "",
        "- Bea",
        "",
        "**Whom to ask**",
        "",
        r"- \*not\* bold \<b\>, \[no\](link)",
    ]


def test_markdown_leads_to_the_stop_that_showed_it() -> None:
    shown = MapLine(new_id(), CHECKOUT, LineKind.LOOK, "the red line", "Bea", NOW, PLACE)
    assert f"- [Errors](<{link(PLACE)}>): the red line" in markdown([KnownPart(CHECKOUT, (shown,))], link)


@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_the_spreadsheet_says_the_same_and_calculates_nothing(texts: list[str]) -> None:
    known = KnownPart(CHECKOUT, tuple(line(text) for text in texts))
    rows = list(csv.reader(StringIO(spreadsheet([known], link).removeprefix("\ufeff"), newline="")))
    lines_alike = [text.replace("\r\n", "\n").replace("\r", "\n") for text in texts]
    assert [row[3].replace("'", "") for row in rows[1:]] == [text.replace("'", "") for text in lines_alike]
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for row in rows for cell in row)


@pytest.mark.parametrize(
    "text", [' =HYPERLINK("http://bad.example")', "a;=1+1", "＝1+1", "one\n@SUM(1)", "\u200b=1"]
)
def test_the_spreadsheet_calculates_nothing_after_a_blank_or_a_separator_either(text: str) -> None:
    rows = list(csv.reader(StringIO(spreadsheet([KnownPart(CHECKOUT, (line(text),))], link), newline="")))
    assert rows[1][3].replace("'", "") == text
    assert re.search(r"'[=@＝]", rows[1][3])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![x](http://bad.example)", r"- \!\[x\](http\://bad.example)"),
        ("@everyone :tada:", r"- \@everyone \:tada:"),
        ("1. no list", r"- 1\. no list"),
        ("- no list", r"- \- no list"),
        ("www.bad.example", r"- www\.bad.example"),
        ("\u202etuo", "- tuo"),
        ("two\n\n# lines", r"- two \# lines"),
    ],
)
def test_markdown_takes_nothing_in_a_line_of_the_map_for_its_own(text: str, shown: str) -> None:
    assert markdown([KnownPart(CHECKOUT, (line(text),))], link).splitlines()[-1] == shown


def test_a_stop_cannot_end_its_own_link() -> None:
    place = PlaceInVista(vista=PLACE.vista, stop="front>) [x](http://bad.example", title="Errors")
    shown = MapLine(new_id(), CHECKOUT, LineKind.LOOK, "Errors", "Bea", NOW, place)
    last = markdown([KnownPart(CHECKOUT, (shown,))], link).splitlines()[-1]
    assert re.fullmatch(r"- \[Errors\]\(<[^<>\s]+>\)", last)
