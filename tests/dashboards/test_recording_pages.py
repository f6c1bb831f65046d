"""The page on which a routine is recorded, and how it is found again, run without a browser."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from dashboards.drafts import kinds
from dashboards.shared import process
from dashboards.state import now
from dashboards.ui.places import Place
from tests.dashboards.apptest import labels, opened, said, started
from vistas.practice.drafts import BegunFrom, LookTried, StopKept, Words, new_stop
from vistas.routine import Look
from vistas.routine.file import built_in_routines

WORDS = Words(question="Is it up?", why="Else nothing works.")
LOOK = Look(look="up", title="Up", source="prometheus", take="instant", query=("up",))


def begun(by: str = "Maya", *, kept: bool = True) -> UUID:
    """A draft in the store of the app that has started."""
    entries = (LookTried(id=uuid4(), look=LOOK), *([StopKept(stop=new_stop(LOOK, WORDS, ()))] if kept else []))
    return process.notebooks().drafts.begin("", *entries, by=by, at=now())


@pytest.mark.usefixtures("afresh")
def test_without_a_tool_it_says_what_is_missing() -> None:
    shown = said(opened(Place.RECORD))
    assert "There is nothing here to look at yet." in shown
    assert "recordings can only show again" in shown


@pytest.mark.usefixtures("afresh")
def test_a_draft_that_is_not_here_has_a_way_on() -> None:
    page = opened(Place.RECORD, draft=uuid4())
    assert "This draft could not be found." in said(page)
    assert "Begin anew" in labels(page)


@pytest.mark.usefixtures("afresh")
def test_another_kind_of_journal_is_no_draft() -> None:
    started()
    other = process.notebooks().decisions.begin("A table", by="Maya", at=now())
    assert "This draft could not be found." in said(opened(Place.RECORD, draft=other))


@pytest.mark.usefixtures("afresh")
def test_what_one_has_begun_is_found_at_home_by_oneself() -> None:
    started()
    begun()
    begun("Tomás")
    links = [str(each.proto.label) for each in started().get("page_link")]
    assert [label for label in links if "Continue the routine you began today" in label and "1 stop" in label]
    assert len([label for label in links if "Continue the routine" in label]) == 1


@pytest.mark.usefixtures("afresh")
def test_a_draft_of_a_routine_is_walked_and_saved_from_the_bar() -> None:
    started()
    base = built_in_routines()[0]
    key = process.notebooks().drafts.begin("", BegunFrom(routine=base), by="Maya", at=now())
    page = opened(Place.RECORD, draft=key)
    assert base.title in said(page)
    assert {"Try as a walk", "Save…"} <= labels(page)


# --- what looks are called


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("up", "Up"),
        ("sum by (status) (rate(http_requests_total{job='a'}[5m]))", "Http requests"),
        ("histogram_quantile(0.99, sum by (le) (rate(wait_seconds_bucket[5m])))", "Wait seconds"),
        ('{"shop.orders", status="200"}', "Shop orders"),
        ("1 + 1", "1 + 1"),
    ],
)
def test_a_query_is_called_after_its_metric(query: str, title: str) -> None:
    assert kinds.title_of("range", {}, query) == title


def test_other_looks_are_called_after_what_they_show() -> None:
    assert kinds.title_of("endpointslices", {"namespace": "shop"}) == "Endpoint slices of shop"
    assert kinds.title_of("hpas", {}) == "HPAs"
    assert kinds.title_of("lines", {"host": "a.example"}) == "What the log says of a.example"


def test_every_look_is_of_one_kind() -> None:
    assert kinds.kind_of("range") is kinds.Kind.QUERY
    assert kinds.kind_of("pods") is kinds.Kind.OBJECTS
    assert kinds.kind_of("controller-routes") is kinds.Kind.REQUESTS
    assert kinds.kind_of("silences") is kinds.Kind.ALERTS
