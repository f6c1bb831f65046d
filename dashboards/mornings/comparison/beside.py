"""A stop beside what it showed earlier: the choice of what to lay beside it, and below each look what changed."""

from __future__ import annotations

from html import escape
from typing import Final

import streamlit as st

from dashboards import elsewhere
from dashboards.components import marking_chart
from dashboards.figures import describe, then_and_now_figure
from dashboards.mornings.comparison import choosing, earlier
from dashboards.mornings.comparison.both import link_to_both
from dashboards.mornings.comparison.comparing import Compared, comparisons
from dashboards.mornings.comparison.earlier import DAYS, Beside, Earlier
from dashboards.mornings.comparison.rows import LEGEND_HTML, look_html
from dashboards.state import BESIDE, BESIDE_CHOICE, BESIDE_VISTA, id_in_url, parameter, place, widget, zone
from dashboards.ui.plain import plain
from vistas.mornings.comparison import Difference, LookAt
from vistas.routine import Look
from vistas.snapshot import Snapshot
from vistas.vista import Vista

SHOWN: Final = 3
"""Changes of a look that are told at once, and panels that are drawn."""


def choose(vista: Vista, stop: str) -> Earlier | None:
    """What the stop is looked at beside, as the address says; None where that is nothing."""
    chosen = _chosen(vista)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="beside-says"):
        label = f"Beside: {_named(chosen, vista)}"
        with st.popover(label, icon=":material/compare:", type="tertiary", key="beside-door"):
            _choices(chosen, vista)
        found = _found(chosen, vista, stop)
        if found:
            st.text(found.says)
    return found


def _chosen(vista: Vista) -> Beside:
    """Their morning, where it is seen through somebody's eyes and nothing else was chosen."""
    if id_in_url(BESIDE):
        return Beside.ANOTHER
    said = parameter(BESIDE)
    known = [each for each in Beside if each is not Beside.THEIRS or vista.eyes]
    default = Beside.THEIRS if vista.eyes else Beside.NOTHING
    return next((each for each in known if each.value == said), default)


def _named(choice: Beside, vista: Vista) -> str:
    match choice:
        case Beside.THEIRS:
            return f"{plain(vista.eyes.walker)}'s morning" if vista.eyes else ""
        case Beside.LAST_WEEK:
            return "last week"
        case Beside.ANOTHER:
            return "another vista"
        case _:
            return choice.value


def _choices(chosen: Beside, vista: Vista) -> None:
    offered = [each for each in Beside if each is not Beside.THEIRS or vista.eyes]
    key = f"{BESIDE_CHOICE}-{chosen}"
    st.radio(
        "What lies beside each look",
        offered,
        index=offered.index(chosen),
        format_func=lambda each: _named(each, vista),
        key=key,
        on_change=_choose,
        args=(key,),
    )
    if chosen is Beside.ANOTHER:
        _which(vista)


def _which(vista: Vista) -> None:
    told = choosing.mornings(but=vista.id)
    ids, here = list(told), parameter(BESIDE)
    key = f"{BESIDE_VISTA}-{here}"
    st.selectbox(
        "Which one",
        ids,
        index=ids.index(here) if here in told else None,
        format_func=told.__getitem__,
        placeholder="choose a morning",
        key=key,
        on_change=_choose,
        args=(key,),
    )


def _choose(key: str) -> None:
    place(**{BESIDE: str(widget(key) or Beside.NOTHING)})


def _found(chosen: Beside, vista: Vista, stop: str) -> Earlier | None:
    match chosen:
        case Beside.NOTHING:
            return None
        case Beside.THEIRS:
            return earlier.theirs(vista)
        case Beside.ANOTHER:
            named = id_in_url(BESIDE)
            return earlier.another(named) if named else Earlier("Choose the vista that is to lie beside it.")
        case _:
            return earlier.days_before(vista, stop, DAYS[chosen])


def look(beside: Earlier | None, vista: Vista, at: Look, snapshot: Snapshot) -> None:
    """What is different in one look, the most different first; charts then and now of what moved."""
    if beside is None or beside.vista is None or snapshot.gap:
        return
    found = comparisons().of(beside.vista, vista).at(LookAt(snapshot.stop, at.look, at.title, snapshot.source))
    if found is None:
        if not beside.asked:
            _say("Nothing that asks the same was looked at then.")
        return
    key = f"beside-{vista.id}/{snapshot.stop}/{snapshot.look}/{snapshot.source}"
    with st.container(key=key, gap="xsmall"):
        _differences(found.difference.difference)
        _chart(found, snapshot, key)
        if link := link_to_both(beside.vista, vista, found.difference):
            elsewhere.draw_link(link, f"open-both-{key}")


def _say(text: str) -> None:
    st.html(f'<p class="mv-note">{escape(text)}</p>')


def _differences(difference: Difference) -> None:
    if difference.incomparable:
        _say(f"Cannot be compared. {difference.incomparable}")
    elif difference.is_different:
        st.html(f'<div class="mv-beside">{look_html(difference, {}, SHOWN)}</div>')
    else:
        _say(
            f"As then: {difference.unchanged:,} {difference.noun} compared."
            if difference.unchanged
            else "As then."
        )


def _chart(found: Compared, snapshot: Snapshot, key: str) -> None:
    if found.drawn is None:
        return
    drawn = found.drawn
    figure = then_and_now_figure(found.look, drawn.series[:SHOWN], drawn.window, drawn.step)
    st.html(LEGEND_HTML)
    marking_chart(
        figure,
        key=f"chart-{key}",
        look=snapshot.look,
        source=snapshot.source,
        zone=zone(),
        alt=describe(f"{found.look.title}, then and now", figure, drawn.window, zone()),
    )
