"""Questions worth discussing about a matrix: where people disagree with each other, or with what is observed.

The most interesting cells are those where a dependency is observed but nobody marked one; then those where marks
differ most (an empty cell counts as a weaker difference); then hard needs that nothing observed supports; then
cells marked as unsure. Nobody is named, and no mark is called right or wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from vistas.practice.matrix.observed import NOTHING, Observed
from vistas.practice.matrix.state import RANKS, Cell, Hardness, Matrix

_UNMARKED: Final = 100
_APART: Final = 45
_LEFT_EMPTY: Final = 15
_UNSEEN: Final = 14
_UNSURE: Final = 8
_NUMBERS: Final = ("no one", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class MatrixQuestion:
    """`observation` is what stands against what, `prompt` a question for the room, short enough for an agenda."""

    cell: Cell
    observation: str
    prompt: str
    weight: float


def questions(matrix: Matrix, observed: Observed = NOTHING) -> tuple[MatrixQuestion, ...]:
    """The most interesting first; of equally interesting ones in the matrix' order. None before anybody marked."""
    if not any(matrix.beliefs.values()):
        return ()
    found = [question for cell in matrix.cells() if (question := _question(matrix, cell, observed))]
    return tuple(sorted(found, key=lambda each: -each.weight))


def _question(matrix: Matrix, cell: Cell, observed: Observed) -> MatrixQuestion | None:
    spread = dict(matrix.spread(cell))
    names = matrix.names
    a, b = names[cell[0]], names[cell[1]]
    through = observed.through(cell)
    if not spread:
        if not through:
            return None
        message = f"Nobody marked it, and it is seen in the {_and(through)}."
        return MatrixQuestion(cell, message, f"What happens to {a} when {b} is gone?", _UNMARKED)
    apart, hard = _apart(spread), max((RANKS.get(how, 0) for how in spread if how), default=0)
    unseen = hard > 1 and not through and set(cell) <= observed.elements
    weight = _APART * apart + _LEFT_EMPTY * hard * _share_empty(spread)
    weight += _UNSEEN * hard * unseen + _UNSURE * spread.get(Hardness.UNSURE, 0)
    if not weight:
        return None
    message = f"{_marks_in_words(spread)}{_seen(through, unseen=unseen)}."
    return MatrixQuestion(cell, message[:1].upper() + message[1:], _asks(spread, a, b, unseen=unseen), weight)


def _apart(spread: Mapping[Hardness | None, int]) -> int:
    ranks = [RANKS[how] for how in spread if how is not None and how in RANKS]
    return max(ranks) - min(ranks) if ranks else 0


def _share_empty(spread: Mapping[Hardness | None, int]) -> float:
    return spread.get(None, 0) / sum(spread.values())


def _marks_in_words(spread: Mapping[Hardness | None, int]) -> str:
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
        return f"In what way does {a} need {b}? Nothing that was looked at shows it."
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
