"""What was carried of a dashboard and what was not, folded by reason."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboards.ui import words
from dashboards.ui.plain import plain
from vistas.practice.imports import Tally, Telling, Told

_PLURALS = {"query": "queries"}
SHOWN = 30


def draw(telling: Telling) -> None:
    st.header("What was carried", anchor=False)
    st.markdown(_sums(telling.tallies))
    _list("Not carried", telling.left)
    _list("Carried differently", telling.changed)
    _list("Kept as it is, cannot be checked here", telling.unchecked)


def _sums(tallies: Sequence[Tally]) -> str:
    told = [
        f"{tally.carried} of {words.count(tally.came_in, tally.thing, _PLURALS.get(tally.thing, ''))}"
        for tally in tallies
    ]
    return f"{', '.join(told)}." if told else "There was nothing in it."


def _list(title: str, told: Sequence[Told]) -> None:
    if not told:
        return
    with st.expander(f"{title}: {_counted(told)}", type="compact", key=f"import-told-{title}"):
        st.markdown("\n".join(f"- {_line(each)}" for each in told[:SHOWN]))
        if len(told) > SHOWN:
            st.markdown(f":gray[And {len(told) - SHOWN} more reasons.]")


def _counted(told: Sequence[Told]) -> str:
    """So many things, for so many reasons."""
    things, reasons = words.count(sum(each.times for each in told), "thing"), words.count(len(told), "reason")
    return things if len(told) == 1 else f"{things}, for {reasons}"


def _line(told: Told) -> str:
    more = f" and {told.times - 3} more" if told.times > 3 else ""  # noqa: PLR2004 - places that are named
    return f"{plain(told.reason)} :gray[· {plain('; '.join(told.places[:3]))}{more}]"
