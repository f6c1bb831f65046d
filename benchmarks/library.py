"""The library and a saved vista: how long a page of many takes, how little is read, how much goes to a browser."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from plotly.graph_objects import Figure

from benchmarks.processes import run
from benchmarks.result import Finding, Measured, Target, in_turn, times_as_long
from dashboards.figures import figure_for, request_figure
from tests.browser.stage_data import DAY, END, series_frame
from vistas.routine import Look
from vistas.sharing import read_bundle
from vistas.snapshot import FrameKind, Gap, GapReason, Provenance, Snapshot, Window
from vistas.store import Search, Store
from vistas.vista import Vista, new_id
from vistas.workspace import bundled

PAGES = 20
"""How many pages one round reads."""
SNAPSHOTS = 3
"""Of each vista in the library: a page counts their gaps, and opens no frame."""
AS_FAST = 1.25
KILOBYTES = 400
WIDE = ((10, 720), (1, 11_000), (52, 2_000), (300, 240), (1_000, 720))
"""Series and points of the charts that are made up."""


def measure(rounds: int, small: bool) -> list[Finding]:
    few, many = (10, 30) if small else (100, 10_000)
    drawn = _sent(bundled()[:1], WIDE[:1]) if small else _sent(bundled(), WIDE)
    return [*_listed(few, many, rounds), _opened(), drawn]


def _listed(few: int, many: int, rounds: int) -> Iterator[Finding]:
    """The library's first page, of few vistas and of many."""
    with tempfile.TemporaryDirectory() as name:
        stores = {f"{vistas:,} vistas": _library(Path(name) / str(vistas), vistas) for vistas in (few, many)}
        seconds = in_turn(rounds, {size: partial(_read_pages, store) for size, store in stores.items()})
        for store in stores.values():
            store.close()
    task = "the library's first page"
    short, long = (Measured(task, size, taken, amount=PAGES, unit="pages") for size, taken in seconds.items())
    what = f"a page of {many:,} vistas, of the time of one of {few:,}"
    yield from (short, long, Target(what, times_as_long(long, short), "at most", AS_FAST))


def _library(folder: Path, vistas: int) -> Store:
    """A bundled morning so many times, an hour apart."""
    store = Store.open(f"sqlite:///{folder}/vistas.db", folder / "blobs")
    morning = read_bundle(bundled()[0])
    for number in range(vistas):
        store.put(_again(morning, number))
    _read_pages(store)
    return store


def _again(morning: Vista, number: int) -> Vista:
    gap = Gap(GapReason.UNREACHABLE, "Nobody answered.")
    return replace(
        morning,
        id=new_id(),
        begun_at=morning.begun_at + timedelta(hours=number),
        snapshots=tuple(replace(each, content=gap) for each in morning.snapshots[:SNAPSHOTS]),
        walks=tuple(replace(walk, id=new_id()) for walk in morning.walks),
        notices=tuple(notice.model_copy(update={"id": new_id()}) for notice in morning.notices),
    )


def _read_pages(store: Store) -> None:
    for _ in range(PAGES):
        store.library(Search())


def _opened() -> Target:
    """A saved vista's first stop in the real app, and the frames that were read for it."""
    told = json.loads(run([sys.executable, "-m", "benchmarks.opening"]).output)
    what = f"frames read to show the first stop of a vista with {told['frames']}"
    return Target(what, told["read"], "at most", told["of_the_stop"], "frames")


def _sent(recordings: Sequence[Path], wide: Sequence[tuple[int, int]]) -> Target:
    """What a browser is sent for the largest chart, of the bundled mornings and of made-up wide ones."""
    largest = max(len(figure.to_json(validate=False)) for figure in _figures(recordings, wide))
    return Target("payload of the largest chart", largest / 1e3, "at most", KILOBYTES, "KB")


def _figures(recordings: Sequence[Path], wide: Sequence[tuple[int, int]]) -> Iterator[Figure]:
    for recording in recordings:
        vista = read_bundle(recording)
        looks = {(stop.stop, look.look): look for stop, look in vista.routine.looks()}
        for snapshot in vista.snapshots:
            look = looks.get((snapshot.stop, snapshot.look))
            if look and snapshot.frame and snapshot.frame.kind in {FrameKind.SERIES, FrameKind.REQUESTS}:
                make = figure_for if snapshot.frame.kind is FrameKind.SERIES else request_figure
                yield make(look, snapshot)
    look = Look(look="rate", title="Rate", source="prometheus", take="range")
    provenance = Provenance("prometheus", "prometheus", "up", Window.ending(END, DAY), END, timedelta(seconds=1))
    for series, points in wide:
        frame = series_frame([f"service-{place}" for place in range(series)], points=points)
        yield figure_for(look, Snapshot("stop", "rate", frame, provenance))
