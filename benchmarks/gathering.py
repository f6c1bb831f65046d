"""How much memory `vistas gather` holds while it goes through a large access log."""

from __future__ import annotations

import json
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

import polars as pl
import yaml

from benchmarks.access_log import BEGIN
from benchmarks.processes import run
from benchmarks.result import Finding, Measured, Target
from vistas.sharing.bundle import read_bundle

LOOKS = ("requests", "upstreams", "slowest", "lines")
LIMIT_MEGABYTES = 700


class Incomplete(Exception):
    """Not all of the log was gathered, so that its memory says nothing."""


def gathering_memory(log: Path, lines: int) -> list[Finding]:
    """One gathering of everything an ingress source tells of the log, into a vista of its own library."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        vista = folder / "gathered.vista"
        ran = run(
            _command(folder, log, vista), {"VISTAS_CONFIG": str(folder / "vistas.toml"), "VISTAS_DATA": name}
        )
        _check(json.loads(ran.output)["looks"], vista, lines)
    task = f"{log.stat().st_size / 1e9:.1f} GB gathered"
    measured = Measured(
        task,
        "vistas gather",
        (ran.seconds,),
        (ran.cpu_seconds,),
        amount=lines,
        unit="lines",
        peak_bytes=ran.peak_bytes,
        own_bytes=ran.own_bytes,
    )
    return [measured, Target(f"{task}: resident", ran.peak_bytes / 1e6, "at most", LIMIT_MEGABYTES, "MB")]


def _command(folder: Path, log: Path, vista: Path) -> list[str | Path]:
    (folder / "vistas.toml").write_text(f'[sources.ingress]\ntype = "ingress"\nfiles = [{json.dumps(str(log))}]\n')
    stop = {"stop": "door", "title": "Door", "question": "Who calls?", "why": "To see.", "normal": "Some."}
    looks = [{"look": take, "title": take, "source": "ingress", "take": take} for take in LOOKS]
    routine = {
        "routine": "door",
        "title": "Door",
        "about": "Who calls.",
        "stops": [{**stop, "plainly": "Visits.", "looks": looks}],
    }
    (folder / "door.yaml").write_text(yaml.safe_dump(routine))
    end = BEGIN + timedelta(days=3)
    gather = [
        sys.executable,
        "-m",
        "vistas.command_line",
        "gather",
        folder / "door.yaml",
        "--json",
        "--out",
        vista,
    ]
    return [*gather, "--at", end.isoformat(), "--window", "3d", "--deadline", "10m"]


def _check(looks: list[dict[str, str]], vista: Path, lines: int) -> None:
    gaps = [f"{look['look']}: {look['reason']}" for look in looks if look["state"] != "frame"]
    if gaps:
        raise Incomplete("; ".join(gaps))
    requests = next(each for each in read_bundle(vista).snapshots if each.look == "requests")
    if requests.frame is None or requests.frame.data.select(pl.col("requests").sum()).item() != lines:
        raise Incomplete(f"not all of {lines:,} requests were gathered: {requests.provenance.warnings}")
