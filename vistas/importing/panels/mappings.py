"""Value mappings of a panel, of any schema version: which word stands for which number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from vistas.importing.naming import one_line
from vistas.importing.reading.tree import Tree, at, items, number, table, text

_MOST_STATES = 50
_LONGEST_WORD = 60
_ONE_VALUE, _RANGE = {"value", "1"}, {"range", "2"}
_NOTHING = {"null", "nan", "null+nan"}


@dataclass(frozen=True, slots=True)
class Words:
    """`states` as a look has them; `others` says whether there are words for something else than one number.

    Words for no value at all are neither: every old panel has them.
    """

    states: dict[str, str]
    others: bool


def read_words(panel: Tree) -> Words:
    states: dict[str, str] = {}
    others = False
    for value, word in _mapped(panel):
        exact = number(value)
        if exact is None:
            others = others or value.lower() not in _NOTHING
        elif word and len(states) < _MOST_STATES:
            states.setdefault(f"{exact:g}", word)
    return Words(states, others)


def _mapped(panel: Tree) -> Iterator[tuple[str, str]]:
    """A number, or something else in words, and what is shown for it."""
    written = items(at(panel, "fieldConfig", "defaults", "mappings")) or items(panel.get("mappings"))
    for mapping in (*written, *items(panel.get("valueMaps")), *items(panel.get("rangeMaps"))):
        kind, options = text(at(mapping, "type")), table(at(mapping, "options"))
        if kind in _ONE_VALUE and options:
            yield from ((value, _word(shown)) for value, shown in options.items())
        elif kind == "special":
            yield text(options.get("match")), ""
        elif kind in _RANGE or (not kind and at(mapping, "from") is not None):
            yield _range(options or table(mapping)), _word(table(options.get("result")) or mapping)
        elif kind in _ONE_VALUE or not kind:
            yield text(at(mapping, "value")), _word(mapping)
        else:
            yield "a pattern", ""


def _range(mapping: Tree) -> str:
    """The number, where it is a range of one; ranges of nothing stand for no value."""
    low, high = text(mapping.get("from")), text(mapping.get("to"))
    return low if low == high else "a range"


def _word(shown: Any) -> str:
    return one_line(text(at(shown, "text")), _LONGEST_WORD)
