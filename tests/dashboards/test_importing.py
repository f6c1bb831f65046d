"""Bringing a dashboard, without a browser: what is found, what is proposed, and what every gesture does."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.shared import process
from dashboards.ui.places import Place
from tests.dashboards.apptest import labels, opened, said
from tests.vistas.importing import forms
from tests.vistas.importing.small import Tree, dashboard, panel
from vistas.routine import Routine

pytestmark = pytest.mark.usefixtures("afresh")


def pasted(*trees: Tree) -> AppTest:
    app = opened(Place.IMPORTING)
    app.text_area(key="import-pasted").input(json.dumps(trees[0] if len(trees) == 1 else list(trees)))
    return app.run()


def rows(number: int, **rest: Any) -> Tree:
    panels: list[Any] = []
    for row in range(number):
        panels.append({"type": "row", "title": f"Row {row}", "gridPos": {"y": 10 * row}})
        panels += [
            panel(title=f"P{row}.{place}", expr='x{a="$v"}', gridPos={"y": 10 * row + 1, "x": place})
            for place in range(2)
        ]
    variable = {"name": "v", "type": "query", "query": "label_values(x, a)", "label": "Which?"}
    return {**dashboard(*panels, variables=[variable], **rest), "title": "Long one"}


def stops(app: AppTest) -> list[str]:
    """The titles of all stops, those of the walk with their numbers."""
    opens = [button for button in app.button if str(button.key).startswith("import-opens-")]
    return [button.label.strip("*").replace("\\", "") for button in opens]


def test_one_dashboard_is_opened_at_once() -> None:
    app = pasted(forms.modern())
    assert app.title[0].value == "Machines"
    assert stops(app) == ["1 CPU", "2 Disk"]
    assert "4 of 4 panels, 4 of 4 queries, 2 of 2 variables" in said(app)


def test_several_are_listed_and_what_is_none_is_told() -> None:
    app = pasted(forms.modern(), rows(2), {"kind": "Pod"}, dashboard(panel("logs")))
    told = said(app)
    for line in (
        "Machines",
        "2 stops, 4 looks",
        "a Pod is not a dashboard",
        "nothing of it can be looked at here",
    ):
        assert line in told
    opens = [button for button in app.button if button.label == "Look through it"]
    assert len(opens) == 2
    assert stops(opens[1].click().run()) == ["1 Row 0", "2 Row 1"]


def test_what_cannot_be_read_is_told_in_words() -> None:
    app = opened(Place.IMPORTING)
    app.text_area(key="import-pasted").input('{"panels": {}}').run()
    assert "panels must be a list" in said(app)
    assert not app.exception


def test_long_dashboard_is_proposed_as_a_morning() -> None:
    app = pasted(rows(12))
    assert [title for title in stops(app) if title[0].isdigit()] == [f"{n + 1} Row {n}" for n in range(8)]
    assert stops(app)[8:] == ["Row 8", "Row 9", "Row 10", "Row 11"]
    assert "eight of its 12 stops are proposed" in said(app)


def click(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def test_stops_are_chosen_moved_joined_cut_and_reworded_and_all_is_undone() -> None:
    app = pasted(rows(3))
    before = stops(app)
    app.checkbox(key="import-walks-row-1-True").uncheck().run()
    assert stops(app) == ["1 Row 0", "2 Row 2", "Row 1"]
    app = click(app, "import-opens-row-2")
    app = click(app, "import-up")
    assert stops(app) == ["1 Row 2", "2 Row 0", "Row 1"]
    app = click(app, "import-join")
    assert stops(app) == ["1 Row 2", "Row 1"]
    app = click(app, "import-cut-row-2/p2-1")
    assert stops(app) == ["1 Row 2", "2 P2.1", "Row 1"]
    question = next(each for each in app.text_input if each.label == "Its question")
    question.input("Is it quick?").run()
    assert next(each for each in app.text_input if each.label == "Its question").value == "Is it quick?"
    for _ in range(5):
        app = click(app, "import-undo")
    assert stops(app) == before
    assert app.button(key="import-undo").disabled


def kept(app: AppTest) -> Routine:
    assert not app.exception
    return process.routines().find("long-one")


def test_what_is_kept_is_a_routine_and_the_next_version_of_it_later() -> None:
    listed = {"name": "v", "type": "custom", "query": "search,shop", "label": "Which?"}
    app = pasted({**rows(2), "templating": {"list": [listed]}})
    variable = next(each for each in app.selectbox if "Which" in each.label)
    variable.set_value("shop").run()
    app = click(app, "import-keep")
    first = kept(app)
    assert [stop.title for stop in first.stops] == ["Row 0", "Row 1"]
    assert (first.version, first.by, first.variables[0].default) == (1, "Maya", ("shop",))
    assert "Walk it" in labels(app)
    app.checkbox(key="import-walks-row-1-True").uncheck().run()
    app = click(app, "import-keep")
    second = kept(app)
    assert (second.version, [stop.title for stop in second.stops]) == (2, ["Row 0"])


def test_walk_that_needs_a_value_says_so() -> None:
    app = click(pasted(rows(1)), "import-keep")
    assert "Choose Which? first." in said(click(app, "import-walk"))


def test_what_was_begun_is_there_again_and_can_be_put_away() -> None:
    pasted(rows(2))
    app = opened(Place.IMPORTING)
    assert "Not kept yet" in [header.value for header in app.header]
    away = next(button for button in app.button if button.label == "Put away")
    assert "Not kept yet" not in [header.value for header in away.click().run().header]


def test_look_that_needs_a_value_says_so_when_it_is_tried() -> None:
    app = pasted(rows(1))
    app = click(app, "import-opens-row-0")
    app = click(app, "import-try-row-0/p0-0")
    assert "v needs a value" in said(app)


def test_foreign_words_are_shown_as_they_are() -> None:
    evil = "**bold** <img src=x onerror=alert(1)> :red[x] $x$"
    app = pasted(
        rows(1),
    )
    app = pasted({**dashboard(panel(title=evil, description=evil), panel("logs", title=evil)), "title": evil})
    assert not app.exception
    assert all("<img" not in str(each.value).replace("\\<", "") for each in app.markdown)


def test_nobody_is_asked_before_anything_is_written() -> None:
    """The page can be read without a name; with the first thing that is kept it asks for one."""
    app = opened(Place.IMPORTING, name="")
    app.text_area(key="import-pasted").input(json.dumps(forms.modern())).run()
    assert not app.exception
    assert "Machines" in said(app)
    assert process.notebooks().imports.find() == ()
