"""Whatever tools and people call things: no page dies of two that are called alike, and each can be chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from dashboards.shared import process
from dashboards.ui.places import Place
from dashboards.ui.words import distinguished
from tests.dashboards.apptest import labels, opened, said, started
from tests.vistas.sharing.making import vista
from vistas.routine import Look
from vistas.snapshot import Snapshot
from vistas.vista import Detour, Vista, Walk, new_id

pytestmark = pytest.mark.usefixtures("afresh")
ALIKE = "could not read the whole log of shop/checkout-5d8f7c9b6-"
TWIN_LOOKS = ("cpu", "main-cpu"), ("cpu-main", "cpu")
"""Look and source: joined by a dash, both pairs read the same."""


def kept(made: Vista) -> Vista:
    started()
    process.workspace().store.put(made)
    return made


def warned(*warnings: str) -> Vista:
    made = vista()
    first = made.snapshots[0]
    return replace(
        made,
        snapshots=(replace(first, provenance=replace(first.provenance, warnings=warnings)), *made.snapshots[1:]),
    )


def shown(made: Vista, place: Place = Place.REPLAY) -> str:
    return said(opened(place, vista=made.id, stop=made.snapshots[0].stop))


@pytest.mark.parametrize("warnings", [("", ""), ('"', "'"), ("\n", "\r\n"), ("💥" * 40, "💥" * 41)])
def test_any_two_warnings_are_drawn(warnings: tuple[str, ...]) -> None:
    """Empty, with quotes, with line ends, equal once they are cut."""
    shown(kept(warned(*warnings)))


def test_two_replicas_that_warn_alike_are_both_told() -> None:
    """The first 40 letters of a warning are not what tells it from others."""
    text = shown(kept(warned(f"{ALIKE}a", f"{ALIKE}b")))
    assert [f"{ALIKE}{pod}" in text for pod in "ab"] == [True, True]


def test_many_warnings_are_a_few_and_the_others_behind_a_click() -> None:
    """Equal ones are told once; how many wait stands on the door."""
    made = kept(warned(*(f"{ALIKE}{number}" for number in [*range(7), *range(7)])))
    page = opened(Place.REPLAY, vista=made.id, stop=made.snapshots[0].stop)
    assert said(page).count(ALIKE) == 7
    door = next(each for each in page.expander if "warning" in each.label)
    assert door.label == "4 more warnings"
    assert [text.value for text in door.text] == [f"{ALIKE}{number}" for number in range(3, 7)]


def test_looks_and_sources_with_dashes_in_their_names_are_told_apart() -> None:
    made = vista()
    stop = made.routine.stops[0]
    one, other = (
        stop.looks[0].model_copy(update={"look": look, "title": f"The look {look}", "source": source})
        for look, source in TWIN_LOOKS
    )
    routine = made.routine.model_copy(
        update={"stops": (stop.model_copy(update={"looks": (one, other)}), *made.routine.stops[1:])}
    )
    text = shown(kept(replace(made, routine=routine, snapshots=(of(made, one), of(made, other)))))
    assert [look.title in text for look in (one, other)] == [True, True]


def of(made: Vista, look: Look) -> Snapshot:
    first = made.snapshots[0]
    return replace(first, look=look.look, provenance=replace(first.provenance, source=look.source))


def test_two_detours_of_one_name_break_no_page() -> None:
    """Two that took one at the same moment before names were their own, or a bundle that says so."""
    made = vista()
    stop = made.snapshots[0].stop
    look = made.routine.stops[0].looks[0].model_copy(update={"look": "detour-1"})
    detours = tuple(
        Detour(stop, look.model_copy(update={"title": title}), "Maya", made.begun_at) for title in ("One", "Two")
    )
    text = shown(kept(replace(made, detours=detours, snapshots=(*made.snapshots, of(made, look)))))
    assert "Two" in text


def test_of_two_walkers_of_one_name_each_way_can_be_followed() -> None:
    """Streamlit knows a choice by its words."""
    made = vista()
    walk = made.walks[0]
    later = tuple(replace(step, arrived_at=step.arrived_at + timedelta(minutes=1)) for step in walk.steps)
    twins = (walk, Walk(new_id(), walk.walker, later))
    page = opened(Place.REPLAY, vista=kept(replace(made, walks=twins)).id)
    options = page.get("button_group")[0]
    assert len(labels(page)) > 0
    assert {option.content for option in options.proto.options} >= {walk.walker, f"{walk.walker} (2)"}


def test_names_are_told_apart_and_never_made_equal() -> None:
    """Not even to one that reads as if it had been told apart."""
    names = distinguished(enumerate(["a", "a", "a (2)", "", ""]))
    assert list(names.values()) == ["a", "a (2)", "a (2) (2)", "", " (2)"]
