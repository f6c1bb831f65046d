"""The look that a notice hangs on, in the vista it was made in and in another one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from vistas.mornings.followup.outcome import joined
from vistas.routine import Look
from vistas.snapshot import Frame, FrameKind, Gap, Snapshot
from vistas.vista import Vista

_CUT_SHORT: Final = re.compile(
    r"\b(are kept|series left out|not read|were read|ran out|not complete|cannot be read|did not answer)\b",
    re.IGNORECASE,
)
"""What warnings say where an answer does not hold everything."""
_HARMLESS: Final = ("PromQL", "Missing in this window")
"""How warnings of Prometheus begin that are about the query itself. All others are about who did not answer."""


@dataclass(frozen=True, slots=True)
class Side:
    """A look with what it returned. `stop` is where it stands in its vista."""

    vista: Vista
    stop: str
    look: Look
    snapshot: Snapshot
    frame: Frame

    @property
    def cut_short(self) -> str:
        """The warning that says so, where the answer does not hold everything."""
        warnings = self.snapshot.provenance.warnings
        if self.frame.kind is FrameKind.SERIES:
            return next((said for said in warnings if not said.startswith(_HARMLESS)), "")
        return next((said for said in warnings if _CUT_SHORT.search(said)), "")


@dataclass(frozen=True, slots=True)
class Pair:
    then: Side
    now: Side
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoPair:
    """Why two looks cannot be compared: `reason` continues *cannot be compared:*."""

    reason: str
    remarks: tuple[str, ...] = ()


def pair_of(stop: str, look: str, source: str, then: Vista, now: Vista, day: str) -> Pair | NoPair:
    """The look in both vistas: in the other one by its stop, name and source, else by an equal query."""
    before = _only(then, stop, look, source)
    if before is None:
        return NoPair("what it was noticed on is not in that vista")
    asked = look_at(then, stop, look)
    found = _counterpart(before, asked, then, now, day)
    if isinstance(found, NoPair):
        return found
    (at, after), remarks = found
    one, other = side(then, stop, before), side(now, at, after)
    for each, when in ((one, "then"), (other, day)):
        if isinstance(each, Gap):
            return _missing(each, source if when == "then" else after.source, when)
    assert isinstance(one, Side) and isinstance(other, Side)  # noqa: S101, PT018 - gaps are gone by now
    return _comparable(one, other, remarks, day)


def side(vista: Vista, stop: str, snapshot: Snapshot) -> Side | Gap:
    """With its data read; the gap where there is none, or where it is damaged."""
    whole = snapshot.read()
    if (frame := whole.frame) is None:
        assert whole.gap is not None  # noqa: S101 - it is one or the other
        return whole.gap
    return Side(vista, stop, look_at(vista, stop, snapshot.look) or _unknown(snapshot), whole, frame)


def sides(near: Side, take: str, *, unfiltered: bool = False) -> Iterator[Side]:
    """What looks of this take returned in the vista of `near`, as far as there is data.

    Of its own source; of one of another type only where that is the only one: two clusters may each have
    an object of that name. `unfiltered` gives only those that asked for all.
    """
    source, of_type = near.snapshot.source, near.snapshot.provenance.source_type
    asked = [each for each in near.vista.snapshots if _takes(near.vista, each, take)]
    others = {each.source for each in asked if each.provenance.source_type != of_type}
    for snapshot in asked:
        if snapshot.source == source or others == {snapshot.source}:
            found = side(near.vista, snapshot.stop, snapshot)
            if isinstance(found, Side) and not (unfiltered and found.look.where):
                yield found


def _takes(vista: Vista, snapshot: Snapshot, take: str) -> bool:
    look = look_at(vista, snapshot.stop, snapshot.look)
    return look is not None and look.take == take


def look_at(vista: Vista, stop: str, look: str) -> Look | None:
    return next((each for each in vista.looks_at(stop) if each.look == look), None)


def _unknown(snapshot: Snapshot) -> Look:
    """Stands for a look that the routine does not hold."""
    return Look.model_construct(look=snapshot.look, title=snapshot.look, source=snapshot.source, take="")


def _only(vista: Vista, stop: str, look: str, source: str) -> Snapshot | None:
    named = (stop, look, source)
    return next((each for each in vista.snapshots if (each.stop, each.look, each.source) == named), None)


def _counterpart(
    before: Snapshot, asked: Look | None, then: Vista, now: Vista, day: str
) -> tuple[tuple[str, Snapshot], tuple[str, ...]] | NoPair:
    here = [each for each in now.snapshots if (each.stop, each.look) == (before.stop, before.look)]
    there = look_at(now, before.stop, before.look)
    is_same = here and (asked is None or there is None or there.question == asked.question)
    elsewhere = [] if is_same or asked is None else list(_asking_the_same(asked, now))
    candidates = elsewhere or here
    if not candidates:
        return NoPair(f"this look was not gathered {day}" if there else f"nothing was asked for it {day}")
    found = _by_source(before, candidates, then, now, day)
    if isinstance(found, NoPair):
        return found
    snapshot, remarks = found
    if elsewhere:
        title = (look_at(now, snapshot.stop, snapshot.look) or asked).title if asked else snapshot.look
        remarks = (*remarks, f"Found by its query, in “{title}”.")
    return (snapshot.stop, snapshot), remarks


def _by_source(
    before: Snapshot, candidates: Sequence[Snapshot], then: Vista, now: Vista, day: str
) -> tuple[Snapshot, tuple[str, ...]] | NoPair:
    """Of the same source, else of the only one, where it can be the same under another name."""
    for each in candidates:
        if each.source == before.source:
            return each, ()
    sources = list(dict.fromkeys(each.source for each in candidates))
    if len(sources) > 1:
        return NoPair(f"it came from {before.source} then, and comes from {joined(sources)} {day}")
    is_beside = any(each.source == before.source for each in now.snapshots)
    if is_beside or any(each.source == sources[0] for each in then.snapshots):
        return NoPair(f"{before.source} was not asked for it {day}, only {sources[0]}")
    return candidates[0], (f"From {sources[0]} {day}, from {before.source} then.",)


def _asking_the_same(asked: Look, now: Vista) -> Iterator[Snapshot]:
    if not asked.is_whole:
        return
    for snapshot in now.snapshots:
        other = look_at(now, snapshot.stop, snapshot.look)
        if other is not None and other.question == asked.question:
            yield snapshot


def _missing(gap: Gap, source: str, when: str) -> NoPair:
    return NoPair(f"no data from {source} {when} ({gap.reason.value})", (gap.message,) if gap.message else ())


def _comparable(then: Side, now: Side, remarks: tuple[str, ...], day: str) -> Pair | NoPair:
    if then.frame.kind is not now.frame.kind:
        return NoPair(f"it was data of another kind then ({then.frame.kind.value}, {now.frame.kind.value} {day})")
    if then.look.unit is not now.look.unit:
        return NoPair(
            f"it was measured in another unit then ({then.look.unit.value}, {now.look.unit.value} {day})"
        )
    if then.look.take != now.look.take and then.look.take:
        return NoPair(f"something else was asked for then ({then.look.take}, {now.look.take} {day})")
    if then.look.question != now.look.question:
        remarks = (*remarks, f"The query is not the same {day} as it was then.")
    return Pair(then, now, remarks)
