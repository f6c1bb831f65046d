"""`vistas logs`: the engine by itself, for a quick look at any access log."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import click

from vistas.command_line.writing import complain, plain, say_json

if TYPE_CHECKING:
    from vistas.logs import LogOverview
    from vistas.redaction import Redactor

SHOWN_ROUTES = 10
QUANTILES = (0.5, 0.95, 0.99)


@click.command
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@click.option("--dialect", default="auto", show_default=True, help="The one dialect that the lines are in.")
@click.option("--log-format", default="", help="A format of your own, as nginx writes it in log_format.")
@click.option(
    "--top", type=click.IntRange(0), help=f"How many routes; by default {SHOWN_ROUTES}, and all of them as JSON."
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def logs(files: tuple[str, ...], dialect: str, log_format: str, top: int | None, as_json: bool) -> int:
    """Look at access logs: what is in them, how it went, how long it took.

    FILEs may be compressed or rotated, of several formats, and are read as one log; - is standard input. Nothing
    is kept. Ends with 1 where some of it could not be read, or none of its lines is of a known format.
    """
    from vistas.logs import log_reader

    read, redactor = log_reader(), _redactor()
    _hear_ctrl_c()
    with _Progress() as progress:
        overview = read(files, redactor, dialect=dialect, log_format=log_format, told=progress.told)
    if as_json:
        say_json(_outcome(overview, top))
    else:
        from vistas.command_line.log_report import report

        _print(report(overview, width=_width(), top=SHOWN_ROUTES if top is None else top))
    for problem in (*overview.problems, *overview.notes):
        complain(problem)
    unknown = bool(overview.unparsed) and not overview.dialects
    if unknown:
        complain("none of the lines is an access-log line of a known format")
    return 1 if overview.problems or unknown else 0


def _hear_ctrl_c() -> None:
    """Polars takes the signal for whichever thread it works in, and whoever waits for a pipe does not hear it."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _redactor() -> Redactor:
    """The rules that hold here. Nothing is kept, so the key is not, either."""
    from vistas.settings import load_settings

    return load_settings(os.environ, Path.cwd()).redactor(keep_key=False)


def _outcome(overview: LogOverview, top: int | None) -> dict[str, Any]:
    import polars as pl

    from vistas.requests_summary import percentiles

    statuses = overview.cells.group_by("status").agg(pl.col("requests").sum()).sort("status")
    slow = percentiles(overview.cells, QUANTILES)
    return {
        "lines": overview.lines,
        "requests": overview.requests,
        "set_aside": sum(overview.set_aside.values()),
        "unparsed": overview.unparsed,
        "dialects": dict(overview.dialects),
        "window": {
            "from": overview.first.isoformat() if overview.first else None,
            "to": overview.last.isoformat() if overview.last else None,
        },
        "status": {str(status): number for status, number in statuses.iter_rows()},
        "latency_seconds": slow.row(0, named=True) if slow.height else {"p50": None, "p95": None, "p99": None},
        "routes": overview.routes.head(overview.routes.height if top is None else top).to_dicts(),
    }


def _width() -> int:
    import shutil

    return min(max(shutil.get_terminal_size().columns, 48), 110)


def _print(lines: list[str]) -> None:
    from vistas.command_line.blocks import plain_letters

    text = "\n".join(lines)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        text = plain_letters(text)
    click.echo(text, color=None if _colourful() else False)


def _colourful() -> bool:
    """https://no-color.org, and terminals that have none."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


class _Progress:
    """How much has been read, on one line of a terminal that is wiped at the end; nothing where there is none."""

    EVERY = 0.3

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._began = self._written = time.monotonic()
        self._bytes = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._written > self._began:
            self._write("")

    def told(self, more: int) -> None:
        self._bytes += more
        now = time.monotonic()
        if self._shown and now - self._written > self.EVERY:
            self._written = now
            self._write(f"read {self._bytes / 1e6:,.0f} MB in {now - self._began:.1f} s")

    def _write(self, line: str) -> None:
        click.echo(f"\r\x1b[K{plain(line)}", nl=False, file=sys.stderr)
