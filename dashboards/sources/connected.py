"""What is connected, a row each: what it is, how it feels, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboards.shared import process
from dashboards.shared.health import CheckedHealth
from dashboards.sources import keeping
from dashboards.sources.health_line import TONES
from dashboards.state import now, session, zone
from dashboards.ui import links
from dashboards.ui.places import Place
from dashboards.ui.plain import error_text, plain
from dashboards.viewer import name as viewer_name
from vistas.connecting import Change, Credentials, Keeper, answers_in
from vistas.errors import VistasError
from vistas.source import Source

_Change = Callable[[Keeper], Change]


def draw() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        st.header("What is connected", anchor=False, width="content")
        st.button(
            "Check again", on_click=_look_again, type="tertiary", icon=":material/refresh:", key="look-again"
        )
    _rows()
    _undo()


def _look_again() -> None:
    for source in process.workspace().sources:
        process.health().of(source, anew=True)


@st.fragment(run_every=2)
def _rows() -> None:
    workspace = process.workspace()
    may = keeping.may_connect() and not workspace.on_recordings
    for source in workspace.sources:
        _row(source, may=may)
    for paused in workspace.settings.paused.values():
        _paused_row(paused.name, str(paused.table.get("type", "")), paused.said, may=may)


def _row(source: Source, *, may: bool) -> None:
    checked = process.health().of(source)
    with st.container(key=f"source-row-{source.name}", gap="xsmall"):
        with _line(source.name):
            _named(source.name, checked.health.ok if checked.health else None)
            with st.container(gap="xsmall", width="stretch"):
                _feels(source, checked)
            if may:
                _actions(source.name)
        if may and session().changing_source == source.name:
            _change(source.name)


def _line(name: str) -> DeltaGenerator:
    return st.container(horizontal=True, vertical_alignment="top", gap="medium", key=f"source-line-{name}")


def _named(name: str, ok: bool | None) -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", gap="xsmall", width=190, key=f"source-is-{name}"
    ):
        st.html(f'<i class="dot" style="background:{TONES[ok]}"></i>', width="content")
        st.markdown(f"### {plain(name)}", anchors=False, width="content")


def _feels(source: Source, checked: CheckedHealth) -> None:
    health = checked.health
    if health is None:
        st.markdown(f":gray[{plain(source.type)} · checking…]")
        return
    if not health.ok:
        st.badge("needs attention", color="orange")
    st.text(health.message)
    if health.hint:
        st.markdown(f"**What to try:** {plain(health.hint)}")
    feels = (answers_in(health.took),) if health.ok else ()
    details = (f"{name}: {value}" for name, value in health.details.items())
    st.markdown(f":small[:gray[{plain(' · '.join((source.type, *feels, *details)))}]]")


def _paused_row(name: str, kind: str, said: str, *, may: bool) -> None:
    with (
        st.container(key=f"source-row-{name}"),
        _line(name),
    ):
        _named(name, None)
        st.markdown(f":gray[{plain(kind)} · paused {plain(said)}]", width="stretch")
        if may:
            _button("Resume", name, lambda keeper: keeper.resume(name))
            _button("Remove", name, lambda keeper: keeper.remove(name))


def _actions(name: str) -> None:
    today = now().astimezone(zone()).date()
    st.button("Change", key=f"edit-source-{name}", type="tertiary", on_click=_open, args=(name,))
    _button("Pause", name, lambda keeper: keeper.pause(name, by=viewer_name(), on=today))
    _button("Remove", name, lambda keeper: keeper.remove(name))


def _button(label: str, name: str, change: _Change) -> None:
    st.button(
        label,
        key=f"{label.lower()}-source-{name}",
        type="tertiary",
        help=f"{label} {plain(name)}",
        on_click=_do,
        args=(change,),
    )


def _do(change: _Change) -> None:
    try:
        keeping.apply(change)
    except VistasError as problem:
        session().source_refused = error_text(problem)
    st.rerun()


def _open(name: str) -> None:
    session().changing_source = "" if session().changing_source == name else name


def _change(name: str) -> None:
    """Its name, its address where it has one, and who asks; what is left empty stays as it is."""
    table = process.workspace().settings.sources[name]
    with st.form(f"source-changes-{name}", border=False):
        new = st.text_input("Name", name, max_chars=60, width=280, key=f"source-name-{name}").strip()
        url = str(table.get("url", ""))
        address = ""
        token = ""
        if url:
            address = st.text_input(
                "Address", url, max_chars=2000, width=560, key=f"source-address-{name}"
            ).strip()
            token = st.text_input(
                "Another token",
                type="password",
                width=560,
                key=f"source-token-{name}",
                placeholder="leave empty to keep what is there",
            ).strip()
        st.markdown(f":small[:gray[Everything else of it stands in {plain(keeping.keeper().file.name)}.]]")
        with st.container(horizontal=True, gap="small"):
            saves = st.form_submit_button("Save", type="primary", key=f"source-save-{name}")
            leaves = st.form_submit_button("Leave it", type="tertiary", key=f"source-leave-{name}")
    if saves and (address or not url):
        values = {"url": address} if address and address != url else {}
        changes: list[_Change] = []
        if values or token:
            who, where = Credentials(token=token), () if token else None
            changes.append(lambda keeper: keeper.change(name, values, credentials=who, sign_in=where))
        if new != name:
            changes.append(lambda keeper: keeper.rename(name, new))
        try:
            keeping.apply(*changes)
        except VistasError as problem:
            session().source_refused = error_text(problem)
    if saves or leaves:
        session().changing_source = ""
        st.rerun()


def _undo() -> None:
    made = session().reconnected
    if refused := session().source_refused:
        session().source_refused = ""
        st.warning(plain(refused))
    if not made:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="source-undo"):
        st.markdown(f":gray[{plain(' '.join(each.told for each in made))}]", width="content")
        st.button("Undo", type="tertiary", icon=":material/undo:", key="undo-source", on_click=_undo_it)
        links.draw(Place.MORNING, "To the morning", ":material/arrow_forward:", icon_position="right")


def _undo_it() -> None:
    try:
        keeping.undo()
    except VistasError as problem:
        session().source_refused = error_text(problem)
