"""The stops of a vista in the order that one person took them."""

from __future__ import annotations

from dataclasses import dataclass

from vistas.vista.model import Detour, Vista


@dataclass(frozen=True, slots=True)
class PlacedStop:
    """A stop of the routine: whether the walker came to it, and which detours they took from there."""

    stop: str
    visited: bool
    detours: tuple[Detour, ...] = ()


def order_of_stops(vista: Vista, walker: str) -> tuple[PlacedStop, ...]:
    """Every stop once: those they came to, by their first visit; then the others, as the routine has them."""
    steps = [step for walk in vista.walks if walk.walker == walker for step in walk.steps]
    visited = dict.fromkeys(step.stop for step in sorted(steps, key=lambda step: step.arrived_at))
    planned = dict.fromkeys(stop.stop for stop in vista.routine.stops)
    taken = [stop for stop in visited if stop in planned]
    left = [stop for stop in planned if stop not in visited]
    return tuple(PlacedStop(stop, stop in visited, _detours(vista, stop, walker)) for stop in (*taken, *left))


def _detours(vista: Vista, stop: str, walker: str) -> tuple[Detour, ...]:
    return tuple(each for each in vista.detours if (each.stop, each.walker) == (stop, walker))
