"""Others' changes, within two seconds: a page asks a few change counters each second, and is redrawn on a change.

What one is typing stays, since the widgets and components it is typed into keep their keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

import streamlit as st

from dashboards import process
from dashboards.state import session
from vistas.errors import VistaNotFound

EVERY = 1.0


def watch(name: str, ids: Iterable[UUID], *, each_time: Callable[[], None] | None = None) -> None:
    """Draw the page again when one of these journals or vistas has changed since it was last asked for.

    Called once a page, at its top level. `each_time` is called on every tick.
    """
    asked = tuple(ids)

    @st.fragment(run_every=EVERY)
    def tick() -> None:
        if each_time:
            each_time()
        found = counters(asked)
        before = session().seen.get(name)
        session().seen[name] = found
        if before is not None and before.keys() == found.keys() and before != found:
            st.rerun()

    tick()


def counters(ids: Iterable[UUID]) -> Mapping[UUID, int]:
    """The change counters of journals and vistas alike; what is not there has none."""
    asked = tuple(ids)
    found = dict(process.workspace().store.journals.revisions(asked))
    for each in asked:
        if each not in found:
            try:
                found[each] = process.workspace().store.revision(each)
            except VistaNotFound:
                continue
    return found
