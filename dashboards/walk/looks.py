"""Draws one look: its evidence, on which one can mark, or its gap; and its provenance."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards import elsewhere
from dashboards.components import Mark, evidence
from dashboards.mornings import stale
from dashboards.shared import process
from dashboards.state import now
from dashboards.ui import words
from dashboards.ui.plain import plain, prose
from dashboards.walk import margin
from vistas.formatting.times import say_own_window
from vistas.formatting.values import format_span
from vistas.gathering import morning
from vistas.routine import Look
from vistas.snapshot import Gap, GapReason, Provenance, Snapshot
from vistas.source import Deadline
from vistas.vista import Vista
from vistas.vista.notice import Notice
from vistas.vista.presence import Standing, standing_of

WARNINGS = 3
"""As many of a tool's own warnings as stand below a look; the others are a click away."""


def draw(
    vista: Vista,
    look: Look,
    snapshot: Snapshot,
    notices: Sequence[Notice],
    *,
    zone: ZoneInfo,
    several: bool,
    writable: bool,
    earlier: Sequence[Mark] = (),
) -> None:
    """`several` is whether other sources answer the same look; `writable` whether a gap may be asked again."""
    snapshot = snapshot.read()
    key = f"{vista.id}/{_place(snapshot)}"
    with st.container(gap="xsmall", key=f"look-{_place(snapshot)}"):
        with st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key=f"head-{key}"
        ):
            own = say_own_window(look, snapshot.provenance.asked, vista.window)
            about = "".join(
                f" :gray[· {plain(each)}]" for each in (snapshot.source if several else "", own) if each
            )
            st.markdown(f"**{plain(look.title)}**{about}", width="content")
            _provenance(look, snapshot.provenance, zone, key)
        if look.text:
            st.markdown(prose(look.text))
        stale.draw_mark(vista, look, snapshot)
        if snapshot.gap:
            _gap(vista, look, snapshot, snapshot.gap, writable=writable)
            return
        evidence(
            look,
            snapshot,
            key=f"evidence-{key}",
            marks=(*earlier, *margin.marks(notices)),
            on_mark=partial(margin.write, vista.id, snapshot.stop),
            zone=zone,
            own_window=own,
            now=snapshot.provenance.asked.end,
        )
        _warnings(snapshot.provenance.warnings, key)


def _place(snapshot: Snapshot) -> str:
    """Its own among all of a vista: stop and look are slugs, so what follows the last slash is the source."""
    return f"{snapshot.stop}/{snapshot.look}/{snapshot.source}"


def _warnings(warnings: Sequence[str], key: str) -> None:
    """What the tool itself said, each once; the first few at once."""
    said = tuple(dict.fromkeys(warnings))
    for number, warning in enumerate(said[:WARNINGS]):
        _warning(warning, f"warning-{key}/{number}")
    if more := said[WARNINGS:]:
        with st.expander(
            words.count(len(more), "more warning"), type="compact", icon=":material/info:", key=f"warnings-{key}"
        ):
            for number, warning in enumerate(more, start=WARNINGS):
                _warning(warning, f"warning-{key}/{number}")


def _warning(warning: str, key: str) -> None:
    with st.container(key=key, horizontal=True, gap="xsmall"):
        st.markdown(":small[:gray[:material/info:]]", width="content")
        st.text(warning)


def _gap(vista: Vista, look: Look, snapshot: Snapshot, gap: Gap, *, writable: bool) -> None:
    tone = "calm" if standing_of(gap.reason) is Standing.ABSENT else "trouble"
    with st.container(key=f"gap-{tone}-{_place(snapshot)}", gap="xsmall"):
        st.badge(gap.reason.value, color="gray" if tone == "calm" else "orange")
        st.text(gap.message)
        if gap.hint:
            st.text(gap.hint)
        again = f"again-{vista.id}/{_place(snapshot)}"
        if (
            writable
            and look.is_whole
            and gap.reason is not GapReason.NO_SOURCE
            and st.button("Try again", icon=":material/refresh:", type="tertiary", key=again)
        ):
            workspace = process.workspace()
            with st.spinner(f"Asking {plain(snapshot.source)}…"):
                morning.ask_again(
                    workspace,
                    vista.id,
                    snapshot.stop,
                    look,
                    source=snapshot.source,
                    deadline=Deadline(workspace.settings.gather.deadline),
                )
            st.rerun()


def _provenance(look: Look, provenance: Provenance, zone: ZoneInfo, key: str) -> None:
    """Where it came from, a click away."""
    with st.popover("Where this comes from", icon=":material/info:", type="tertiary", key=f"from-{key}"):
        st.markdown(f"**{plain(provenance.source)}** :gray[{plain(provenance.source_type)}]")
        st.code(provenance.query, language=None, wrap_lines=True)
        st.markdown(
            f":small[:gray[Taken {words.when_in_sentence(provenance.taken_at, now(), zone)} "
            f"in {plain(format_span(provenance.took.total_seconds()))}]]"
        )
        st.markdown(f":small[:gray[Window requested: {words.window(provenance.asked, zone)}]]")
        if provenance.obtained:
            st.markdown(f":small[:gray[Window received: {words.window(provenance.obtained, zone)}]]")
        taken_out = {rule: times for rule, times in provenance.redacted.items() if times}
        if taken_out:
            said = ", ".join(f"{plain(rule)} {times}×" for rule, times in taken_out.items())
            st.markdown(f":small[:gray[Masked before saving: {said}]]")
        elsewhere.draw(look, provenance, key)
