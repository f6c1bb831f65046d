"""One look with its snapshot: the evidence to mark on, or the gap, and where it came from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards import margin, process, words
from dashboards.components import evidence
from dashboards.plain import plain
from dashboards.state import now
from vistas import morning
from vistas.formatting import format_span
from vistas.notice import Notice
from vistas.routine import Look
from vistas.snapshot import Gap, GapReason, Provenance, Snapshot
from vistas.source import Deadline
from vistas.vista import Vista

CALM = frozenset({GapReason.NOT_HERE, GapReason.NO_SOURCE})
"""Reasons that are no trouble: there is just nothing of the kind here."""


def draw(
    vista: Vista,
    look: Look,
    snapshot: Snapshot,
    notices: Sequence[Notice],
    *,
    zone: ZoneInfo,
    several: bool,
    writable: bool,
) -> None:
    """`several` is whether other sources answer the same look; `writable` whether a gap may be asked again."""
    key = f"{vista.id}-{snapshot.stop}-{look.look}-{snapshot.source}"
    with st.container(gap="xsmall", key=f"look-{snapshot.stop}-{look.look}-{snapshot.source}"):
        with st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key=f"head-{key}"
        ):
            where = f" :gray[· {plain(snapshot.source)}]" if several else ""
            st.markdown(f"**{plain(look.title)}**{where}", width="content")
            _provenance(snapshot.provenance, zone, key)
        if snapshot.gap:
            _gap(vista, look, snapshot, snapshot.gap, writable=writable)
            return
        evidence(
            look,
            snapshot,
            key=f"evidence-{key}",
            marks=margin.marks(notices),
            on_mark=partial(margin.write, vista.id, snapshot.stop),
            zone=zone,
            now=snapshot.provenance.asked.end,
        )
        for warning in snapshot.provenance.warnings:
            with st.container(key=f"warning-{key}-{warning[:40]}", horizontal=True, gap="xsmall"):
                st.markdown(":small[:gray[:material/info:]]", width="content")
                st.text(warning)


def _gap(vista: Vista, look: Look, snapshot: Snapshot, gap: Gap, *, writable: bool) -> None:
    tone = "calm" if gap.reason in CALM else "trouble"
    with st.container(key=f"gap-{tone}-{snapshot.stop}-{look.look}-{snapshot.source}", gap="xsmall"):
        st.badge(gap.reason.value, color="gray" if tone == "calm" else "orange")
        st.text(gap.says)
        if gap.hint:
            st.text(gap.hint)
        again = f"again-{vista.id}-{snapshot.stop}-{look.look}-{snapshot.source}"
        if (
            writable
            and gap.reason is not GapReason.NO_SOURCE
            and st.button("Ask again", icon=":material/refresh:", type="tertiary", key=again)
        ):
            workspace = process.workspace()
            with st.spinner(f"Asking {plain(snapshot.source)} …"):
                morning.ask_again(
                    workspace,
                    vista.id,
                    snapshot.stop,
                    look,
                    source=snapshot.source,
                    deadline=Deadline(workspace.settings.gather.deadline),
                )
            st.rerun()


def _provenance(provenance: Provenance, zone: ZoneInfo, key: str) -> None:
    """Where it came from, a click away."""
    with st.popover("Where this comes from", icon=":material/info:", type="tertiary", key=f"from-{key}"):
        st.markdown(f"**{plain(provenance.source)}** :gray[{plain(provenance.source_type)}]")
        st.code(provenance.query, language=None, wrap_lines=True)
        st.markdown(
            f":small[:gray[Taken {words.when(provenance.taken_at, now(), zone)} "
            f"in {plain(format_span(provenance.took.total_seconds()))}]]"
        )
        st.markdown(f":small[:gray[Asked for {words.window(provenance.asked, zone)}]]")
        if provenance.obtained:
            st.markdown(f":small[:gray[Obtained {words.window(provenance.obtained, zone)}]]")
        taken_out = {rule: times for rule, times in provenance.redacted.items() if times}
        if taken_out:
            said = ", ".join(f"{plain(rule)} {times}×" for rule, times in taken_out.items())
            st.markdown(f":small[:gray[Masked before it was kept: {said}]]")
