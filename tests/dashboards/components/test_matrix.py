"""What a browser writes on a matrix is checked; a graph's parts never stand on each other."""

from __future__ import annotations

from itertools import combinations
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.components.outbox import NOT_UNDERSTOOD, keep
from dashboards.practice.matrix.grid import ENTRIES
from dashboards.practice.matrix.layout import FRAME, WIDE, Box, layout
from vistas.errors import StoreError
from vistas.practice.matrix import Hardness
from vistas.practice.matrix.entries import Believed, CellEntry
from vistas.practice.matrix.sequencing import sequence

A, B = "01a20557-3d7d-7cba-9189-fc78c98ee233", "01a20557-3d7d-7cba-9189-fc78c98ee234"
PARTS = [UUID(int=number) for number in range(1, 9)]
NEEDS = st.lists(st.tuples(st.sampled_from(PARTS), st.sampled_from(PARTS)), max_size=25).map(
    lambda pairs: tuple(dict.fromkeys(pair for pair in pairs if pair[0] != pair[1]))
)


def believed(**changes: Any) -> dict[str, Any]:
    return {"type": "believed", "needs": A, "needed": B, "how": "stops us", **changes}


def test_a_mark_is_handed_over() -> None:
    kept: list[tuple[CellEntry, ...]] = []
    assert keep([believed(), believed(how=None)], ENTRIES, kept.append) is None
    assert kept == [
        (
            Believed(needs=UUID(A), needed=UUID(B), how=Hardness.STOPS),
            Believed(needs=UUID(A), needed=UUID(B), how=None),
        )
    ]


@pytest.mark.parametrize(
    "wrong",
    [None, "words", [believed(how="quite hard")], [believed(needs="me")], [{"type": "marks-revealed"}]],
)
def test_what_is_no_mark_is_refused(wrong: object) -> None:
    """Nor can a cell reveal what is blind."""
    kept: list[tuple[CellEntry, ...]] = []
    assert keep(wrong, ENTRIES, kept.append) == NOT_UNDERSTOOD
    assert kept == []


def test_what_could_not_be_kept_is_said() -> None:
    def full(_: tuple[CellEntry, ...]) -> None:
        raise StoreError("The disk is full.")

    assert keep([believed()], ENTRIES, full) == "The disk is full."


@given(NEEDS)
def test_no_two_parts_stand_on_each_other_and_all_are_on_the_page(needs: tuple[tuple[UUID, UUID], ...]) -> None:
    drawn = layout(sequence(PARTS, needs), needs)
    assert set(drawn.parts) == set(PARTS)
    assert set(drawn.lines) == set(needs)
    for one, other in combinations(drawn.parts.values(), 2):
        assert one.x + one.width <= other.x or other.x + other.width <= one.x or abs(one.y - other.y) >= one.height
    for box in (*drawn.parts.values(), *drawn.cycles):
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.width <= drawn.width
        assert box.y + box.height <= drawn.height


@given(NEEDS)
def test_what_is_needed_stands_left_but_in_a_cycle(needs: tuple[tuple[UUID, UUID], ...]) -> None:
    found = sequence(PARTS, needs)
    drawn = layout(found, needs)
    cycle = {part: number for number, block in enumerate(found.blocks) for part in block}
    for needing, needed in needs:
        left, right = drawn.parts[needed], drawn.parts[needing]
        assert left.x == right.x if cycle[needing] == cycle[needed] else left.x + left.width < right.x


@given(NEEDS)
def test_a_cycle_s_frame_holds_its_parts_and_no_others(needs: tuple[tuple[UUID, UUID], ...]) -> None:
    found = sequence(PARTS, needs)
    drawn = layout(found, needs)
    for members, frame in zip(found.cycles, drawn.cycles, strict=True):
        assert frame.width == WIDE + 2 * FRAME
        inside = {part for part, box in drawn.parts.items() if holds(frame, box)}
        assert inside == set(members)


def holds(frame: Box, box: Box) -> bool:
    return (
        frame.x <= box.x <= frame.x + frame.width
        and frame.y <= box.y
        and box.y + box.height <= frame.y + frame.height
    )


def test_a_graph_without_parts_is_no_trouble() -> None:
    assert layout(sequence((), ()), ()).parts == {}
