"""Ways through a morning side by side, without a browser: whose they are, from where they come, what is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.shared import process
from dashboards.ui import links
from dashboards.ui.places import Place
from dashboards.ways.in_url import parameters, written
from tests.dashboards.apptest import opened, said, started
from tests.vistas.mornings.ways.test_ways import FRIDAY, THURSDAY, notice, vista, walk
from vistas.practice.session import Activity, ActivityKind
from vistas.practice.session.entries import FirstLookBegan, HostTaken, Planned, Turned
from vistas.vista import Vista, Walk, new_id

pytestmark = pytest.mark.usefixtures("afresh")


@pytest.fixture(autouse=True)
def begun(afresh: None) -> None:
    started()


def saved(*walks: Walk, begun: datetime = THURSDAY, notices: Sequence[object] = ()) -> Vista:
    kept = replace(vista(*walks, begun=begun, notices=notices), saved_at=begun)
    process.workspace().store.put(kept)
    return kept


def beside(one: Vista, other: Vista) -> AppTest:
    pairs = [(each.id, each.walks[0].id) for each in (one, other)]
    return opened(Place.WRAP_UP, **parameters(pairs))


def test_walks_of_two_mornings_are_beside_each_other_by_their_address() -> None:
    thursday = saved(walk("abc"), notices=[notice("a", THURSDAY), notice("b", THURSDAY)])
    friday = saved(walk("acd", by="Jonas", begun=FRIDAY), begun=FRIDAY, notices=[notice("a", FRIDAY, by="Jonas")])
    shown = said(beside(thursday, friday))
    assert "**Where both noticed something**" in shown
    assert "**Where Maya noticed something**" in shown
    assert "**Where Jonas came by**" in shown


def test_all_walkers_of_a_morning_have_a_lane_once_it_is_unfolded() -> None:
    together = saved(walk("abc"), walk("acd", by="Jonas"), walk("ab", by="Ines"))
    app = opened(Place.WRAP_UP, vista=together.id)
    assert "came by" not in said(app)
    app.session_state[f"ways-{together.id}"] = True
    shown = said(app.run())
    assert "**Where Maya and Jonas came by**" in shown
    assert "**Where Jonas came by**" in shown


def test_two_mornings_that_are_compared_show_how_each_was_walked() -> None:
    thursday = saved(walk("abc"), notices=[notice("b", THURSDAY)])
    friday = saved(walk("acd", by="Jonas", begun=FRIDAY), begun=FRIDAY)
    app = opened(Place.COMPARE, then=thursday.id, now=friday.id)
    assert "noticed something" not in said(app)
    app.session_state[f"ways-{thursday.id}-{friday.id}"] = True
    shown = said(app.run())
    assert "**Where Maya noticed something**" in shown
    assert "**Where Jonas came by**" in shown


def test_a_morning_that_nobody_walked_has_no_way_to_show() -> None:
    gathered, walked = saved(), saved(walk("abc", begun=FRIDAY), begun=FRIDAY)
    app = opened(Place.COMPARE, then=gathered.id, now=walked.id)
    assert not [each for each in app.expander if "walked" in each.label]


def test_an_address_may_name_a_morning_for_all_its_walks() -> None:
    together = saved(walk("abc"), walk("acd", by="Jonas"))
    shown = said(opened(Place.WRAP_UP, **links.ways(together.id)))
    assert "**Where Jonas came by**" in shown
    assert "**Where Maya came by**" in shown


def test_another_morning_is_laid_beside_by_choosing_it() -> None:
    thursday, friday = saved(walk("abc")), saved(walk("acd", by="Jonas", begun=FRIDAY), begun=FRIDAY)
    app = opened(Place.WRAP_UP, vista=thursday.id)
    app.session_state[f"ways-{thursday.id}"] = True
    app.run()
    app.selectbox(key=f"ways-another-{thursday.id}-1").set_value(str(friday.id)).run()
    assert app.query_params["ways"] == written(
        [(thursday.id, thursday.walks[0].id), (friday.id, friday.walks[0].id)]
    )
    assert "Jonas" in said(app)


@pytest.mark.parametrize(
    "ways", ["~", "x.y", f"{UUID(int=1)}.{UUID(int=2)}", "." * 3000], ids=["blank", "no ids", "unknown", "long"]
)
def test_an_address_that_names_nothing_is_no_trouble(ways: str) -> None:
    thursday = saved(walk("abc"))
    assert "What did we notice?" in said(opened(Place.WRAP_UP, vista=thursday.id, ways=ways))


def first_look(about: UUID, stop: str) -> None:
    activity = Activity(id=new_id(), kind=ActivityKind.WALK, title="The morning", about=about)
    at = datetime.now(THURSDAY.tzinfo)
    look = FirstLookBegan(activity=activity.id, stop=stop, until=at + timedelta(minutes=5))
    entries = (HostTaken(host="Maya"), Planned(activity=activity), Turned(activity=activity.id), look)
    process.notebooks().sessions.begin("Thursday", *entries, by="Maya", at=at)


def test_what_a_first_look_keeps_back_is_not_told() -> None:
    thursday = saved(walk("abc"))
    friday = saved(walk("acd", by="Jonas", begun=FRIDAY), begun=FRIDAY, notices=[notice("a", FRIDAY, by="Jonas")])
    assert "noticed something**" in said(beside(thursday, friday))
    first_look(friday.id, "a")
    assert "noticed something**" not in said(beside(thursday, friday))
