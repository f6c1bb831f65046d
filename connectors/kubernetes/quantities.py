"""Kubernetes quantities: `250m` cores, `1Gi` bytes. Format: API reference, "Quantity"."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Any

_FORM = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d{1,3}))?")
_SCALES = {
    "": 1.0,
    "n": 1e-9, "u": 1e-6, "m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18,
    "Ki": 2.0**10, "Mi": 2.0**20, "Gi": 2.0**30, "Ti": 2.0**40, "Pi": 2.0**50, "Ei": 2.0**60,
}  # fmt: skip


def parse_quantity(value: Any) -> float | None:
    """The number, in cores, bytes or pieces; None where there is none or it cannot be read."""
    if isinstance(value, str):
        return _read(value)
    return float(value) if isinstance(value, int | float) else None


@lru_cache(maxsize=4096)
def _read(value: str) -> float | None:
    """A cluster says the same few quantities thousands of times."""
    found = _FORM.fullmatch(value)
    if found is None:
        return None
    number, suffix, exponent = found.groups()
    scaled = float(f"{number}e{exponent}") if exponent else float(number) * _SCALES[suffix or ""]
    return scaled if math.isfinite(scaled) else None


def ratio(used: float | None, whole: float | None) -> float | None:
    """Used of the whole; None where the whole is unknown or nothing."""
    return used / whole if used is not None and whole else None
