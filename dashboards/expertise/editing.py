"""Adding to the map of expertise, saying it better, taking out what is no longer so. By anybody."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboards import viewer
from dashboards.shared import process
from dashboards.state import widget
from dashboards.ui import doubts, words
from dashboards.writing import signed
from vistas.practice.expertise import KnownPart, LineKind, MapLine
from vistas.practice.expertise.entries import ExpertiseEntry, LineRemoved, LineWritten, open_map
from vistas.practice.landscape import LONGEST, Part, PartKind
from vistas.vista import new_id

EXAMPLES = {
    LineKind.SHOW: "a name",
    LineKind.LOOK: "a dashboard, a log, a command, and what to look for",
    LineKind.ASK: "a person or a team, and how to reach them",
}


def draw(known: KnownPart) -> None:
    """A door behind which all that is told of one part can be changed."""
    key = str(known.lines[0].id)
    with st.popover("Edit", icon=":material/edit:", type="tertiary", key=f"own-{key}"):
        for line in known.lines:
            _line(line)
        with st.form(f"tell-{key}", border=False, clear_on_submit=True):
            tells, text = _line_fields(key)
            if st.form_submit_button("Add", key=f"tell-add-{key}") and text.strip():
                _write(LineWritten(id=new_id(), part=known.part, kind=tells, text=text))


def _line(line: MapLine) -> None:
    """Its key is of this wording, so that a box in which somebody types is not changed under their hands."""
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key=f"line-{line.id}"):
        key = f"line-{line.id}-{line.at.timestamp()}"
        st.text_input(
            f"{line.kind.value.capitalize()} · {line.by}".replace("[", "(").replace("]", ")"),
            line.text,
            key=key,
            max_chars=2000,
            on_change=_reword,
            args=(line, key),
        )
        st.button(
            "Remove",
            icon=":material/delete:",
            type="tertiary",
            key=f"out-{line.id}",
            on_click=_take_out,
            args=(line,),
        )


def _reword(line: MapLine, key: str) -> None:
    text = str(widget(key)).strip()
    if text and text != line.text:
        told = LineWritten(id=line.id, part=line.part, kind=line.kind, text=text, place=line.place)
        doubts.asking(text, lambda words: _keep(told.model_copy(update={"text": words})))


def _take_out(line: MapLine) -> None:
    _keep(LineRemoved(id=line.id))


def add_line(untold: Sequence[Part]) -> None:
    """A line about a part of the landscape that is not on the map yet, or about one nobody has gathered."""
    names = {part.key: part for part in untold}
    called = words.distinguished((key, f"{part.name} · {part.sort.value}") for key, part in names.items())
    with (
        st.expander("Add what you know", type="compact", icon=":material/add:", key="tell-another"),
        st.form("tell-of-another", border=False, clear_on_submit=True),
    ):
        chosen = st.selectbox(
            "Part of the system",
            list(names),
            index=None,
            format_func=lambda key: called.get(key, key),
            placeholder="choose or type a name",
            accept_new_options=True,
            key="tell-part",
        )
        tells, text = _line_fields("another")
        if st.form_submit_button("Add to the map", key="tell-add-another") and chosen and text.strip():
            part = names.get(chosen) or Part(sort=PartKind.WORKLOAD, name=chosen.strip()[:LONGEST])
            _write(LineWritten(id=new_id(), part=part, kind=tells, text=text))


def _line_fields(key: str) -> tuple[LineKind, str]:
    tells = st.pills(
        "Kind",
        list(LineKind),
        default=LineKind.SHOW,
        required=True,
        format_func=lambda each: each.value.capitalize(),
        key=f"tell-kind-{key}",
        label_visibility="collapsed",
    )
    text = st.text_input(
        "In a few words", key=f"tell-text-{key}", max_chars=2000, placeholder="; ".join(EXAMPLES.values())
    )
    return tells or LineKind.SHOW, text


def _keep(*entries: ExpertiseEntry) -> None:
    maps = process.notebooks().expertise
    viewer.signing(lambda: maps.write(open_map(maps, **signed()), *entries, **signed()))


def _write(told: LineWritten) -> None:
    doubts.asking(told.text, lambda text: _keep(told.model_copy(update={"text": text})))
    st.rerun()
