"""Then and now on pages: the comparison of two vistas, and a stop beside what it showed earlier."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.mornings.comparison.rows import stops_html
from dashboards.shared import process
from dashboards.ui.places import Place
from tests.connectors.http.answering import AnsweringServer, Reply, told
from tests.dashboards.apptest import opened, said, started
from tests.vistas.sharing.making import RATE, WINDOW, routine, series, snapshot, vista
from vistas.gathering import morning
from vistas.linking import Link
from vistas.mornings.comparison import Change, ChangeKind, Difference, LookAt, LookDifference, StopDifference
from vistas.source import Deadline
from vistas.store import Search
from vistas.vista import Vista, new_id


@pytest.fixture(autouse=True)
def the_recordings(afresh: None, tmp_path: Path) -> None:
    """Without sources, Thursday's and Friday's are in the library."""
    (tmp_path / "vistas.toml").write_text(f'person = "Maya"\ndata = "{tmp_path}/data"\n')


@pytest.fixture
def mornings() -> tuple[Vista, Vista]:
    """Thursday's and Friday's."""
    started()
    store = process.workspace().store
    found = sorted(store.library(Search()).vistas, key=lambda each: each.window.end)
    return store.vista(found[0].id), store.vista(found[1].id)


def shown(app: AppTest) -> str:
    """What is drawn as HTML of our own."""
    assert not app.exception
    drawn = (element.proto.body for element in app.get("html"))
    return "\n".join(html for html in drawn if not html.startswith("<style>"))


def compared(then: UUID, now: UUID) -> AppTest:
    return opened(Place.COMPARE, then=then, now=now)


def test_stops_come_by_what_is_most_different(mornings: tuple[Vista, Vista]) -> None:
    page = shown(compared(mornings[0].id, mornings[1].id))
    assert page.index(">Weather</a></h3>") < page.index(">Errors</a></h3>") < page.index(">Horizon</a></h3>")
    assert "PodCrashLooping" in page
    assert "7 looks are as they were" in page


def test_what_tools_wrote_is_text() -> None:
    """A name that is markup, in everything that a change, a look and a stop say."""
    bad = "<img src=x onerror=alert(1)>"
    change = Change(ChangeKind.NEW, {}, bad, f"{bad} is new.", 1.0)
    at = LookAt("stop", "look", bad, bad)
    look = LookDifference(at, at, None, Difference(changes=(change,), new=1, notes=(bad,)))
    out = Link(bad, f'"{bad}')
    html = stops_html(
        [StopDifference("stop", bad, bad, (look,))], lambda _: {}, lambda _: f'"{bad}', lambda _: out
    )
    assert 'class="mv-out"' in html
    assert "<img" not in html
    assert '="<' not in html
    assert '""' not in html


def test_then_and_now_are_swapped(mornings: tuple[Vista, Vista]) -> None:
    then, now = mornings[0].id, mornings[1].id
    page = compared(then, now)
    page.button(key="swap").click().run()
    assert (page.query_params["then"], page.query_params["now"]) == (str(now), str(then))
    assert "What is called then is the later of the two mornings." in shown(page)


def test_two_are_chosen(mornings: tuple[Vista, Vista]) -> None:
    page = opened(Place.COMPARE)
    assert "Compare two mornings." in said(page)
    for place, chosen in enumerate(mornings):
        page.selectbox[place].select(str(chosen.id)).run()
    assert "Weather" in shown(page)


def test_a_morning_that_is_not_here(mornings: tuple[Vista, Vista]) -> None:
    page = compared(new_id(), mornings[1].id)
    assert "The earlier morning could not be found" in said(page)
    assert page.selectbox[1].value == str(mornings[1].id)


def test_a_morning_beside_itself(mornings: tuple[Vista, Vista]) -> None:
    assert "This is one morning twice" in said(compared(mornings[0].id, mornings[0].id))


def test_two_cards_of_the_library_are_compared(mornings: tuple[Vista, Vista]) -> None:
    """In whatever order they are picked, then is the earlier one."""
    page = opened(Place.LIBRARY)
    page.button(key=f"compare-{mornings[1].id}").click().run()
    assert "Compare Checkout is stuck, and parser leaks with which morning?" in said(page)
    page.button(key=f"compare-{mornings[0].id}").click().run()
    assert (page.query_params["then"], page.query_params["now"]) == (
        str(mornings[0].id),
        str(mornings[1].id),
    )


def test_nothing_lies_beside_a_look_unless_it_is_asked_for(mornings: tuple[Vista, Vista]) -> None:
    page = opened(Place.REPLAY, vista=mornings[1].id)
    assert "mv-beside" not in shown(page)


def test_yesterday_is_the_morning_that_was_saved_then(mornings: tuple[Vista, Vista]) -> None:
    page = opened(Place.REPLAY, vista=mornings[1].id, stop="errors")
    key = next(each.key for each in page.radio if each.key and each.key.startswith("beside-choice"))
    page.radio(key=key).set_value("yesterday").run()
    assert page.query_params["beside"] == "yesterday"
    assert "Then is Search stumbled at three, Mira" in said(page)
    assert "42.5" in shown(page)


def test_last_week_where_nothing_was_saved_and_nothing_can_be_asked(mornings: tuple[Vista, Vista]) -> None:
    page = opened(Place.REPLAY, vista=mornings[1].id, beside="last-week")
    assert "No morning of this routine was saved on Friday, 13 November" in said(page)
    assert "mv-beside" not in shown(page)


def test_another_vista_is_named_in_the_address(mornings: tuple[Vista, Vista]) -> None:
    page = opened(Place.REPLAY, vista=mornings[1].id, beside=mornings[0].id)
    assert "Then is Search stumbled at three" in said(page)
    assert "mv-beside" in shown(page)
    lost = opened(Place.REPLAY, vista=mornings[1].id, beside=new_id())
    assert "could not be found" in said(lost)


def test_through_somebodys_eyes_their_morning_lies_beside(mornings: tuple[Vista, Vista]) -> None:
    """From the beginning, unless something else was chosen."""
    workspace, now = process.workspace(), datetime.now(UTC)
    begun = morning.begin_through(workspace, mornings[0], "Mira", author="Maya", now=now)
    morning.gather_into(workspace, begun, deadline=Deadline(timedelta(seconds=60)))
    page = opened(Place.WALK, vista=begun.id, stop="errors")
    assert "Then is Search stumbled at three, Mira" in said(page)
    assert "shop · search" in shown(page)
    assert "Then is" not in said(opened(Place.WALK, vista=begun.id, stop="errors", beside="nothing"))


def answered(*values: int) -> Reply:
    """A series whose samples end with yesterday's window."""
    end = (WINDOW.end - timedelta(days=1)).timestamp() - 300
    samples = [[end - 300 * (len(values) - place), str(value)] for place, value in enumerate(values)]
    found = [{"metric": {"class": "5xx"}, "values": samples}] if values else []
    return told({"status": "success", "data": {"resultType": "matrix", "result": found}})


@pytest.mark.parametrize(
    ("then", "says"), [((1, 1, 1, 1), "typically 9, was 1"), ((), "prometheus has no data from then")]
)
def test_where_no_morning_was_saved_prometheus_is_asked(tmp_path: Path, then: tuple[int, ...], says: str) -> None:
    """Its series of the same hours a day before; where it has none at all, nothing is called new for that."""
    with AnsweringServer(**{"/api/v1/query_range": answered(*then)}) as tool:
        settings = f'data = "{tmp_path}/data"\n[sources.prometheus]\ntype = "prometheus"\nurl = "{tool.url}"\n'
        (tmp_path / "vistas.toml").write_text(settings)
        started()
        made = vista(routine=routine(RATE), snapshots=(snapshot(RATE, series(9, 9, 9, 9)),), detours=())
        process.workspace().store.put(made)
        page = opened(Place.REPLAY, vista=made.id, beside="yesterday")
        [asked] = tool.forms("/api/v1/query_range")
    assert "Asked now from prometheus for Sat 19:30 to Sun 07:30" in said(page)
    assert says in shown(page)
    assert float(asked["start"][0]) == (WINDOW.start - timedelta(days=1)).timestamp()
