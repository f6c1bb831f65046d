"""Two people changed one routine: what is apart is put together, what clashes is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples
from vistas.routine import Routine
from vistas.routine.file import find_routine
from vistas.routine.merging import merged

BASE = find_routine("front-door")
Tree = dict[str, Any]


def changed(edit: Callable[[Tree], Any], routine: Routine = BASE) -> Routine:
    tree = routine.model_dump(mode="json")
    edit(tree)
    return Routine.model_validate(tree)


def test_changes_that_are_apart_are_put_together() -> None:
    mine = changed(lambda tree: tree["stops"][0].update(question="Mine?"))
    theirs = changed(lambda tree: (tree["stops"][0].update(why="Theirs."), tree.update(title="Theirs", version=5)))
    put = merged(BASE, mine, theirs)
    assert not put.clashes
    assert (put.routine.stops[0].question, put.routine.stops[0].why) == ("Mine?", "Theirs.")
    assert (put.routine.title, put.routine.version) == ("Theirs", 5)


def test_what_both_changed_is_told_and_stays_theirs() -> None:
    mine = changed(lambda tree: tree["stops"][0]["looks"][0].update(title="Mine"))
    theirs = changed(lambda tree: tree["stops"][0]["looks"][0].update(title="Theirs"))
    put = merged(BASE, mine, theirs)
    assert put.clashes == (f"{BASE.stops[0].stop} · {BASE.stops[0].looks[0].look} · title",)
    assert put.routine == theirs
    assert not merged(BASE, mine, mine).clashes


def test_a_new_stop_stands_behind_what_it_was_put_behind() -> None:
    new = BASE.stops[0].model_dump(mode="json") | {"stop": "quite-new"}
    mine = changed(lambda tree: tree["stops"].insert(2, new))
    theirs = changed(lambda tree: tree["stops"].pop(0))
    slugs = [stop.stop for stop in BASE.stops]
    assert [stop.stop for stop in merged(BASE, mine, theirs).routine.stops] == [slugs[1], "quite-new", *slugs[2:]]


def test_what_one_took_out_and_the_other_changed_stays_and_is_told() -> None:
    out = changed(lambda tree: tree["stops"].pop(0))
    other = changed(lambda tree: tree["stops"][0].update(question="Still?"))
    for mine, theirs in ((out, other), (other, out)):
        put = merged(BASE, mine, theirs)
        assert put.clashes == (BASE.stops[0].stop,)
        assert put.routine.stops[0].question == "Still?"


def test_an_order_that_only_one_changed_is_taken() -> None:
    moved, plain = changed(lambda tree: tree["stops"].reverse()), changed(lambda tree: tree.update(minutes=3))
    for mine, theirs in ((moved, plain), (plain, moved)):
        put = merged(BASE, mine, theirs)
        assert not put.clashes
        assert [stop.stop for stop in put.routine.stops] == [stop.stop for stop in reversed(BASE.stops)]
    other = changed(lambda tree: tree["stops"].insert(0, tree["stops"].pop()))
    assert merged(BASE, moved, other).clashes == ("order of stops",)


EDITS = st.sampled_from(
    [
        lambda tree: tree.update(title="T"),
        lambda tree: tree["stops"].pop(1),
        lambda tree: tree["stops"].reverse(),
        lambda tree: tree["stops"][2].update(question="Q?"),
        lambda tree: tree["stops"][2]["looks"].pop(),
        lambda tree: tree["stops"][2]["looks"][0].update(unit="bytes", where={"a": "b"}),
        lambda tree: tree["stops"].append(tree["stops"][0] | {"stop": "new"}),
    ]
)


@given(EDITS, EDITS)
@examples(30)
def test_one_alone_wins_and_clashes_are_the_same_for_both(one: Any, other: Any) -> None:
    """With nobody else's change there is nothing to merge; who comes first does not decide whether it clashes."""
    mine, theirs = changed(one), changed(other)
    assert merged(BASE, mine, BASE).routine == mine
    assert merged(BASE, BASE, theirs).routine == theirs
    here, there = merged(BASE, mine, theirs), merged(BASE, theirs, mine)
    assert set(here.clashes) == set(there.clashes)
    if not here.clashes:
        assert here.routine == there.routine
