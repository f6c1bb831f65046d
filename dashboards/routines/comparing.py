"""What changed between two versions, in words; and what can be done about it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from html import escape

import streamlit as st

from dashboards import viewer
from dashboards.routines import as_dashboard
from dashboards.routines.changes import changes_html, stops_html
from dashboards.routines.compared import Choice
from dashboards.routines.telling import day_in_sentence, signed
from dashboards.shared import process
from dashboards.state import NOW, THEN, forget_widget, place, session, widget
from dashboards.ui import words
from dashboards.ui.plain import error_text
from dashboards.writing import signed as by_whom
from vistas.errors import RoutineError
from vistas.practice.routines import Branch, Version
from vistas.redaction import doors
from vistas.routine import Routine
from vistas.routine.difference import difference
from vistas.routine.file import write_routine

_THEN, _NOW = "choose-then", "choose-now"


def draw(branch: Branch, known: Mapping[str, Choice], then: Choice, after: Choice) -> None:
    with st.container(key="what-changed", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.header("What changed", anchor=False, width="content")
            if len(known) > 1:
                _choose(known, then, after)
            with st.container(
                horizontal=True, horizontal_alignment="right", gap="small", width="content", key="version-acts"
            ):
                _acts(branch, then, after)
        _undo()
        if then.key == after.key:
            _first(known, after)
            return
        _reasons(branch, then, after)
        changes = difference(then.routine, after.routine)
        if changes:
            st.html(changes_html(changes, after.routine))
        else:
            st.markdown(":gray[Both look at the same.]")


def _choose(known: Mapping[str, Choice], then: Choice, after: Choice) -> None:
    names = words.distinguished((key, each.name) for key, each in known.items())
    for label, key, parameter, choice in (("Then", _THEN, THEN, then), ("Now", _NOW, NOW, after)):
        forget_widget(key)
        if key == _NOW:
            st.markdown(":gray[→]", width="content")
        st.selectbox(
            label,
            list(names),
            index=list(names).index(choice.key),
            format_func=names.__getitem__,
            label_visibility="collapsed",
            key=key,
            width=140,
            on_change=partial(_chosen, key, parameter, (then.key, after.key)),
        )


def _chosen(key: str, parameter: str, shown: tuple[str, str]) -> None:
    """Both go into the address, so that what is seen can be sent."""
    place(**{THEN: shown[0], NOW: shown[1], parameter: str(widget(key))})


def _first(known: Mapping[str, Choice], after: Choice) -> None:
    """There is nothing to compare with."""
    if len(known) == 1:
        said = (
            "This is its only version, so nothing has changed yet. Change it when a morning shows you something "
            "better to look at: what it was is kept."
        )
    else:
        said = f"{after.name.capitalize()} is compared with itself. Choose another one."
    st.markdown(f":gray[{said}]")
    st.html(stops_html(after.routine))


def _reasons(branch: Branch, then: Choice, after: Choice) -> None:
    """What the authors of all versions said that lie between the two."""
    if after.version is None:
        return
    first = then.version.number if then.version else 0
    between = [each for each in branch.versions if first < each.number <= after.version.number and each.because]
    if between:
        st.html(f'<div class="mv-reasons">{"".join(map(_reason, between))}</div>')


def _reason(version: Version) -> str:
    return f"<p>{escape(signed(version))}: <q>{escape(version.because)}</q></p>"


def _acts(branch: Branch, then: Choice, after: Choice) -> None:
    earlier = after.version if after.version and after.version is not branch.newest else then.version
    if earlier and earlier is not branch.newest:
        number = earlier.number
        st.button(
            f"Go back to version {number}",
            type="tertiary",
            icon=":material/undo:",
            key="go-back",
            on_click=lambda: viewer.signing(partial(go_back, branch.slug, number)),
        )
    st.download_button(
        "As YAML",
        partial(_as_yaml, after.routine),
        f"{after.routine.routine}.yaml",
        "application/yaml",
        type="tertiary",
        icon=":material/download:",
        key="as-yaml",
        help=f"{after.name.capitalize()}, as a routine file",
        on_click="ignore",
    )
    as_dashboard.draw(after.routine, after.name)


def _as_yaml(routine: Routine) -> str:
    return write_routine(routine.masked(doors.masked))


def go_back(slug: str, number: int) -> None:
    """As a new version, which can be gone back from as well."""
    me = session()
    try:
        saved = process.routines().go_back(slug, number, **by_whom())
    except RoutineError as problem:
        me.routine_refused = error_text(problem)
        return
    me.routine_refused, me.routine_saved = "", (slug, saved.version)
    place(**{THEN: "", NOW: ""})


def _undo() -> None:
    """Of what one saved just now: the way back is a new version, too."""
    me = session()
    if me.routine_saved is None:
        return
    slug, number = me.routine_saved
    newest = process.routines().versions(slug)[-1]
    if newest.number != number or number == 1:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="routine-saved"):
        when = f", {day_in_sentence(newest.at)}" if newest.at else ""
        st.markdown(f":green[:material/check:] Saved as version {number}{when}.", width="content")
        st.button(
            "Undo",
            type="tertiary",
            icon=":material/undo:",
            key="undo-save",
            help=f"Version {number + 1} will be as version {number - 1} was",
            on_click=lambda: viewer.signing(partial(go_back, slug, number - 1)),
        )
