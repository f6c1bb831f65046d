"""The session room: its page, agenda, people and pivots, and the activities that have no package of their own."""

from __future__ import annotations

from dashboards.room.attaching import attach, choose_existing
from dashboards.room.pivoting import offer_pivot
from dashboards.room.room import Room

__all__ = ["Room", "attach", "choose_existing", "offer_pivot"]
