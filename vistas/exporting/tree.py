"""What a dashboard is made of: JSON objects of Grafana's classic model, schema version 39."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

Tree = dict[str, Any]
_SIZES = ((86_400, "d"), (3600, "h"), (60, "m"), (1, "s"))


def span(length: timedelta) -> str:
    """In one unit, as Grafana's time ranges are: `36h`, not `1d12h`."""
    seconds = round(length.total_seconds())
    size, unit = next((size, unit) for size, unit in _SIZES if seconds % size == 0)
    return f"{seconds // size}{unit}"
