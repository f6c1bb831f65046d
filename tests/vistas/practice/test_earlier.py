"""What earlier mornings say at a stop, and what a first look keeps back of it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from tests.vistas.store.test_store import NOW, notice, vista
from vistas.practice import Notebooks
from vistas.practice.session import Activity, ActivityKind
from vistas.practice.session.entries import FirstLookBegan, Planned
from vistas.practice.walk.earlier import earlier_here
from vistas.store import Store
from vistas.vista import Vista, new_id

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def first_look_upon(notebooks: Notebooks, about: UUID, stop: str = "s1") -> None:
    walk = Activity(id=new_id(), kind=ActivityKind.WALK, title="Walk", about=about)
    began = FirstLookBegan(activity=walk.id, stop=stop, until=NOW + MINUTE)
    notebooks.sessions.begin("Together", Planned(activity=walk), began, by="Maya", at=NOW)


def kept(store: Store) -> Vista:
    written = (notice("hers"), notice("mine", author="Jonas"))
    before = vista(begun_at=NOW - DAY, saved_at=NOW, notices=written)
    store.put(before)
    return before


def seen(store: Store, notebooks: Notebooks, today: Vista, *, later: timedelta = timedelta()) -> set[str]:
    found = earlier_here(store, notebooks.sessions, today, "s1", viewer="Jonas", now=NOW + later)
    return {each.notice.text for each in found}


def test_what_a_first_look_hides_is_not_seen_on_another_morning_either(store: Store, notebooks: Notebooks) -> None:
    before, today = kept(store), vista()
    assert seen(store, notebooks, today) == {"hers", "mine"}
    first_look_upon(notebooks, before.id, stop="s2")
    assert seen(store, notebooks, today) == {"hers", "mine"}
    first_look_upon(notebooks, before.id)
    assert seen(store, notebooks, today) == {"mine"}
    assert seen(store, notebooks, today, later=MINUTE) == {"hers", "mine"}


def test_during_a_first_look_earlier_mornings_do_not_give_the_answer(store: Store, notebooks: Notebooks) -> None:
    kept(store)
    today = vista()
    first_look_upon(notebooks, today.id)
    assert seen(store, notebooks, today) == {"mine"}


def test_it_is_of_this_routine_and_before_this_morning(store: Store, notebooks: Notebooks) -> None:
    kept(store)
    assert seen(store, notebooks, vista(begun_at=NOW - 2 * DAY)) == set()
