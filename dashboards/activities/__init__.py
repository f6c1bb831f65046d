"""What a room can be busy with. One module a kind, each with

    draw(room, activity)              the activity's part of the page
    watched(room, activity)           vistas and journals whose change means that it is drawn again

A module is loaded when an activity of its kind is first drawn.
"""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast
from uuid import UUID

from dashboards.room import Room
from vistas.practice.session import Activity, ActivityKind


class Drawing(Protocol):
    def draw(self, room: Room, activity: Activity) -> None: ...

    def watched(self, room: Room, activity: Activity) -> tuple[UUID, ...]: ...


MODULES = {
    ActivityKind.WALK: "walking",
    ActivityKind.DECISIONS: "deciding",
    ActivityKind.MATRIX: "mapping",
    ActivityKind.QUESTION: "asking",
    ActivityKind.WHEEL: "spinning",
    ActivityKind.TOPIC: "talking",
    ActivityKind.WRAP_UP: "wrapping_up",
}


def drawing(kind: ActivityKind) -> Drawing:
    return cast("Drawing", import_module(f"dashboards.activities.{MODULES[kind]}"))
