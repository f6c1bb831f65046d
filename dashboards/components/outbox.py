"""Handles entries sent by a component's outbox: each is stored once, however often it is sent, and answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, Protocol, TypeVar

from pydantic import ValidationError

from dashboards import state
from dashboards.state import session
from dashboards.ui.doubts import DoubtQuestion, doubt
from dashboards.ui.plain import error_text
from vistas.errors import VistasError

_REMEMBERED: Final = 200
NOT_UNDERSTOOD: Final = "That could not be understood. Copy your words, reload the page and try again."

E = TypeVar("E")
E_co = TypeVar("E_co", covariant=True)


class Entries(Protocol[E_co]):
    """What makes entries of what a browser sent: a `TypeAdapter`, or what is like one."""

    def validate_python(self, sent: object, /) -> E_co:
        """ValidationError where it is none."""
        ...


def answers(key: str) -> dict[str, Any]:
    """What became of what this browser sent, by item, as assets/outbox.js reads it.

    None where it was kept, `{"asks": …}` where it shall be asked about before, else what went wrong.
    """
    return {item: {"asks": says} if isinstance(says, DoubtQuestion) else says for item, says in _said(key).items()}


def _said(key: str) -> dict[str, str | None]:
    return session().answered.setdefault(key, {})


def taking(
    key: str,
    entries: Entries[E],
    on_write: Callable[[E], None] | None,
    *,
    words: Callable[[object], object] = lambda sent: sent,
) -> Callable[[], None]:
    """What to call when the component of this key has sent something; without `on_write` it is to read only.

    `words` gives the part of what was sent that somebody typed: only that is asked about.
    """

    def take() -> None:
        sent = state.sent(key, "wrote")
        if on_write is not None and isinstance(sent, dict) and isinstance(sent.get("items"), list):
            take_in(sent["items"], _said(key), entries, on_write, words=words)

    return take


def take_in(
    items: Sequence[object],
    said: dict[str, str | None],
    entries: Entries[E],
    on_write: Callable[[E], None],
    *,
    words: Callable[[object], object] = lambda sent: sent,
) -> None:
    """Keep each item once, and note in `said` what became of it; a `DoubtQuestion` is for them to answer."""
    for item in items:
        identity = str(item.get("id")) if isinstance(item, dict) else ""
        if isinstance(item, dict) and identity and said.get(identity, "not yet") is not None:
            asked = None if item.get("sure") is True else _doubt_in(words(item.get("entries")))
            said[identity] = asked or keep(item.get("entries"), entries, on_write)
    for old in list(said)[:-_REMEMBERED]:
        del said[old]


def _doubt_in(sent: object) -> DoubtQuestion | None:
    """What to ask about any of the texts in it."""
    inside = [sent]
    while inside:
        each = inside.pop()
        if isinstance(each, str) and (asked := doubt(each)):
            return asked
        inside += each.values() if isinstance(each, dict) else each if isinstance(each, list) else ()
    return None


def keep(sent: object, entries: Entries[E], on_write: Callable[[E], None]) -> str | None:
    """Hand what was sent to `on_write`; what went wrong in plain words, or None when it was kept."""
    try:
        understood = entries.validate_python(sent)
    except ValidationError:
        return NOT_UNDERSTOOD
    try:
        on_write(understood)
    except VistasError as problem:
        return error_text(problem)
    return None
