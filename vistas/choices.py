"""What there is to choose from when a walk begins, asked of the sources that know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol, runtime_checkable

from vistas.border import Fault, attempt
from vistas.errors import SourceError
from vistas.gathering.gather import sources_for, take_one
from vistas.redaction import Redactor
from vistas.routine import Chosen, Look, Routine, Variable
from vistas.routine.variables import LONGEST_VALUE, references, resolved_query
from vistas.snapshot import Window
from vistas.source import Deadline, Source
from vistas.vocabulary import HasWords

MOST: Final = 2000
"""So many values are offered."""
SPAN: Final = timedelta(hours=12)
"""How far back a value must have been seen to be offered."""
_NAMES: Final = "name"


@runtime_checkable
class Remembers(Protocol):
    """A source that knows what a walk was walked with, such as a recording."""

    @property
    def chosen(self) -> Mapping[str, tuple[str, ...]]: ...


@dataclass(frozen=True, slots=True)
class Choices:
    """`note` says in a sentence why there is less to choose from than there might be."""

    values: tuple[str, ...] = ()
    note: str = ""


def matching(variable: Variable, routine: Routine, chosen: Chosen) -> str:
    """The series whose label is asked for, with what is chosen for others; empty where one of them has nothing."""
    others = [
        each.model_copy(update={"chosen": chosen.get(each.variable, each.default)})
        for each in routine.variables
        if each.variable != variable.variable
    ]
    known = [each for each in others if each.chosen or each.every is not None]
    told = resolved_query(variable.of or "", known)
    unknown = {each.variable for each in routine.variables} & references(told)
    return "" if unknown else told


def choices(
    variable: Variable,
    of: str,
    sources: Sequence[Source],
    *,
    now: datetime,
    deadline: Deadline,
    redactor: Redactor,
) -> Choices:
    """What the fixed list or the sources have; `of` is what `matching` gives. What would be masked is left out."""
    if not variable.asked:
        return Choices(variable.values)
    look = Look.model_construct(look="names", title="Names", source=variable.asked, take=variable.objects or "")
    found, notes = list[str](), list[str]()
    asked = sources_for(look, sources)
    for source in asked:
        try:
            found += _of_one(variable, of, look, source, now=now, deadline=deadline, redactor=redactor)
        except SourceError as error:
            notes.append(str(error))
    if not asked:
        notes.append(f"Nothing called {variable.asked!r}, or of that type, is connected.")
    values = sorted({value for value in found if value and len(value) <= LONGEST_VALUE}, key=_by_reading)
    kept = tuple(_unmasked(variable.variable, values, redactor))
    if len(kept) > MOST:
        notes.append(f"{len(kept):,} values: the first {MOST:,} are offered.")
    return Choices(kept[:MOST], " ".join(notes))


def _of_one(
    variable: Variable,
    of: str,
    look: Look,
    source: Source,
    *,
    now: datetime,
    deadline: Deadline,
    redactor: Redactor,
) -> Iterable[str]:
    """Raises SourceError."""
    if isinstance(source, Remembers):
        return source.chosen.get(variable.variable, ())
    window = Window.ending(now.astimezone(UTC), SPAN)
    if variable.objects:
        return _names(look, source, window, deadline, redactor)
    if not isinstance(source, HasWords):
        raise SourceError(f"{source.name} has no labels to choose from.")
    told = attempt(
        source.type, lambda: source.label_values(variable.label or "", of, window, deadline), passing=SourceError
    )
    if isinstance(told, Fault):
        raise SourceError(told.message)
    return told


def _names(look: Look, source: Source, window: Window, deadline: Deadline, redactor: Redactor) -> Iterator[str]:
    there = look.model_copy(update={"source": source.name})
    for snapshot in take_one("choosing", there, (source,), window, deadline=deadline, redactor=redactor):
        if snapshot.gap:
            raise SourceError(f"{snapshot.gap.message} {snapshot.gap.hint}".strip())
        if snapshot.frame and _NAMES in snapshot.frame.data.columns:
            yield from (str(name) for name in snapshot.frame.data[_NAMES].to_list() if name is not None)


def _unmasked(name: str, values: Iterable[str], redactor: Redactor) -> Iterator[str]:
    mask = redactor.begin().text
    return (value for value in values if mask(f"{name}={value}") == f"{name}={value}")


def _by_reading(value: str) -> tuple[str, str]:
    return value.casefold(), value
