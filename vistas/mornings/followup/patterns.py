"""A log pattern, found again by its text: folding makes the same pattern every morning."""

from __future__ import annotations

from vistas.formatting.counts import counted
from vistas.mornings.followup.looks import Pair, Side
from vistas.mornings.followup.outcome import FollowUp, Outcome
from vistas.mornings.followup.saying import Told
from vistas.routine import write_span
from vistas.snapshot import FrameKind
from vistas.vista.notice import LogPattern

_WHOLE = 0.9
"""The share of the window that the logs must cover for a pattern to be missing from them."""


def follow_pattern(told: Told, anchor: LogPattern, pair: Pair) -> FollowUp:
    if pair.then.frame.kind is not FrameKind.LINES:
        return told.incomparable("what it was noticed on holds no log patterns")
    before, after = _lines(pair.then, anchor.pattern), _lines(pair.now, anchor.pattern)
    if before is None:
        return told.incomparable("the pattern is not in that vista")
    then, remarks = counted(before, "line"), (*pair.remarks, *_spans(pair, told.both.day))
    if after is not None:
        here = anchor.model_copy(update={"look": pair.now.snapshot.look, "source": pair.now.snapshot.source})
        now = counted(after, "line") if after != before else "as many"
        return told.result(
            Outcome.FOUND,
            f"{then} then, {now if after == before else f'{after:,}'} {told.both.day}",
            stop=pair.now.stop,
            then=then,
            now=counted(after, "line"),
            anchors=(here,),
            remarks=remarks,
        )
    if unknown := told.missed(pair, ({"pattern": anchor.pattern},), then):
        return unknown
    if _coverage(pair.now) < _WHOLE:
        return told.incomparable(
            f"the logs cover only part of the time {told.both.day}", then=then, remarks=remarks
        )
    return told.result(Outcome.GONE, f"{then} then, none {told.both.day}", then=then, now="none", remarks=remarks)


def _lines(side: Side, pattern: str) -> int | None:
    """How many lines of the pattern; None where it is not listed."""
    data = side.frame.data
    found = data.filter(data["pattern"] == pattern)["lines"].to_list()
    return sum(found) if found else None


def _coverage(side: Side) -> float:
    """Which share of what was asked for the logs cover."""
    provenance = side.snapshot.provenance
    return 1.0 if provenance.obtained is None else provenance.obtained.span / provenance.asked.span


def _spans(pair: Pair, day: str) -> tuple[str, ...]:
    """That the counts are of different spans of time."""
    then, now = (side.snapshot.provenance.asked.span for side in (pair.then, pair.now))
    if then == now:
        return ()
    return (f"Counted over {write_span(then) or '0s'} then, and over {write_span(now) or '0s'} {day}.",)
