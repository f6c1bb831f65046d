"""What is not there: one quiet line for all of it, and each look with what it lacks for whoever asks why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import streamlit as st

from dashboards.shared import process
from dashboards.ui.plain import plain
from vistas.gathering import morning
from vistas.snapshot import GapReason, Snapshot
from vistas.source import Deadline
from vistas.vista import Vista
from vistas.vista.lacking import Reason, empty_line, line_of, reasons
from vistas.vista.presence import Lacking, StopPresence


def draw(vista: Vista, presence: StopPresence, *, writable: bool) -> None:
    """The line of one stop; nothing where nothing is absent. `writable` is whether it may be asked for again."""
    if presence.lacking:
        says = empty_line if presence.is_empty else line_of
        again = _again(vista, presence.lacking) if writable else ()
        _why(says(presence.lacking), presence.lacking, f"absent-{presence.stop}", lambda: _ask_again(vista, again))


def draw_all(lacking: Sequence[Lacking]) -> None:
    """The line of a whole vista."""
    if lacking:
        _why(line_of(lacking), lacking, "absent-all")


def _why(line: str, lacking: Sequence[Lacking], key: str, below: Callable[[], None] = lambda: None) -> None:
    with st.container(key=key), st.expander(f"{plain(line)} **Why?**", type="compact"):
        st.html(f'<dl class="mv-lacks">{"".join(map(_told, reasons(lacking)))}</dl>')
        below()


def _told(reason: Reason) -> str:
    where = f" · {', '.join(reason.sources)}" if reason.sources else ""
    named = f"{', '.join(reason.titles)}{where}"
    return f"<dt>{escape(named)}</dt><dd>{escape(f'{reason.gap.message} {reason.gap.hint}'.strip())}</dd>"


def _again(vista: Vista, lacking: Sequence[Lacking]) -> Sequence[tuple[Lacking, Snapshot]]:
    """What may be there by now: not what no tool is connected for, nor what cannot be asked any more."""
    return [
        (each, snapshot)
        for each in lacking
        for snapshot in each.snapshots
        if vista.saved_at is None and each.look.is_whole and not _is_unconnected(snapshot)
    ]


def _is_unconnected(snapshot: Snapshot) -> bool:
    return snapshot.gap is not None and snapshot.gap.reason is GapReason.NO_SOURCE


def _ask_again(vista: Vista, again: Sequence[tuple[Lacking, Snapshot]]) -> None:
    if not again or not st.button(
        "Try again", icon=":material/refresh:", type="tertiary", key=f"again-{vista.id}/{again[0][0].stop}"
    ):
        return
    workspace = process.workspace()
    deadline = Deadline(workspace.settings.gather.deadline)
    with st.spinner("Asking again …"):
        for each, snapshot in again:
            morning.ask_again(workspace, vista.id, each.stop, each.look, source=snapshot.source, deadline=deadline)
    st.rerun()
