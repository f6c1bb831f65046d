"""Ways in words: whose a lane is, and whose something was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from vistas.mornings.ways.model import Lane, Where


def lane_names(lanes: Sequence[Lane], zone: tzinfo) -> tuple[str, ...]:
    """By who walked, with the day where lanes are of several or of one person; with the time if need be."""
    if len({lane.begun_at.astimezone(zone).date() for lane in lanes}) <= 1 and _differ(_walkers(lanes)):
        return _walkers(lanes)
    return _with_days(lanes, zone)


def where(common: Where, lanes: Sequence[Lane], zone: tzinfo) -> str:
    """*where both*, *where all*, *where Maya and Jonas*, *where Maya*; with the day where names do not suffice."""
    if len(common.lanes) == len(lanes) > 1:
        return "where both" if len(lanes) == 2 else "where all"  # noqa: PLR2004 - a pair
    names = _walkers(lanes) if _differ(_walkers(lanes)) else _with_days(lanes, zone)
    *first, last = (names[lane] for lane in common.lanes)
    return f"where {', '.join(first)} and {last}" if first else f"where {last}"


def _walkers(lanes: Sequence[Lane]) -> tuple[str, ...]:
    return tuple(lane.walker for lane in lanes)


def _with_days(lanes: Sequence[Lane], zone: tzinfo) -> tuple[str, ...]:
    begun = [(lane.walker, lane.begun_at.astimezone(zone)) for lane in lanes]
    days = tuple(f"{walker}, {at:%A %-d %B}" for walker, at in begun)
    return days if _differ(days) else tuple(f"{day}, {at:%H:%M}" for day, (_, at) in zip(days, begun, strict=True))


def _differ(names: Sequence[str]) -> bool:
    return len(set(names)) == len(names)
