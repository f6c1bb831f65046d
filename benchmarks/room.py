"""Thirty people in one session: each has the room open, and each writes, at a leisurely pace and at a fast one.

What is written comes from this process, as if from another replica of the app; the pages are drawn by the app,
whose processor time is measured. How long it takes is from when an entry was acknowledged until a page had it, for
each entry and each page. The pages of this process are on the same cores as the app; what they cost is told, too.
"""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from benchmarks.open_page import OPENS_WITHIN, OpenPage, Pages
from benchmarks.processes import cpu_seconds
from benchmarks.result import Disagreement, Finding, Measured, Target
from tests.servers.app import running_app
from vistas.practice import Notebooks
from vistas.practice.session import Activity, ActivityKind
from vistas.practice.session.entries import HostTaken, Joined, Planned, Turned
from vistas.practice.session.words import Jotted
from vistas.settings import load_settings
from vistas.store import Store
from vistas.vista import new_id

COMES_TO_REST: Final = 60.0
"""Seconds in which a page has to show everything once nobody writes any more."""
AT_ONCE: Final = 1e-4
"""For what a page had before its writer was told that it is kept."""


Shown = Mapping[str, float]
"""When a page had each text first, by the monotonic clock."""


@dataclass(frozen=True)
class Pace:
    """Everybody writes every `every` seconds: how long a page may take for 95 of 100, and how much of a core."""

    every: float
    slowest: float
    most_cpu: float


@dataclass(frozen=True)
class Size:
    people: int
    seconds: float
    paces: tuple[Pace, ...]


FULL = Size(30, 60.0, (Pace(10.0, 1.0, 0.35), Pace(2.0, 2.0, 0.8)))
SMALL = Size(4, 4.0, (Pace(2.0, 1.0, 0.35), Pace(0.5, 2.0, 0.8)))


@dataclass(frozen=True)
class Written:
    """One minute of writing: what it took, and when each text was acknowledged, by the monotonic clock."""

    seconds: float
    cpu_seconds: float
    own_cpu_seconds: float
    kept_at: Mapping[str, float]


def measure(rounds: int, small: bool) -> list[Finding]:
    size = SMALL if small else FULL
    with running_app() as app, opened_notebooks(app.data) as notebooks:
        room, topic = _begun(notebooks)
        with _open(app.address, room, size.people) as pages:
            still = [_still(app.pid, size.seconds / 4) for _ in range(rounds)]
            written = {
                pace: [_written(app.pid, notebooks, (room, topic), size, pace) for _ in range(rounds)]
                for pace in size.paces
            }
            everything = {text for runs in written.values() for run in runs for text in run.kept_at}
            _wait_until_shown(pages, everything)
        kept = {line.text for line in notebooks.sessions.read(room).jotted[topic]}
    return [
        _quiet(size, still),
        *(
            finding
            for pace, runs in written.items()
            for finding in at_pace(size.people, pace, runs, [page.shown for page in pages])
        ),
        *_nothing_lost(everything, kept, pages),
    ]


def _quiet(size: Size, still: Sequence[tuple[float, float]]) -> Measured:
    seconds, cpu = zip(*still, strict=True)
    return Measured(f"{size.people} people in a room", "nobody writes", seconds, cpu)


def at_pace(people: int, pace: Pace, runs: Sequence[Written], pages: Sequence[Shown]) -> Iterator[Finding]:
    """What writing at this pace took, and what it may take."""
    task = f"{people} people write every {pace.every:g} s"
    seconds = tuple(run.seconds for run in runs)
    amount = sum(len(run.kept_at) for run in runs) // len(runs)
    took = tuple(sorted(_latencies(runs, pages)))
    slow = took[int(len(took) * 0.95)]
    share = statistics.median(run.cpu_seconds / run.seconds for run in runs)
    yield Measured(task, "the app", seconds, tuple(run.cpu_seconds for run in runs), amount=amount, unit="entries")
    yield Measured(task, "this benchmark", seconds, tuple(run.own_cpu_seconds for run in runs))
    yield Measured(task, "until a page shows it", took)
    yield Target(f"{task}: until a page shows it, 95th percentile", slow, "at most", pace.slowest, "s")
    yield Target(f"{task}: of one core", share, "at most", pace.most_cpu, "")


def _latencies(runs: Sequence[Written], pages: Sequence[Shown]) -> Iterator[float]:
    """Of each entry on each page; what a page never showed is endless."""
    for run in runs:
        for text, kept_at in run.kept_at.items():
            for page in pages:
                yield max(AT_ONCE, page.get(text, float("inf")) - kept_at)


def _nothing_lost(everything: set[str], kept: set[str], pages: Sequence[OpenPage]) -> Iterator[Finding]:
    runs, whole = sum(page.runs for page in pages), sum(page.redrawn for page in pages)
    unseen = sum(len(everything - page.shown.keys()) for page in pages)
    pushed = sum(page.pushed for page in pages)
    yield Target(f"entries lost of {len(everything)}", float(len(everything - kept)), "at most", 0, "")
    yield Target(f"entries that a page never showed, of {len(pages)} pages", float(unseen), "at most", 0, "")
    yield Target(
        f"errors in {runs} runs, {whole} of whole pages, and {pushed} messages pushed",
        float(sum(page.errors for page in pages)),
        "at most",
        0,
        "",
    )


@contextmanager
def opened_notebooks(data: Path) -> Iterator[Notebooks]:
    settings = load_settings({"VISTAS_DATA": str(data)}, data)
    store = Store.open(settings.store.database, settings.store.blobs)
    try:
        yield Notebooks(store.journals)
    finally:
        store.close()


@contextmanager
def _open(address: str, room: UUID, people: int) -> Iterator[Sequence[OpenPage]]:
    """Everybody's page, once all are drawn; closed afterwards, and to be read still."""
    pages = Pages(address, "session", f"room={room}")
    try:
        for person in range(people):
            pages.open(f"Person {person}")
        if not all(page.drawn.wait(OPENS_WITHIN) for page in pages.all):
            raise Disagreement(f"a page was not drawn within {OPENS_WITHIN:.0f} s")
        yield pages.all
    finally:
        pages.close()


def _begun(notebooks: Notebooks) -> tuple[UUID, UUID]:
    topic = Activity(id=new_id(), kind=ActivityKind.TOPIC, title="Everybody writes")
    first = (Joined(), HostTaken(host="Ines"), Planned(activity=topic), Turned(activity=topic.id))
    return notebooks.sessions.begin("A full room", *first, by="Maya", at=datetime.now(UTC)), topic.id


def _still(pid: int, seconds: float) -> tuple[float, float]:
    before, began = cpu_seconds(pid), time.perf_counter()
    time.sleep(seconds)
    return time.perf_counter() - began, cpu_seconds(pid) - before


def _written(pid: int, notebooks: Notebooks, where: tuple[UUID, UUID], size: Size, pace: Pace) -> Written:
    kept_at: dict[str, float] = {}

    def write(person: int) -> None:
        due = time.monotonic() + pace.every * person / size.people
        ends = time.monotonic() + size.seconds
        while due < ends:
            time.sleep(max(0.0, due - time.monotonic()))
            text = f"noted by {person}: {new_id()}"
            _jot(notebooks, where, person, text)
            kept_at[text] = time.monotonic()
            due += pace.every

    before, own, began = cpu_seconds(pid), time.process_time(), time.perf_counter()
    threads = [threading.Thread(target=write, args=(person,)) for person in range(size.people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Written(
        time.perf_counter() - began, cpu_seconds(pid) - before, time.process_time() - own, dict(kept_at)
    )


def _jot(notebooks: Notebooks, where: tuple[UUID, UUID], person: int, text: str) -> None:
    room, topic = where
    said = Jotted(activity=topic, id=new_id(), text=text)
    notebooks.sessions.write(room, said, by=f"Person {person}", at=datetime.now(UTC))


def _wait_until_shown(pages: Sequence[OpenPage], texts: set[str]) -> None:
    """As long as a page may take to come to rest; what is missing then counts as never shown."""
    ends = time.monotonic() + COMES_TO_REST
    while time.monotonic() < ends and not all(texts <= page.shown.keys() for page in pages):
        time.sleep(0.1)
