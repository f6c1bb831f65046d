"""A stage for the components: one of each over made-up data, and what was written listed beside them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.components import Mark, Marked, evidence, keys, remember, remembered
from dashboards.ui import theme
from tests.browser.stage_data import END, frames
from vistas.errors import NoticeError
from vistas.routine import Drawing, Look, Unit
from vistas.snapshot import Frame, Provenance, Snapshot, Window
from vistas.vista.notice import Notice, NoticeKind, Stretch

WINDOW = Window.ending(END, timedelta(hours=24))
ZONE = ZoneInfo("Europe/Lisbon")
LOOKS = {
    "rate": Look(
        look="rate",
        title="Requests a second",
        source="prometheus",
        take="range",
        unit=Unit.REQUESTS_PER_SECOND,
        normal_below=350,
    ),
    "dates": Look(look="dates", title="Renewed", source="prometheus", take="range", unit=Unit.DATES),
    "nodes": Look(
        look="nodes",
        title="Nodes",
        source="prometheus",
        take="range",
        draw=Drawing.STATES,
        states={"0": "NotReady", "1": "Ready", "2": "Cordoned"},
        name="{{node}}",
    ),
    "pods": Look(look="pods", title="Pods", source="cluster", take="pods"),
    "log": Look(look="log", title="What the log says", source="front-door", take="patterns"),
    "latency": Look(look="latency", title="How long", source="front-door", take="requests", draw=Drawing.HEATMAP),
    "controllers": Look(look="controllers", title="Both doors", source="front-door", take="controllers"),
    "requests": Look(look="requests", title="Requests", source="front-door", take="requests"),
    "tiles": Look(look="tiles", title="Now", source="prometheus", take="instant", draw=Drawing.NUMBERS),
    "bars": Look(look="bars", title="By service", source="prometheus", take="instant", draw=Drawing.BARS),
}


@st.cache_resource
def shelf() -> dict[str, list[Notice]]:
    """What was written, by the stage's name in the URL, so that tests do not meet."""
    return {}


@st.cache_resource
def stock() -> dict[str, Frame]:
    return frames()


theme_name = st.query_params.get("stage", "one")
written = shelf().setdefault(theme_name, [])


def keep(marked: Marked) -> None:
    if marked.text == "refuse this":
        raise NoticeError("The disk is full. Make room, then press Enter again.")
    written.append(
        Notice(
            id=marked.id,
            stop="front-door",
            author="Maya Lind",
            kind=marked.kind,
            text=marked.text,
            anchor=marked.anchor,
            written_at=datetime(2026, 11, 23, 8, tzinfo=UTC),
        )
    )


def another_writes() -> None:
    anchor = Stretch(
        look="rate", source="prometheus", start=END - timedelta(hours=20), end=END - timedelta(hours=18)
    )
    written.append(
        Notice(
            id=UUID(int=len(written) + 1),
            stop="front-door",
            author="Tomás Reis",
            kind=NoticeKind.NORMAL,
            text="by somebody else",
            anchor=anchor,
            written_at=END,
        )
    )


st.set_page_config(page_title="Stage", layout="wide")
theme.dress()
remember({"name": st.query_params.get("name", remembered("name"))}, page="stage", key="remember")
jumped = keys(6, key="keys")
grid = st.grid(3, min_column_width=340, gap=("medium", 56))
with grid.cell(column_span=2):
    for name in st.query_params.get("looks", "rate").split(","):
        look = LOOKS[name]
        provenance = Provenance(look.source, look.source, "query", WINDOW, END, timedelta(seconds=0.3))
        evidence(
            look,
            Snapshot("front-door", name, stock()[name], provenance),
            key=f"evidence-{name}",
            zone=ZONE,
            now=END,
            marks=[Mark(number, notice) for number, notice in enumerate(written, 1)],
            on_mark=None if "replay" in st.query_params else keep,
        )
with grid.cell():
    st.text(f"jumped to {jumped}; remembered {remembered('name')}")
    for notice in written:
        st.text(notice.model_dump_json())

    @st.fragment(run_every=0.5)
    def others() -> None:
        before = st.session_state.get("seen", len(written))
        st.session_state["seen"] = len(written)
        if before != len(written):
            st.rerun()

    others()
    st.button("another writes", on_click=another_writes)
    st.text_input("a box to type in", key="box")
