"""Where a sample teammate marks something, said in words and found in what was gathered.

A mark that finds nothing is an error: a recording whose notices point nowhere must not come about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from vistas.snapshot import Frame, Snapshot
from vistas.vista.notice import Anchor, Labels, LogPattern, Stretch, TableRow, WholeStop


class NothingThere(Exception):
    """What was gathered holds nothing of the kind that a mark names."""


@dataclass(frozen=True)
class Whole:
    """The whole stop."""

    def anchor(self, _: Sequence[Snapshot]) -> Anchor:
        return WholeStop()


@dataclass(frozen=True)
class On:
    """A stretch of the series that carry `labels`, in Unix seconds; all series where it names none."""

    look: str
    begins: float
    ends: float
    labels: Labels = field(default_factory=dict)

    def anchor(self, here: Sequence[Snapshot]) -> Anchor:
        snapshot, frame = _frame(here, self.look)
        every = [_labels(labels) for labels in frame.data["labels"].to_list()] if self.labels else []
        series = tuple(labels for labels in every if self.labels.items() <= labels.items())
        if self.labels and not series:
            raise NothingThere(f"{self.look} has no series with {self.labels}")
        span = {"start": datetime.fromtimestamp(self.begins, UTC), "end": datetime.fromtimestamp(self.ends, UTC)}
        return Stretch(look=self.look, source=snapshot.source, series=series, **span)


@dataclass(frozen=True)
class InRow:
    """The one row whose columns hold `cells`."""

    look: str
    cells: Labels

    def anchor(self, here: Sequence[Snapshot]) -> Anchor:
        snapshot, frame = _frame(here, self.look)
        found = [row for row in frame.data.to_dicts() if self.cells.items() <= row.items()]
        if len(found) != 1:
            raise NothingThere(f"{self.look} has {len(found)} rows with {self.cells}")
        key = {column: str(found[0][column]) for column in frame.key}
        return TableRow(look=self.look, source=snapshot.source, key=key)


@dataclass(frozen=True)
class InLog:
    """The log pattern that begins so."""

    look: str
    beginning: str

    def anchor(self, here: Sequence[Snapshot]) -> Anchor:
        snapshot, frame = _frame(here, self.look)
        patterns = [pattern for pattern in frame.data["pattern"].to_list() if pattern.startswith(self.beginning)]
        if not patterns:
            raise NothingThere(f"{self.look} has no pattern that begins with {self.beginning}")
        return LogPattern(look=self.look, source=snapshot.source, pattern=patterns[0])


Mark = Whole | On | InRow | InLog


def _frame(here: Sequence[Snapshot], look: str) -> tuple[Snapshot, Frame]:
    for snapshot in here:
        if snapshot.look == look and isinstance(snapshot.content, Frame):
            return snapshot, snapshot.content
    raise NothingThere(f"there is no frame of {look}")


def _labels(pairs: list[dict[str, str]]) -> Labels:
    return {pair["name"]: pair["value"] for pair in pairs}
