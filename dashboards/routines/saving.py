"""Saving, with what kept it from being saved: told where it was asked for, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboards.state import session
from dashboards.ui.plain import error_text, plain
from vistas.errors import RoutineDoubtful, RoutineError
from vistas.routine import Routine


def saving(act: Callable[[], Routine]) -> Routine | None:
    """What was saved; None where it was not, and why is told when the page is drawn next."""
    me = session()
    me.routine_refused = me.routine_doubtful = ""
    try:
        return act()
    except RoutineDoubtful as doubt:
        me.routine_doubtful = error_text(doubt)
    except RoutineError as problem:
        me.routine_refused = error_text(problem)
    return None


def may_be_secret() -> bool:
    """Asks, once something looked like a secret, whether it is none."""
    doubt = session().routine_doubtful
    if not doubt:
        return False
    st.warning(plain(f"{doubt[0].upper()}{doubt[1:]}."))
    return st.checkbox("It is no secret: keep it as it is written", key="no-secret")
