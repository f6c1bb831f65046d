"""The rail: the stops of a routine, where one is, which have been seen."""

from __future__ import annotations

from collections.abc import Callable, Collection

import streamlit as st

from dashboards.plain import plain
from vistas.routine import Routine


def draw(routine: Routine, here: str, seen: Collection[str], to: Callable[[str], None]) -> None:
    """One button a stop. `to` is called with the stop's slug before the page is drawn again."""
    with st.container(horizontal=True, key="rail", gap="xsmall", wrap=False):
        for place, stop in enumerate(routine.stops, start=1):
            state = "here" if stop.stop == here else "done" if stop.stop in seen else "next"
            title = plain(stop.title)
            st.button(
                f"{place} {title}" if state == "here" else title,
                key=f"rail-{state}-{place}",
                type="tertiary",
                width="stretch",
                on_click=to,
                args=(stop.stop,),
                wrap=False,
                help=None,
            )


def steps(routine: Routine, here: str) -> tuple[str | None, str | None]:
    """The stops before and after `here`; None at either end."""
    slugs = [stop.stop for stop in routine.stops]
    place = slugs.index(here)
    return (
        slugs[place - 1] if place > 0 else None,
        slugs[place + 1] if place + 1 < len(slugs) else None,
    )
