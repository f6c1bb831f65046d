"""`vistas logs`: the engine by itself, for a quick look at any access log."""

from __future__ import annotations

import os
import signal
import sys
import time
from typing import TYPE_CHECKING, Self

import click

from vistas.command_line.writing import complain, plain, say_json, settings_here
from vistas.extensions.logs import BY
from vistas.formatting.values import format_value
from vistas.routine import Unit

if TYPE_CHECKING:
    from vistas.extensions.logs import LogOverview
    from vistas.redaction import Redactor

SHOWN_ROUTES = 10
NOTEWORTHY = 0.01
"""The share of lines that fit no format from which this is said."""


@click.command
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@click.option("--dialect", default="auto", show_default=True, help="The dialect that the lines are in.")
@click.option("--log-format", default="", help="Your own format, as nginx writes it in log_format.")
@click.option(
    "--json-keys",
    default="",
    metavar="COLUMN=KEY,…",
    help="Your own JSON format: status=http_status,path=uri,seconds=took:ms.",
)
@click.option("--by", type=click.Choice(BY), help="What to group requests by, instead of routes.")
@click.option(
    "--top",
    type=click.IntRange(0),
    help=f"How many routes to show; by default {SHOWN_ROUTES}, and all of them as JSON.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def logs(
    files: tuple[str, ...],
    dialect: str,
    log_format: str,
    json_keys: str,
    by: str | None,
    top: int | None,
    as_json: bool,
) -> int:
    """Summarise access logs: requests, answers and response times.

    FILEs may be compressed, rotated, and in several formats; they are read as one log. - is standard input.
    Nothing is saved. Exits with 1 if some of it could not be read, or if no line is in a known format.
    """
    from vistas.extensions.logs import log_reader

    read, redactor = log_reader(), _redactor()
    _handle_ctrl_c()
    with _Progress() as progress:
        overview = read(
            files,
            redactor,
            dialect=dialect,
            log_format=log_format,
            json_keys=json_keys,
            by=by or "",
            told=progress.update,
        )
    if as_json:
        from vistas.command_line.log_outcome import outcome

        say_json(outcome(overview, by or "", top))
    else:
        from vistas.command_line.log_report import report

        _print(report(overview, width=_width(), by=by or "", top=SHOWN_ROUTES if top is None else top))
    return _warn(overview)


def _warn(overview: LogOverview) -> int:
    """What a person must know even where nobody reads what is printed, and the exit code."""
    for problem in (*overview.problems, *overview.notes):
        complain(problem)
    unknown = bool(overview.unparsed) and not overview.dialects
    if unknown:
        complain("none of the lines is in a known access-log format")
    elif overview.unparsed > overview.lines * NOTEWORTHY:
        share = format_value(overview.unparsed / overview.lines, Unit.RATIO)
        complain(f"{overview.unparsed:,} of {overview.lines:,} lines ({share}) match no known format")
    return 1 if overview.problems or unknown else 0


def _handle_ctrl_c() -> None:
    """Polars takes the signal for whichever thread it works in, and whoever waits for a pipe does not hear it."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _redactor() -> Redactor:
    """The rules that hold here. Nothing is kept, so the key is not, either."""
    return settings_here().redactor(keep_key=False)


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

    def update(self, more: int) -> None:
        self._bytes += more
        now = time.monotonic()
        if self._shown and now - self._written > self.EVERY:
            self._written = now
            self._write(f"read {self._bytes / 1e6:,.0f} MB in {now - self._began:.1f} s")

    def _write(self, line: str) -> None:
        click.echo(f"\r\x1b[K{plain(line)}", nl=False, file=sys.stderr)
