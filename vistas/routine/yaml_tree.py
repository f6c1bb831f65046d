"""YAML as data with the line of every key: a plain tree of mappings, lists and scalars, of bounded size.

Tags, duplicate keys and second documents are refused; aliases are followed as far as the bounds reach.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

DEEPEST = 24
MOST_NODES = 20_000
LONGEST = 1_000_000

Loc = tuple[int | str, ...]
_PLAIN: Mapping[str, Callable[..., Any]] = {
    "tag:yaml.org,2002:null": yaml.constructor.SafeConstructor.construct_yaml_null,
    "tag:yaml.org,2002:bool": yaml.constructor.SafeConstructor.construct_yaml_bool,
    "tag:yaml.org,2002:int": yaml.constructor.SafeConstructor.construct_yaml_int,
    "tag:yaml.org,2002:float": yaml.constructor.SafeConstructor.construct_yaml_float,
}


class YamlError(ValueError):
    """What is wrong with the text, and in which line (from 1)."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Located:
    """`lines` has the line (from 1) of every key and item of `data` by its way from the root."""

    data: Any
    lines: Mapping[Loc, int]

    def line(self, loc: Loc) -> int:
        """The line of the nearest thing on the way to `loc` that stands in the text."""
        while loc not in self.lines:
            loc = loc[:-1]
        return self.lines[loc]


def read_yaml(text: str) -> Located:
    """The one document in `text`. Raises YamlError."""
    if len(text) > LONGEST:
        raise YamlError(1, f"longer than {LONGEST:,} characters")
    try:
        _check_events(text)
        root = yaml.compose(text, yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        problem = str(error.problem or error.context)
        hint = " (put text that holds a colon in quotes)" if problem.startswith("mapping values") else ""
        raise YamlError(_line(error.problem_mark or error.context_mark), f"not YAML: {problem}{hint}") from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise YamlError(line, f"not YAML: character U+{error.character:04X} is not allowed") from error
    if root is None:
        raise YamlError(1, "empty")
    reading = _Reading({(): 1})
    return Located(reading.value(root, ()), reading.lines)


def _check_events(text: str) -> None:
    """Size, depth and tags are looked at before anything is built, since that is slow and recursive."""
    depth = 0
    for number, event in enumerate(yaml.parse(text, yaml.SafeLoader)):
        line = _line(event.start_mark)
        if number > 2 * MOST_NODES:
            raise YamlError(line, "larger than any routine")
        if tag := getattr(event, "tag", None):
            raise YamlError(line, f"tags are not allowed: {tag}")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise YamlError(line, f"nested more than {DEEPEST} deep")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _line(mark: Any) -> int:
    """The line, from 1, of one of PyYAML's marks; they may be missing."""
    return mark.line + 1 if mark else 1


class _Reading:
    def __init__(self, lines: dict[Loc, int]) -> None:
        self.lines = lines
        self._nodes = 0
        self._constructor = yaml.constructor.SafeConstructor()

    def value(self, node: yaml.Node, loc: Loc) -> Any:
        self._nodes += 1
        line = _line(node.start_mark)
        if self._nodes > MOST_NODES or len(loc) > DEEPEST:
            raise YamlError(line, "aliases make this too large")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, loc)
        if isinstance(node, yaml.SequenceNode):
            return [self._item(child, (*loc, place)) for place, child in enumerate(node.value)]
        assert isinstance(node, yaml.ScalarNode)  # noqa: S101 - YAML has no fourth kind of node
        return self._scalar(node, line)

    def _item(self, node: yaml.Node, loc: Loc) -> Any:
        self.lines[loc] = _line(node.start_mark)
        return self.value(node, loc)

    def _mapping(self, node: yaml.MappingNode, loc: Loc) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = _line(key_node.start_mark)
            if not isinstance(key_node, yaml.ScalarNode):
                raise YamlError(line, "a key must be text")
            key = key_node.value
            if key in mapping:
                raise YamlError(line, f"{key} is given twice")
            self.lines[(*loc, key)] = line
            mapping[key] = self.value(value_node, (*loc, key))
        return mapping

    def _scalar(self, node: yaml.Node, line: int) -> Any:
        construct = _PLAIN.get(node.tag)
        if construct is None:
            return node.value
        try:
            return construct(self._constructor, node)
        except ValueError as error:
            raise YamlError(line, f"{node.value[:40]!r} is not a readable number") from error
