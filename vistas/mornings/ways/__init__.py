"""Several walks side by side, of one morning or of several: who was where, what they noticed, what they share."""

from __future__ import annotations

from vistas.mornings.ways.comparing import side_by_side
from vistas.mornings.ways.model import Aside, Join, Lane, Noticed, SameThing, Stay, Ways, Where
from vistas.mornings.ways.words import lane_names, where

__all__ = [
    "Aside",
    "Join",
    "Lane",
    "Noticed",
    "SameThing",
    "Stay",
    "Ways",
    "Where",
    "lane_names",
    "side_by_side",
    "where",
]
