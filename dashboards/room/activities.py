"""What a room can be busy with. One module a kind, each with

    draw(room, activity)              the activity's part of the page
    watched(room, activity)           what has it drawn again: names of `dashboards.shared.news`, or ids

A module is loaded when an activity of its kind is first drawn.
"""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from dashboards.room.room import Room
from vistas.practice.session import Activity, ActivityKind


class ActivityView(Protocol):
    def draw(self, room: Room, activity: Activity) -> None: ...

    def watched(self, room: Room, activity: Activity) -> tuple[object, ...]: ...


MODULES = {
    ActivityKind.WALK: "dashboards.walk.in_room",
    ActivityKind.DECISIONS: "dashboards.practice.decisions.in_room",
    ActivityKind.MATRIX: "dashboards.practice.matrix.in_room",
    ActivityKind.QUESTION: "dashboards.practice.rounds.in_room",
    ActivityKind.WHEEL: "dashboards.practice.wheel.in_room",
    ActivityKind.TOPIC: "dashboards.room.topic",
    ActivityKind.WRAP_UP: "dashboards.room.wrap_up",
}


def drawing(kind: ActivityKind) -> ActivityView:
    return cast("ActivityView", import_module(MODULES[kind]))
