"""The rail: the stops of a routine, where one is, which have been seen, and what an earlier walk noticed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType

import streamlit as st

from dashboards.mornings.eyes import StopThen
from dashboards.ui import words
from dashboards.ui.plain import plain
from vistas.routine import Routine

_LEGEND = '<span><i></i>noticed then</span><span><i class="mv-answered"></i>answered</span>'


def draw(
    routine: Routine,
    here: str,
    seen: Collection[str],
    to: Callable[[str], None],
    then: Mapping[str, StopThen] = MappingProxyType({}),
    aside: Collection[str] = (),
) -> None:
    """One button a stop. `to` is called with the stop's slug before the page is drawn again.

    `then` is how the stops were on the walk that this one follows; those `aside` have nothing to show.
    """
    with st.container(horizontal=True, key="rail", gap="xsmall", wrap=False):
        for place, stop in enumerate(routine.stops, start=1):
            state = "here" if stop.stop == here else "done" if stop.stop in seen else "next"
            title = plain(stop.title)
            label = f"{place} {title}" if state == "here" else title
            left = stop.stop in then and not then[stop.stop].visited
            is_aside = stop.stop in aside and state != "here"
            way = "aside" if is_aside else "left" if left else "stop"
            with st.container(key=f"rail-{way}-{place}", gap=None):
                st.button(
                    label,
                    key=f"rail-{state}-{place}",
                    type="tertiary",
                    width="stretch",
                    on_click=to,
                    args=(stop.stop,),
                    wrap=False,
                    help=f"{title}: nothing to show here" if is_aside else None,
                )
                if stop.stop in then:
                    _noticed(then[stop.stop])
    if any(each.unanswered or each.answered for each in then.values()):
        st.html(f'<span class="mv-rail-then mv-rail-legend">{_LEGEND}</span>')


def _noticed(then: StopThen) -> None:
    """A dot for each notice, open until it is answered; and whether the stop was left out."""
    noticed = then.unanswered + then.answered
    dots = "<i></i>" * then.unanswered + '<i class="mv-answered"></i>' * then.answered
    left_out = "" if then.visited else "not visited"
    if not noticed and not left_out:
        return
    counted = f"{words.count(noticed, 'earlier notice')}, {then.answered} answered" if noticed else ""
    told = "; ".join(each for each in (counted, left_out) if each)
    st.html(
        f'<span class="mv-rail-then" role="img" aria-label="{told}" title="{told}">{dots}<b>{left_out}</b></span>'
    )


def steps(routine: Routine, here: str, aside: Collection[str] = ()) -> tuple[str | None, str | None]:
    """The stops before and after `here` that are not `aside`; None at either end."""
    slugs = [stop.stop for stop in routine.stops]
    place = slugs.index(here)
    before, after = ([slug for slug in part if slug not in aside] for part in (slugs[:place], slugs[place + 1 :]))
    return (before[-1] if before else None, after[0] if after else None)
