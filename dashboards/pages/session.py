"""The session room: practising together."""

from __future__ import annotations

from dashboards import lobby, room_view
from dashboards.state import ROOM, parameter


def show() -> None:
    if parameter(ROOM):
        room_view.draw()
    else:
        lobby.draw()


show()
