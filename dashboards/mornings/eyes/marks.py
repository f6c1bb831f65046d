"""Earlier notices as they are drawn on the data in which they were found again."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from dashboards.components import Mark
from dashboards.mornings.eyes.again import follow_ups
from dashboards.mornings.eyes.day import of_now
from dashboards.mornings.eyes.way import noticed_then
from dashboards.state import now, zone
from vistas.mornings.followup import FollowUp
from vistas.vista import Vista
from vistas.vista.notice import Notice, WholeStop


def found_again(vista: Vista, notice: Notice) -> FollowUp | None:
    """What became of an earlier notice; None in a vista that follows nobody."""
    if vista.eyes is None:
        return None
    day = of_now(vista, now(), zone()).within
    return follow_ups().of(notice, vista.eyes.earlier, vista, day=day, zone=zone())


def numbers_at(vista: Vista, stop: str) -> Mapping[UUID, int]:
    """Earlier notices that hang on data carry a number, as they stand in the margin."""
    placed = [notice for notice, _ in noticed_then(vista, stop) if not isinstance(notice.anchor, WholeStop)]
    return {notice.id: number for number, notice in enumerate(placed, start=1)}


def earlier_marks(vista: Vista, stop: str) -> tuple[Mark, ...]:
    """Where the notices of a stop are in the data of now; those that were not found again have none."""
    numbers = numbers_at(vista, stop)
    return tuple(
        Mark(numbers[notice.id], notice.model_copy(update={"anchor": anchor}), earlier=True)
        for notice, _ in noticed_then(vista, stop)
        if notice.id in numbers and (found := found_again(vista, notice)) is not None and found.stop == stop
        for anchor in found.anchors
    )
