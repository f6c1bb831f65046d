"""Drifting off the path: another query, another kind of object; then back. The detour is part of the walk."""

from __future__ import annotations

import streamlit as st
from pydantic import ValidationError

from dashboards import process, viewer
from dashboards.plain import plain
from dashboards.state import now
from vistas import morning
from vistas.errors import NoticeError
from vistas.routine import Look, Stop
from vistas.source import Deadline, Source
from vistas.vista import Vista

ASKS_FOR_A_QUERY = frozenset({"range", "instant"})


def draw(vista: Vista, stop: Stop) -> None:
    """Only while the vista is being walked: once it is saved its evidence no longer changes."""
    sources = [source for source in process.workspace().sources if source.type != "recording"]
    if vista.saved_at is not None or not sources:
        return
    with st.expander("Drift off: look at something else here", type="compact", icon=":material/fork_right:"):
        by_name = {source.name: source for source in sources}
        with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
            name = st.selectbox("Where", list(by_name), key="detour-source")
            take = st.selectbox("What", sorted(by_name[name].takes), key=f"detour-take-{name}")
        query = ""
        if take in ASKS_FOR_A_QUERY:
            query = st.text_area("Query (PromQL)", key="detour-query", placeholder="sum by (job) (rate(up[5m]))")
        namespace = ""
        if by_name[name].type == "kubernetes":
            namespace = st.text_input("Namespace", key="detour-namespace", placeholder="all of them")
        if st.button("Look", icon=":material/visibility:", key="detour-look"):
            if take in ASKS_FOR_A_QUERY and not query.strip():
                st.warning("Write a query first, for example `up`.")
                return
            _look(vista, stop, by_name[name], take, query.strip(), namespace.strip())


def _look(vista: Vista, stop: Stop, source: Source, take: str, query: str, namespace: str) -> None:
    where = f" in {namespace}" if namespace else ""
    try:
        look = Look(
            look="detour",
            title=f"{source.name}: {take}{where}"[:200],
            source=source.name,
            take=take,
            query=(query,) if query else (),
            where={"namespace": namespace} if namespace else {},
        )
    except ValidationError as problem:
        st.warning(plain("; ".join(error["msg"] for error in problem.errors())))
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
            st.warning(plain(str(problem)))
            return
    st.rerun()
