"""Whether something is connected already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vistas.settings import Settings


def connected_as(table: Mapping[str, Any], settings: Settings) -> str | None:
    """The name of a source, paused ones included, that has all that `table` says; None where there is none."""
    paused = {name: source.table for name, source in settings.paused.items()}
    tables = {**settings.sources, **paused}
    return next((name for name, known in tables.items() if _holds(known, table)), None)


def _holds(known: Any, said: Any) -> bool:
    if isinstance(said, Mapping):
        return isinstance(known, Mapping) and all(key in known and _holds(known[key], said[key]) for key in said)
    if isinstance(said, str) and isinstance(known, str):
        return known.rstrip("/") == said.rstrip("/")
    if isinstance(said, list | tuple):
        return list(said) == list(known) if isinstance(known, list | tuple) else list(said) == [known]
    return bool(known == said)
