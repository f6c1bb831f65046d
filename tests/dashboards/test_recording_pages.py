"""The page on which a routine is recorded, and how it is found again, run without a browser."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from dashboards.drafts import kinds, saving
from dashboards.drafts.desk import Desk
from dashboards.shared import process
from dashboards.state import now, session
from dashboards.ui.places import Place
from tests.dashboards.apptest import labels, opened, said, started
from vistas.practice.drafts import BegunFrom, LookTried, StopKept, StopRemoved, Words, new_stop
from vistas.routine import Look, Routine
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
    named = {"resource": "clusters.postgresql.cnpg.io/v1", "namespace": "shop"}
    assert kinds.title_of("objects", named) == "Clusters of shop"
    assert kinds.title_of("objects", {}) == "Any other"
    assert kinds.title_of("lines", {"host": "a.example"}) == "What the log says of a.example"


def test_every_look_is_of_one_kind() -> None:
    assert kinds.kind_of("range") is kinds.Kind.QUERY
    assert kinds.kind_of("pods") is kinds.Kind.OBJECTS
    assert kinds.kind_of("controller-routes") is kinds.Kind.REQUESTS
    assert kinds.kind_of("silences") is kinds.Kind.ALERTS


# --- saving


def draft_of(base: Routine) -> UUID:
    """A draft from a routine, with a stop less."""
    entries = (BegunFrom(routine=base), StopRemoved(stop=base.stops[-1].stop))
    return process.notebooks().drafts.begin("", *entries, by="Maya", at=now())


def save(draft: UUID, title: str, because: str, *, own: bool = False) -> None:
    """As the form does: AppTest closes a dialog before what is in it can be sent."""
    session().name = "Maya"
    saving._save(Desk(draft, process.notebooks().drafts.read(draft)), title, because, own=own, folder=None)


@pytest.mark.usefixtures("afresh")
def test_what_was_recorded_from_a_routine_becomes_its_next_version() -> None:
    started()
    base = process.routines().all()[0]
    save(draft := draft_of(base), base.title, "Nobody looked at the last one.")
    assert f"{base.title}, version 2" in said(opened(Place.RECORD, draft=draft)).replace("**", "")
    saved = process.routines().find(base.routine)
    assert (saved.version, saved.by, saved.because) == (2, "Maya", "Nobody looked at the last one.")
    assert saved.stops == base.stops[:-1]
    assert process.notebooks().drafts.read(draft).is_saved


@pytest.mark.usefixtures("afresh")
def test_or_a_routine_of_one_s_own_with_credit() -> None:
    started()
    base = process.routines().all()[0]
    save(draft_of(base), "Mine", "Shorter.", own=True)
    saved = process.routines().find("mine")
    assert saved.after is not None
    assert (saved.after.routine, saved.title, saved.because) == (base.routine, "Mine", "Shorter.")
    assert saved.stops == base.stops[:-1]
    assert process.routines().find(base.routine) == base


@pytest.mark.usefixtures("afresh")
def test_what_somebody_saved_meanwhile_is_not_written_over() -> None:
    started()
    base = process.routines().all()[0]
    draft = draft_of(base)
    theirs = base.model_copy(update={"stops": base.stops[:2]})
    process.routines().save(theirs, because="Quicker.", by="Tomás", at=now())
    save(draft, base.title, "Nobody looked at the last one.")
    assert (conflict := session().conflict) is not None
    assert "Tomás saved version 2 of it meanwhile" in conflict.told
    assert process.routines().find(base.routine).because == "Quicker."
    assert not process.notebooks().drafts.read(draft).is_saved


@pytest.mark.usefixtures("afresh")
def test_what_was_recorded_from_nothing_is_a_new_routine() -> None:
    started()
    save(begun(), "Is it up?", "")
    saved = process.routines().find("is-it-up")
    assert (saved.version, saved.stops[0].question) == (1, "Is it up?")
