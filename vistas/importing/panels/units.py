"""Grafana's units as ours. What has no unit of ours is written as a plain number, and its name is told."""

from __future__ import annotations

from vistas.routine import Unit

_OURS = {
    "": Unit.NUMBER,
    "none": Unit.NUMBER,
    "short": Unit.NUMBER,
    "locale": Unit.NUMBER,
    "sci": Unit.NUMBER,
    "string": Unit.NUMBER,
    "percent": Unit.PERCENT,
    "percentunit": Unit.RATIO,
    "µs": Unit.MICROSECONDS,
    "ms": Unit.MILLISECONDS,
    "dtdurationms": Unit.MILLISECONDS,
    "clockms": Unit.MILLISECONDS,
    "s": Unit.SECONDS,
    "dtdurations": Unit.SECONDS,
    "dthms": Unit.SECONDS,
    "clocks": Unit.SECONDS,
    "h": Unit.HOURS,
    "d": Unit.DAYS,
    "bytes": Unit.BYTES,
    "decbytes": Unit.BYTES,
    "Bps": Unit.BYTES_PER_SECOND,
    "binBps": Unit.BYTES_PER_SECOND,
    "bps": Unit.BITS_PER_SECOND,
    "binbps": Unit.BITS_PER_SECOND,
    "cps": Unit.PER_SECOND,
    "ops": Unit.PER_SECOND,
    "pps": Unit.PER_SECOND,
    "iops": Unit.PER_SECOND,
    "rps": Unit.PER_SECOND,
    "wps": Unit.PER_SECOND,
    "reqps": Unit.REQUESTS_PER_SECOND,
    "suffix:cores": Unit.CORES,
    "suffix: cores": Unit.CORES,
}
_NAMES = {
    "ns": "nanoseconds",
    "m": "minutes",
    "bits": "bits",
    "dateTimeAsIso": "dates in milliseconds",
    "dateTimeAsUS": "dates in milliseconds",
    "dateTimeAsLocal": "dates in milliseconds",
    "dateTimeFromNow": "dates in milliseconds",
    "celsius": "°C",
}


def read_unit(unit: str) -> tuple[Unit, str]:
    """Our unit, and the name of theirs where we have none; `rps` has been both reads and requests."""
    if unit in _OURS:
        return _OURS[unit], ""
    return Unit.NUMBER, _NAMES.get(unit, unit[:40])
