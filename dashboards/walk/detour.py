"""Drifting off the path: another query, another kind of object; then back. The detour is part of the walk."""

from __future__ import annotations

import streamlit as st
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from dashboards import viewer
from dashboards.shared import process
from dashboards.state import LOOK, now
from dashboards.ui import links
from dashboards.ui.places import Place
from dashboards.ui.plain import error_text, plain
from vistas.errors import NoticeError
from vistas.gathering import morning
from vistas.mistakes import in_words
from vistas.routine import Look, Stop
from vistas.source import Deadline, Source, offered
from vistas.vista import Vista

ASKS_FOR_A_QUERY = frozenset({"range", "instant"})
NAMES_ITS_RESOURCE = "objects"
A_RESOURCE = "clusters.postgresql.cnpg.io/v1"
RECORDS = ":material/radio_button_checked:"
KEPT_AT_MOST = 5


def draw(vista: Vista, stop: Stop) -> None:
    """Only while the vista is being walked: once it is saved its evidence no longer changes."""
    sources = [source for source in process.workspace().sources if source.type != "recording" and source.takes]
    if vista.saved_at is not None or not sources:
        return
    with st.expander("Take a detour: look at something else", type="compact", icon=":material/fork_right:"):
        by_name = {source.name: source for source in sources}
        with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
            name = st.selectbox("Source", list(by_name), key="detour-source")
            take = st.selectbox("What", offered(by_name[name]), key=f"detour-take-{name}")
        query = ""
        if take in ASKS_FOR_A_QUERY:
            query = st.text_area("Query (PromQL)", key="detour-query", placeholder="sum by (job) (rate(up[5m]))")
        where: dict[str, str] = {}
        if by_name[name].type == "kubernetes":
            where["namespace"] = st.text_input("Namespace", key="detour-namespace", placeholder="all")
            if take == NAMES_ITS_RESOURCE:
                where["resource"] = st.text_input("Resource", key="detour-resource", placeholder=A_RESOURCE)
        if st.button("Look", icon=":material/visibility:", key="detour-look"):
            if take in ASKS_FOR_A_QUERY and not query.strip():
                st.warning("Write a query first, for example `up`.")
                return
            source = by_name[name]
            asked = {key: value.strip() for key, value in where.items() if value.strip()}
            viewer.signing(lambda: _look(vista, stop, source, take, query.strip(), asked))
    _to_recording(vista, stop)


def _to_recording(vista: Vista, stop: Stop) -> None:
    """From here one can go on to a routine of one's own, with what one has looked at besides."""
    with st.container(horizontal=True, gap="medium", key="to-recording"):
        links.draw(Place.RECORD, "Record a routine from here", RECORDS, links.stop(vista.id, stop.stop))
        for detour in [each for each in vista.detours if each.stop == stop.stop][-KEPT_AT_MOST:]:
            links.draw(
                Place.RECORD,
                f"Keep “{plain(detour.look.title)}” in a routine",
                RECORDS,
                {**links.stop(vista.id, stop.stop), LOOK: detour.look.look},
            )


def _mistake(error: ErrorDetails) -> str:
    return f"{error['loc'][0]}: {in_words(error)}" if error["loc"] else in_words(error)


def _look(vista: Vista, stop: Stop, source: Source, take: str, query: str, where: dict[str, str]) -> None:
    what = where.get("resource", take)
    place = f" in {where['namespace']}" if "namespace" in where else ""
    try:
        look = Look(
            look="detour",
            title=f"{source.name}: {what}{place}"[:200],
            source=source.name,
            take=take,
            query=(query,) if query else (),
            where=where,
        )
    except ValidationError as problem:
        st.warning(plain("; ".join(map(_mistake, problem.errors()))))
        return
    with st.spinner(f"Asking {plain(source.name)} …"):
        try:
            morning.take_detour(
                process.workspace(),
                vista.id,
                stop.stop,
                look,
                walker=viewer.name(),
                now=now(),
                deadline=Deadline(process.workspace().settings.gather.deadline),
            )
        except NoticeError as problem:
            st.warning(plain(error_text(problem)))
            return
    st.rerun()
