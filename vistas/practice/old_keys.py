"""Entries are never changed: a key that was given another name is read under both."""

from __future__ import annotations

from typing import Any

from pydantic import BeforeValidator


def renamed(**keys: str) -> BeforeValidator:
    """For an `Annotated`: `renamed(says="text")` also reads what was written while `text` was called `says`."""

    def read(written: Any) -> Any:
        if not isinstance(written, dict):
            return written
        return {keys.get(key, key): value for key, value in written.items()}

    return BeforeValidator(read)
