"""Versions of a dependency matrix that got a name, and what became different between two of them."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from dashboards.shared import process
from dashboards.state import now, zone
from dashboards.ui import words
from dashboards.writing import write
from vistas.practice.matrix import Matrix, Pin
from vistas.practice.matrix.changes import ChangeKind, MatrixChange, compare
from vistas.practice.matrix.entries import Pinned

NOW = ""
"""The matrix as it is: no pin is called so, whatever people write."""
ICONS = {
    ChangeKind.APPEARED: ":material/add:",
    ChangeKind.WENT: ":material/remove:",
    ChangeKind.HARDENED: ":material/arrow_upward:",
    ChangeKind.SOFTENED: ":material/arrow_downward:",
}


def draw(journal: UUID, matrix: Matrix) -> None:
    title = f"Versions · {words.count(len(matrix.pins), 'pinned', 'pinned')}"
    with st.expander(title, type="compact", icon=":material/history:", key=f"matrix-versions-{journal}"):
        if matrix.blind:
            st.markdown(":gray[Versions can be pinned and compared once the marks are revealed.]")
            return
        _pin(journal)
        if matrix.pins:
            _compare(journal, matrix)


def _pin(journal: UUID) -> None:
    with st.form(f"matrix-pin-{journal}", border=False, clear_on_submit=True):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            name = st.text_input(
                "Name this version",
                max_chars=200,
                placeholder="before the move",
                width=360,
                key=f"matrix-pin-name-{journal}",
            )
            pressed = st.form_submit_button("Pin", icon=":material/push_pin:")
        if pressed and name.strip():
            write(process.notebooks().matrices, journal, Pinned(name=name))
            st.rerun()


def _compare(journal: UUID, matrix: Matrix) -> None:
    pins = {pin.name: pin for pin in matrix.pins}
    with st.container(horizontal=True, gap="small"):
        before = _version("From", list(pins), f"matrix-from-{journal}", pins)
        after = _version("To", [NOW, *pins], f"matrix-to-{journal}", pins)
    found = compare(_as_of(journal, matrix, pins.get(before)), _as_of(journal, matrix, pins.get(after)))
    if not found:
        st.markdown(":gray[No differences.]")
    for number, change in enumerate(found):
        _one(number, change)


def _version(label: str, names: list[str], key: str, pins: dict[str, Pin]) -> str:
    return str(
        st.selectbox(
            label,
            names,
            width=300,
            key=key,
            format_func=lambda name: (
                f"{name} · {words.when(pins[name].at, now(), zone())}" if name in pins else "now"
            ),
        )
    )


def _as_of(journal: UUID, matrix: Matrix, pin: Pin | None) -> Matrix:
    return process.notebooks().matrices.as_of(journal, pin.number) if pin else matrix


def _one(number: int, change: MatrixChange) -> None:
    with st.container(
        horizontal=True, gap="small", vertical_alignment="center", key=f"matrix-told-change-{number}"
    ):
        st.badge(change.sort.value, icon=ICONS[change.sort], color="gray")
        st.text(change.text, width="content")
