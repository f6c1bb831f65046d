"""A routine as a tree of every field, which knows which of them a file has to say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vistas.routine.model import Routine


class Fields(dict[str, Any]):
    """Every field of a part of a routine, in the order in which files have them; `given` are not as by default."""

    def __init__(self, every: Iterable[tuple[str, Any]], given: frozenset[str]) -> None:
        super().__init__(every)
        self.given = given


def fields(routine: Routine) -> Fields:
    """The routine as plain data, nothing left out."""
    tree = _fields(routine.model_dump(mode="json"), routine.model_dump(mode="json", exclude_defaults=True))
    assert isinstance(tree, Fields)  # noqa: S101 - a routine is one
    return tree


def _fields(every: Any, given: Any) -> Any:
    if isinstance(every, list):
        return [_fields(each, some) for each, some in zip(every, given, strict=True)]
    if isinstance(every, dict):
        return Fields(
            ((name, _fields(value, given[name]) if name in given else value) for name, value in every.items()),
            frozenset(given),
        )
    return every


def said(tree: Any) -> Any:
    """What a file has to say of it: without defaults, and one query without a list around it."""
    if isinstance(tree, Fields):
        told = {name: said(value) for name, value in tree.items() if name in tree.given}
        if len(query := told.get("query", ())) == 1 and isinstance(query, list):
            told["query"] = query[0]
        return told
    return [said(each) for each in tree] if isinstance(tree, list) else tree
