"""Warnings and health texts about a pass over the logs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from connectors.taking import Unobtainable
from vistas.snapshot import GapReason
from vistas.source import Health

if TYPE_CHECKING:
    from connectors.ingress.aggregation.one_pass import LogPass

NOTEWORTHY = 0.01
"""The share of lines that fit nothing from which every look says so."""


def insist_on_something_known(read: LogPass) -> None:
    counts = read.summary.counts
    if counts.unparsed and not counts.dialects:
        raise Unobtainable(
            GapReason.GARBLED,
            f"None of the {counts.lines:,} lines is in a known access-log format.",
            "Look at the lines, and set the format as the source's dialect.",
        )


def say_unparsed(read: LogPass) -> tuple[str, ...]:
    counts = read.summary.counts
    if counts.unparsed <= counts.lines * NOTEWORTHY:
        return ()
    return (f"{counts.unparsed:,} of {counts.lines:,} lines match no known format: the look lines shows some.",)


def say_elsewhen(read: LogPass) -> tuple[str, ...]:
    """A log given by hand is often older than the window."""
    counts = read.summary.counts
    if counts.requests or not counts.outside_window or not counts.oldest or not counts.newest:
        return ()
    span = f"{counts.oldest:%Y-%m-%d %H:%M} to {counts.newest:%Y-%m-%d %H:%M} UTC"
    return (f"All {counts.outside_window:,} requests lie outside the window: they are from {span}.",)


def health_of(read: LogPass, now: datetime, took: timedelta) -> Health:
    counts = read.summary.counts
    dialects = ", ".join(name for name, _ in counts.dialects.most_common())
    details = {"logs": ", ".join(read.origins), "formats": dialects or "none"}
    if counts.newest is None and counts.unparsed:
        hint = "Look at the logs, and set their format as the source's dialect."
        return Health(
            ok=False, message="The logs are not in a known format.", hint=hint, took=took, details=details
        )
    if counts.newest is None:
        message = "The logs are there, but hold no requests yet."
        return Health(ok=True, message=message, took=took, details=details)
    age = max(timedelta(), now - counts.newest)
    details["newest"] = counts.newest.isoformat()
    logs = f"{len(read.origins)} log{'s' if len(read.origins) != 1 else ''} of {dialects}"
    message = f"{logs}; the newest request is {_speak(age)} old."
    return Health(ok=True, message=message, took=took, details=details)


def _speak(age: timedelta) -> str:
    for unit, span in (("day", timedelta(days=1)), ("hour", timedelta(hours=1)), ("minute", timedelta(minutes=1))):
        if age >= span:
            number = age // span
            return f"{number} {unit}{'s' if number != 1 else ''}"
    return "less than a minute"
