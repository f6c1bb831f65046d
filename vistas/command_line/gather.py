"""`vistas gather`: every look of a routine, now or as of some time, kept in the library and in a file if asked."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import click

from vistas.command_line.values import ASSIGNMENT, MOMENT, PATIENCE, SPAN
from vistas.command_line.writing import open_workspace, say, say_columns, say_json, show_progress
from vistas.formatting.counts import counted

if TYPE_CHECKING:
    from vistas.gathering.gather import Progress
    from vistas.routine import Chosen, Routine
    from vistas.snapshot import Snapshot, Window
    from vistas.vista import Vista
    from vistas.workspace import Workspace


@click.command
@click.argument("routine")
@click.option(
    "--set",
    "values",
    multiple=True,
    type=ASSIGNMENT,
    help="What is chosen for a variable of the routine; several values with commas, or repeated.",
)
@click.option(
    "--at", type=MOMENT, help="Gather as of this time, such as 2026-11-23T08:00 or 08:00; by default now."
)
@click.option("--window", "span", type=SPAN, help="How far back to look, such as 12h.")
@click.option("--deadline", type=PATIENCE, help="Stop after this long, ready or not, such as 30s.")
@click.option("--out", type=click.Path(path_type=Path), help="Also write it to FILE.vista (or .html, .md).")
@click.option(
    "--logs", multiple=True, metavar="FILE…", help="Use these logs (- for standard input) as the ingress logs."
)
@click.argument("more_logs", nargs=-1, metavar="")
@click.option("--json", "as_json", is_flag=True, help="Report how each look went as JSON.")
def gather(
    routine: str,
    values: tuple[tuple[str, str], ...],
    at: datetime | None,
    span: timedelta | None,
    deadline: timedelta | None,
    out: Path | None,
    logs: tuple[str, ...],
    more_logs: tuple[str, ...],
    as_json: bool,
) -> int:
    """Gather ROUTINE and save it as a vista in the library.

    ROUTINE is a name that `vistas routines` lists, or a file. Exits with 1 if a source did not answer properly, or
    had nothing at all: the vista holds the gaps and their reasons. A source that lacks some of what is asked for
    is not a failure.

    With --logs, looks at ingress logs use the given files, such as --logs access.log* or, from a pipe,
    --logs -.
    """
    from vistas.command_line.files import check_ending, write_file
    from vistas.command_line.given_logs import with_logs

    if out:
        check_ending(out)
    if more_logs and not logs:
        raise click.UsageError(f"unexpected {more_logs[0]}: pass logs with --logs")
    workspace = open_workspace()
    found = workspace.find_routine(routine)
    chosen = _chosen(found, values)
    if logs:
        workspace = with_logs(workspace, found, (*logs, *more_logs))
    window = _window(workspace, found, at, span)
    started = time.monotonic()
    vista = _gather(workspace, found, chosen, window, deadline or workspace.settings.gather.deadline)
    took = time.monotonic() - started
    if out:
        write_file(vista, out)
    if as_json:
        say_json(_outcome(vista, took))
    else:
        _print_summary(vista, took, out)
    return 1 if _failed(vista.snapshots) else 0


def _window(workspace: Workspace, routine: Routine, at: datetime | None, span: timedelta | None) -> Window:
    from vistas.snapshot import Window

    if at is None and span is None:
        return workspace.window(datetime.now(UTC), routine.window)
    span = span or workspace.settings.gather.window or routine.window
    return Window.ending(at or datetime.now(UTC), span)


def _chosen(routine: Routine, values: Sequence[tuple[str, str]]) -> Chosen:
    """By the names of variables, as --set has them. UsageError for a name that is none of them."""
    variables = {each.variable: each for each in routine.variables}
    chosen: dict[str, tuple[str, ...]] = {}
    for name, value in values:
        if name not in variables:
            known = ", ".join(variables) or "none"
            raise click.UsageError(f"{routine.routine} has no variable {name}; there are {known}")
        several = [part.strip() for part in value.split(",")] if variables[name].several else [value]
        chosen[name] = (*chosen.get(name, ()), *(part for part in several if part))
    return chosen


def _gather(workspace: Workspace, routine: Routine, chosen: Chosen, window: Window, patience: timedelta) -> Vista:
    from vistas.gathering.morning import begin, gather_into
    from vistas.source import Deadline

    author = workspace.settings.person
    vista = begin(workspace, routine, window=window, author=author, now=datetime.now(UTC), chosen=chosen)
    cancelled = threading.Event()
    with _interruptible(cancelled), _Progress() as progress:
        gather_into(workspace, vista, deadline=Deadline(patience, cancelled=cancelled), arrived=progress.arrived)
    if cancelled.is_set():
        workspace.store.discard(vista.id, author)
        raise click.Abort
    workspace.store.save(vista.id, "", datetime.now(UTC), by=author)
    return workspace.store.vista(vista.id)


@contextmanager
def _interruptible(cancelled: threading.Event) -> Iterator[None]:
    """Ctrl-C calls the gathering off in order; a second one no longer waits for that."""

    def call_off(*_: object) -> None:
        cancelled.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, call_off)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class _Progress:
    """How far each source is, on one line of a terminal that is wiped at the end; nothing where there is none."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._sources: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._write("")

    def arrived(self, _: Snapshot, progress: Progress) -> None:
        self._sources[progress.source] = f"{progress.source} {progress.done}/{progress.total}"
        self._write(" · ".join(self._sources.values()))

    def _write(self, line: str) -> None:
        if self._shown:
            show_progress(line)


def _failed(snapshots: Sequence[Snapshot]) -> bool:
    """Whether something is amiss: a source that gave nothing at all, or a gap that is not mere absence."""
    from vistas.snapshot import GapReason

    giving = {snapshot.source for snapshot in snapshots if snapshot.frame}
    return any(
        snapshot.gap.reason is not GapReason.NOT_HERE or snapshot.source not in giving
        for snapshot in snapshots
        if snapshot.gap
    )


def _outcome(vista: Vista, took: float) -> dict[str, Any]:
    return {
        "vista": str(vista.id),
        "routine": vista.routine.routine,
        "chosen": {each.variable: list(each.chosen) for each in vista.routine.variables},
        "window": {"from": vista.window.start.isoformat(), "to": vista.window.end.isoformat()},
        "took_seconds": round(took, 3),
        "looks": [_look_outcome(snapshot) for stop in vista.routine.stops for snapshot in vista.at(stop.stop)],
    }


def _look_outcome(snapshot: Snapshot) -> dict[str, Any]:
    frame, gap = snapshot.frame, snapshot.gap
    return {
        "stop": snapshot.stop,
        "look": snapshot.look,
        "source": snapshot.source,
        "state": "frame" if frame else "gap",
        "rows": frame.rows if frame else 0,
        "took_seconds": round(snapshot.provenance.took.total_seconds(), 3),
        "reason": f"{gap.reason.value}: {gap.message}" if gap else None,
    }


def _print_summary(vista: Vista, took: float, out: Path | None) -> None:
    looks = _outcome(vista, took)["looks"]
    say_columns(
        (look["stop"], look["look"], look["source"], look["reason"] or counted(look["rows"], "row"))
        for look in looks
    )
    told = f"{counted(len(looks), 'look')}, {counted(sum(look['state'] == 'gap' for look in looks), 'gap')}"
    say(f"{told}, {took:.1f} s. Saved as {vista.id}{f' and in {out}' if out else ''}.")
