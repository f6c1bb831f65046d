"""Time running out, calmly, counted in the browser."""

from __future__ import annotations

from datetime import timedelta

from dashboards.components import packaged


def countdown(left: timedelta, *, key: str) -> None:
    """What is `left` as of now: in words, and as a line that grows shorter. A screen reader hears it rarely."""
    seconds = max(0.0, left.total_seconds())
    packaged.show("walk/countdown.js", key=key, data={"left": round(seconds * 1000)})
