"""Where people see a matrix differently from each other, or from what is observed: the next questions to ask.

How interesting a cell is: what is observed and nobody marked comes first; then how far the marks are apart, among
those who marked it and, a little less, against those who left it empty; then a hard need that nothing observed
shows; then what people do not know. Nobody is named, and nobody is right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from vistas.practice.matrix import RANKS, Cell, Hardness, Matrix
from vistas.practice.matrix_observed import NOTHING, Observed

_UNMARKED: Final = 100
_APART: Final = 45
_LEFT_EMPTY: Final = 15
_UNSEEN: Final = 14
_UNSURE: Final = 8
_NUMBERS: Final = ("no one", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class Question:
    """`says` is what stands against what, `asks` a question for the room, short enough for an agenda."""

    cell: Cell
    says: str
    asks: str
    weight: float


def questions(matrix: Matrix, observed: Observed = NOTHING) -> tuple[Question, ...]:
    """The most interesting first; of equally interesting ones in the matrix' order. None before anybody marked."""
    if not any(matrix.beliefs.values()):
        return ()
    found = [question for cell in matrix.cells() if (question := _question(matrix, cell, observed))]
    return tuple(sorted(found, key=lambda each: -each.weight))


def _question(matrix: Matrix, cell: Cell, observed: Observed) -> Question | None:
    spread = dict(matrix.spread(cell))
    names = matrix.names
    a, b = names[cell[0]], names[cell[1]]
    through = observed.through(cell)
    if not spread:
        if not through:
            return None
        says = f"Nobody marked it, and it is seen in the {_and(through)}."
        return Question(cell, says, f"What happens to {a} when {b} is gone?", _UNMARKED)
    apart, hard = _apart(spread), max((RANKS.get(how, 0) for how in spread if how), default=0)
    unseen = hard > 1 and not through and set(cell) <= observed.elements
    weight = _APART * apart + _LEFT_EMPTY * hard * _share_empty(spread)
    weight += _UNSEEN * hard * unseen + _UNSURE * spread.get(Hardness.UNSURE, 0)
    if not weight:
        return None
    says = f"{_told(spread)}{_seen(through, unseen=unseen)}."
    return Question(cell, says[:1].upper() + says[1:], _asks(spread, a, b, unseen=unseen), weight)


def _apart(spread: Mapping[Hardness | None, int]) -> int:
    ranks = [RANKS[how] for how in spread if how is not None and how in RANKS]
    return max(ranks) - min(ranks) if ranks else 0


def _share_empty(spread: Mapping[Hardness | None, int]) -> float:
    return spread.get(None, 0) / sum(spread.values())


def _told(spread: Mapping[Hardness | None, int]) -> str:
    """`two: stops us; one: only slows us; one left it empty`"""
    marked = [f"{_number(count)}: {how}" for how, count in spread.items() if how is not None]
    empty = spread.get(None, 0)
    return "; ".join((*marked, *([f"{_number(empty)} left it empty"] if empty else [])))


def _seen(through: tuple[str, ...], *, unseen: bool) -> str:
    if through:
        return f". It is seen in the {_and(through)}"
    return ". Nothing that was looked at shows it" if unseen else ""


def _asks(spread: Mapping[Hardness | None, int], a: str, b: str, *, unseen: bool) -> str:
    marked = [how for how in spread if how in RANKS]
    if len(marked) > 1:
        return f"When {b} is gone: does it {_verb(marked[0])} {a}, or {_verb(marked[-1])} it? What have you seen?"
    if unseen and None not in spread:
        return f"By which way does {a} need {b}? Nothing that was looked at shows it."
    if marked and None in spread:
        return f"Does {a} need {b} at all, and how would we notice?"
    if marked:
        return f"When {b} is gone: does it {_verb(marked[0])} {a}? How could we find out?"
    return f"What happens to {a} when {b} is gone, and how could we find out?"


def _verb(how: Hardness | None) -> str:
    return {Hardness.STOPS: "stop", Hardness.DEGRADES: "degrade", Hardness.SLOWS: "only slow"}.get(
        how or Hardness.UNSURE, "touch"
    )


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def _and(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
