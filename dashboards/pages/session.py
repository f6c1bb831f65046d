"""The session room: practising together."""

from __future__ import annotations

from dashboards.room import lobby, page
from dashboards.state import ROOM, parameter


def show() -> None:
    if parameter(ROOM):
        page.draw()
    else:
        lobby.draw()


show()
