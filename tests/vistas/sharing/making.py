"""A small vista to share, and bundles that strangers have tampered with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import polars as pl

from vistas.routine import Look, Routine
from vistas.sharing import write_bundle
from vistas.snapshot import Frame, FrameKind, Gap, GapReason, Provenance, Snapshot, Window
from vistas.vista import Step, Vista, Walk, new_id
from vistas.vista.notice import LogPattern, Notice, NoticeKind, Stretch, TableRow

NOW = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
WINDOW = Window.ending(NOW, timedelta(hours=12))
TIME = pl.Datetime("ms", "UTC")
SERIES = {
    "labels": pl.List(pl.Struct({"name": pl.String, "value": pl.String})),
    "times": pl.List(TIME),
    "values": pl.List(pl.Float64),
}
PODS = Look(look="pods", title="Pods", source="kubernetes", take="pods")
RATE = Look(look="rate", title="Requests", source="prometheus", take="range", query=("sum(rate(x[5m]))",))
LOG = Look(look="log", title="The log", source="ingress", take="lines")
NODES = Look(look="nodes", title="Nodes", source="kubernetes", take="nodes")


def routine(*looks: Look) -> Routine:
    words = {"title": "Errors", "question": "Whom do we fail?", "why": "w", "normal": "n", "plainly": "p"}
    stop = {"stop": "errors", "looks": looks or (PODS, RATE, LOG, NODES), **words}
    return Routine.model_validate({"routine": "landscape", "title": "First light", "about": "a", "stops": [stop]})


def series(*values: float, name: str = "5xx", step: timedelta = timedelta(minutes=5)) -> Frame:
    """One series that ends with the window."""
    times = [NOW - step * (len(values) - place) for place in range(len(values))]
    row = {
        "labels": [{"name": "class", "value": name}],
        "times": times,
        "values": [float(value) for value in values],
    }
    return Frame(FrameKind.SERIES, pl.DataFrame([row], schema=SERIES), step=step)


def objects(**columns: Any) -> Frame:
    return Frame(FrameKind.OBJECTS, pl.DataFrame(columns), key=("name",))


def patterns(*said: str) -> Frame:
    rows = {
        "pattern": list(said),
        "lines": [9] * len(said),
        "first": [NOW] * len(said),
        "last": [NOW] * len(said),
        "sample": list(said),
    }
    schema = {"pattern": pl.String, "lines": pl.UInt64, "first": TIME, "last": TIME, "sample": pl.String}
    return Frame(FrameKind.LINES, pl.DataFrame(rows, schema=schema))


def snapshot(look: Look, content: Frame | Gap, **changes: Any) -> Snapshot:
    provenance = Provenance(
        look.source,
        look.source,
        " | ".join(look.query) or look.take,
        WINDOW,
        NOW,
        timedelta(milliseconds=40),
        warnings=("careful",),
        redacted={"token": 2},
    )
    return Snapshot("errors", look.look, content, replace(provenance, **changes))


def notice(text: str = "Two in five failed.", **changes: Any) -> Notice:
    found = Notice(id=new_id(), stop="errors", author="Maya", kind=NoticeKind.SURPRISED, text=text, written_at=NOW)
    return found.model_copy(update=changes)


STRETCH = Stretch(look="rate", source="prometheus", start=NOW - timedelta(hours=4), end=NOW - timedelta(hours=3))
ROW = TableRow(look="pods", source="kubernetes", key={"name": "parser-1"})
PATTERN = LogPattern(look="log", source="ingress", pattern="502 GET /search")


def vista(**changes: Any) -> Vista:
    """One stop with a chart, a table, log patterns and a gap, and somebody's notice on each."""
    made = Vista(
        id=new_id(),
        routine=routine(),
        window=WINDOW,
        author="Maya",
        begun_at=NOW,
        title="A slow leak",
        saved_at=NOW,
        snapshots=(
            snapshot(PODS, objects(name=["parser-1", "parser-2"], restarts=[3, 0])),
            snapshot(RATE, series(0.5, 0.4, 7.0, 6.0, 0.5)),
            snapshot(LOG, patterns("502 GET /search")),
            snapshot(NODES, Gap(GapReason.REFUSED, "The cluster refused.", "Ask for a role.")),
        ),
        walks=(Walk(new_id(), "Maya", (Step("errors", NOW, NOW + timedelta(minutes=1)),)),),
        notices=(notice(anchor=STRETCH), notice("It restarted.", anchor=ROW), notice("All 502.", anchor=PATTERN)),
        ridges=((0.0, 0.5, 1.0),),
    )
    return replace(made, **changes)


def bundle(made: Vista | None = None) -> bytes:
    buffer = BytesIO()
    write_bundle(made or vista(), buffer)
    return buffer.getvalue()


def members(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes] | list[tuple[str | ZipInfo, bytes]], packing: int = ZIP_DEFLATED) -> BytesIO:
    """A zip as anybody's tools would write it."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", packing) as archive:
        for name, content in parts.items() if isinstance(parts, Mapping) else parts:
            archive.writestr(name, content)
    return buffer


def with_document(change: Callable[[dict[str, Any]], None], content: bytes | None = None) -> BytesIO:
    """A bundle whose vista.json somebody has edited."""
    parts = members(content or bundle())
    document = json.loads(parts["vista.json"])
    change(document)
    return zipped({**parts, "vista.json": json.dumps(document).encode()})


def with_frame(parquet: bytes, kind: str = "objects", key: tuple[str, ...] = ()) -> BytesIO:
    """A bundle whose only frame is these bytes, its checksum as it should be."""
    digest = hashlib.sha256(parquet).hexdigest()
    parts = members(bundle(vista(snapshots=(snapshot(PODS, objects(name=["a"])),))))
    document = json.loads(parts["vista.json"])
    document["vista"]["snapshots"][0]["frame"] = {"kind": kind, "sha256": digest, "key": list(key)}
    return zipped({"vista.json": json.dumps(document).encode(), f"frames/{digest}.parquet": parquet})


def parquet(data: pl.DataFrame, **options: Any) -> bytes:
    buffer = BytesIO()
    data.write_parquet(buffer, **{"compression": "zstd", "statistics": False, **options})
    return buffer.getvalue()


def saved(folder: Path, content: bytes) -> Path:
    path = folder / "morning.vista"
    path.write_bytes(content)
    return path
