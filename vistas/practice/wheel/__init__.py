"""The Wheel of Expertise: what came up, who answered, and how it is decided where the wheel stops."""

from __future__ import annotations

from vistas.practice.wheel.state import BegunWalk, CameUp, Landed, PlaceInVista, Turn, TurnAnswer, Wheel

__all__ = ["BegunWalk", "CameUp", "Landed", "PlaceInVista", "Turn", "TurnAnswer", "Wheel"]
