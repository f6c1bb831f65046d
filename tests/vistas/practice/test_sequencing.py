"""Any parts with any needs are put into an order that holds what it promises."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vistas.practice.matrix.sequencing import sequence

PARTS = st.lists(st.integers(0, 11), unique=True, max_size=12)
NEEDS = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=40)


@given(PARTS, NEEDS)
def test_every_part_is_listed_once(parts: list[int], needs: list[tuple[int, int]]) -> None:
    assert sorted(sequence(parts, needs).order) == sorted(parts)


@given(PARTS, NEEDS)
def test_feedback_lies_inside_of_cycles(parts: list[int], needs: list[tuple[int, int]]) -> None:
    """Above the diagonal there is nothing but what a cycle makes unavoidable."""
    found = sequence(parts, needs)
    block = {part: number for number, members in enumerate(found.blocks) for part in members}
    for needing, needed in needs:
        if needing in block and needed in block and needing != needed and found.is_feedback(needing, needed):
            assert block[needing] == block[needed]


@given(PARTS, NEEDS)
def test_a_sequence_in_sequence_again_stays_as_it_is(parts: list[int], needs: list[tuple[int, int]]) -> None:
    once = sequence(parts, needs)
    assert sequence(once.order, needs) == once


@given(PARTS, NEEDS.flatmap(lambda needs: st.tuples(st.just(needs), st.permutations(needs))))
def test_the_order_in_which_needs_are_told_does_not_matter(
    parts: list[int], told: tuple[list[tuple[int, int]], list[tuple[int, int]]]
) -> None:
    assert sequence(parts, told[0]) == sequence(parts, told[1])


@given(PARTS, NEEDS)
def test_a_layer_lies_above_all_that_carries_it(parts: list[int], needs: list[tuple[int, int]]) -> None:
    found = sequence(parts, needs)
    block = {part: number for number, members in enumerate(found.blocks) for part in members}
    for needing, needed in needs:
        if needing in block and needed in block and block[needing] != block[needed]:
            assert found.layers[needing] > found.layers[needed]


def test_what_is_needed_comes_first_and_a_cycle_stays_together() -> None:
    found = sequence(
        ["door", "shop", "cart", "database"],
        [("door", "shop"), ("shop", "cart"), ("cart", "shop"), ("cart", "database")],
    )
    assert found.blocks == (("database",), ("shop", "cart"), ("door",))
    assert found.cycles == (("shop", "cart"),)
    assert found.layers == {"database": 0, "shop": 1, "cart": 1, "door": 2}
    assert found.is_feedback("shop", "cart")
    assert not found.is_feedback("door", "shop")


def test_without_needs_the_given_order_stays() -> None:
    assert sequence("cab", ()).order == ("c", "a", "b")
