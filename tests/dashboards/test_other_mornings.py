"""The other mornings at hand, without a browser: earlier notices, a notice's history, and what may be missed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.shared import process
from dashboards.ui.places import Place
from tests.dashboards.apptest import opened, said, started
from tests.vistas.mornings.unusual.test_find_unusual import THURSDAY, level, morning, usual
from vistas.practice.session import Activity, ActivityKind
from vistas.practice.session.entries import FirstLookBegan, HostTaken, Planned, Turned
from vistas.store import Search
from vistas.vista import Step, Vista, Walk, new_id
from vistas.vista.notice import Notice, NoticeKind, Stretch

pytestmark = pytest.mark.usefixtures("afresh")
FIRST_YOURSELF = "Look for yourself first"


@pytest.fixture(autouse=True)
def begun(afresh: None) -> None:
    """The recordings are in the library as well."""
    started()


def saved(vista: Vista) -> Vista:
    kept = replace(vista, saved_at=vista.begun_at)
    process.workspace().store.put(kept)
    return kept


def risen(*notices: Notice, walks: tuple[Walk, ...] = ()) -> Vista:
    """This morning cart stands at 30 %, where it was at 6 to 7 %."""
    today = morning(0, {"cart": level(0.3), "search": level(0.5)})
    return saved(replace(today, notices=notices, walks=walks))


def notice(text: str, by: str = "Ines", days_ago: int = 0, *, series: str = "") -> Notice:
    at = THURSDAY - timedelta(days=days_ago)
    anchor = {"look": "errors", "source": "prometheus", "start": at - timedelta(hours=1), "end": at}
    hung = {"anchor": Stretch(series=({"host": series},), **anchor)} if series else {}
    return Notice(id=new_id(), stop="door", author=by, kind=NoticeKind.WONDERING, text=text, written_at=at, **hung)


def unfolded(vista: Vista, what: str, page: Place = Place.WALK, name: str = "Maya") -> AppTest:
    """The page with one of its folded parts open."""
    app = opened(page, name, vista=vista.id, stop="door")
    assert not app.exception
    app.session_state[what] = True
    return app.run()


def earlier(vista: Vista) -> str:
    return f"earlier-{vista.id}-door"


def missed(vista: Vista) -> str:
    return f"missed-{vista.id}-door"


def went_on(walker: str = "Maya") -> tuple[Walk, ...]:
    return (Walk(new_id(), walker, (Step("door", THURSDAY, THURSDAY + timedelta(minutes=1)),)),)


def test_what_was_noticed_here_before_is_told_when_it_is_unfolded_the_newest_first() -> None:
    for days_ago in (14, 7):
        then = notice(f"{days_ago} days ago", days_ago=days_ago, series="cart")
        saved(replace(morning(days_ago, {"cart": level(0.06)}), notices=(then,)))
    vista = risen()
    assert "days ago" not in said(opened(Place.WALK, vista=vista.id, stop="door"))
    shown = said(unfolded(vista, earlier(vista)))
    assert shown.index("7 days ago") < shown.index("14 days ago")


def test_nothing_noticed_before_is_said() -> None:
    vista = risen()
    assert "Nothing, as far as this library goes." in said(unfolded(vista, earlier(vista)))


def test_what_a_first_look_keeps_back_is_not_among_earlier_notices() -> None:
    saved(replace(morning(7, {"cart": level(0.06)}), notices=(notice("only Ines saw", days_ago=7),)))
    vista = risen()
    walk = Activity(id=new_id(), kind=ActivityKind.WALK, title="The morning", about=vista.id)
    at = datetime.now(UTC)
    look = FirstLookBegan(activity=walk.id, stop="door", until=at + timedelta(minutes=5))
    entries = (HostTaken(host="Maya"), Planned(activity=walk), Turned(activity=walk.id), look)
    process.notebooks().sessions.begin("Thursday", *entries, by="Maya", at=at)
    assert "only Ines saw" not in said(unfolded(vista, earlier(vista)))


def test_what_became_of_a_notice_is_told_morning_by_morning() -> None:
    for each in usual(3):
        saved(each)
    mine = notice("so high", series="cart")
    vista = risen(mine)
    shown = said(unfolded(vista, f"history-{mine.id}", Place.REPLAY))
    assert "**Found on 3 of 5 other mornings**" in shown
    assert "cart: 30 % then, 6 % in the same hour on 19 November" in shown


def test_a_notice_of_a_whole_stop_has_no_history() -> None:
    mine = notice("quiet")
    app = opened(Place.WALK, vista=risen(mine).id, stop="door")
    app.session_state[f"history-{mine.id}"] = True
    assert "other morning" not in said(app.run())


def test_without_a_look_of_ones_own_nothing_is_told() -> None:
    for each in usual():
        saved(each)
    vista = risen(notice("I did", by="Ines"), walks=went_on("Ines"))
    shown = said(unfolded(vista, missed(vista)))
    assert FIRST_YOURSELF in shown
    assert "30 %" not in shown


@pytest.mark.parametrize("page", [Place.WALK, Place.REPLAY])
@pytest.mark.parametrize("by_noticing", [True, False])
def test_after_ones_own_look_it_is_told_what_is_unusual(page: Place, *, by_noticing: bool) -> None:
    for each in usual():
        saved(each)
    vista = risen(notice("hm", by="Maya")) if by_noticing else risen(walks=went_on())
    shown = said(unfolded(vista, missed(vista), page))
    assert "cart: **30 %**, higher than on any of the 12 earlier mornings (6 % to 7 %)." in shown
    assert "search" not in shown.split("cart: ")[1]


def test_too_few_mornings_are_said_with_what_others_noticed_before() -> None:
    for each in usual(2):
        saved(each)
    saved(replace(morning(21, {"cart": level(0.06)}), notices=(notice("cart again", days_ago=21),)))
    vista = risen(walks=went_on())
    shown = said(unfolded(vista, missed(vista)))
    assert "There are 3 earlier weekday mornings of these hours to compare with; it takes 7" in shown
    assert "cart again" in shown.split("Others noticed here before")[1]


def test_the_wrap_up_tells_of_stops_where_one_has_looked() -> None:
    for each in usual():
        saved(each)
    seen, unseen = risen(walks=went_on()), risen()
    assert "cart: **30 %**" in said(unfolded(seen, f"missed-{seen.id}", Place.WRAP_UP))
    shown = said(unfolded(unseen, f"missed-{unseen.id}", Place.WRAP_UP))
    assert FIRST_YOURSELF in shown
    assert "30 %" not in shown


def test_a_morning_like_the_others_has_nothing_unusual() -> None:
    for each in usual():
        saved(each)
    vista = saved(replace(morning(0, {"cart": level(0.066), "search": level(0.5)}), walks=went_on()))
    assert "Nothing here is unusual beside 13 earlier mornings." in said(unfolded(vista, missed(vista)))


def test_every_recorded_morning_can_be_unfolded() -> None:
    """Real looks of every kind."""
    store = process.workspace().store
    vista = store.vista(store.library(Search(origin="recording", limit=1)).vistas[0].id)
    hung = next(each for each in vista.notices if isinstance(each.anchor, Stretch))
    app = opened(Place.REPLAY, hung.author, vista=vista.id, stop=hung.stop)
    for key in (f"history-{hung.id}", f"missed-{vista.id}-{hung.stop}", f"earlier-{vista.id}-{hung.stop}"):
        app.session_state[key] = True
    assert "to compare with; it takes 7" in said(app.run())
