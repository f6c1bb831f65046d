"""The form for adding an activity that nobody planned."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboards.room.kinds import KINDS
from dashboards.shared import process
from dashboards.ui import words
from vistas.practice.session import Activity, ActivityKind
from vistas.vista import new_id


@st.cache_data(ttl=60, show_spinner=False)
def _routines() -> dict[str, str]:
    """Titles by name; their files are read once a minute, not each time that somebody writes."""
    return dict(words.distinguished((each.routine, each.title) for each in process.workspace().routines()))


def activity_form(key: str, label: str, kinds: Sequence[ActivityKind] = tuple(ActivityKind)) -> Activity | None:
    """Fields for an activity of any kind; it is given once the button is pressed."""
    kind = st.pills(
        "What",
        kinds,
        default=kinds[0],
        required=True,
        format_func=lambda each: KINDS[each].name,
        label_visibility="collapsed",
        key=f"{key}-kind",
    )
    kind = kind or kinds[0]
    st.markdown(f":small[:gray[{KINDS[kind].about}]]")
    title = st.text_input(
        KINDS[kind].title_prompt, placeholder=KINDS[kind].name, max_chars=200, key=f"{key}-title"
    )
    routine = ""
    if kind is ActivityKind.WALK:
        routines = _routines()
        routine = st.selectbox(
            "Which routine?", list(routines), format_func=routines.__getitem__, key=f"{key}-routine"
        )
    if not st.button(label, type="primary", key=f"{key}-make"):
        return None
    return Activity(id=new_id(), kind=kind, title=title.strip() or KINDS[kind].name, routine=routine or "")
