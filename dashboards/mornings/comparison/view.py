"""Two vistas as one page: what is different, stop by stop, the most different first."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from html import escape
from typing import Final

import streamlit as st

from dashboards.components import picture_html
from dashboards.mornings.comparison.both import link_to_both
from dashboards.mornings.comparison.comparing import Comparison, comparisons
from dashboards.mornings.comparison.rows import LEGEND_HTML, sentences_html, stops_html
from dashboards.state import NOW, STOP, THEN, VISTA, place, zone
from dashboards.ui import links, words
from dashboards.ui.places import Place
from dashboards.ui.plain import plain
from vistas.mornings.comparison import StopDifference, VistaDifference, outline
from vistas.mornings.comparison.export import write_markdown, write_page
from vistas.vista import Vista

SOON: Final = 0.15
EVERY: Final = 0.4
"""Seconds until what was found so far is drawn, and between two drawings of it."""
HEAD_HTML: Final = f'<div class="mv-lookhead"><h2>What is different</h2>{LEGEND_HTML}</div>'
A_WEEK: Final = timedelta(days=7)


def draw(then: Vista, after: Vista, choose: Callable[[], None]) -> None:
    """`choose` draws what chooses two others."""
    comparison = comparisons().of(then, after)
    st.title(title(then, after), anchor=False)
    arrow = '<span class="mv-arrow" aria-hidden="true">→</span>'
    st.html(f'<div class="mv-two">{_side(then, "Then")}{arrow}{_side(after, "Now")}</div>')
    _what_can_be_done(comparison, choose)
    if then.id == after.id:
        st.markdown("**This is one morning twice.** Choose another one to compare it with.")
        return
    _differences(comparison)


def title(then: Vista, after: Vista) -> str:
    """`Thursday and Friday, side by side.`"""
    days = [each.window.end.astimezone(zone()).date() for each in (then, after)]
    if days[0] == days[1]:
        return "Two mornings, side by side."
    near = abs(days[1] - days[0]) < A_WEEK
    first, last = (f"{day:%A}" if near else f"{day.day} {day:%B}" for day in days)
    return f"{first} and {last}, side by side."


def _side(vista: Vista, when: str) -> str:
    address = escape(links.near(Place.REPLAY if vista.saved_at else Place.WALK, {VISTA: vista.id}))
    end = vista.window.end.astimezone(zone())
    said = f"{end:%A}, {end.day} {end:%B %Y}, {end:%H:%M}"
    return (
        f'<div class="mv-side"><span class="mv-hill">{picture_html(vista.ridges, height=52)}</span><div>'
        f'<span class="mv-aloud">{when}: </span><a href="{address}" target="_self">{escape(vista.name)}</a>'
        f"<p>{escape(vista.author)}, {escape(said)}</p></div></div>"
    )


def _what_can_be_done(comparison: Comparison, choose: Callable[[], None]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="compare-bar"):
        st.markdown(f":small[:gray[{_routines(comparison)}]]", width="stretch")
        st.button(
            "Swap", icon=":material/swap_horiz:", type="tertiary", key="swap", on_click=_swap, args=(comparison,)
        )
        with st.popover("Choose others", icon=":material/compare_arrows:", type="tertiary", key="others-door"):
            choose()
        with st.popover("Share", icon=":material/ios_share:", type="tertiary", key="share-comparison-door"):
            _share(comparison)


def _routines(comparison: Comparison) -> str:
    one, other = comparison.then.routine, comparison.now.routine
    if one.routine != other.routine:
        return f"{plain(one.title)} then, {plain(other.title)} now: looks that ask the same are compared."
    versions = (
        f"version {one.version}" if one.version == other.version else f"versions {one.version} and {other.version}"
    )
    return f"The same routine, {plain(other.title)}, {versions}. Times in sentences are in UTC."


def _swap(comparison: Comparison) -> None:
    place(**{THEN: str(comparison.now.id), NOW: str(comparison.then.id)})


def _share(comparison: Comparison) -> None:
    """Downloads are made when they are asked for, not before."""
    with st.container(gap="xsmall", key="share-comparison"):
        st.markdown(":gray[Anyone who can open this app can open this comparison at its address:]")
        address = links.to(Place.COMPARE, {THEN: comparison.then.id, NOW: comparison.now.id})
        st.code(address, language=None, wrap_lines=True)
        name = f"{words.file_name(comparison.then.name, 'then')}-and-{words.file_name(comparison.now.name, 'now')}"
        for label, ending, mime, icon, write in (
            ("A web page that opens anywhere", "html", "text/html", "web", write_page),
            ("Notes", "md", "text/markdown", "notes", write_markdown),
        ):
            st.download_button(
                f"{label} (.{ending})",
                partial(_written, comparison, write),
                f"{name}.{ending}",
                mime,
                icon=f":material/{icon}:",
                type="tertiary",
                key=f"share-comparison-{ending}",
                on_click="ignore",
            )


def _written(comparison: Comparison, write: Callable[[VistaDifference], str]) -> str:
    while comparison.go_on():
        pass
    return write(comparison.so_far())


def _differences(comparison: Comparison) -> None:
    """Stop by stop as they are compared, in walking order; once all are, the most different first."""
    st.html(HEAD_HTML)
    progress, shown = st.empty(), st.empty()
    due, stops = time.monotonic() + SOON, 0
    while comparison.go_on():
        done = comparison.stops_done()
        if done > stops and time.monotonic() >= due and comparison.done < comparison.total:
            looks = f"{comparison.done} of {words.count(comparison.total, 'look')}"
            progress.progress(comparison.done / comparison.total, f"Comparing: {looks}. In walking order so far.")
            found = [stop for stop in comparison.so_far().stops[:done] if stop.is_different]
            shown.html(_stops(comparison, found))
            due, stops = time.monotonic() + EVERY, done
    progress.empty()
    difference = comparison.so_far()
    shown.html(_stops(comparison, list(difference.by_difference())) + _rest(difference))


def _stops(comparison: Comparison, stops: list[StopDifference]) -> str:
    def address(stop: str) -> str:
        here = Place.REPLAY if comparison.now.saved_at else Place.WALK
        return links.near(here, {VISTA: comparison.now.id, STOP: stop})

    return stops_html(stops, comparison.curves, address, partial(link_to_both, comparison.then, comparison.now))


def _rest(difference: VistaDifference) -> str:
    """What is as it was, counted; what could not be compared; what only one looked at."""
    shown = outline(difference, 1)
    said = [f'<p class="mv-same">{escape(shown.summary)}</p>'] if not difference.is_different else []
    alike = [
        look.now.title
        for look in difference.looks
        if not (look.difference.is_different or look.difference.incomparable)
    ]
    if alike:
        are = "is as it was" if len(alike) == 1 else "are as they were"
        names = "".join(f"<li>{escape(each)}</li>" for each in alike)
        counted = "".join(f'<p class="mv-note">{escape(each)}</p>' for each in shown.counted)
        told = f"{words.count(len(alike), 'look')} {are}"
        said.append(f"<details><summary>{told}</summary><ul>{names}</ul>{counted}</details>")
    said += [f'<p class="mv-note">{escape(each)}</p>' for each in shown.notes]
    said.append(sentences_html("What cannot be compared", shown.incomparable))
    only = sentences_html("Looked at then only", shown.only_then) + sentences_html(
        "Looked at now only", shown.only_now
    )
    return f'<div class="mv-rest">{"".join(said)}<div class="mv-only">{only}</div></div>'
