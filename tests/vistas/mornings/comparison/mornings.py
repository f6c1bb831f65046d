"""Two mornings a day apart, and looks at them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl

from tests.strategies import SERIES
from vistas.mornings.comparison import Clock, Difference, compare_frames
from vistas.routine import Look
from vistas.snapshot import Frame, FrameKind, Gap, Provenance, Snapshot, Window

DAY = timedelta(days=1)
FRIDAY = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)
THURSDAY = FRIDAY - DAY
NIGHT = timedelta(hours=12)
CLOCK = Clock.of(Window.ending(THURSDAY, NIGHT), Window.ending(FRIDAY, NIGHT), DAY)
BACK = Clock.of(CLOCK.now, CLOCK.then, -DAY)
STEP = timedelta(minutes=1)


def look(take: str = "pods", **says: Any) -> Look:
    return Look.model_validate({"look": "look", "title": "What is there", "source": "main", "take": take, **says})


def compared(then: Frame, now: Frame, at: Look | None = None, clock: Clock = CLOCK) -> Difference:
    return compare_frames(then, now, at or look(), clock)


def table(*rows: dict[str, Any], key: tuple[str, ...] = ("namespace", "name")) -> Frame:
    return Frame(FrameKind.OBJECTS, pl.DataFrame(list(rows), infer_schema_length=None), key=key)


def pod(name: str, owner: str = "checkout", **says: Any) -> dict[str, Any]:
    return {
        "namespace": "shop",
        "name": name,
        "status": "Running",
        "restarts": 0,
        "images": ["checkout:1"],
        "owner_kind": "Deployment" if owner else "",
        "owner": owner,
        **says,
    }


def series(end: datetime, **values: list[float]) -> Frame:
    """One series a name, its label `service`, a sample a minute up to `end`."""
    return labelled(end, *(({"service": name}, samples) for name, samples in values.items()))


def labelled(end: datetime, *told: tuple[dict[str, str], list[float]]) -> Frame:
    rows = [
        {
            "labels": [{"name": name, "value": value} for name, value in sorted(labels.items())],
            "times": [end - STEP * (len(samples) - place) for place in range(len(samples))],
            "values": samples,
        }
        for labels, samples in told
    ]
    return Frame(FrameKind.SERIES, pl.DataFrame(rows, schema=SERIES), step=STEP)


def sentences(difference: Difference) -> list[str]:
    return [f"{change.kind.value}: {change.sentence}" for change in difference.changes]


def snapshot(content: Frame | Gap, end: datetime, *, stop: str = "errors", at: str = "look") -> Snapshot:
    provenance = Provenance("main", "prometheus", "up", Window.ending(end, NIGHT), end, timedelta(seconds=1))
    return Snapshot(stop, at, content, provenance)
