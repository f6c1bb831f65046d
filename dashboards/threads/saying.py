"""Where something was noticed and when it was written, in a few words."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dashboards.state import now
from dashboards.ui import words
from vistas.vista.notice import Anchor, LogPattern, Stretch, TableRow, WholeStop

_A_DAY = timedelta(hours=20)
_LONG = 40


def where(anchor: Anchor, zone: ZoneInfo) -> str:
    """Empty for a whole stop."""
    match anchor:
        case Stretch():
            return words.stretch(anchor.start, anchor.end, zone)
        case TableRow():
            return " / ".join(value for value in anchor.key.values() if value)
        case LogPattern():
            return anchor.pattern if len(anchor.pattern) <= _LONG else anchor.pattern[: _LONG - 1] + "…"
        case WholeStop():
            return ""


def said_when(moment: datetime, zone: ZoneInfo) -> str:
    """The time alone where it is of the last hours."""
    return words.clock(moment, zone) if now() - moment < _A_DAY else words.when(moment, now(), zone)
