"""Names of metrics that are much like one that is gone: guesses, where no table knows better."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

ENOUGH = 0.72
"""How alike two names have to be, of 1: below it the guesses are of other things."""
MOST = 3


def alike(gone: str, names: Iterable[str]) -> tuple[str, ...]:
    """Of `names` those that are most like `gone`, the best first; only with the same first word."""
    first = gone.split("_", 1)[0]
    words = set(gone.split("_"))
    same = [name for name in names if name.split("_", 1)[0] == first and name != gone]
    close = ((_likeness(gone, words, name), name) for name in same)
    best = sorted((pair for pair in close if pair[0] >= ENOUGH), key=lambda pair: (-pair[0], pair[1]))
    return tuple(name for _, name in best[:MOST])


def _likeness(gone: str, words: set[str], name: str) -> float:
    """Of the letters in their order, and of the words in any."""
    theirs = set(name.split("_"))
    shared = 2 * len(words & theirs) / (len(words) + len(theirs))
    return max(SequenceMatcher(None, gone, name, autojunk=False).ratio(), shared)
