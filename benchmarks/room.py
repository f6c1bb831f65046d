"""Thirty people in one session for a minute: each has the room open, and each writes every two seconds.

What is written comes from this process, as if from another replica of the app; the pages are drawn by the app,
whose processor time is what is measured. A page that is open polls, and is drawn again when somebody wrote.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from benchmarks.open_page import OpenPage
from benchmarks.processes import cpu_seconds
from benchmarks.result import Disagreement, Finding, Measured, Target
from tests.servers.app import running_app
from vistas.practice import Notebooks
from vistas.practice.session import Activity, ActivityKind
from vistas.practice.session_entries import HostTaken, Joined, Planned, Turned
from vistas.practice.session_words import Jotted
from vistas.settings import load_settings
from vistas.store import Store
from vistas.vista import new_id

PEOPLE, SECONDS, EVERY = 30, 60.0, 2.0
SMALL = (4, 4.0)
COMES_TO_REST = 60.0
MOST_CPU = 1.0
"""Of one core, by the app while all of them write."""


def measure(rounds: int, small: bool) -> list[Finding]:
    people, seconds = SMALL if small else (PEOPLE, SECONDS)
    task = f"{people} people in a room, {seconds:.0f} s"
    with running_app() as app, _notebooks(app.data) as notebooks:
        room, topic = _begun(notebooks)
        pages = [OpenPage(app.address, "session", f"room={room}") for _ in range(people)]
        if not all(page.drawn.wait(COMES_TO_REST) for page in pages):
            raise Disagreement(f"a page was not drawn within {COMES_TO_REST:.0f} s")
        still = [_still(app.pid, seconds / 4) for _ in range(rounds)]
        writing = [_written(app.pid, notebooks, room, topic, people, seconds) for _ in range(rounds)]
        runs, redrawn = sum(page.runs for page in pages), sum(page.redrawn for page in pages)
        errors = sum(page.errors for page in pages)
        for page in pages:
            page.close()
        kept = len(notebooks.sessions.read(room).jotted[topic])
    if redrawn <= people:
        raise Disagreement(f"{people} pages were drawn {redrawn} times, though somebody wrote all the time")
    wrote = sum(count for _, _, count in writing)
    share = max(cpu / taken for taken, cpu, _ in writing)
    return [
        Measured(task, "nobody writes", tuple(each[0] for each in still), tuple(each[1] for each in still)),
        Measured(
            task,
            "everybody writes",
            tuple(each[0] for each in writing),
            tuple(each[1] for each in writing),
            amount=wrote // rounds,
            unit="entries",
        ),
        Target(f"{task}: entries lost of {wrote}", float(wrote - kept), "at most", 0, ""),
        Target(f"{task}: errors in {runs} runs, {redrawn} of whole pages", float(errors), "at most", 0, ""),
        Target(f"{task}: of one core", share, "at most", MOST_CPU, ""),
    ]


@contextmanager
def _notebooks(data: Path) -> Iterator[Notebooks]:
    settings = load_settings({"VISTAS_DATA": str(data)}, data)
    store = Store.open(settings.store.database, settings.store.blobs)
    try:
        yield Notebooks(store.journals)
    finally:
        store.close()


def _begun(notebooks: Notebooks) -> tuple[UUID, UUID]:
    topic = Activity(id=new_id(), kind=ActivityKind.TOPIC, title="Everybody writes")
    first = (Joined(), HostTaken(host="Ines"), Planned(activity=topic), Turned(activity=topic.id))
    return notebooks.sessions.begin("A full room", *first, by="Maya", at=datetime.now(UTC)), topic.id


def _still(pid: int, seconds: float) -> tuple[float, float]:
    before, began = cpu_seconds(pid), time.perf_counter()
    time.sleep(seconds)
    return time.perf_counter() - began, cpu_seconds(pid) - before


def _written(
    pid: int, notebooks: Notebooks, room: UUID, topic: UUID, people: int, seconds: float
) -> tuple[float, float, int]:
    """Wall and processor seconds, and how many entries were acknowledged."""
    counts = [0] * people

    def write(person: int) -> None:
        due = time.monotonic() + EVERY * person / people
        ends = time.monotonic() + seconds
        while due < ends:
            time.sleep(max(0.0, due - time.monotonic()))
            said = Jotted(activity=topic, id=new_id(), text=f"noted by {person}: number {counts[person]}")
            notebooks.sessions.write(room, said, by=f"Person {person}", at=datetime.now(UTC))
            counts[person] += 1
            due += EVERY

    before, began = cpu_seconds(pid), time.perf_counter()
    threads = [threading.Thread(target=write, args=(person,)) for person in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began, cpu_seconds(pid) - before, sum(counts)
