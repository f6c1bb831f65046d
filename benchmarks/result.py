"""What a part of the benchmark hands back, and how a part is plugged in.

A part is a module here with `measure(rounds, small) -> list[Finding]`, named in `benchmarks/__main__.py`. It makes
its own inputs, runs every contender in turn (`in_turn`), and says what it saw; the table and the verdict are
made elsewhere. With `small` the inputs are tiny: it takes seconds, and says whether the part works, not how fast
anything is.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True)
class Measured:
    """What one contender took for one task, round by round."""

    task: str
    """What was done, as "5,000 pods": contenders of one task stand beside each other."""
    name: str
    seconds: tuple[float, ...]
    """Wall clock, one a round."""
    cpu_seconds: tuple[float, ...] = ()
    """User and system time, one a round, where it was a process of its own."""
    amount: int | None = None
    """How many lines, pods, samples one round went through."""
    unit: str = ""
    """What is counted by `amount`, as "lines"."""
    peak_bytes: int | None = None
    """Most resident memory of any round, mapped file pages included."""
    own_bytes: int | None = None
    """Most resident memory that no file stands behind."""

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def rate(self) -> float | None:
        """How many of `unit` a second at the median."""
        return None if self.amount is None else self.amount / self.median


@dataclass(frozen=True)
class Target:
    """Something promised, and what was measured."""

    what: str
    measured: float
    direction: Literal["at least", "at most"]
    limit: float
    unit: str = "×"

    @property
    def met(self) -> bool:
        return self.measured >= self.limit if self.direction == "at least" else self.measured <= self.limit


@dataclass(frozen=True)
class Missing:
    """A contender that could not run here, so that its target is neither met nor missed. Told loudly."""

    what: str
    reason: str


Finding: TypeAlias = Measured | Target | Missing


def in_turn(rounds: int, contenders: Mapping[str, Callable[[], object]]) -> dict[str, tuple[float, ...]]:
    """Wall seconds of each contender, one a round. A B C, A B C: a busy machine slows all of them alike."""
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, run in contenders.items():
            began = time.perf_counter()
            run()
            seconds[name].append(time.perf_counter() - began)
    return {name: tuple(taken) for name, taken in seconds.items()}


def times_as_long(one: Measured, other: Measured) -> float:
    """How many times as long one takes as the other: the median over the rounds, compared within each."""
    return statistics.median(a / b for a, b in zip(one.seconds, other.seconds, strict=True))


class Disagreement(Exception):
    """A contender did not do the work that it was measured for, so that its time says nothing."""
