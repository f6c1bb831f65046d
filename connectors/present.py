"""For tools that know only the present: their health check, and a warning where a look is about the past."""

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
        message, details = ask()
    except Unobtainable as failure:
        took = timedelta(seconds=time.monotonic() - started)
        return Health(False, redaction.text(failure.gap.message), redaction.text(failure.gap.hint), took)
    return Health(True, message, took=timedelta(seconds=time.monotonic() - started), details=details)


def present_only(window: Window, now: datetime) -> tuple[str, ...]:
    """A warning where a tool that tells only the present was asked about a window that ended a while ago."""
    if now - window.end <= FRESH:
        return ()
    return (f"As of {now:%Y-%m-%d %H:%M} UTC: the tool shows only the present, not the window asked for.",)
