"""The saved whole: routine version, snapshots, walks, notices and their answers; and its steps seen again."""

from __future__ import annotations

from vistas.vista.model import Detour, Eyes, Step, Vista, Walk, new_id
from vistas.vista.order import PlacedStop, order_of_stops

__all__ = ["Detour", "Eyes", "PlacedStop", "Step", "Vista", "Walk", "new_id", "order_of_stops"]
