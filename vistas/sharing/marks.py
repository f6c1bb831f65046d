"""Notices of one stop, numbered, and what each is about in a few words. Days and times are said in UTC."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from vistas.formatting.times import say_day, say_time
from vistas.snapshot import Snapshot
from vistas.vista import Eyes, Vista
from vistas.vista.answer import Answer
from vistas.vista.notice import Labels, LogPattern, Notice, Stretch, TableRow, WholeStop


@dataclass(frozen=True, slots=True)
class PrintedMark:
    """A notice with its number at the stop, and its thread; a notice on the whole stop has no number."""

    notice: Notice
    number: int | None
    answers: tuple[Answer, ...] = ()

    @property
    def placed(self) -> bool:
        """Whether it hangs on data."""
        return not isinstance(self.notice.anchor, WholeStop)

    @property
    def where(self) -> str:
        match self.notice.anchor:
            case Stretch() as stretch:
                return say_span(stretch.start, stretch.end)
            case TableRow() as row:
                return " / ".join(value for value in row.key.values() if value)
            case LogPattern() as pattern:
                return pattern.pattern
            case WholeStop():
                return "the whole stop"


def marks_at(vista: Vista, stop: str) -> tuple[PrintedMark, ...]:
    """The notices of a stop. Those that hang on data carry a number, in the order they were written."""
    marks: list[PrintedMark] = []
    number = 0
    for notice, answers in vista.threads_at(stop):
        placed = not isinstance(notice.anchor, WholeStop)
        number += placed
        marks.append(PrintedMark(notice, number if placed else None, answers))
    return tuple(marks)


def earlier_marks_at(vista: Vista, stop: str) -> tuple[PrintedMark, ...]:
    """What was noticed there in the vista that this one follows; unnumbered, as it hangs on other data."""
    if vista.eyes is None:
        return ()
    return tuple(replace(mark, number=None) for mark in marks_at(vista.eyes.earlier, stop))


def on_look(marks: Iterable[PrintedMark], snapshot: Snapshot) -> tuple[PrintedMark, ...]:
    """Those that hang on this snapshot's data."""
    return tuple(
        mark
        for mark in marks
        if not isinstance(mark.notice.anchor, WholeStop)
        and (mark.notice.anchor.look, mark.notice.anchor.source) == (snapshot.look, snapshot.source)
    )


def on_rows(marks: Iterable[PrintedMark]) -> Mapping[frozenset[tuple[str, str]], tuple[int, ...]]:
    """The numbers of the marks on each row, by the items of its key."""
    found: dict[frozenset[tuple[str, str]], tuple[int, ...]] = {}
    for mark in marks:
        if isinstance(mark.notice.anchor, TableRow):
            key = frozenset(mark.notice.anchor.key.items())
            found[key] = (*found.get(key, ()), mark.number or 0)
    return found


def on_patterns(marks: Iterable[PrintedMark]) -> Mapping[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for mark in marks:
        if isinstance(mark.notice.anchor, LogPattern):
            pattern = mark.notice.anchor.pattern
            found[pattern] = (*found.get(pattern, ()), mark.number or 0)
    return found


def on_series(marks: Iterable[PrintedMark], labels: Mapping[str, str]) -> tuple[int, ...]:
    """The numbers of the marks on the series with these labels, or with more than the anchor names."""
    return tuple(
        mark.number or 0
        for mark in marks
        if isinstance(mark.notice.anchor, Stretch) and names(mark.notice.anchor.series, labels)
    )


def names(series: Sequence[Labels], labels: Mapping[str, str]) -> bool:
    """Whether an anchor's series has these labels among them; none named are all."""
    return not series or any(each.items() <= labels.items() for each in series)


def say_eyes(eyes: Eyes) -> str:
    """In a sentence, such as `Seen through Maya's eyes, who walked A slow leak on Thu 19 Nov 2026.`"""
    return f"Seen through {eyes.walker}'s eyes, who walked {eyes.name} on {say_day(eyes.begun_at)}."


def say_span(start: datetime, end: datetime) -> str:
    """`03:12 to 03:41`, with the day where it is not the same one."""
    first, last = start.astimezone(UTC), end.astimezone(UTC)
    if first == last:
        return f"{first:%H:%M}"
    if last - first < timedelta(hours=24):
        return f"{first:%H:%M} to {last:%H:%M}"
    return f"{say_time(first)} to {say_time(last)}"
