"""What is odd about a routine that can be read: names that are no variable, variables that nothing uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vistas.routine.look import Look
from vistas.routine.model import Routine
from vistas.routine.variables import references

_WORDS = ("question", "why", "normal", "plainly")


def odd(routine: Routine) -> Iterator[str]:
    """Each oddity in a sentence. In words a `$` may stand for itself, in a query it hardly does."""
    known = {each.variable for each in routine.variables}
    used: set[str] = set()
    for each in routine.variables:
        used |= (among := references(each.of or ""))
        yield from (_unknown(f"variable {each.variable}", name) for name in sorted(among - known))
    for stop, look in routine.looks():
        used |= _all(_words(look)).union(*(references(getattr(stop, key)) for key in _WORDS))
        used |= (asked := _all((*look.asked, *look.where.values())))
        yield from (_unknown(f"{stop.stop}/{look.look}", name) for name in sorted(asked - known))
        if look.window and look.take == "instant":
            yield f"{stop.stop}/{look.look}: window changes nothing: an instant look is of one moment"
    yield from (f"variable {name}: nothing uses it" for name in sorted(known - used))


def _unknown(where: str, name: str) -> str:
    return f"{where}: ${name} is no variable of this routine, and is asked as it is"


def _words(look: Look) -> Iterable[str]:
    return (look.title, look.text or "", look.name or "", *(each.name for each in look.queries))


def _all(texts: Iterable[str]) -> set[str]:
    return set[str]().union(*map(references, texts))
