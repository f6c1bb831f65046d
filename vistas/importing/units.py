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
    "reqps": Unit.REQUESTS_PER_SECOND,
    "suffix:cores": Unit.CORES,
    "suffix: cores": Unit.CORES,
}
_NAMES = {
    "ms": "milliseconds",
    "µs": "microseconds",
    "ns": "nanoseconds",
    "m": "minutes",
    "bps": "bits/s",
    "binbps": "bits/s",
    "bits": "bits",
    "ops": "operations/s",
    "pps": "packets/s",
    "iops": "reads and writes/s",
    "rps": "reads/s",
    "wps": "writes/s",
    "cps": "counts/s",
    "dateTimeAsIso": "dates",
    "dateTimeFromNow": "dates",
    "celsius": "°C",
}


def read_unit(unit: str) -> tuple[Unit, str]:
    """Our unit, and the name of theirs where ours says less; `rps` has been both reads and requests."""
    if unit in _OURS:
        return _OURS[unit], ""
    return Unit.NUMBER, _NAMES.get(unit, unit[:40])
