"""What concerns a tool's present: how it feels, and what it can tell of now only."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from connectors.taking import Unobtainable
from vistas.redaction import Redaction
from vistas.snapshot import Window
from vistas.source import Health

FRESH = timedelta(minutes=5)


def examine(ask: Callable[[], tuple[str, Mapping[str, str]]], redaction: Redaction) -> Health:
    """Time a check that returns one line about the tool, and details; where it fails, say what to do."""
    started = time.monotonic()
    try:
        says, details = ask()
    except Unobtainable as failure:
        took = timedelta(seconds=time.monotonic() - started)
        return Health(False, redaction.text(failure.gap.says), redaction.text(failure.gap.hint), took)
    return Health(True, says, took=timedelta(seconds=time.monotonic() - started), details=details)


def present_only(window: Window, now: datetime) -> tuple[str, ...]:
    """A warning where a tool that tells only the present was asked about a window that ended a while ago."""
    if now - window.end <= FRESH:
        return ()
    return (f"As it was at {now:%Y-%m-%d %H:%M} UTC: the tool tells the present only, not the window asked for.",)
