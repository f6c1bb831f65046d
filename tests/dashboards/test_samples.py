"""Samples on the pages: marked wherever they are, gone with a click, back with another."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.state import SECTION
from dashboards.ui.places import Place
from tests.dashboards.apptest import labels, opened, said, started

TITLE = "The morning checkout was stuck"


@pytest.fixture(autouse=True)
def with_samples(afresh: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISTAS_SAMPLES", "true")


def small_print(app: AppTest) -> list[str]:
    return [line for line in said(app).splitlines() if "sample" in line and "*sample*" not in line]


def test_samples_are_marked_wherever_they_are_listed() -> None:
    """The mornings at home and in the library, the session, the table, a line of the map, a word."""
    assert len(small_print(started())) == 2
    assert len(small_print(opened(Place.LIBRARY))) == 2
    assert any("sample · " in line for line in small_print(opened(Place.SESSION)))
    decisions = opened(Place.KNOWLEDGE, **{SECTION: "Decisions"})
    assert TITLE in said(decisions)
    assert len(small_print(decisions)) == 1
    assert len(small_print(opened(Place.KNOWLEDGE, **{SECTION: "Expertise"}))) == 6
    assert "Jonas · sample" in said(opened(Place.KNOWLEDGE, **{SECTION: "Glossary"}))


def test_they_go_with_a_click_that_says_what_goes_and_come_back_with_another() -> None:
    app = opened(Place.KNOWLEDGE, **{SECTION: "Decisions"})
    assert "the recorded mornings of Lantern Books" in said(app)
    assert "the session “Friday's practice”" in said(app)
    app.button(key="samples-remove").click().run()
    assert TITLE not in said(app)
    assert "The samples were removed." in said(app)
    app.button(key="samples-undo").click().run()
    assert TITLE in said(app)
    assert "Undo" not in labels(app)


def test_who_is_nobody_is_asked_for_a_name_before_they_go() -> None:
    app = opened(Place.KNOWLEDGE, name="", **{SECTION: "Decisions"})
    app.button(key="samples-remove").click().run()
    assert TITLE in said(app)
    assert "The samples were removed." not in said(app)


def test_once_they_are_gone_nothing_is_said_of_them() -> None:
    started().button(key="samples-remove").click().run()
    app = started()
    assert "No morning has been saved yet" in said(app)
    assert "sample" not in said(app)
