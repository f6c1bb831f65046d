"""One look, then and now: whatever its data is, or why it cannot be compared."""

from __future__ import annotations

from vistas.mornings.comparison.clock import Clock
from vistas.mornings.comparison.lines import compare_lines
from vistas.mornings.comparison.model import MOST, Difference
from vistas.mornings.comparison.over_time.series import compare_series
from vistas.mornings.comparison.requests import compare_requests
from vistas.mornings.comparison.tables.objects import compare_objects
from vistas.routine import Look
from vistas.snapshot import Frame, FrameKind, Gap, Snapshot


def compare_snapshots(then: Snapshot, now: Snapshot, look: Look, *, most: int = MOST) -> Difference:
    """What is different; a gap on either side cannot be compared, and nothing is called gone for it.

    `look` says how values are written and named. The frames are read here and not kept.
    """
    before, after = then.unread().read(), now.unread().read()
    if before.gap is not None or after.gap is not None:
        return Difference(incomparable=_why(before.gap, after.gap))
    assert before.frame is not None  # noqa: S101 - what is no gap
    assert after.frame is not None  # noqa: S101
    clock = Clock.between(then.provenance, now.provenance)
    return compare_frames(before.frame, after.frame, look, clock, most=most)


def compare_frames(then: Frame, now: Frame, look: Look, clock: Clock, *, most: int = MOST) -> Difference:
    """What is different on this clock; at most so many changes are told one by one, all are counted."""
    if then.kind is not now.kind:
        return Difference(incomparable=f"It gave {_NOUNS[then.kind]} then and gives {_NOUNS[now.kind]} now.")
    match now.kind:
        case FrameKind.SERIES:
            return compare_series(then, now, look, clock, most)
        case FrameKind.OBJECTS:
            return compare_objects(then, now, look, clock, most)
        case FrameKind.REQUESTS:
            return compare_requests(then, now, look, clock, most)
        case FrameKind.LINES:
            return compare_lines(then, now, most)


_NOUNS = {
    FrameKind.SERIES: "series over time",
    FrameKind.OBJECTS: "a table",
    FrameKind.REQUESTS: "requests",
    FrameKind.LINES: "log patterns",
}


def _why(then: Gap | None, now: Gap | None) -> str:
    if then is not None and now is not None:
        return f"There is no data on either side. Then: {_said(then)} Now: {_said(now)}"
    gap, when = (then, "then") if then is not None else (now, "now")
    assert gap is not None  # noqa: S101 - one of them is
    return f"There is no data {when}: {_said(gap)}"


def _said(gap: Gap) -> str:
    return f"{gap.reason.value}. {gap.message}".strip()
