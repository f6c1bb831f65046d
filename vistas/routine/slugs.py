"""Names in routine files, made of people's words: lower case ASCII joined by hyphens."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 60
_LONGEST_READ = 200


def slug(text: str, fallback: str) -> str:
    """Lower case ASCII words joined by hyphens; `fallback` where nothing is left."""
    ascii_text = unicodedata.normalize("NFKD", text[:_LONGEST_READ]).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")[:LONGEST].strip("-") or fallback


class Slugs:
    """Slugs that are each given once: a second one is numbered."""

    def __init__(self, taken: frozenset[str] = frozenset()) -> None:
        self._taken = set(taken)
        self._next: dict[str, int] = {}

    def give(self, text: str, fallback: str) -> str:
        wanted = slug(text, fallback)
        given = wanted
        while given in self._taken:
            self._next[wanted] = self._next.get(wanted, 1) + 1
            ending = f"-{self._next[wanted]}"
            given = wanted[: LONGEST - len(ending)].strip("-") + ending
        self._taken.add(given)
        return given
