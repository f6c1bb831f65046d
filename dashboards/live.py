"""Others' changes, within two seconds: a page asks a few change counters each second, and is redrawn on a change.

What one is typing stays, since the widgets and components it is typed into keep their keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

import streamlit as st

from dashboards import process
from dashboards.state import session

EVERY = 1.0


def watch(
    name: str,
    ids: Iterable[UUID],
    *,
    drawn: Mapping[UUID, int] | None = None,
    outdated: Callable[[], bool] = lambda: False,
) -> None:
    """Draw the page again when one of these journals or vistas changes, or `outdated` says so.

    Called at the page's top level, once a name, before what is watched is read: what changes later is news.
    `drawn` are the revisions of what was read before. `outdated` is called on every tick, and is cheap.
    """
    asked = tuple(ids)
    counters = process.counters()
    session().seen[name] = {**counters.fresh(asked), **(drawn or {})}
    drawing = True

    @st.fragment(run_every=EVERY)
    def tick() -> None:
        if drawing:
            return  # Where many write, a page that began anew at every change would never be finished.
        before = session().seen[name]
        changed = any(revision > before.get(each, -1) for each, revision in counters.lately(asked).items())
        if outdated() or changed:
            st.rerun()

    tick()
    drawing = False
