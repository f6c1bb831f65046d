"""The map of expertise: built by answers, edited by anybody, found again by what it tells."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from io import StringIO
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vistas.practice import Notebook, Notebooks
from vistas.practice.expertise import Expertise, KnownPart, MapLine, Tells, untold, who_knows
from vistas.practice.expertise_entries import THE_MAP, ExpertiseEntry, TakenOut, Told, open_map, told_by
from vistas.practice.expertise_export import markdown, spreadsheet
from vistas.practice.landscape import Part, Sort
from vistas.practice.wheel import Answer, PlaceInVista
from vistas.vista import new_id

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CHECKOUT = Part(sort=Sort.WORKLOAD, name="shop/checkout")
NODE = Part(sort=Sort.NODE, name="lantern-1")
PLACE = PlaceInVista(vista=UUID(int=7), stop="errors", title="Errors")
Maps = Notebook[Expertise, ExpertiseEntry]


@pytest.fixture
def maps(notebooks: Notebooks) -> Maps:
    return notebooks.expertise


def told(text: str, part: Part = CHECKOUT, tells: Tells = Tells.ASK) -> Told:
    return Told(id=new_id(), part=part, tells=tells, text=text)


def line(text: str, part: Part = CHECKOUT, tells: Tells = Tells.ASK) -> MapLine:
    return MapLine(new_id(), part, tells, text, "Ada", NOW)


def lines(maps: Maps, part: Part = CHECKOUT) -> list[tuple[Tells, str]]:
    return [(each.tells, each.text) for each in maps.read(THE_MAP).of(part).lines]


def test_a_store_has_one_map_however_often_it_is_begun(maps: Maps) -> None:
    for name in ("Ada", "Bea"):
        journal = open_map(maps, by=name, at=NOW)
        maps.write(journal, told(f"{name}'s team"), by=name, at=NOW)
    assert [head.id for head in maps.find()] == [THE_MAP]
    assert lines(maps) == [(Tells.ASK, "Ada's team"), (Tells.ASK, "Bea's team")]


def test_a_walk_that_shows_it_says_who_and_where(maps: Maps) -> None:
    journal = open_map(maps, by="Ada", at=NOW)
    answer = Answer(new_id(), "Bea", NOW, says="the red line", places=(PLACE,))
    maps.write(journal, *told_by(answer, CHECKOUT), by="Bea", at=NOW)
    maps.write(journal, *told_by(answer, CHECKOUT), by="Bea", at=NOW)
    assert lines(maps) == [(Tells.SHOW, "Bea"), (Tells.LOOK, "the red line")]
    assert maps.read(THE_MAP).of(CHECKOUT).telling(Tells.LOOK)[0].place == PLACE


@pytest.mark.parametrize(
    ("says", "whom", "told_as"),
    [("ring them", "platform", "platform: ring them"), ("", "platform", "platform"), ("wait", "", "wait")],
)
def test_an_escalation_says_whom_to_ask(says: str, whom: str, told_as: str) -> None:
    (only,) = told_by(Answer(new_id(), "Bea", NOW, says=says, whom=whom), CHECKOUT)
    assert (only.tells, only.text) == (Tells.ASK, told_as)


def test_an_answer_of_nothing_tells_nothing() -> None:
    assert told_by(Answer(new_id(), "Bea", NOW, says=""), CHECKOUT) == ()


def test_anybody_says_it_better_or_takes_it_out(maps: Maps) -> None:
    journal = open_map(maps, by="Ada", at=NOW)
    first = told("platfrom")
    maps.write(journal, first, by="Ada", at=NOW)
    maps.write(journal, first.model_copy(update={"text": "platform"}), by="Bea", at=NOW)
    assert lines(maps) == [(Tells.ASK, "platform")]
    maps.write(journal, TakenOut(id=first.id), TakenOut(id=first.id), by="Cem", at=NOW)
    assert lines(maps) == []
    assert maps.as_of(journal, 1).of(CHECKOUT).lines[0].text == "platfrom"


def test_the_same_name_is_not_told_twice() -> None:
    once = Expertise().with_line(line("Bea", tells=Tells.SHOW))
    assert once.with_line(line("bea", tells=Tells.SHOW)) == once
    assert len(once.with_line(line("Bea")).lines) == 2


def test_it_is_found_by_every_word_it_tells() -> None:
    expertise = Expertise().with_line(line("the platform team")).with_line(line("Bea", NODE, Tells.SHOW))
    assert [known.part for known in expertise.find()] == [CHECKOUT, NODE]
    assert [known.part for known in expertise.find("CHECKOUT platform")] == [CHECKOUT]
    assert [known.part for known in expertise.find(sort=Sort.NODE)] == [NODE]
    assert expertise.find("checkout bea") == ()


def test_who_knows_leaves_out_what_nobody_told() -> None:
    expertise = Expertise().with_line(line("Bea", NODE, Tells.SHOW))
    assert [known.part for known in who_knows(expertise, [CHECKOUT, NODE, NODE])] == [NODE]
    assert untold(expertise, [CHECKOUT, NODE]) == (CHECKOUT,)


def link(place: PlaceInVista) -> str:
    return f"/replay?vista={place.vista}&stop={place.stop}"


def test_markdown_shows_words_as_they_were_written() -> None:
    known = KnownPart(CHECKOUT, (line("*not* bold <b>, [no](link)"), line("Bea", tells=Tells.SHOW)))
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
    shown = MapLine(new_id(), CHECKOUT, Tells.LOOK, "the red line", "Bea", NOW, PLACE)
    assert f"- [Errors]({link(PLACE)}): the red line" in markdown([KnownPart(CHECKOUT, (shown,))], link)


@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_the_spreadsheet_says_the_same_and_calculates_nothing(texts: list[str]) -> None:
    known = KnownPart(CHECKOUT, tuple(line(text) for text in texts))
    rows = list(csv.reader(StringIO(spreadsheet([known], link), newline="")))
    assert [row[3].removeprefix("'") for row in rows[1:]] == [text.removeprefix("'") for text in texts]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
