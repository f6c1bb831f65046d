"""Notices of one stop, numbered, and what each is about in a few words. Times are said in UTC."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from vistas.notice import Labels, LogPattern, Notice, Row, Stretch, WholeStop
from vistas.snapshot import Snapshot, Window


@dataclass(frozen=True, slots=True)
class Mark:
    """A notice with its number at the stop; a notice on the whole stop has none."""

    notice: Notice
    number: int | None

    @property
    def where(self) -> str:
        match self.notice.anchor:
            case Stretch() as stretch:
                return say_span(stretch.start, stretch.end)
            case Row() as row:
                return " / ".join(value for value in row.key.values() if value)
            case LogPattern() as pattern:
                return pattern.pattern
            case WholeStop():
                return "the whole stop"


def numbered(notices: Iterable[Notice]) -> tuple[Mark, ...]:
    """Notices that hang on data carry a number, in the order they were written."""
    marks: list[Mark] = []
    number = 0
    for notice in notices:
        placed = not isinstance(notice.anchor, WholeStop)
        number += placed
        marks.append(Mark(notice, number if placed else None))
    return tuple(marks)


def on_look(marks: Iterable[Mark], snapshot: Snapshot) -> tuple[Mark, ...]:
    """Those that hang on this snapshot's data."""
    return tuple(
        mark
        for mark in marks
        if not isinstance(mark.notice.anchor, WholeStop)
        and (mark.notice.anchor.look, mark.notice.anchor.source) == (snapshot.look, snapshot.source)
    )


def on_row(marks: Iterable[Mark], key: Labels) -> tuple[int, ...]:
    """The numbers of the marks on the row of that key."""
    return tuple(
        mark.number or 0 for mark in marks if isinstance(mark.notice.anchor, Row) and mark.notice.anchor.key == key
    )


def on_pattern(marks: Iterable[Mark], pattern: str) -> tuple[int, ...]:
    return tuple(
        mark.number or 0
        for mark in marks
        if isinstance(mark.notice.anchor, LogPattern) and mark.notice.anchor.pattern == pattern
    )


def on_series(marks: Iterable[Mark], labels: Mapping[str, str]) -> tuple[int, ...]:
    """The numbers of the marks on the series with these labels, or with more than the anchor names."""
    return tuple(
        mark.number or 0
        for mark in marks
        if isinstance(mark.notice.anchor, Stretch) and names(mark.notice.anchor.series, labels)
    )


def names(series: Sequence[Labels], labels: Mapping[str, str]) -> bool:
    """Whether an anchor's series has these labels among them; none named are all."""
    return not series or any(each.items() <= labels.items() for each in series)


def say_span(start: datetime, end: datetime) -> str:
    """`03:12 to 03:41`, with the day where it is not the same one."""
    first, last = start.astimezone(UTC), end.astimezone(UTC)
    if first == last:
        return f"{first:%H:%M}"
    if last - first < timedelta(hours=24):
        return f"{first:%H:%M} to {last:%H:%M}"
    return f"{say_time(first)} to {say_time(last)}"


def say_time(moment: datetime) -> str:
    """`Thu 19 Nov 2026, 07:30`."""
    there = moment.astimezone(UTC)
    return f"{there:%a} {there.day} {there:%b} {there.year}, {there:%H:%M}"


def say_window(window: Window) -> str:
    """`Wed 18 Nov 2026, 19:30 to Thu 19 Nov 2026, 07:30 UTC`."""
    return f"{say_time(window.start)} to {say_time(window.end)} UTC"
