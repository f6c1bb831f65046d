"""Grafana's own names in queries, worked out for a routine's window.

After grafana/grafana-prometheus-datasource `pkg/promlib/models/query.go`. Grafana works with the width of a panel;
here it is always 720 points, as our range queries have, so that a routine resolves the same for everyone.
"""

from __future__ import annotations

from datetime import timedelta

from vistas.routine import parse_span, write_span

POINTS = 720
SCRAPE = timedelta(seconds=15)
"""How often Grafana takes a Prometheus to scrape, unless its datasource says otherwise."""
_ROUND = tuple(
    timedelta(seconds=step)
    for step in (15, 30, 60, 120, 180, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400)
)
AUTOMATIC = "$__auto"


class Macros:
    """`value(name)` of each macro, for looks over `window` whose smallest step is `least`."""

    def __init__(self, window: timedelta, least: timedelta | None = None) -> None:
        scrape = least or SCRAPE
        self.interval = max(_round_step(window / POINTS), least or timedelta(0))
        rate = max(self.interval + scrape, 4 * scrape)
        seconds, step = int(window.total_seconds()), int(self.interval.total_seconds())
        self._values = {
            "__rate_interval": write_span(rate),
            "__rate_interval_ms": str(int(rate.total_seconds()) * 1000),
            "__interval": write_span(self.interval),
            "__interval_ms": str(step * 1000),
            "__range": f"{seconds}s",
            "__range_s": str(seconds),
            "__range_ms": str(seconds * 1000),
            "__auto": write_span(self.interval),
        }

    def value(self, name: str) -> str | None:
        """None for names that are no macro."""
        if name.startswith("__auto_interval"):
            return self._values["__interval"]
        return self._values.get(name)


def _round_step(least: timedelta) -> timedelta:
    return next((step for step in _ROUND if step >= least), _ROUND[-1])


def read_span(text: str) -> timedelta | None:
    """A time span as Grafana writes a smallest step (`30s`, `>1m`), from a second to 400 days; None for others."""
    text = text.removeprefix(">").strip()
    seconds = text.removesuffix("s")
    if seconds != text and seconds.isascii() and seconds.isdigit() and len(seconds) <= 7:  # noqa: PLR2004 - digits
        return timedelta(seconds=int(seconds)) or None
    try:
        return parse_span(text) if len(text) <= 20 else None  # noqa: PLR2004 - letters
    except (ValueError, OverflowError):
        return None
