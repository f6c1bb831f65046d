"""The other mornings at hand: what was noticed here on them, what became of a notice, and what may be missed."""

from __future__ import annotations

from dashboards.mornings.earlier.history import seen_on_others
from dashboards.mornings.earlier.missed import missed_at, missed_on_the_way
from dashboards.mornings.earlier.noticed import noticed_earlier

__all__ = ["missed_at", "missed_on_the_way", "noticed_earlier", "seen_on_others"]
