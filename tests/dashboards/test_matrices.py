"""The dependency matrices' pages in each state they can be in, run without a browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.practice.matrix import observation
from dashboards.practice.matrix.elements import moved
from dashboards.shared import process
from dashboards.ui.places import Place
from tests.dashboards import apptest
from tests.dashboards.apptest import labels, said
from vistas.practice.landscape.dependencies import elements
from vistas.practice.matrix import Hardness
from vistas.practice.matrix.entries import (
    Believed,
    BlindBegan,
    ElementAdded,
    MatrixEntry,
    ObservedAttached,
    Pinned,
)
from vistas.store import Search
from vistas.vista import new_id

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("afresh")
SHOP, CART = UUID(int=1), UUID(int=2)
ADDED = (ElementAdded(id=SHOP, name="shop"), ElementAdded(id=CART, name="cart"))
Open = Callable[..., AppTest]


@pytest.fixture
def open_page() -> Open:
    """The matrices, after one run."""

    def opened(**parameters: object) -> AppTest:
        return apptest.opened(Place.KNOWLEDGE, **{"of": "Matrices", **parameters})

    return opened


def begun(*more: MatrixEntry, first: tuple[MatrixEntry, ...] = ADDED) -> UUID:
    return process.notebooks().matrices.begin("Path", *first, *more, by="Tomás", at=NOW)


def believed(how: Hardness | None) -> Believed:
    return Believed(needs=SHOP, needed=CART, how=how)


def test_without_a_matrix_it_says_how_to_begin_one(open_page: Open) -> None:
    page = open_page()
    assert "No dependency matrix yet" in said(page)
    page.text_input(key="new-matrix-title").input("A checkout")
    page = next(button for button in page.button if button.label == "Start").click().run()
    assert "A checkout" in said(page)
    assert "What is on the critical path?" in said(page)


@pytest.mark.parametrize("journal", ["x", UUID(int=5)])
def test_a_link_to_no_matrix_says_so(journal: object, open_page: Open) -> None:
    assert "This matrix could not be found." in said(open_page(journal=journal))


def test_what_people_see_differently_is_listed_and_blind_it_is_not(open_page: Open) -> None:
    open_page()
    journal = begun(believed(Hardness.STOPS))
    process.notebooks().matrices.write(journal, believed(Hardness.SLOWS), by="Ada", at=NOW)
    page = open_page(journal=journal)
    assert "When cart is gone: does it stop shop, or only slow it?" in said(page)
    assert "Ask this next" not in labels(page), "there is no room to ask it in"
    process.notebooks().matrices.write(journal, BlindBegan(), by="Ada", at=NOW)
    page = page.run()
    assert "When cart is gone" not in said(page)
    assert "This is shown once the marks are revealed" in said(page)
    assert "Reveal" in labels(page)


def test_the_graph_and_the_sequence_are_a_click_away(open_page: Open) -> None:
    open_page()
    journal = begun(believed(Hardness.STOPS), Believed(needs=CART, needed=SHOP, how=Hardness.SLOWS))
    page = open_page(journal=journal)
    assert "These need each other in a cycle: shop, cart" in said(page)
    for view, tells in (("In sequence", "marks above it are feedback"), ("Graph", "What is on the left carries")):
        page = page.segmented_control(key=f"matrix-view-{journal}").set_value(view).run()
        assert tells in said(page)


def test_a_version_is_compared_with_now(open_page: Open) -> None:
    open_page()
    journal = begun(believed(Hardness.SLOWS), Pinned(name="spring"), believed(Hardness.STOPS))
    page = open_page(journal=journal)
    assert "shop needs cart: “only slows us” became “stops us”" in said(page)


def test_what_a_vista_shows_and_nobody_marked_is_the_first_question(open_page: Open) -> None:
    """Of the morning that comes along with the app."""
    open_page()
    store = process.workspace().store
    newest = store.library(Search(saved_only=False)).vistas
    vista = next(each.id for each in newest if observation.dependencies(each.id))
    seen = observation.dependencies(vista)[0]
    first = tuple(ElementAdded(id=new_id(), name=name) for name in elements([seen]))
    marked = Believed(needs=first[1].id, needed=first[0].id, how=Hardness.UNSURE)
    page = open_page(journal=begun(ObservedAttached(vista=vista), marked, first=first))
    assert f"What happens to {seen.needs} when {seen.needed} is gone?" in said(page)
    assert "Nobody marked it, and it is seen in the" in said(page)


def test_elements_are_named_freely(open_page: Open) -> None:
    open_page()
    journal = begun()
    added = ElementAdded(id=new_id(), name="a_b *c*")
    process.notebooks().matrices.write(journal, added, by="Ada", at=NOW)
    page = open_page(journal=journal)
    chosen = page.selectbox(key=f"matrix-chosen-{journal}").set_value(added.id).run()
    assert not chosen.exception
    assert {"Rename", "Up", "Down", "Remove"} <= labels(chosen)
    assert "a_b *c*" in chosen.selectbox(key=f"matrix-chosen-{journal}").options


def test_an_element_moves_as_far_as_there_are_places() -> None:
    one, two, three = (UUID(int=number) for number in range(1, 4))
    assert moved((one, two, three), one, 1) == (two, one, three)
    assert moved((one, two, three), one, -1) == (one, two, three)
    assert moved((one, two, three), three, 1) == (one, two, three)
