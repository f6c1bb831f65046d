"""A dashboard's variables as those of a routine: what one chooses when a walk begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from vistas.importing.naming import one_line
from vistas.importing.reading.tree import at, items, text
from vistas.importing.variables.lookups import read_lookup
from vistas.importing.variables.values import ALL, LONGEST_VALUE, current, is_all, offered
from vistas.routine import Variable

_NAME = re.compile(r"[A-Za-z_]\w{0,59}", re.ASCII)
_MOST_VALUES = 200
_EVERY = ".*"
CHOSEN = ("query", "custom", "textbox", "switch")
"""Kinds of variables that one chooses; the others have one value each."""


@dataclass(frozen=True, slots=True)
class Choice:
    """`told` says in what it differs from the dashboard's."""

    variable: Variable
    told: tuple[str, ...] = ()


def read_choice(written: Any, trouble: str) -> Choice | None:
    """None where it cannot be one; `trouble` is why the tool that lists its values cannot be asked here."""
    name, kind = text(at(written, "name")), text(at(written, "type"))
    if kind not in CHOSEN or not _NAME.fullmatch(name):
        return None
    title = one_line(text(at(written, "label"))).rstrip(": ")
    variable = Variable(variable=name, title=title or None)
    if kind == "textbox":
        return _free_text(variable, written)
    return _looked_up(variable, written, trouble) if kind == "query" else _listed(variable, written, kind)


def _free_text(variable: Variable, written: Any) -> Choice | None:
    value = text(at(written, "query")) or next(iter(current(written)), "")
    return Choice(_changed(variable, default=(value,))) if _is_plain(value) else None


def _listed(variable: Variable, written: Any, kind: str) -> Choice | None:
    """A list in the file, of at least two."""
    named = dict(offered(written, kind))
    values = tuple(named)
    if not 1 < len(values) <= _MOST_VALUES or not all(map(_is_plain, values)):
        return None
    chosen = tuple(value for value in current(written) if value in named)
    with_list = _changed(variable, values=values)
    told = (
        [] if all(named.values()) else ["its values have names of their own in the dashboard; here they have none"]
    )
    return _choosing(with_list, written, chosen, told)


def _looked_up(variable: Variable, written: Any, trouble: str) -> Choice:
    chosen = tuple(value for value in current(written) if _is_plain(value))
    told = [text(each) for each in items(at(written, "told"))]
    if trouble:
        return _unlisted(variable, written, chosen, [*told, f"its list {trouble}"])
    lookup = read_lookup(written)
    if not lookup.label:
        return _unlisted(variable, written, chosen, [*told, lookup.told])
    of = lookup.of[:LONGEST_VALUE] or None
    listed = _changed(variable, label=lookup.label, of=of)
    return _choosing(listed, written, chosen, [*told, *filter(None, [lookup.told])])


def _unlisted(variable: Variable, written: Any, chosen: Sequence[str], told: list[str]) -> Choice:
    """What the dashboard was saved with is all there is of a list; else it is typed."""
    saved = tuple(dict.fromkeys(value for value, _ in offered(written, "query") if _is_plain(value)))
    if 1 < len(saved) <= _MOST_VALUES:
        with_list = _changed(variable, values=tuple(dict.fromkeys((*saved, *chosen)))[:_MOST_VALUES])
        return _choosing(with_list, written, chosen, [f"{told[-1]}; here what the dashboard was saved with"])
    return _choosing(variable, written, chosen, [*told[:-1], f"{told[-1]}; here it is typed"])


def _choosing(variable: Variable, written: Any, chosen: Sequence[str], told: list[str]) -> Choice:
    """With whether several and whether every can be chosen, and what is at first."""
    several = at(written, "multi") is True
    every, lost = _every(variable, written, several=several)
    default = () if every is not None and (is_all(written) or not chosen) else tuple(chosen)
    if not several:
        default = default[:1]
    ready = _changed(variable, several=several, every=every, default=default)
    return Choice(ready, tuple(told + ([lost] if lost else [])))


def _every(variable: Variable, written: Any, *, several: bool) -> tuple[str | None, str]:
    """What stands for every value, and what is told of it."""
    if at(written, "includeAll") is not True:
        return None, ""
    own = text(at(written, "allValue"))
    if own and _is_plain(own):
        return own, ""
    if own:
        return _EVERY, f"stands for {own[:60]} where every value is meant; here for {_EVERY}"
    if variable.values:
        all_of_them = variable.model_copy(update={"several": True, "chosen": variable.values}).in_query()
        if _is_plain(all_of_them):
            return all_of_them, ""
    return _EVERY, "" if variable.label or not several else f"every value is {_EVERY} here"


def _changed(variable: Variable, **values: Any) -> Variable:
    """A variable that was checked as a whole."""
    return Variable.model_validate({**variable.model_dump(), **values})


def _is_plain(value: str) -> bool:
    """Whether it can be one of a routine's values: not too long, and no name of another variable in it."""
    return len(value) <= _MOST_VALUES and "$" not in value and "[[" not in value and value not in ALL
