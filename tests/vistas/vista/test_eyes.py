"""The order in which somebody took the stops, and an earlier vista that is read when it is asked for."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import moments, vistas_alone
from tests.vistas.store.test_store import vista
from vistas.vista import Detour, Eyes, Step, Vista, Walk, new_id, order_of_stops

PEOPLE = ("Maya", "Jonas")


@st.composite
def walked(draw: st.DrawFn) -> Vista:
    """Two people's walks, in several parts, to stops of the routine and to one that it does not have."""
    made = draw(vistas_alone())
    stops = st.sampled_from([*(stop.stop for stop in made.routine.stops), "elsewhere"])
    steps = st.lists(st.builds(Step, stops, moments), max_size=6).map(tuple)
    walks = st.builds(Walk, st.builds(new_id), st.sampled_from(PEOPLE), steps)
    (_, look) = draw(st.sampled_from(list(made.routine.looks())))
    detours = st.builds(Detour, stops, st.just(look), st.sampled_from(PEOPLE), moments)
    return replace(
        made,
        walks=tuple(draw(st.lists(walks, max_size=4))),
        detours=tuple(draw(st.lists(detours, max_size=4))),
    )


@given(walked())
def test_every_stop_is_there_once_as_it_was_first_come_to(made: Vista) -> None:
    planned = [stop.stop for stop in made.routine.stops]
    first: dict[str, object] = {}
    for step in sorted((s for w in made.walks if w.walker == "Maya" for s in w.steps), key=lambda s: s.arrived_at):
        first.setdefault(step.stop, step.arrived_at)
    order = order_of_stops(made, "Maya")
    assert sorted(each.stop for each in order) == sorted(planned)
    visited = [each.stop for each in order if each.visited]
    assert visited == [stop for stop in first if stop in planned]
    assert [each.stop for each in order[len(visited) :]] == [stop for stop in planned if stop not in first]


@given(walked())
def test_each_stop_has_the_detours_that_they_took_from_it(made: Vista) -> None:
    for each in order_of_stops(made, "Maya"):
        theirs = [detour for detour in made.detours if detour.walker == "Maya" and detour.stop == each.stop]
        assert list(each.detours) == theirs


def test_the_earlier_vista_is_read_when_it_is_asked_for_and_once() -> None:
    """Also where it is to be seen changed."""
    asked: list[Vista] = []
    was = vista(title="A slow leak")

    def read() -> Vista:
        asked.append(was)
        return was

    eyes = Eyes("Maya", was.id, was.name, was.begun_at, read)
    renamed = eyes.seeing(lambda earlier: replace(earlier, title="Mine"))
    assert asked == []
    assert (renamed.earlier.title, renamed.earlier.title, eyes.earlier.title) == ("Mine", "Mine", "A slow leak")
    assert asked == [was]


def test_eyes_are_of_a_vista_without_eyes() -> None:
    """One step back, and no further."""
    first = vista()
    second = vista(eyes=Eyes.upon(first, "Maya"))
    assert Eyes.upon(second, "Ines").earlier == replace(second, eyes=None)
