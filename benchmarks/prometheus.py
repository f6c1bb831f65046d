"""A range query of a real Prometheus: to our frame, to the client library's table, and fetched raw with curl."""

from __future__ import annotations

import json
import math
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from subprocess import PIPE
from urllib.parse import urlencode

from benchmarks.processes import Ran, programs_in_turn, run
from benchmarks.result import Disagreement, Finding, Measured, Missing, Target, times_as_long
from connectors.prometheus.step import QueryRange, grid
from tests.servers import Prometheus
from tests.servers.fetch import MissingServer
from vistas.snapshot import Window

ROOT = Path(__file__).resolve().parents[1]
OURS, CLIENT, CURL = "vistas", "MetricRangeDataFrame", "curl, its own time"
BODY, PARSED = "requests, the body alone", "requests and orjson, no table"
WAYS = {BODY: "body", PARSED: "parsed", OURS: "vistas", CLIENT: "client"}
STEP = timedelta(minutes=1)
END = datetime(2026, 11, 20, 8, tzinfo=UTC)
SLOWEST, FASTER = 1.4, 2.0


def measure(rounds: int, small: bool) -> list[Finding]:
    hours, sizes = (1.0, (2, 20)) if small else (12.0, (10, 100, 500))
    if (curl := shutil.which("curl")) is None:
        return [Missing("curl", "there is no curl on this machine")]
    try:
        with _prometheus(sizes, hours) as url:
            return [
                finding
                for series in sizes
                for finding in _compare(curl, url, series, hours, rounds if small else 3 * rounds)
            ]
    except MissingServer as missing:
        return [Missing("range queries", str(missing))]


@contextmanager
def _prometheus(sizes: Sequence[int], hours: float) -> Iterator[str]:
    """One that holds so many series of a sample a minute in groups of these sizes."""
    points = int(timedelta(hours=hours) / STEP) + 1
    with tempfile.TemporaryDirectory(prefix="range-") as folder:
        history = Path(folder) / "history.om"
        with history.open("w", encoding="ascii") as out:
            for size in sizes:
                out.writelines(_history(size, points))
            out.write("# EOF\n")
        prometheus = Prometheus()
        prometheus.backfill(history)
        with prometheus:
            yield prometheus.url


def _history(series: int, points: int) -> Iterator[str]:
    """Values have as many digits as measured ratios have."""
    random = Random(series)  # noqa: S311 - no secret is made of it
    begin = END.timestamp() - (points - 1) * STEP.total_seconds()
    for number in range(series):
        labels = f'pod="api-{number:03}",namespace="shop",instance="10.0.7.{number % 250}:9100",job="api-{series}"'
        ratio = random.random()
        for point in range(points):
            ratio = abs(math.sin(ratio + random.gauss(0, 0.02)))
            yield f"cpu_ratio{{{labels}}} {ratio!r} {begin + point * STEP.total_seconds():.0f}\n"


def _compare(curl: str, url: str, series: int, hours: float, rounds: int) -> list[Finding]:
    query = f'cpu_ratio{{job="api-{series}"}}'
    moments = grid(Window.ending(END, timedelta(hours=hours)))
    samples = series * moments.points
    task = f"{series} series × {moments.points} points"
    with ExitStack() as running:
        contenders: dict[str, Callable[[], Ran]] = {CURL: partial(_fetch, curl, url, query, moments)}
        for name in WAYS:
            contenders[name] = running.enter_context(_reading(name, url, query, hours, samples))
        read = programs_in_turn(task, rounds, contenders, amount=samples, unit="samples")
    # Each contender's memory says more of what it has imported.
    measured = [replace(each, peak_bytes=None, own_bytes=None) for each in read.values()]
    return [*measured, *_targets(task, read)]


def _targets(task: str, read: dict[str, Measured]) -> Iterator[Target]:
    beside = times_as_long(read[OURS], read[CURL])
    yield Target(f"{task} to a frame, of the raw fetch", beside, "at most", SLOWEST)
    faster = times_as_long(read[CLIENT], read[OURS])
    yield Target(f"{task} to a frame, faster than {CLIENT}", faster, "at least", FASTER)


def _fetch(curl: str, url: str, query: str, moments: QueryRange) -> Ran:
    """The same answer as it is. The time is from the connection to the last byte: curl's start is not counted."""
    step = int(moments.step.total_seconds())
    bounds = {"start": moments.start.timestamp(), "end": moments.end.timestamp(), "step": step}
    form = urlencode({"query": query, **bounds})
    asked = ["--data", form, f"{url}/api/v1/query_range"]
    ran = run([curl, "--silent", "--fail", "--output", "/dev/null", "--write-out", "%{time_total}", *asked])
    return Ran(float(ran.output), ran.cpu_seconds, ran.peak_bytes, ran.own_bytes, "")


@contextmanager
def _reading(name: str, url: str, query: str, hours: float, samples: int) -> Iterator[Callable[[], Ran]]:
    """Reads the range in a process that is already there, whenever it is called."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.range_read",
        WAYS[name],
        url,
        query,
        str(END.timestamp()),
        str(hours),
    ]
    process = subprocess.Popen(command, stdin=PIPE, stdout=PIPE, text=True, cwd=ROOT)
    try:
        _answer(name, process)
        yield partial(_read_once, name, process, samples)
    finally:
        process.communicate()


def _read_once(name: str, process: subprocess.Popen[str], samples: int) -> Ran:
    print(file=process.stdin, flush=True)
    found, seconds, cpu_seconds = json.loads(_answer(name, process))
    if found != samples:
        raise Disagreement(f"{name} read {found:,} of {samples:,} samples")
    return Ran(seconds, cpu_seconds, 0, 0, "")


def _answer(name: str, process: subprocess.Popen[str]) -> str:
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        raise Disagreement(f"{name} ended without an answer")
    return line
