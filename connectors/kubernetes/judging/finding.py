"""One thing worth a look, in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

Seen = Mapping[str, Any]
"""A row of a kind's table."""


class Severity(StrEnum):
    """Most serious first."""

    FAILING = "failing"
    WATCH = "watch"
    CHANGED = "changed lately"
    UNKNOWN = "unknown"
    """Told, but nobody here knows whether it is good."""


@dataclass(frozen=True, slots=True)
class Morning:
    """When we look: `now`, and `since` when we look back."""

    now: datetime
    since: datetime

    def is_recent(self, at: datetime | None) -> bool:
        return at is not None and at >= self.since

    def older(self, at: datetime | None, than: timedelta) -> bool:
        """Whether it has been so for longer; not where it is unknown since when."""
        return at is not None and self.now - at > than

    def began(self, seen: Seen) -> datetime | None:
        """When the object was made."""
        age = seen.get("age_seconds")
        return None if age is None else self.now - timedelta(seconds=age)


@dataclass(frozen=True, slots=True)
class Finding:
    """`what` is the headline; things of one `family` with the same headline are told together.

    `stands_for` is how many things one finding tells of, where it is more than one.
    """

    kind: str
    namespace: str
    name: str
    what: str
    since: datetime | None
    severity: Severity
    details: str = ""
    family: str = ""
    stands_for: int = 0


Judge = Callable[[Seen, Morning], Iterator[Finding]]


def facts(*said: str | None) -> str:
    """What is known, in one line."""
    return " · ".join(part.strip() for part in said if part)


def times(number: int) -> str:
    return "once" if number == 1 else "twice" if number == 2 else f"{number} times"  # noqa: PLR2004 - the word twice


def span_in_words(span: timedelta) -> str:
    """`25 minutes`, `9 hours`, `3 days`."""
    minutes = int(span.total_seconds() // 60)
    for size, unit in ((2880, "days"), (120, "hours")):
        if minutes >= size:
            return f"{minutes // (size // 2)} {unit}"
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
