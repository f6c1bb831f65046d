"""Earlier notices found again in a vista's data; what was found is remembered, as long as no more data comes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from zoneinfo import ZoneInfo

import streamlit as st

from vistas.mornings.followup import FollowUp, follow_up
from vistas.vista import Vista
from vistas.vista.notice import Notice

REMEMBERED = 1000


class FollowUps:
    """One per process, and safe to use from many threads."""

    def __init__(self) -> None:
        self._known: OrderedDict[Hashable, FollowUp] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, notice: Notice, then: Vista, now: Vista, *, day: str, zone: ZoneInfo) -> FollowUp:
        key = (now.id, then.id, notice.id, notice.revision, day, zone.key, _gathered(now))
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        found = follow_up(notice, then, now, day=day, zone=zone)
        with self._lock:
            self._known[key] = found
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return found


def _gathered(vista: Vista) -> Hashable:
    """What a vista holds by now: where a notice is not found, any of its data may tell why."""
    return frozenset(
        (each.stop, each.look, each.source, each.provenance.taken_at, each.gap is None) for each in vista.snapshots
    )


@st.cache_resource(show_spinner=False)
def follow_ups() -> FollowUps:
    return FollowUps()
