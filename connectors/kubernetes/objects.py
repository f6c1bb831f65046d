"""Reading a Kubernetes object's JSON, in which any optional field may be missing or null."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

Object = Mapping[str, Any]

_NOTHING: Mapping[str, Any] = {}
LARGEST = 2**53
"""JSON keeps no larger number whole everywhere, and a few thousand of these still add up to 64 bits."""
UNSET_YEAR = 1
"""Go writes a time that was never set as the year 1."""


def part(value: Any, *path: str) -> Object:
    """The object at a path; empty where there is none."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else _NOTHING


def each(value: Any, *path: str) -> list[Object]:
    """The objects in the list at a path."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def words(value: Any, *path: str) -> list[str]:
    """The texts in the list at a path."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return [str(item) for item in value] if isinstance(value, list) else []


def count(value: Object, key: str) -> int:
    """A whole number that the API leaves out when it is zero."""
    return whole(value.get(key)) or 0


def whole(number: Any) -> int | None:
    """A number that the API may have said; None where it is none, or larger than any."""
    return number if type(number) is int and abs(number) < LARGEST else None


def text(value: Object, key: str) -> str:
    found = value.get(key)
    return found if isinstance(found, str) else ""


def moment(value: Object, key: str) -> datetime | None:
    """An RFC 3339 time in UTC; None where it is missing, null or not one."""
    found = value.get(key)
    if not isinstance(found, str) or not found:
        return None
    try:
        at = datetime.fromisoformat(found)
        return None if at.year == UNSET_YEAR or at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def seconds_since(at: datetime | None, now: datetime) -> float | None:
    """Never below zero: clocks differ a little."""
    return None if at is None else max(0.0, (now - at).total_seconds())


def latest(*times: datetime | None) -> datetime | None:
    return max((at for at in times if at is not None), default=None)


def condition(value: Object, kind: str) -> Object:
    """The condition of a type in a status; empty where it is not reported."""
    return next((found for found in each(value, "conditions") if found.get("type") == kind), _NOTHING)


def is_true(found: Object) -> bool:
    return found.get("status") == "True"


def is_false(found: Object) -> bool:
    return found.get("status") == "False"


def is_unseen(thing: Object) -> bool:
    """Whether its controller has not looked at the newest change of its spec."""
    return count(part(thing, "status"), "observedGeneration") < count(part(thing, "metadata"), "generation")
