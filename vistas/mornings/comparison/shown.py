"""What of a comparison is shown to people: the stops that differ, the first changes of each look, and the rest in
a sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from vistas.mornings.comparison.model import (
    Change,
    Difference,
    LookAt,
    LookDifference,
    StopDifference,
    VistaDifference,
)
from vistas.mornings.comparison.telling import number_of

WRITTEN: Final = 12
"""Changes of one look, in Markdown and on a page."""


@dataclass(frozen=True, slots=True)
class ShownLook:
    """`more` counts the changes that are not shown, in words."""

    title: str
    source: str
    changes: tuple[Change, ...]
    more: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownStop:
    title: str
    question: str
    looks: tuple[ShownLook, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """`stops` by their most different change; what is not among them is told in sentences."""

    summary: str
    stops: tuple[ShownStop, ...]
    unchanged: str
    incomparable: tuple[str, ...]
    only_then: tuple[str, ...]
    only_now: tuple[str, ...]
    counted: tuple[str, ...]
    notes: tuple[str, ...]


def outline(difference: VistaDifference, changes: int) -> Outline:
    """With at most so many changes of each look."""
    alike = [
        look.now
        for look in difference.looks
        if not look.difference.is_different and not look.difference.incomparable
    ]
    return Outline(
        summary=_summary(difference),
        stops=tuple(_stop(stop, changes) for stop in difference.by_difference()),
        unchanged=_unchanged(alike),
        incomparable=tuple(f"{_place(look)}: {look.difference.incomparable}" for look in difference.incomparable),
        only_then=tuple(_named(each) for each in difference.only_then),
        only_now=tuple(_named(each) for each in difference.only_now),
        counted=tuple(dict.fromkeys(filter(None, (look.difference.counted for look in difference.looks)))),
        notes=difference.notes,
    )


def _summary(difference: VistaDifference) -> str:
    if difference.is_equal:
        return "Everything is as it was."
    if not difference.is_different:
        return "What could be compared is as it was."
    total = _total(look.difference for look in difference.looks)
    parts = [f"{total[kind]:,} {kind}" for kind in ("new", "gone", "changed") if total[kind]]
    return f"{', '.join(parts)}; {total['unchanged']:,} as they were."


def _total(differences: Iterable[Difference]) -> Counter[str]:
    total = Counter[str]()
    for each in differences:
        total.update(new=each.new, gone=each.gone, changed=each.changed, unchanged=each.unchanged)
    return total


def _stop(stop: StopDifference, changes: int) -> ShownStop:
    different = [look for look in stop.looks if look.difference.is_different]
    different.sort(key=lambda look: -look.difference.magnitude)
    titles = Counter(look.now.title for look in different)
    return ShownStop(
        stop.title,
        stop.question,
        tuple(_look(look, changes, several=titles[look.now.title] > 1) for look in different),
    )


def _look(look: LookDifference, most: int, *, several: bool) -> ShownLook:
    difference = look.difference
    shown = difference.changes[:most]
    return ShownLook(
        look.now.title, look.now.source if several else "", shown, _more(difference, shown), difference.notes
    )


def _more(difference: Difference, shown: tuple[Change, ...]) -> str:
    counted = Counter(change.kind.value for change in shown)
    left = {kind: getattr(difference, kind) - counted[kind] for kind in ("new", "gone", "changed")}
    parts = [f"{count:,} {kind}" for kind, count in left.items() if count]
    if len(parts) == 1:
        return f"{parts[0].replace(' ', ' more ')}."
    return f"{sum(left.values()):,} more: {', '.join(parts)}." if parts else ""


def _unchanged(looks: list[LookAt]) -> str:
    if not looks:
        return ""
    verb = "is" if len(looks) == 1 else "are"
    return f"{number_of(len(looks), 'look')} {verb} as then: {'; '.join(look.title for look in looks)}."


def _place(look: LookDifference) -> str:
    return _named(look.now)


def _named(look: LookAt) -> str:
    return f"{look.title} ({look.source})"
