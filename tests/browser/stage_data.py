"""Made-up frames for the stage and for the figures' tests: a day of a small shop, the same every time."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

import polars as pl

from vistas.requests.summary import BOUNDS, OPTIONAL, SCHEMA
from vistas.snapshot import Frame, FrameKind

END = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAY = timedelta(hours=24)
HOSTILE = '<img src=x onerror="window.hurt=1"><b>bold</b>'
_PAIRS = pl.List(pl.Struct({"name": pl.String, "value": pl.String}))
_SERIES = {"labels": _PAIRS, "times": pl.List(pl.Datetime("ms", "UTC")), "values": pl.List(pl.Float64)}


def series_frame(names: list[str], *, points: int = 720, heights: list[float] | None = None) -> Frame:
    """One daily wave a name; the second has a peak between 02:00 and 02:40."""
    step = DAY / points
    times = [END - DAY + step * place for place in range(points)]
    rows = []
    for place, name in enumerate(names):
        height = heights[place] if heights else 400 / (place + 1)
        values = [height * (1 + 0.3 * math.sin(index / points * 2 * math.pi)) for index in range(points)]
        if place == 1:
            values = [
                value + (150 if 2 <= time.hour + time.minute / 60 < 2.67 else 0)
                for time, value in zip(times, values, strict=True)
            ]
        labels = [{"name": "job", "value": "ingress"}, {"name": "service", "value": name}]
        rows.append({"labels": labels, "times": times, "values": values})
    return Frame(FrameKind.SERIES, pl.DataFrame(rows, schema=_SERIES), step=step)


def state_frame(nodes: int = 14) -> Frame:
    """Nodes that are 1, which is to be well: two are not for a while, one is silent, one says an unknown 7."""
    step = timedelta(minutes=5)
    times = [END - DAY + step * place for place in range(288)]
    rows = []
    for node in range(1, nodes + 1):
        values = dict.fromkeys(times, 1.0)
        for time in times:
            hour = (time - END + DAY) / timedelta(hours=1)
            if (node == 3 and 2 <= hour < 8) or (node == 5 and 21 <= hour < 21.5):
                values[time] = 0.0
            elif node == 5 and hour >= 21.5:
                values[time] = 7.0 if hour < 23 else 2.0
            elif node == 7 and 10 <= hour < 13:
                del values[time]
        labels = [{"name": "node", "value": HOSTILE if node == 4 else f"node-{node}"}]
        rows.append({"labels": labels, "times": list(values), "values": list(values.values())})
    return Frame(FrameKind.SERIES, pl.DataFrame(rows, schema=_SERIES), step=step)


def instant_frame(names: list[str]) -> Frame:
    rows = [
        {"labels": [{"name": "service", "value": name}], "times": [END], "values": [100.0 / (place + 1)]}
        for place, name in enumerate(names)
    ]
    return Frame(FrameKind.SERIES, pl.DataFrame(rows, schema=_SERIES))


def pods_frame(count: int = 60) -> Frame:
    states = ["Running", "Running", "Running", "CrashLoopBackOff", "Pending"]
    rows = [
        {
            "namespace": ["shop", "ingest", "media"][place % 3],
            "name": f"pod-{place:04}",
            "status": states[place % 5],
            "restarts": (place * 7) % 23,
            "last_restart": END - timedelta(minutes=place * 11) if place % 2 else None,
            "age_seconds": 3600.0 * (place + 1),
            "memory_limit_bytes": float(2**28 * (place % 4 + 1)),
            "memory_ratio": (place % 10) / 10,
            "node": f"node-{place % 6}",
            "message": HOSTILE * 3 if place == 0 else None,
        }
        for place in range(count)
    ]
    return Frame(FrameKind.OBJECTS, pl.DataFrame(rows, infer_schema_length=None), key=("namespace", "name"))


def log_frame() -> Frame:
    rows = [
        {
            "pattern": "<time> [error] connect() failed (111: Connection refused), client: <ip>",
            "lines": 412,
            "first": END - timedelta(hours=6),
            "last": END - timedelta(hours=5),
            "sample": f"02:11:09 [error] connect() failed (111: Connection refused), client: 10.0.0.7 {HOSTILE}",
        },
        {
            "pattern": "Service <name> does not have any active Endpoint",
            "lines": 30,
            "first": END - timedelta(hours=16),
            "last": END - timedelta(minutes=3),
            "sample": 'Service "shop/x" does not have any active Endpoint',
        },
    ]
    return Frame(FrameKind.LINES, pl.DataFrame(rows, schema_overrides={"lines": pl.UInt64}))


def requests_frame(minutes: int = 1440) -> Frame:
    """200s at 50 ms and 1 s, 404s, and forty minutes of 502s from 02:10."""
    rows = []
    for place in range(minutes):
        minute = END - timedelta(minutes=minutes - place)
        bad = 25 if 130 <= minute.hour * 60 + minute.minute < 170 else 0
        for status, count, seconds in ((200, 300, 0.05), (200, 12, 1.0), (404, 9, 0.01), (502, bad, 5.0)):
            if count:
                upper = next(bound for bound in BOUNDS if bound >= seconds)
                rows.append((minute, "shop.example", "shop-api", status, upper, count))
    schema = {
        "minute": pl.Datetime("ms", "UTC"),
        "host": pl.String,
        "service": pl.String,
        "status": pl.Int16,
        "latency_le": pl.Float64,
        "requests": pl.UInt64,
    }
    return Frame(FrameKind.REQUESTS, pl.DataFrame(rows, schema=schema, orient="row"))


def move_frame() -> Frame:
    """A day on which everything moves from ingress-nginx to Traefik, a tenth of it unwell from 22:00 to 23:00."""
    rows = []
    for place in range(1440):
        minute = END - timedelta(minutes=1440 - place)
        moved = min(max(place - 480, 0) // 8, 60)
        failed = moved // 10 if minute.hour == 22 else 0
        for name, status, count, upper, again in (
            ("ingress-nginx", 200, 60 - moved, 0.05, 0),
            ("Traefik", 200, moved - failed, 0.04, failed),
            ("Traefik", 502, failed, 1.0, failed),
        ):
            if count:
                rows.append((minute, "", "", status, upper, count, name, again))
    return Frame(FrameKind.REQUESTS, pl.DataFrame(rows, schema=SCHEMA | OPTIONAL, orient="row"))


def frames() -> dict[str, Frame]:
    """A frame a look of the stage."""
    services = ["api-gateway", "checkout", HOSTILE, "search"]
    return {
        "rate": series_frame(services),
        "dates": series_frame(["shop"], heights=[1.39e9]),
        "nodes": state_frame(),
        "pods": pods_frame(5000),
        "log": log_frame(),
        "latency": requests_frame(),
        "requests": requests_frame(),
        "controllers": move_frame(),
        "tiles": instant_frame(services[:3]),
        "bars": instant_frame(services),
    }
