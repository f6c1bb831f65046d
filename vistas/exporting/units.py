"""Our units as Grafana calls them; `vistas.importing.units` reads each back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from vistas.routine import Unit

DATES: Final = "dateTimeAsIso"
"""Grafana's dates are milliseconds, ours seconds."""
UNITS: Final[Mapping[Unit, str]] = {
    Unit.NUMBER: "short",
    Unit.RATIO: "percentunit",
    Unit.PERCENT: "percent",
    Unit.MICROSECONDS: "µs",
    Unit.MILLISECONDS: "ms",
    Unit.SECONDS: "s",
    Unit.HOURS: "h",
    Unit.DAYS: "d",
    Unit.BYTES: "bytes",
    Unit.BYTES_PER_SECOND: "binBps",
    Unit.BITS_PER_SECOND: "bps",
    Unit.PER_SECOND: "cps",
    Unit.REQUESTS_PER_SECOND: "reqps",
    Unit.CORES: "suffix:cores",
    Unit.DATES: DATES,
}
