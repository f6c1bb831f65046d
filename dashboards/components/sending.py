"""What a component's outbox sends, taken in once: it sends again until it is answered, and is answered by item."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

import streamlit as st
from pydantic import TypeAdapter, ValidationError

from dashboards.state import session
from vistas.errors import VistasError

_REMEMBERED: Final = 200
NOT_UNDERSTOOD: Final = "That could not be understood. Copy your words, reload the page and try again."

E = TypeVar("E")


def answers(key: str) -> dict[str, str | None]:
    """What became of what this browser sent, by item; None where it was kept."""
    return session().answered.setdefault(key, {})


def taking(key: str, entries: TypeAdapter[E], on_write: Callable[[E], None] | None) -> Callable[[], None]:
    """What to call when the component of this key has sent something; without `on_write` it is to read only."""

    def take() -> None:
        sent = st.session_state[key].get("wrote")
        if on_write is None or not isinstance(sent, dict) or not isinstance(sent.get("items"), list):
            return
        told = answers(key)
        for item in sent["items"]:
            identity = str(item.get("id")) if isinstance(item, dict) else ""
            if identity and told.get(identity, "not yet") is not None:
                told[identity] = keep(item.get("entries"), entries, on_write)
        for old in list(told)[:-_REMEMBERED]:
            del told[old]

    return take


def keep(sent: object, entries: TypeAdapter[E], on_write: Callable[[E], None]) -> str | None:
    """Hand what was sent to `on_write`; what went wrong in plain words, or None when it was kept."""
    try:
        understood = entries.validate_python(sent)
    except ValidationError:
        return NOT_UNDERSTOOD
    try:
        on_write(understood)
    except VistasError as problem:
        return str(problem)
    return None
