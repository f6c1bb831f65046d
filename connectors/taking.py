"""How every connector turns an answer, or the lack of one, into a snapshot."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from vistas.redaction import Redaction
from vistas.routine import Look
from vistas.snapshot import Absence, Frame, Gap, GapReason, Provenance, Snapshot, Window


class Unobtainable(Exception):
    """Raised inside a connector where a look cannot be answered; never leaves it."""

    def __init__(
        self, reason: GapReason, message: str, hint: str = "", *, absent: tuple[Absence, ...] = ()
    ) -> None:
        super().__init__(message)
        self.gap = Gap(reason, message, hint)
        self.absent = absent


def ran_out_of_time(failure: BaseException) -> bool:
    """Whether it failed for the time it had, so that somebody with more of it may do better."""
    return isinstance(failure, Unobtainable) and failure.gap.reason in {GapReason.TOO_SLOW, GapReason.CANCELLED}


@dataclass(frozen=True, slots=True)
class QueryResult:
    """What a tool gave: the frame, the query as it was sent, and what else is worth keeping."""

    frame: Frame
    query: str
    obtained: Window | None = None
    warnings: tuple[str, ...] = ()
    absent: tuple[Absence, ...] = ()


@dataclass(frozen=True, slots=True)
class LookRequest:
    """One look being taken from one source."""

    source: str
    source_type: str
    stop: str
    look: Look
    window: Window
    redaction: Redaction


def take(asked: LookRequest, ask: Callable[[], QueryResult]) -> Snapshot:
    """Ask, time it, and keep the answer or the reason why there is none."""
    taken_at, started = datetime.now(UTC), time.monotonic()
    content: Frame | Gap
    query, obtained, warnings = " | ".join(asked.look.asked) or asked.look.take, None, tuple[str, ...]()
    absent: tuple[Absence, ...] = ()
    try:
        answer = ask()
    except Unobtainable as failure:
        content, absent = failure.gap, failure.absent
    else:
        content, query = answer.frame, answer.query
        obtained, warnings = answer.obtained, answer.warnings
        absent = answer.absent
    return Snapshot(
        stop=asked.stop,
        look=asked.look.look,
        content=content,
        provenance=Provenance(
            source=asked.source,
            source_type=asked.source_type,
            query=query,
            asked=asked.window,
            taken_at=taken_at,
            took=timedelta(seconds=time.monotonic() - started),
            obtained=obtained,
            warnings=warnings,
            redacted=dict(asked.redaction.counts),
            absent=absent,
        ),
    )
