"""What was in which state, when: series of numbers, or of a label that names the state, as runs of words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from vistas.charts.prepared import GAP, label_sets, usual_step
from vistas.formatting.values import format_value, series_names
from vistas.routine import Look
from vistas.snapshot import Frame, Window
from vistas.vista.notice import Labels

if TYPE_CHECKING:
    import polars as pl

MOST_ROWS: Final = 12
MOMENT: Final = 60_000.0
"""Milliseconds for which one sample without a step beside it speaks."""


@dataclass(frozen=True, slots=True)
class Run:
    """From `start` to `end`, in epoch milliseconds, it was `word`."""

    start: int
    end: int
    word: str


@dataclass(frozen=True, slots=True)
class StateRow:
    """One thing; `labels` are those by which a notice names it. Between two runs may be a gap."""

    name: str
    labels: Labels
    runs: tuple[Run, ...]

    @property
    def changes(self) -> int:
        """Silence counts as one."""
        return len(self.runs) - 1

    @property
    def last(self) -> str:
        """The word it ended with; empty where there is none."""
        return self.runs[-1].word if self.runs else ""


@dataclass(frozen=True, slots=True)
class States:
    """`rows` with those that changed most first; `words` with the one that was longest first."""

    rows: tuple[StateRow, ...]
    words: tuple[str, ...]
    total: int

    @property
    def left_out(self) -> int:
        return self.total - len(self.rows)

    @property
    def caption(self) -> str:
        """Empty where all are there."""
        return f"and {self.left_out:,} more, which changed less" if self.left_out else ""


def states_of(look: Look, frame: Frame, window: Window, *, most: int = MOST_ROWS) -> States:
    """The states of a `series` frame within its window; of a look at one moment, those of that moment."""
    rows = [StateRow(*each) for each in _rows(look, frame, window)]
    lasted: Counter[str] = Counter()
    for row in rows:
        for run in row.runs:
            lasted[run.word] += run.end - run.start
    told = {word: place for place, word in enumerate(look.states.values())}
    usual = max(lasted, key=lambda word: (lasted[word], -told.get(word, len(told))), default="")
    words = sorted(lasted, key=lambda word: (word != usual, told.get(word, len(told)), word))
    rows.sort(key=lambda row: (-row.changes, all(run.word == usual for run in row.runs), _in_order(row.name)))
    return States(tuple(rows[:most]), tuple(words), len(rows))


def _rows(look: Look, frame: Frame, window: Window) -> Iterator[tuple[str, Labels, tuple[Run, ...]]]:
    """A name, labels and runs each."""
    groups = _by_label(look.state_label, frame.data) if look.state_label else _each(look, frame.data)
    begin, end = (round(moment.timestamp() * 1000) for moment in (window.start, window.end))
    end += 0 if frame.step else round(MOMENT)
    sets = [labels for labels, _ in groups]
    for name, (labels, spoken) in zip(series_names(sets, look.name), groups, strict=True):
        if spoken:
            yield name, labels, tuple(_runs(spoken, _step(spoken, frame), begin, end))


def _in_order(name: str) -> tuple[tuple[int, int, str], ...]:
    """`node-2` before `node-10`."""
    parts = re.findall(r"[0-9]{1,18}|[^0-9]+", name)
    return tuple((0, int(part), "") if part[0] in "0123456789" else (1, 0, part) for part in parts)


Spoken = list[tuple[int, str]]
"""A moment in epoch milliseconds and the word from then on, empty where there is none; ascending."""


def _each(look: Look, data: pl.DataFrame) -> list[tuple[Labels, Spoken]]:
    """A row a series: what its numbers mean."""
    words = {float(number): word for number, word in look.states.items()}
    return [
        (labels, [(time, _word(value, words, look)) for time, value in zip(times, values, strict=True)])
        for labels, times, values in _samples(data)
    ]


def _word(value: float | None, words: Mapping[float, str], look: Look) -> str:
    if value is None or value != value:  # noqa: PLR0124 - NaN
        return ""
    return words.get(value) or format_value(value, look.unit)


def _by_label(name: str, data: pl.DataFrame) -> list[tuple[Labels, Spoken]]:
    """A row for those that have all other labels in common; several at once are told together."""
    found: dict[frozenset[tuple[str, str]], tuple[Labels, dict[int, list[str]]]] = {}
    for labels, times, values in _samples(data):
        rest = {each: value for each, value in labels.items() if each != name}
        _, spoken = found.setdefault(frozenset(rest.items()), (rest, {}))
        for time, value in zip(times, values, strict=True):
            words = spoken.setdefault(time, [])
            if value is not None and value > 0:
                words.append(labels.get(name) or "none")
    return [
        (labels, [(time, " and ".join(sorted(spoken[time]))) for time in sorted(spoken)])
        for labels, spoken in found.values()
    ]


def _samples(data: pl.DataFrame) -> Iterable[tuple[Labels, Sequence[int], Sequence[float | None]]]:
    times = (
        data["times"].to_list() if data.is_empty() else [each.dt.epoch("ms").to_list() for each in data["times"]]
    )
    return zip(label_sets(data), times, data["values"].to_list(), strict=True)


def _step(spoken: Spoken, frame: Frame) -> float:
    return usual_step((after - before for (before, _), (after, _) in pairwise(spoken)), frame.step) or MOMENT


def _runs(spoken: Spoken, step: float, begin: int, end: int) -> Iterator[Run]:
    """Equal words one after the other as one; a sample speaks until the next, or for a step where that is late."""
    start, word, until = 0, "", 0
    for place, (time, said) in enumerate(spoken):
        following = spoken[place + 1][0] if place + 1 < len(spoken) else None
        ends = following if following is not None and following - time <= GAP * step else round(time + step)
        if said != word or time > until:
            yield from _clipped(start, until, word, begin, end)
            start, word = time, said
        until = ends
    yield from _clipped(start, until, word, begin, end)


def _clipped(start: int, until: int, word: str, begin: int, end: int) -> Iterator[Run]:
    start, until = max(start, begin), min(until, end)
    if word and start < until:
        yield Run(start, until, word)
