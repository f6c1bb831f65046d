"""A dashboard's variables: those that become a routine's, and those that have one value for good.

What the file itself fixes (constants, intervals) has the value that the dashboard opens with, as has what cannot
be a routine's variable; and what whoever imports gives a value for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vistas.importing.reading.tree import at, text
from vistas.importing.variables.choices import CHOSEN, Choice, read_choice
from vistas.importing.variables.values import LONGEST_VALUE, current, is_all, offered

MOST_CHOICES = 20
"""So many variables a routine may have."""
_FIXED = ("constant", "textbox", "custom", "interval", "switch")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a variable: `choice` where it is chosen when a walk begins, else its values.

    `values` are several where All of a list was chosen; `every` is what All asks for where no list is known.
    `reason` says why there is neither, or what the value stands for.
    """

    name: str
    kind: str
    values: tuple[str, ...] = ()
    every: str | None = None
    several: bool = False
    reason: str = ""
    choice: Choice | None = None


def read_variables(
    written: Sequence[Any], given: Mapping[str, str], trouble: Callable[[Any], str]
) -> Iterator[Known]:
    """In their order; `given` are values of whoever imports, and win. `trouble` is why a tool cannot be asked."""
    choices = 0
    for each in written:
        name, kind = text(at(each, "name")), text(at(each, "type"))
        if name and name in given:
            yield Known(name, kind, (given[name],), reason="is what was given for it")
            continue
        choice = read_choice(each, trouble(each) if kind == "query" else "") if choices < MOST_CHOICES else None
        if choice and _is_out_of_sight(each, choice):
            told = "is hidden in the dashboard, so it is fixed to what that opens with"
            yield Known(name, kind, choice.variable.default, several=choice.variable.several, reason=told)
            continue
        choices += choice is not None
        yield Known(name, kind, choice=choice) if choice else _read(each, name, kind)


def _is_out_of_sight(written: Any, choice: Choice) -> bool:
    """Whether nobody chooses it there, and nothing better is known than what it was saved with."""
    hidden = text(at(written, "hide")) in {"2", "hideVariable"}
    return hidden and not choice.variable.label and bool(choice.variable.default)


def _read(written: Any, name: str, kind: str) -> Known:
    if not name:
        return Known("", kind, reason="has no name")
    if kind == "datasource":
        return Known(name, kind, reason="the look asks every source of that type")
    several = at(written, "multi") is True or at(written, "includeAll") is True
    if kind in _FIXED:
        return _fixed(written, name, kind, several=several)
    if kind not in CHOSEN:
        return Known(name, kind, reason=_unknown_kind(kind))
    if not several:
        return Known(name, kind, reason="is one value that is looked up in a Prometheus: give it one")
    all_value = text(at(written, "allValue"))
    return Known(name, kind, every=all_value[:LONGEST_VALUE] or ".*", several=True)


def _unknown_kind(kind: str) -> str:
    if kind in {"adhoc", "groupby"}:
        return "is a filter that is chosen while looking: routines have none"
    return f"is of a kind that is not known here: {kind[:40] or 'none'}"


def _fixed(written: Any, name: str, kind: str, *, several: bool) -> Known:
    chosen = current(written)
    listed = tuple(value for value, _ in offered(written, kind))
    if kind in {"constant", "textbox"}:
        value = text(at(written, "query")) or next(iter(chosen), "")
        return _with(name, kind, (value,) if value else ())
    if is_all(written):
        all_value = text(at(written, "allValue"))
        if all_value:
            return Known(name, kind, every=all_value[:LONGEST_VALUE], several=True)
        return _with(name, kind, listed, listed, several=True)
    return _with(name, kind, chosen or listed[:1], listed, several=several)


def _with(
    name: str, kind: str, values: Sequence[str], listed: Sequence[str] = (), *, several: bool = False
) -> Known:
    if not values or sum(map(len, values)) > LONGEST_VALUE:
        return Known(name, kind, reason="has no value in the file: give it one")
    others = [each for each in listed if each not in values]
    told = f"is fixed to what the dashboard opens with; it also offers {', '.join(others[:5])}" if others else ""
    return Known(name, kind, tuple(values), several=several, reason=told)
