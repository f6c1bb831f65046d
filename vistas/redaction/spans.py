"""What a rule gives: stretches of a text. Nothing here changes a text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

MASK = "***"


class Span(NamedTuple):
    """A stretch of a text and the rule that takes it out."""

    start: int
    end: int
    rule: str


Find = Callable[[str], Iterator[Span]]


class Rule(NamedTuple):
    """`find` finds nothing in a text that, casefolded, holds none of `hints`: they are quick to look for.

    `shape` says the same to a column, for hints that nearly every text has: an expression of the engine there.
    """

    find: Find
    hints: tuple[str, ...]
    shape: str = ""
