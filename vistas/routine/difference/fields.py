"""What each key of a routine, a stop, a look and a variable is called, and how its value is said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pydantic import BaseModel

from vistas.routine.difference.model import Change, Kind, Written
from vistas.routine.spans import write_span


@dataclass(frozen=True, slots=True)
class Field:
    """`name` is the key in words; `say` puts its value in words."""

    key: str
    name: str
    say: Callable[[Any], str] = str
    written: Written = Written.VALUE
    kind: Kind = Kind.CHANGED


def _or(otherwise: str, say: Callable[[Any], str] = str) -> Callable[[Any], str]:
    return lambda value: otherwise if value is None else say(value)


def _number(value: float) -> str:
    return repr(value).removesuffix(".0")


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _listed(otherwise: str) -> Callable[[Any], str]:
    return lambda values: ", ".join(values) or otherwise


def _minutes(value: int) -> str:
    return f"{value} min"


def _span(value: timedelta) -> str:
    return write_span(value)


def _text(key: str, name: str) -> Field:
    return Field(key, name, _or(""), Written.PROSE)


ROUTINE = (
    Field("title", "the title", kind=Kind.RENAMED),
    _text("about", "what it is about"),
    Field("minutes", "how long it takes", _minutes),
    Field("window", "how far it looks back", _span),
)
STOP = (
    Field("title", "the title", kind=Kind.RENAMED),
    Field("stop", "the name in files", kind=Kind.RENAMED),
    _text("question", "the question"),
    _text("why", "why somebody looks here"),
    _text("normal", "what normal looks like"),
    _text("plainly", "what it says in plain words"),
)
LOOK = (
    Field("title", "the title", kind=Kind.RENAMED),
    Field("look", "the name in files", kind=Kind.RENAMED),
    _text("text", "the words above it"),
    Field("source", "the source"),
    Field("take", "what is asked for"),
    Field("window", "how far it looks back", _or("as far as the walk", _span)),
    Field("offset", "how much earlier it looks", _or("not at all", _span)),
    Field("draw", "how it is drawn", _or("as suits the data")),
    Field("state_label", "the label that names the state", _or("none")),
    Field("unit", "the unit"),
    Field("name", "how series are named", _or("by their labels")),
    Field("normal_below", "normal is at or below", _or("no line", _number)),
    Field("normal_above", "normal is at or above", _or("no line", _number)),
)
VARIABLE = (
    Field("title", "the title", _or("its name"), kind=Kind.RENAMED),
    Field("values", "the values", _listed("none")),
    Field("label", "the label", _or("none")),
    Field("of", "the series that have the label", _or("all"), Written.CODE),
    Field("objects", "the objects", _or("none")),
    Field("source", "the source", _or("as usual")),
    Field("several", "whether several can be chosen", _yes),
    Field("every", "what stands for every value", _or("nothing: one has to be chosen"), Written.CODE),
    Field("default", "what is chosen at first", _listed("nothing")),
)


def fields_changed(fields: Iterable[Field], earlier: BaseModel, later: BaseModel) -> Iterator[Change]:
    """Without a place."""
    for field in fields:
        before, after = getattr(earlier, field.key), getattr(later, field.key)
        if before != after:
            yield Change(
                field.kind,
                field.name,
                about=field.key,
                before=field.say(before),
                after=field.say(after),
                written=field.written,
            )
