r"""Names in a query (`$name`, `[[name]]`, `${name:format}`) replaced by their values, as Grafana does it.

After grafana/scenes `variables/interpolation` and grafana-prometheus-datasource `escaping.ts`. What is chosen when
a walk begins stays as a routine writes it. A name without a value stays as it is, as does `$1` of `label_replace`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from vistas.importing.macros import Macros
from vistas.importing.variables import Known
from vistas.routine import Variable, resolved_query

_NAME = re.compile(
    r"\$(?P<bare>[A-Za-z_]\w*)|\[\[(?P<square>[A-Za-z_]\w*)(?::(?P<square_format>\w+))?\]\]"
    r"|\$\{(?P<braced>[A-Za-z_]\w*)(?P<path>(?:\.[^:}\s]{1,100})?)(?::(?P<format>\w+)(?::[^}\s]{0,100})?)?\}",
    re.ASCII,
)
_QUOTE = re.compile(
    r"""(?P<operator>=~|!~|!=|=)?\s*(?P<quoted>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)""", re.DOTALL
)
_ROOM = 8000
"""So many letters of values are put into one query; a look takes 2,000."""
_JOINED = {"pipe": "|", "csv": ",", "raw": ","}
_OURS = {"", "regex", *_JOINED}
"""Formats that a routine's names have too."""
_REGEX_LETTERS = re.compile(r"[\\^$*+?.()|\[\]{}/]")


@dataclass(frozen=True, slots=True)
class Resolved:
    """`frozen` are variables of which All is asked for, `macros` those of Grafana with their values.

    `sample` is the text as it may be once everything is chosen. `equal` are variables that are compared by `=` or
    `!=`, though more than one value may be chosen.
    """

    text: str
    sample: str
    macros: Mapping[str, str]
    used: frozenset[str]
    frozen: frozenset[str]
    equal: frozenset[str]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a name stands: in quotes of this kind (or none), after this operator (or none)."""

    quote: str = ""
    operator: str = ""


class Interpolation:
    """Of one dashboard's queries."""

    def __init__(self, variables: Mapping[str, Known]) -> None:
        self._variables = variables
        self._samples = [_sample(each.choice.variable) for each in variables.values() if each.choice]

    def resolve(self, query: str, macros: Macros) -> Resolved:
        work = _Work(self._variables, macros)
        parts = [work.replaced(stretch, place) for stretch, place in _stretches(query)]
        text = "".join(parts)
        return Resolved(
            text,
            resolved_query(text, self._samples) if len(text) <= _ROOM else text,
            work.macros,
            frozenset(work.used),
            frozenset(work.frozen),
            frozenset(work.equal),
            tuple(dict.fromkeys(work.unknown)),
        )


def _sample(variable: Variable) -> Variable:
    """With what it opens with, or some value."""
    anything = () if variable.every is not None else (variable.values[:1] or ("a",))
    return variable.model_copy(update={"chosen": variable.default or anything})


def _stretches(query: str) -> Iterator[tuple[str, _Place]]:
    """The query cut into what is in quotes and what is not."""
    end = 0
    for found in _QUOTE.finditer(query):
        start = found.start("quoted")
        yield query[end:start], _Place()
        yield found["quoted"], _Place(found["quoted"][0], found["operator"] or "")
        end = found.end()
    yield query[end:], _Place()


class _Work:
    def __init__(self, variables: Mapping[str, Known], macros: Macros) -> None:
        self._variables = variables
        self._macros = macros
        self.macros: dict[str, str] = {}
        self.used: set[str] = set()
        self.frozen: set[str] = set()
        self.equal: set[str] = set()
        self.unknown: list[str] = []
        self._room = _ROOM

    def replaced(self, stretch: str, place: _Place) -> str:
        return _NAME.sub(lambda found: self._value(found, place), stretch)

    def _value(self, found: re.Match[str], place: _Place) -> str:
        name = found["bare"] or found["square"] or found["braced"]
        form = found["format"] or found["square_format"] or ""
        if (macro := self._macros.value(name)) is not None:
            self.macros[found[0]] = macro
            return macro
        variable = self._variables.get(name)
        value = None
        if variable and variable.choice and not found["path"]:
            value = self._kept(variable.choice.variable, form, place, bare=bool(found["bare"]))
        elif variable and not found["path"] and self._room > 0:
            value = self._of(variable, form, place)
        if value is None:
            self.unknown.append(found[0])
            return found[0]
        self.used.add(name)
        return value

    def _kept(self, variable: Variable, form: str, place: _Place, *, bare: bool) -> str | None:
        """A name for which something is chosen later, as a routine writes it; None for what it cannot write.

        Values are escaped for a text in quotes, where backslashes count.
        """
        if form not in _OURS or (place.quote == "`" and form == "regex"):
            return None
        if place.operator in {"=", "!="} and (variable.several or variable.every is not None):
            self.equal.add(variable.variable)
        if bare:
            return f"${variable.variable}"
        return f"${{{variable.variable}:{form}}}" if form else f"${{{variable.variable}}}"

    def _of(self, variable: Known, form: str, place: _Place) -> str | None:
        if variable.every is not None:
            if place.operator != "=~":
                return None
            self.frozen.add(variable.name)
            return self._nested(variable.every)
        if not variable.values:
            return None
        return _formatted([self._nested(value) for value in variable.values], variable, form, place)

    def _nested(self, value: str) -> str:
        """Macros and single values that stand in a value themselves; one level, so that nothing can grow."""

        def inner(found: re.Match[str]) -> str:
            name = found["bare"] or found["square"] or found["braced"]
            if (macro := self._macros.value(name)) is not None:
                return macro
            other = self._variables.get(name)
            if other and other.choice:
                self.used.add(name)
                return f"${{{name}}}"
            return other.values[0] if other and len(other.values) == 1 else found[0]

        nested = _NAME.sub(inner, value) if "$" in value or "[[" in value else value
        self._room -= len(value) + len(nested)
        return nested


def _formatted(values: list[str], variable: Known, form: str, place: _Place) -> str | None:
    """As the format says. Without one, quotes are escaped, and several choices become a regular expression."""
    if form in _JOINED:
        return _JOINED[form].join(values)
    if form == "regex":
        return _either([_regex_escaped(value) for value in values])
    if form or (len(values) > 1 and not variable.several):
        return None
    if len(values) == 1 and not (variable.several and place.operator in {"=~", "!~"}):
        return _quoted(values[0], place)
    return _either([_escaped_in_quotes(value) for value in values])


def _either(escaped: list[str]) -> str:
    return escaped[0] if len(escaped) == 1 else f"({'|'.join(escaped)})"


def _quoted(value: str, place: _Place) -> str:
    if place.quote not in {'"', "'"}:
        return value
    return value.replace("\\", "\\\\").replace(place.quote, f"\\{place.quote}")


def _regex_escaped(value: str) -> str:
    return _REGEX_LETTERS.sub(lambda found: f"\\{found[0]}", value)


def _escaped_in_quotes(value: str) -> str:
    return _REGEX_LETTERS.sub(lambda found: f"\\\\{found[0]}", value)
