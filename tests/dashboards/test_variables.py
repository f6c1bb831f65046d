"""Choosing what a routine is walked with: on the home page, in a room, and through somebody's eyes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.shared import process
from dashboards.ui.places import Place
from tests.dashboards.apptest import APP as SCRIPT
from tests.dashboards.apptest import opened, said, seen_by, started
from vistas.practice.session import Activity, ActivityKind
from vistas.practice.session.entries import HostTaken, Planned, Turned
from vistas.store import Search
from vistas.vista import Vista, new_id

pytestmark = pytest.mark.usefixtures("afresh")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SHOP = """\
routine: shop
title: One of our shops
about: What runs in it.
variables:
  - {variable: region, values: [north, south], default: north}
  - {variable: shop, title: "The *shop*"}
  - {variable: pod, label: pod, source: gone, several: true, every: .+}
stops:
  - stop: pods
    title: Pods
    question: What runs in $shop?
    why: w
    normal: n
    plainly: p
    looks:
      - {look: up, title: Up, source: gone, take: range, query: 'up{region="$region", shop="$shop", pod=~"$pod"}'}
"""
SETTINGS = 'routines = "routines"\n[sources.gone]\ntype = "prometheus"\nurl = "http://127.0.0.1:9"\n'


@pytest.fixture(autouse=True)
def shop(afresh: None) -> None:
    """A routine with a fixed list, free text, and a label of a tool that does not answer."""
    Path("routines").mkdir()
    Path("routines/shop.yaml").write_text(SHOP)
    with Path("vistas.toml").open("a") as file:
        file.write(SETTINGS)


def begun() -> list[Vista]:
    store = process.workspace().store
    return [store.vista(each.id) for each in store.library(Search(saved_only=False, routine="shop")).vistas]


def choose(app: AppTest, place: str, **values: str) -> AppTest:
    for name, value in values.items():
        app.text_input(key=f"choose-{place}-{name}").input(value)
    return app.run()


def test_a_walk_begins_once_everything_has_a_value() -> None:
    """It says which one lacks; words of a routine are shown as they are; a dead tool is told, and one can type."""
    app = started()
    assert app.selectbox(key="choose-path-shop-region").value == "north"
    app = app.button(key="walk-shop").click().run()
    assert "Choose The *shop* first." in said(app)
    assert begun() == []
    app = choose(app, "path-shop", shop="books")
    assert "first." not in said(app)
    app = app.button(key="walk-shop").click().run()
    [walk] = begun()
    assert walk.name == "One of our shops · north · books"
    assert walk.routine.stops[0].looks[0].query == ('up{region="north", shop="books", pod=~".+"}',)
    assert "What runs in books?" in said(app)
    assert app.query_params["of-shop"] == "books"
    assert "of-pod" not in app.query_params


def test_a_link_to_the_home_page_chooses_beforehand() -> None:
    """What is not in a fixed list is not chosen."""
    app = seen_by("Maya", AppTest.from_file(str(SCRIPT), default_timeout=120))
    app.query_params["of-region"] = "south"
    app.query_params["of-shop"] = ["wine", "books"]
    app.query_params["of-pod"] = ["a", "b"]
    app = app.run()
    app = app.button(key="walk-shop").click().run()
    [walk] = begun()
    assert [each.chosen for each in walk.routine.variables] == [("south",), ("wine",), ("a", "b")]
    other = seen_by("Maya", AppTest.from_file(str(SCRIPT), default_timeout=120))
    other.query_params["of-region"] = "nowhere"
    assert other.run().selectbox(key="choose-path-shop-region").value == "north"


def test_in_a_room_it_is_chosen_before_the_walk_begins() -> None:
    started()
    walk = Activity(id=new_id(), kind=ActivityKind.WALK, title="The shop", routine="shop")
    sessions = process.notebooks().sessions
    room = sessions.begin(
        "Thursday", HostTaken(host="Maya"), Planned(activity=walk), Turned(activity=walk.id), by="Maya", at=NOW
    )
    app = opened(Place.SESSION, room=room)
    app = app.button(key="walk-path-shop").click().run()
    assert "Choose The *shop* first." in said(app)
    app = choose(app, f"room-{walk.id}-shop", shop="books")
    app.button(key="walk-path-shop").click().run()
    assert [each.name for each in begun()] == ["One of our shops · north · books"]


def test_through_somebodys_eyes_their_choice_comes_first() -> None:
    app = choose(started(), "path-shop", shop="books")
    app.button(key="walk-shop").click().run()
    [earlier] = begun()
    process.workspace().store.save(earlier.id, "A quiet one", NOW, by="Maya")
    app = opened(Place.REPLAY, vista=earlier.id)
    app = app.button(key="as-they-did").click().run()
    assert app.text_input(key=f"choose-as-{earlier.id}-shop").value == "books"
    assert app.selectbox(key=f"choose-as-{earlier.id}-region").value == "north"
    assert len(begun()) == 1
