"""From where on a cell of a table counts as changed, by the name and type of its column.

Every rule is the same in both directions. The columns are those of the connectors: units stand in their names.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum, auto
from typing import Final

import polars as pl

from vistas.formatting.columns import unit_of
from vistas.formatting.tones import tone
from vistas.mornings.comparison.measures import Threshold, distance_by, percent, threshold_for
from vistas.routine import Unit

MEASURED: Final = 0.25
COUNTED: Final = Threshold(0.5, 10.0)
"""Of the larger of the two: what is measured, and what is counted over a window."""
ANEW: Final = timedelta(hours=1)
"""An object that is younger than it was by more than this was made anew."""
OLD: Final = timedelta(days=1)
"""A last run longer ago than this is late."""

COUNTED_COLUMNS: Final = frozenset({"requests", "attempts", "failures", "retried", "count", "lines", "samples"})
DECLARED: Final = (
    "limit",
    "request",
    "requested",
    "capacity",
    "allocatable",
    "hard",
    "desired",
    "min",
    "max",
    "for",
)
"""Words in the name of a column that holds what somebody set, not what was measured."""
ACTS: Final = frozenset({"created", "rolled_out", "starts", "ends"})
"""Times of what somebody did."""
LAST_RUNS: Final = frozenset({"last_schedule_age_seconds", "last_success_age_seconds"})
SPOKEN: Final = frozenset({"message", "details", "summary", "measured", "last_error", "sample"})
"""Free text: the same but for its numbers is the same."""
UNTOLD: Final = frozenset({"since_scrape_seconds", "ends_in_seconds", "since_seconds", "fingerprint"})
STATES: Final = ("status", "severity", "state", "health", "type", "phase")
"""Columns whose word says how serious a row is."""

UNSTATED: Final = 1.0
"""The magnitude of what says nothing of how serious it is."""
_WEIGHTS: Final = {"red": 6.0, "amber": 3.0, "green": 0.5}
_AGES: Final = "_age_seconds"
_TWIN: Final = "_ratio"
"""So ends a column that says the same as another, in a second unit."""


class Rule(Enum):
    """When two cells of a column differ so that it counts."""

    ANY = auto()
    WORDS = auto()
    MEASURED = auto()
    COUNTED = auto()
    APPEARS = auto()
    MADE_ANEW = auto()
    LATE = auto()
    NEVER = auto()


def rule_of(name: str, dtype: pl.DataType, columns: Collection[str] = ()) -> Rule:  # noqa: PLR0911 - one return a rule
    """`columns` are all there are: what says the same as another of them does not count besides it."""
    if name in UNTOLD or (name.endswith(_TWIN) and name.removesuffix(_TWIN) in columns):
        return Rule.NEVER
    if dtype.is_temporal():
        return Rule.ANY if name in ACTS else Rule.APPEARS
    if name in SPOKEN:
        return Rule.WORDS
    if not dtype.is_numeric():
        return Rule.ANY
    if name == "age_seconds":
        return Rule.NEVER if "created" in columns else Rule.MADE_ANEW
    if name in LAST_RUNS:
        return Rule.LATE
    if name.endswith(_AGES):
        return Rule.NEVER
    if is_counted(name):
        return Rule.COUNTED
    declared = set(DECLARED).intersection(name.split("_"))
    return Rule.ANY if dtype.is_integer() or declared else Rule.MEASURED


def is_counted(name: str) -> bool:
    """Whether the column counts what happened in the window."""
    return name in COUNTED_COLUMNS or name.startswith("errors_")


def differs(rule: Rule, name: str, then: pl.Expr, now: pl.Expr, dtype: pl.DataType, elapsed: timedelta) -> pl.Expr:  # noqa: PLR0911
    """Whether the cells differ; never null. `elapsed` is the time between the two."""
    match rule:
        case Rule.ANY:
            return then.ne_missing(now)
        case Rule.WORDS:
            return _words(then, dtype).ne_missing(_words(now, dtype))
        case Rule.MEASURED:
            return threshold_for(unit_of(name), MEASURED).passed_by(then, now)
        case Rule.COUNTED:
            return COUNTED.passed_by(then, now)
        case Rule.APPEARS:
            return then.is_null() != now.is_null()
        case Rule.MADE_ANEW:
            earlier, later = (then, now) if elapsed >= timedelta() else (now, then)
            return (later < earlier - ANEW.total_seconds()).fill_null(value=False)
        case Rule.LATE:
            late = [each.fill_null(0) > OLD.total_seconds() for each in (then, now)]
            return late[0] != late[1]
        case Rule.NEVER:
            return pl.lit(value=False)


def _words(cells: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    if dtype == pl.List(pl.String):
        cells = cells.list.join("\n")
    elif dtype != pl.String:
        return cells
    return cells.str.replace_all(r"\d+(?:\.\d+)?", "0")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that both tables have, and its rule. `weights` says of its words how serious each sounds."""

    name: str
    dtype: pl.DataType
    rule: Rule
    weights: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, name: str, dtype: pl.DataType, then: pl.DataFrame, now: pl.DataFrame) -> Column:
        rule = rule_of(name, dtype, {*then.columns}.intersection(now.columns))
        return cls(name, dtype, rule, _weights(then[name], now[name]) if _is_state(name, dtype) else {})

    @property
    def is_state(self) -> bool:
        return _is_state(self.name, self.dtype)

    def weight(self, words: pl.Expr) -> pl.Expr:
        """How serious these words of it sound: `UNSTATED` for one that says nothing of it."""
        if not self.weights:
            return pl.lit(UNSTATED)
        return words.replace_strict(dict(self.weights), default=UNSTATED, return_dtype=pl.Float64)

    def magnitude(self, then: pl.Expr, now: pl.Expr) -> pl.Expr:
        """How different the cells are, given that they differ."""
        if self.is_state:
            return pl.max_horizontal(self.weight(then), self.weight(now))
        if self.dtype.is_numeric() and self.rule is not Rule.MADE_ANEW:
            step = COUNTED.least if self.rule is Rule.COUNTED else 0.0
            return distance_by(then, now, Unit.HOURS if self.rule is Rule.LATE else unit_of(self.name), step)
        return pl.lit(0.5 if self.rule is Rule.WORDS else UNSTATED)


def _is_state(name: str, dtype: pl.DataType) -> bool:
    return name in STATES and dtype == pl.String


def _weights(*columns: pl.Series) -> dict[str, float]:
    words = {word for column in columns for word in column.unique().to_list() if word is not None}
    return {word: _WEIGHTS.get(tone(word), UNSTATED) for word in words}


TOLD: Final = (
    f"Tables: what is measured moved by more than {percent(MEASURED)}, what is counted over the window by over "
    f"{percent(COUNTED.share)} and {COUNTED.least:g}; an age where something was made anew; a last run where it "
    "became more than a day ago; a time where it appeared or vanished; a message where more than its numbers "
    "changed; anything else where it is not the same."
)
"""The rules in words."""
