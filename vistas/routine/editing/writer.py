"""New parts of a file: in the indentation that it has, and otherwise as `write_routine` writes.

ruamel.yaml writes them. It goes by YAML 1.2, where `yes` and `012` are text; so whether a text needs quotes is
decided by reading it back with the reader that routines have.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import (
    DoubleQuotedScalarString,
    FoldedScalarString,
    LiteralScalarString,
    SingleQuotedScalarString,
)

from vistas.routine.editing import places
from vistas.routine.editing.lines import Lines
from vistas.routine.editing.places import Place
from vistas.routine.yaml_tree import YamlError, read_yaml

LONG: Final = 70
"""A text of more characters, with spaces, is folded, as `write_routine` does."""
WIDEST: Final = 100
_NARROWEST: Final = 40
_STYLES: Final = {
    "|": LiteralScalarString,
    ">": FoldedScalarString,
    "": str,
    "'": SingleQuotedScalarString,
    '"': DoubleQuotedScalarString,
}


@dataclass(frozen=True, slots=True)
class Writer:
    """How far things stand in: `step` a key from the one above, `dash` a dash likewise, `gap` what follows."""

    ending: str
    step: int = 2
    dash: int = 2
    gap: int = 2

    def pair(self, name: str, value: Any, column: int) -> str:
        """Whole lines."""
        return self._lines(self._dumped({name: value}, column), column)

    def entry(self, value: Any, column: int) -> str:
        """Whole lines, the first with its dash in `column`."""
        dumped = self._dumped({"-": [value]}, column - self.dash).split("\n", 1)[1]
        return self._lines(dumped, column - self.dash)

    def value(self, value: Any, column: int, style: str = "") -> tuple[str, str]:
        """What stands behind a key in `column`: on its line; and below it, without the last line's ending."""
        dumped = self._dumped({"k": value}, column, style).removeprefix("k:").removesuffix("\n")
        first, _, rest = dumped.partition("\n")
        return first.removeprefix(" "), self._lines(rest, column).removesuffix(self.ending) if rest else ""

    def behind_a_dash(self, value: Any, column: int) -> tuple[str, str]:
        """What stands behind a dash in `column`, as `value` says it for a key."""
        first, _, rest = self.entry(value, column).removesuffix(self.ending).partition(self.ending)
        return first.lstrip(" ").removeprefix("-").removeprefix(" "), rest

    def flow(self, value: Any) -> str:
        """On one line, where it stands in brackets."""
        if isinstance(value, Mapping):
            return "{" + ", ".join(self.flow_pair(name, each) for name, each in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(self.flow(each) for each in value) + "]"
        if isinstance(value, str) and reads_as(f"[{value}]", [value]):
            return value
        return self.quoted(value) if isinstance(value, str) else json.dumps(value)

    def quoted(self, text: str) -> str:
        """On one line, in double quotes."""
        dumped = self._dump({"k": DoubleQuotedScalarString(text)}, sys.maxsize)
        return dumped.removeprefix("k: ").removesuffix("\n")

    def flow_pair(self, name: str, value: Any) -> str:
        return f"{self.flow(name)}: {self.flow(value)}"

    def _dumped(self, tree: Any, column: int, style: str = "") -> str:
        return self._dump(self._styled(tree, style), WIDEST - column)

    def _dump(self, tree: Any, width: int) -> str:
        writer = YAML()
        writer.width = max(width, _NARROWEST)
        writer.indent(mapping=self.step, sequence=self.dash + self.gap, offset=self.dash)
        written = StringIO()
        writer.dump(tree, written)
        return written.getvalue()

    def _lines(self, text: str, column: int) -> str:
        lines = text.removesuffix("\n").split("\n")
        return "".join((" " * column + line if line.strip() else "") + self.ending for line in lines)

    def _styled(self, tree: Any, style: str) -> Any:
        if isinstance(tree, Mapping):
            return CommentedMap((name, self._styled(value, style)) for name, value in tree.items())
        if isinstance(tree, list):
            return CommentedSeq(self._styled(each, style) for each in tree)
        if isinstance(tree, float) and tree.is_integer():
            return int(tree)
        if not isinstance(tree, str):
            return tree
        styles = (kind(tree) for kind in map(_STYLES.__getitem__, _preferred(tree, style)))
        return next((each for each in styles if self._reads_back(each)), DoubleQuotedScalarString(tree))

    def _reads_back(self, text: str) -> bool:
        return reads_as(self._dump({"k": text}, WIDEST), {"k": str(text)})


def _preferred(text: str, style: str) -> Iterator[str]:
    if style in {"|", ">"} and text.strip():
        yield style
    if "\n" in text:
        yield "|"
    elif len(text) > LONG and " " in text:
        yield ">"
    yield from ("", "'")


def reads_as(text: str, value: Any) -> bool:
    """Whether our reader reads it as that: the same, and of the same type."""
    try:
        return repr(read_yaml(text).data) == repr(value)
    except YamlError:
        return False


def writer_like(lines: Lines, root: Place) -> Writer:
    """One that writes in the indentation that most of the file has."""
    steps, dashes, gaps = Counter[int](), Counter[int](), Counter[int]()
    for place in places.everything_in(root):
        if isinstance(place, places.Mapping) and not place.flow:
            column = lines.column(place.start)
            for pair in place.pairs:
                if isinstance(pair.value, places.Mapping) and not pair.value.flow:
                    steps[lines.column(pair.value.start) - column] += 1
                if isinstance(pair.value, places.Sequence) and not pair.value.flow:
                    dashes[lines.column(pair.value.start) - column] += 1
                    gaps.update(_gaps(lines, pair.value))
    return Writer(lines.ending, _most(steps.elements(), 2), _most(dashes.elements(), 2), _most(gaps.elements(), 2))


def _gaps(lines: Lines, sequence: places.Sequence) -> Iterator[int]:
    for entry in sequence.entries:
        if lines.start(entry.value.start) == lines.start(entry.dash):
            yield entry.value.start - entry.dash


def _most(found: Iterable[int], default: int) -> int:
    common = Counter(each for each in found if each >= 0).most_common(1)
    return common[0][0] if common else default
