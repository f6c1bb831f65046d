"""Looks and snapshots for the figures' tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.browser.stage_data import DAY, END
from vistas.routine import Look
from vistas.snapshot import Frame, Gap, Provenance, Snapshot, Window

WINDOW = Window.ending(END, DAY)
LISBON = ZoneInfo("Europe/Lisbon")


def look(**more: Any) -> Look:
    return Look(look="rate", title="Rate", source="prometheus", take="range", **more)


def snapshot(content: Frame | Gap) -> Snapshot:
    provenance = Provenance("prometheus", "prometheus", "up", WINDOW, END, timedelta(seconds=0.2))
    return Snapshot("stop", "rate", content, provenance)
