"""Two mornings of many looks, each at thousands of pods: Thursday's, and Friday's after the day's rollouts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl

from connectors.kubernetes.columns import Holds
from connectors.kubernetes.kinds import KINDS
from vistas.routine import Routine
from vistas.snapshot import Frame, FrameKind, Provenance, Snapshot, Window
from vistas.vista import Vista, new_id

FRIDAY = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)
DAY = timedelta(days=1)
COPIES = 5
"""Pods of one deployment."""
ROLLED_OUT, SCALED, RESTARTED = 20, 50, 40
"""One deployment of so many has a new version, or one pod more; one pod of so many was restarted."""
STOPS = 10
TYPES: dict[Holds, Any] = {
    Holds.TEXT: pl.String,
    Holds.TEXTS: pl.List(pl.String),
    Holds.WHOLE: pl.Int64,
    Holds.NUMBER: pl.Float64,
    Holds.YES: pl.Boolean,
    Holds.TIME: pl.Datetime("ms", "UTC"),
}
_LETTERS = "bcdfghjklmnpqrstvwxz2456789"
_WORDS = {"question": "Who is there?", "why": "To see.", "normal": "As ever.", "plainly": "Pods."}


def two_mornings(looks: int, pods: int) -> tuple[Vista, Vista]:
    routine = _routine(looks)
    return _morning(routine, pods, later=False), _morning(routine, pods, later=True)


def _routine(looks: int) -> Routine:
    each = [
        {"look": f"pods-{number}", "title": f"Pods {number}", "source": "shop", "take": "pods"}
        for number in range(looks)
    ]
    stops = [
        {"stop": f"stop-{number}", "title": f"Stop {number}", "looks": found, **_WORDS}
        for number in range(STOPS)
        if (found := each[number::STOPS])
    ]
    return Routine.model_validate({"routine": "wide", "title": "Wide", "about": "Pods.", "stops": stops})


def _morning(routine: Routine, pods: int, *, later: bool) -> Vista:
    end = FRIDAY if later else FRIDAY - DAY
    window = Window.ending(end, timedelta(hours=12))
    provenance = Provenance("shop", "kubernetes", "pods", window, end, timedelta(seconds=1))
    snapshots = tuple(
        Snapshot(stop.stop, look.look, _pods(look.look, pods, end, later=later), provenance)
        for stop, look in routine.looks()
    )
    return Vista(new_id(), routine, window, author="Maya", begun_at=end, saved_at=end, snapshots=snapshots)


def _pods(look: str, pods: int, now: datetime, *, later: bool) -> Frame:
    rows = [
        _pod(look, app, copy, now, later=later)
        for app in range(pods // COPIES)
        for copy in range(COPIES + (later and app % SCALED == 1))
    ]
    schema = {name: TYPES[holds] for name, holds in KINDS["pods"].columns.items()}
    data = pl.DataFrame([{**dict.fromkeys(schema), **row} for row in rows], schema=schema)
    return Frame(FrameKind.OBJECTS, data, key=KINDS["pods"].key)


def _pod(look: str, app: int, copy: int, now: datetime, *, later: bool) -> dict[str, Any]:
    version = 2 if later and app % ROLLED_OUT == 0 else 1
    name, number = f"service-{app}", app * COPIES + copy
    created = now - timedelta(hours=2) if version > 1 else FRIDAY - timedelta(days=9, minutes=number % 600)
    restarts = number % 3 + (later and number % RESTARTED == 7)  # noqa: PLR2004 - any one of them
    return {
        "namespace": f"{look}-team-{app % 40}",
        "name": f"{name}-{_random(app * 7 + version, 9)}-{_random(number * 31 + version, 5)}",
        "status": "CrashLoopBackOff" if later and number % 500 == 3 else "Running",  # noqa: PLR2004 - any one of them
        "phase": "Running",
        "ready": "1/1",
        "ready_ratio": 1.0,
        "is_ready": True,
        "restarts": restarts,
        "last_exit_reason": "OOMKilled" if restarts else "",
        "node": f"node-{number % 150}",
        "age_seconds": (now - created).total_seconds(),
        "images": [f"registry.example.com/team/{name}:2026.11.{version}"],
        "cpu_request_cores": 0.25,
        "memory_request_bytes": 2.0**28,
        "memory_limit_bytes": 2.0**29,
        "qos": "Burstable",
        "owner_kind": "Deployment",
        "owner": name,
        "message": "",
        "created": created,
        "ready_changed": created,
    }


def _random(seed: int, length: int) -> str:
    """Letters such as Kubernetes takes, the same for the same seed."""
    value, letters = seed * 2_654_435_761 % 2**40 + 12_345, []
    for _ in range(length):
        value, place = divmod(value * 31 + 7, len(_LETTERS))
        letters.append(_LETTERS[place])
    return "".join(letters)
