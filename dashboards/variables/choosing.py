"""A widget a variable: a list with what there is, into which one can type what it lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import streamlit as st

from dashboards.shared import process
from dashboards.state import begin_widget, session, widget
from dashboards.ui.plain import plain
from dashboards.variables.in_address import chosen_in_address
from vistas.choices import Choices, matching
from vistas.routine import Chosen, Routine, Variable

GRACE = 0.3
"""Seconds that a page waits for what there is to choose from, before it is drawn without."""
PATIENT = 1.0
"""The same where it cannot be drawn again by itself."""
POLL = 0.8
WIDTH = 260
_ALL = ""
"""Stands for every value in a list of which one can be chosen."""


def draw(routine: Routine, *, key: str, begin: Chosen | None = None, alone: bool = True) -> Chosen:
    """The variables of a routine, and what is chosen for them now; nothing where it has none.

    `begin` is what is chosen at first, else what the address says, else the defaults. `alone` is False within a
    part that is drawn by itself already.
    """
    if not routine.variables:
        return {}
    first = begin if begin is not None else chosen_in_address(routine)
    for each in routine.variables:
        begin_widget(_key(key, each), _first(each, first.get(each.variable, _default(each))))
    if alone:
        _by_itself(routine, key)
    else:
        _row(routine, key, PATIENT)
    return _chosen(routine, key)


def is_ready(routine: Routine, chosen: Chosen, *, key: str, scope: Literal["app", "fragment"] = "app") -> bool:
    """Whether a walk can begin with that; if not, what was drawn under this key says from now on what lacks.

    `scope` is what is drawn again to say it.
    """
    lacks = bool(_lacking(routine, chosen))
    if lacks and key not in session().lacking:
        session().lacking.add(key)
        st.rerun(scope=scope)
    return not lacks


def _lacking(routine: Routine, chosen: Chosen) -> list[str]:
    return [each.name for each in routine.variables if not _has_value(each, chosen)]


def _has_value(variable: Variable, chosen: Chosen) -> bool:
    return (
        bool(chosen.get(variable.variable, _default(variable)))
        or variable.every is not None
        or variable.is_resolved
    )


def _default(variable: Variable) -> tuple[str, ...]:
    return variable.default or (variable.values[:1] if variable.every is None else ())


def _by_itself(routine: Routine, key: str) -> None:
    """Drawn again until every tool has answered; the page with it, but never in the page's own run."""
    waiting = not _are_there(_offered(routine, key, GRACE))
    with_page = True

    @st.fragment(run_every=POLL if waiting else None)
    def row() -> None:
        _row(routine, key, 0.0)
        if waiting and not with_page and _are_there(_offered(routine, key, 0.0)):
            st.rerun()

    row()
    with_page = False


def _offered(routine: Routine, key: str, within: float) -> Mapping[str, Choices | None]:
    chosen, offers = _chosen(routine, key), process.offers()
    return {
        each.variable: offers.of(each, matching(each, routine, chosen), within=within)
        for each in routine.variables
    }


def _are_there(offered: Mapping[str, Choices | None]) -> bool:
    return all(each is not None for each in offered.values())


def _row(routine: Routine, key: str, within: float) -> None:
    offered = _offered(routine, key, within)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key=f"variables-{key}"):
        for each in routine.variables:
            _one(each, offered[each.variable] or Choices(), key)
    asked = sorted({each.asked for each in routine.variables if offered[each.variable] is None})
    if asked:
        st.markdown(f":small[:material/hourglass_top: :gray[Asking {' and '.join(map(plain, asked))} …]]")
    if key in session().lacking and (lacking := _lacking(routine, _chosen(routine, key))):
        st.markdown(f":material/tune: :orange[Choose {' and '.join(map(plain, lacking))} first.]")
    for note in dict.fromkeys(found.note for found in offered.values() if found and found.note):
        st.markdown(f":small[:material/info: :gray[{plain(note)} You can type a value.]]")


def _one(variable: Variable, found: Choices, key: str) -> None:
    label, named = plain(variable.name), _key(key, variable)
    own = not variable.values
    if not (variable.several or variable.asked or variable.values):
        st.text_input(label, key=named, width=WIDTH, max_chars=200, placeholder=_placeholder(variable))
    elif variable.several:
        st.multiselect(
            label,
            _options(variable, found, widget(named) or ()),
            key=named,
            width=WIDTH,
            accept_new_options=own,
            placeholder=_placeholder(variable),
        )
    else:
        st.selectbox(
            label,
            _options(variable, found, (widget(named),)),
            index=None,
            key=named,
            width=WIDTH,
            format_func=_named,
            accept_new_options=own,
            placeholder=_placeholder(variable),
        )


def _named(value: str) -> str:
    return value if value != _ALL else "all"


def _placeholder(variable: Variable) -> str:
    return "all" if variable.every is not None else "choose, or type" if not variable.values else "choose"


def _options(variable: Variable, found: Choices, current: Sequence[str | None]) -> list[str]:
    """What is there, and what is chosen or the default, whether it is there or not."""
    every = (_ALL,) if variable.every is not None and not variable.several else ()
    given = (*every, *found.values, *variable.default, *(each for each in current if each is not None))
    return list(dict.fromkeys(given))


def _first(variable: Variable, values: tuple[str, ...]) -> object:
    if variable.several:
        return list(values)
    if values:
        return values[0]
    if not (variable.asked or variable.values):
        return ""
    return _ALL if variable.every is not None else None


def _chosen(routine: Routine, key: str) -> Chosen:
    """As the widgets have it; a variable for which nothing is chosen, and not all are meant, is left out."""
    told = {each.variable: _told(widget(_key(key, each))) for each in routine.variables}
    variables = {each.variable: each for each in routine.variables}
    return {name: values for name, values in told.items() if values or variables[name].every is not None}


def _told(value: object) -> tuple[str, ...]:
    given = value if isinstance(value, (list, tuple)) else [value]
    return tuple(dict.fromkeys(text for each in given if each is not None and (text := str(each).strip())))


def _key(key: str, variable: Variable) -> str:
    return f"choose-{key}-{variable.variable}"
