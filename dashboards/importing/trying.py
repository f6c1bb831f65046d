"""One look of an import, asked of the live tools at once, without keeping anything."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from dashboards.components import evidence
from dashboards.shared import process
from dashboards.state import TriedLook, now, session, zone
from dashboards.ui.plain import plain
from vistas.gathering.gather import take_one
from vistas.practice.imports import Import, as_routine
from vistas.routine import Look, Stop
from vistas.snapshot import Snapshot
from vistas.source import Deadline


def button(journal: UUID, brought: Import, stop: Stop, look: Look) -> None:
    if st.button(
        "Try it", type="tertiary", icon=":material/visibility:", key=f"import-try-{stop.stop}/{look.look}"
    ):
        with st.spinner("Asking…"):
            session().tried = TriedLook(journal, stop.stop, look.look, *_asked(brought, stop, look))


def _asked(brought: Import, stop: Stop, look: Look) -> tuple[tuple[Snapshot, ...], str]:
    """The answers, or why nothing could be asked."""
    workspace = process.workspace()
    try:
        routine = as_routine(_with(brought, stop), ()).choosing({})
    except ValueError as problem:
        return (), f"{problem}. Choose what it opens with below."
    walked = next(each for each in routine.stops[0].looks if each.look == look.look)
    taken = take_one(
        stop.stop,
        walked,
        workspace.sources,
        workspace.window(now(), routine.window),
        deadline=Deadline(workspace.settings.gather.deadline),
        redactor=workspace.redactor,
    )
    return taken, ""


def _with(brought: Import, stop: Stop) -> Import:
    return brought.arranged((stop,), ())


def result(journal: UUID, stop: Stop, look: Look) -> None:
    """What the look that was tried last has shown."""
    tried = session().tried
    if tried is None or (tried.journal, tried.stop, tried.look) != (journal, stop.stop, look.look):
        return
    if tried.trouble:
        st.text(tried.trouble)
    for snapshot in tried.snapshots:
        _one(snapshot.read(), look)


def _one(snapshot: Snapshot, look: Look) -> None:
    if snapshot.gap:
        with st.container(key=f"gap-calm-try-{snapshot.source}", gap="xsmall"):
            st.markdown(f"**{plain(snapshot.source)}** :gray[{plain(snapshot.gap.reason.value)}]")
            st.text(snapshot.gap.message)
        return
    evidence(
        look,
        snapshot,
        key=f"import-tried-{snapshot.stop}/{snapshot.look}/{snapshot.source}",
        zone=zone(),
        now=snapshot.provenance.asked.end,
    )
