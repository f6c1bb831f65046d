"""Adding to the map of expertise, saying it better, taking out what is no longer so. By anybody."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboards import process, viewer
from dashboards.state import now
from vistas.practice.expertise import KnownPart, MapLine, Tells
from vistas.practice.expertise_entries import ExpertiseEntry, TakenOut, Told, open_map
from vistas.practice.landscape import LONGEST, Part, Sort
from vistas.vista import new_id

EXAMPLES = {
    Tells.SHOW: "a name",
    Tells.LOOK: "a dashboard, a log, a command, and what to look for",
    Tells.ASK: "a person or a team, and how to reach them",
}


def draw(known: KnownPart) -> None:
    """A door behind which all that is told of one part can be changed."""
    key = str(known.lines[0].id)
    with st.popover("Add or change", icon=":material/edit:", type="tertiary", key=f"own-{key}"):
        for line in known.lines:
            _line(line)
        with st.form(f"tell-{key}", border=False, clear_on_submit=True):
            tells, text = _telling(key)
            if st.form_submit_button("Add", key=f"tell-add-{key}") and text.strip():
                _write(Told(id=new_id(), part=known.part, tells=tells, text=text))


def _line(line: MapLine) -> None:
    """Its key is of this wording, so that a box in which somebody types is not changed under their hands."""
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key=f"line-{line.id}"):
        key = f"line-{line.id}-{line.at.timestamp()}"
        st.text_input(
            f"{line.tells.value.capitalize()}, says {line.by}".replace("[", "(").replace("]", ")"),
            line.text,
            key=key,
            max_chars=2000,
            on_change=_reword,
            args=(line, key),
        )
        st.button(
            "Take out",
            icon=":material/delete:",
            type="tertiary",
            key=f"out-{line.id}",
            on_click=_take_out,
            args=(line,),
        )


def _reword(line: MapLine, key: str) -> None:
    text = str(st.session_state[key]).strip()
    if text and text != line.text:
        _keep(Told(id=line.id, part=line.part, tells=line.tells, text=text, place=line.place))


def _take_out(line: MapLine) -> None:
    _keep(TakenOut(id=line.id))


def tell_of_another(untold: Sequence[Part]) -> None:
    """A line about a part of the landscape that is not on the map yet, or about one nobody has gathered."""
    names = {part.key: part for part in untold}
    with (
        st.expander("Write down what you know", type="compact", icon=":material/add:", key="tell-another"),
        st.form("tell-of-another", border=False, clear_on_submit=True),
    ):
        chosen = st.selectbox(
            "Part of the system",
            list(names),
            index=None,
            format_func=lambda key: f"{names[key].name} · {names[key].sort.value}" if key in names else key,
            placeholder="choose, or write a name",
            accept_new_options=True,
            key="tell-part",
        )
        tells, text = _telling("another")
        if st.form_submit_button("Put it on the map", key="tell-add-another") and chosen and text.strip():
            part = names.get(chosen) or Part(sort=Sort.WORKLOAD, name=chosen.strip()[:LONGEST])
            _write(Told(id=new_id(), part=part, tells=tells, text=text))


def _telling(key: str) -> tuple[Tells, str]:
    tells = st.pills(
        "What it tells",
        list(Tells),
        default=Tells.SHOW,
        required=True,
        format_func=lambda each: each.value.capitalize(),
        key=f"tell-kind-{key}",
        label_visibility="collapsed",
    )
    text = st.text_input(
        "In a few words", key=f"tell-text-{key}", max_chars=2000, placeholder="; ".join(EXAMPLES.values())
    )
    return tells or Tells.SHOW, text


def _keep(*entries: ExpertiseEntry) -> None:
    maps, me = process.notebooks().expertise, viewer.name()
    maps.write(open_map(maps, by=me, at=now()), *entries, by=me, at=now())


def _write(*entries: ExpertiseEntry) -> None:
    _keep(*entries)
    st.rerun()
