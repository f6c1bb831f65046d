"""Text as plain trees: JSON, or one or several YAML documents, of bounded size and depth."""

from __future__ import annotations

from typing import Any

import orjson
import yaml

from vistas.errors import DashboardError

LONGEST = 20_000_000
MOST_NODES = 1_000_000
DEEPEST = 100
_READABLE = {f"tag:yaml.org,2002:{kind}" for kind in ("null", "bool", "int", "float")}
_Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_documents(written: str, name: str) -> list[Any]:
    """Every document in the text as mappings, lists and scalars; `name` is what DashboardError calls it.

    Keys are text. Tags are refused; an alias counts as often as it is used.
    """
    written = written.removeprefix("\ufeff")
    if len(written) > LONGEST:
        raise DashboardError(f"{name} is longer than {LONGEST:,} characters")
    start = written.lstrip()[:2]
    if not start:
        raise DashboardError(f"{name} is empty")
    if start == "{{":
        raise DashboardError(f"{name} is a template: render it first, such as by helm template")
    if start[0] in "{[":
        return [_read_json(written, name)]
    return _read_yaml(written, name)


def _read_json(written: str, name: str) -> Any:
    try:
        tree = orjson.loads(written)
    except orjson.JSONDecodeError as error:
        raise DashboardError(f"{name}:{error.lineno}: not JSON: {error.msg}") from error
    _check_size(tree, name)
    return tree


def _check_size(tree: Any, name: str) -> None:
    level, nodes = [tree], 0
    for _ in range(DEEPEST):
        nodes += len(level)
        if nodes > MOST_NODES:
            raise DashboardError(f"{name} is larger than any dashboard")
        level = [
            below
            for each in level
            if isinstance(each, dict | list)
            for below in (each.values() if isinstance(each, dict) else each)
        ]
        if not level:
            return
    raise DashboardError(f"{name} is nested more than {DEEPEST} deep")


def _read_yaml(written: str, name: str) -> list[Any]:
    reading = _Reading(name)
    try:
        for event in yaml.parse(written, _Parser):
            reading.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise DashboardError(f"{name}:{line}: not YAML: {error.problem or error.context}") from error
    except (yaml.reader.ReaderError, UnicodeEncodeError) as error:
        raise DashboardError(f"{name} is not YAML: it has characters that are no text") from error
    return reading.documents


class _Reading:
    """Builds documents from events, without recursion."""

    def __init__(self, name: str) -> None:
        self.documents: list[Any] = []
        self._name = name
        self._nodes = 0
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._types = yaml.SafeLoader("")

    def take(self, event: Any) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self._anchors.clear()
        elif isinstance(event, yaml.ScalarEvent):
            self._count(1, event)
            self._put(self._scalar(event), event)
            self._remember(event.anchor, self._last_scalar, 1)
        elif isinstance(event, yaml.AliasEvent):
            self._follow(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._begin(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end(event)

    def _begin(self, event: Any) -> None:
        self._count(1, event)
        if event.tag:
            raise self._mistake(event, "tags are not allowed")
        if len(self._open) >= DEEPEST:
            raise self._mistake(event, f"nested more than {DEEPEST} deep")
        started: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._open.append(_Open(started, event.anchor, self._nodes))

    def _end(self, event: Any) -> None:
        done = self._open.pop()
        self._put(done.value, event)
        self._remember(done.anchor, done.value, self._nodes - done.began + 1)

    def _follow(self, event: Any) -> None:
        if event.anchor not in self._anchors:
            raise self._mistake(event, "an alias to nothing, or to what it stands in")
        value, size = self._anchors[event.anchor]
        self._count(size, event)
        self._put(value, event)

    def _remember(self, anchor: str | None, value: Any, size: int) -> None:
        if anchor:
            self._anchors[anchor] = (value, size)

    def _put(self, value: Any, event: Any) -> None:
        self._last_scalar = value
        if not self._open:
            self.documents.append(value)
            return
        inside = self._open[-1]
        if isinstance(inside.value, list):
            inside.value.append(value)
        elif inside.key is None:
            if isinstance(value, dict | list):
                raise self._mistake(event, "a key must be text")
            inside.key = getattr(event, "value", None) or str(value)  # `on` is a key, not true
        else:
            inside.value[inside.key] = value
            inside.key = None

    def _scalar(self, event: Any) -> Any:
        if event.tag:
            if event.tag != "tag:yaml.org,2002:str":
                raise self._mistake(event, "tags are not allowed")
            return event.value
        tag = self._types.resolve(yaml.ScalarNode, event.value, event.implicit)  # type: ignore[no-untyped-call]
        if tag not in _READABLE:
            return event.value
        try:
            return self._types.construct_object(yaml.ScalarNode(tag, event.value))
        except (ValueError, OverflowError, yaml.YAMLError):
            return event.value

    def _count(self, nodes: int, event: Any) -> None:
        self._nodes += nodes
        if self._nodes > MOST_NODES:
            raise self._mistake(event, "larger than any dashboard")

    def _mistake(self, event: Any, message: str) -> DashboardError:
        line = event.start_mark.line + 1 if event.start_mark else 1
        return DashboardError(f"{self._name}:{line}: {message}")


class _Open:
    """A mapping or list whose end has not come yet."""

    __slots__ = ("anchor", "began", "key", "value")

    def __init__(self, value: Any, anchor: str | None, began: int) -> None:
        self.value, self.anchor, self.began = value, anchor, began
        self.key: str | None = None
