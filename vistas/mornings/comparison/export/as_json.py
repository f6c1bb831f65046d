"""A comparison as JSON for scripts; its keys are told in docs/guide/comparing.md and stay as they are."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from vistas.mornings.comparison.model import (
    Cell,
    Change,
    Difference,
    LookAt,
    LookDifference,
    Side,
    StopDifference,
    Value,
    VistaDifference,
)
from vistas.mornings.comparison.telling import then_and_now

_COUNTS = ("new", "gone", "changed", "unchanged")


def document(difference: VistaDifference) -> dict[str, Any]:
    """Stops and looks in walking order; a number that JSON has none for is a text."""
    differences = [look.difference for look in difference.looks]
    return {
        "equal": difference.is_equal,
        "then": _side(difference.then),
        "now": _side(difference.now),
        "totals": {name: sum(getattr(each, name) for each in differences) for name in _COUNTS}
        | {"incomparable": len(difference.incomparable)},
        "notes": list(difference.notes),
        "stops": [_stop(stop) for stop in difference.stops],
        "only_then": _places(difference.only_then),
        "only_now": _places(difference.only_now),
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "vista": str(side.vista),
        "name": side.name,
        "author": side.author,
        "routine": side.routine,
        "version": side.version,
        "window": {"from": side.window.start.isoformat(), "to": side.window.end.isoformat()},
    }


def _stop(stop: StopDifference) -> dict[str, Any]:
    return {
        "stop": stop.stop,
        "title": stop.title,
        "question": stop.question,
        "looks": [_look(look) for look in stop.looks],
    }


def _look(look: LookDifference) -> dict[str, Any]:
    return {
        "look": look.now.look,
        "title": look.now.title,
        "source": {"then": look.then.source, "now": look.now.source},
        "then": {"stop": look.then.stop, "look": look.then.look},
        "kind": look.kind.value if look.kind else None,
        **_difference(look.difference),
    }


def _difference(difference: Difference) -> dict[str, Any]:
    return {
        "incomparable": difference.incomparable or None,
        "noun": difference.noun,
        **{name: getattr(difference, name) for name in _COUNTS},
        "left_out": difference.left_out,
        "counted": difference.counted or None,
        "notes": list(difference.notes),
        "changes": [_change(change) for change in difference.changes],
    }


def _change(change: Change) -> dict[str, Any]:
    then, now = then_and_now(change)
    return {
        "kind": change.kind.value,
        "about": dict(change.about),
        "name": change.name,
        "sentence": change.sentence,
        "then": then or None,
        "now": now or None,
        "magnitude": round(change.magnitude, 3),
        "cells": [_cell(cell) for cell in change.cells],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {"column": cell.column, "unit": cell.unit.value, "then": _value(cell.then), "now": _value(cell.now)}


def _value(value: Value) -> Any:
    match value:
        case datetime():
            return value.isoformat()
        case tuple():
            return list(value)
        case float() if not math.isfinite(value):
            return str(value)
        case _:
            return value


def _places(looks: Iterable[LookAt]) -> list[dict[str, str]]:
    return [{"stop": at.stop, "look": at.look, "title": at.title, "source": at.source} for at in looks]
