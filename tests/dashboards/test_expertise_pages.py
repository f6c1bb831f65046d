"""The map of expertise and the wheels on the knowledge page, run without a browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from random import SystemRandom
from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.shared import process
from dashboards.ui.places import Place
from tests.dashboards import apptest
from tests.dashboards.apptest import said
from tests.vistas.sharing.making import vista
from vistas.practice.expertise import LineKind
from vistas.practice.expertise.entries import THE_MAP, LineWritten, open_map
from vistas.practice.landscape import Part, PartKind
from vistas.practice.wheel import spinning
from vistas.practice.wheel.entries import Filled, QuestionAdded, WalkBegun
from vistas.vista import new_id

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("afresh")
HOST = Part(sort=PartKind.HOST, name="www.lantern.example")
NODE = Part(sort=PartKind.NODE, name="lantern-1")
Open = Callable[..., AppTest]


@pytest.fixture
def open_page() -> Open:
    """The knowledge page, after one run."""
    return partial(apptest.opened, Place.KNOWLEDGE)


def told(part: Part, text: str, kind: LineKind = LineKind.SHOW) -> LineWritten:
    line = LineWritten(id=new_id(), part=part, kind=kind, text=text)
    maps = process.notebooks().expertise
    maps.write(open_map(maps, by="Ada", at=NOW), line, by="Ada", at=NOW)
    return line


def lines() -> list[tuple[str, LineKind, str]]:
    known = process.notebooks().expertise.read(THE_MAP).parts
    return [(each.part.name, line.kind, line.text) for each in known for line in each.lines]


def test_an_empty_map_says_how_it_grows_and_what_is_not_on_it(open_page: Open) -> None:
    page = open_page(of="Expertise")
    assert "Nothing is on the map yet" in said(page)
    assert "shop/checkout" in said(page)
    assert not page.exception


def test_the_map_is_searched_by_words_and_sort(open_page: Open) -> None:
    told(HOST, "Ines")
    told(NODE, "[Tomás](x)")
    page = open_page(of="Expertise")
    assert {"www.lantern.example", "lantern-1", "[Tomás](x)"} <= {text.value for text in page.text}
    page = page.text_input(key="expertise-words").set_value("ines").run()
    assert "lantern-1" not in {text.value for text in page.text}
    page = page.text_input(key="expertise-words").set_value("nobody at all").run()
    assert "Nothing matches" in said(page)


def test_anybody_adds_rewords_and_takes_out(open_page: Open) -> None:
    line = told(NODE, "Tomas")
    page = open_page(of="Expertise")
    page = page.text_input(key=f"line-{line.id}-{NOW.timestamp()}").set_value("Tomás").run()
    page.text_input(key=f"tell-text-{line.id}").set_value(" the rack plan ")
    page = page.button(key=f"tell-add-{line.id}").click().run()
    assert lines() == [("lantern-1", LineKind.SHOW, "Tomás"), ("lantern-1", LineKind.SHOW, "the rack plan")]
    page = page.button(key=f"out-{line.id}").click().run()
    assert lines() == [("lantern-1", LineKind.SHOW, "the rack plan")]
    assert not page.exception


def test_a_part_of_the_landscape_is_put_on_the_map(open_page: Open) -> None:
    page = open_page(of="Expertise")
    page.selectbox(key="tell-part").set_value(NODE.key)
    page.text_input(key="tell-text-another").set_value("Maya")
    page.button(key="tell-add-another").click().run()
    assert lines() == [("lantern-1", LineKind.SHOW, "Maya")]


def test_a_wheel_is_begun_with_some_of_each_sort(open_page: Open) -> None:
    page = open_page(of="Wheels")
    assert "No wheel yet" in said(page)
    page = page.button(key="new-wheel").click().run()
    (head,) = process.notebooks().wheels.find()
    sorts = {part.sort for part in process.notebooks().wheels.read(head.id).segments}
    assert sorts == set(PartKind) - {PartKind.QUESTION, PartKind.PERSON}
    assert "Who? What? Where?" in [each.value for each in page.header]
    assert not page.exception


def test_what_can_come_up_is_changed(open_page: Open) -> None:
    """A question is taken off and put back like anything else."""
    wheels = process.notebooks().wheels
    question = Part(sort=PartKind.QUESTION, name="Where do backups go?")
    entries = (Filled(parts=(HOST, NODE)), QuestionAdded(question=question))
    journal = wheels.begin("Monday", *entries, by="Ada", at=NOW)
    page = open_page(of="Wheels", journal=str(journal))
    page.multiselect[0].set_value([NODE.key]).run().button(key="wheel-change").click().run()
    assert wheels.read(journal).segments == (NODE,)
    page = open_page(of="Wheels", journal=str(journal))
    page.multiselect[0].set_value([NODE.key, question.key]).run().button(key="wheel-change").click().run()
    assert wheels.read(journal).segments == (question, NODE)


def test_one_puts_oneself_on_the_wheel_and_off_it(open_page: Open) -> None:
    wheels = process.notebooks().wheels
    journal = wheels.begin("Monday", Filled(parts=(NODE,)), by="Ada", at=NOW)
    page = open_page(of="Wheels", journal=str(journal)).button(key="wheel-me").click().run()
    assert wheels.read(journal).people == ("Maya",)
    page.button(key="wheel-me").click().run()
    assert wheels.read(journal).people == ()


@pytest.mark.parametrize("written", ["not an id", str(uuid4())], ids=["no id", "nobody's"])
def test_a_link_to_a_wheel_that_is_not_here_is_no_trace(written: str, open_page: Open) -> None:
    page = open_page(of="Wheels", journal=written)
    assert "This wheel could not be found." in said(page)
    page = page.button(key="all-wheels").click().run()
    assert "No wheel yet" in said(page)


def test_a_walk_that_was_thrown_away_is_no_answer(open_page: Open) -> None:
    """And no trace: it says how to bring it back."""
    books, store = process.notebooks(), process.workspace().store
    walked = replace(vista(saved_at=None, id=new_id()), author="Maya")
    store.put(walked)
    store.discard(walked.id, "Maya")
    journal = books.wheels.begin("Monday", Filled(parts=(NODE,)), by="Maya", at=NOW)
    spun = spinning.decide(books.wheels.read(journal), (), SystemRandom())
    books.wheels.write(journal, spun, WalkBegun(turn=spun.id, vista=walked.id), by="Maya", at=NOW)
    page = open_page(of="Wheels", journal=str(journal))
    page = page.button(key=f"shown-keep-{walked.id}").click().run()
    assert "discarded" in page.warning[0].value
    assert books.wheels.read(journal).turns[0].answers == ()
    assert not page.exception
