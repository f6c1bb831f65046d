"""The best few of many words, while somebody types: first what begins so, then what has a part that begins so.

A hundred thousand names are searched within milliseconds: as one text, of which each line is a word.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate, islice
from typing import Final

AT_MOST: Final = 200
"""So many words are offered at once."""
_BETWEEN: Final = "_:.-/"
"""What the parts of a name are parted by."""


@dataclass(frozen=True, slots=True)
class Index:
    """Words to be searched, each once, in the order of the alphabet. Those with a line break are left out."""

    words: tuple[str, ...]
    small: tuple[str, ...] = field(repr=False)
    """Each in small letters."""
    text: str = field(repr=False)
    """All of those, with a line break before and behind each."""
    starts: tuple[int, ...] = field(repr=False)
    """Where in `text` each word begins."""

    @classmethod
    def of(cls, words: Iterable[str]) -> Index:
        pairs = sorted((word.lower(), word) for word in {word for word in words if word and "\n" not in word})
        small = tuple(each for each, _ in pairs)
        starts = tuple(accumulate((len(each) + 1 for each in small), initial=1))
        text = "".join(("\n", *(f"{each}\n" for each in small)))
        return cls(tuple(word for _, word in pairs), small, text, starts[:-1])

    def best(self, typed: str, most: int = AT_MOST) -> tuple[tuple[str, ...], bool]:
        """At most so many words that contain what was typed, the best first; and whether that is all of them."""
        sought = typed.lower()
        if "\n" in sought:
            return (), True
        found = tuple(islice(self._found(sought), most + 1))
        return tuple(self.words[place] for place in found[:most]), len(found) <= most

    def _found(self, sought: str) -> Iterator[int]:
        """The places of words, each once."""
        given: set[int] = set()
        ways = (self._beginning(sought), *(self._with(f"{each}{sought}") for each in _BETWEEN), self._with(sought))
        for way in ways if sought else (iter(range(len(self.words))),):
            for place in way:
                if place not in given:
                    given.add(place)
                    yield place

    def _beginning(self, sought: str) -> Iterator[int]:
        first = bisect_left(self.small, sought)
        for place in range(first, len(self.small)):
            if not self.small[place].startswith(sought):
                return
            yield place

    def _with(self, part: str) -> Iterator[int]:
        at = self.text.find(part)
        while at >= 0:
            place = bisect_right(self.starts, at) - 1
            yield place
            at = self.text.find(part, self.starts[place] + len(self.small[place]))
