"""What to look at: a query, objects by kind and filter, requests, log lines, alerts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import streamlit as st
from pydantic import ValidationError

from dashboards.components.promql import query_field
from dashboards.drafts import kinds
from dashboards.drafts.desk import Desk
from dashboards.drafts.kinds import Kind
from dashboards.drafts.trying import tries
from dashboards.shared import process
from dashboards.state import now, session, widget
from dashboards.ui.plain import plain
from vistas.gathering.gather import take_one
from vistas.mistakes import in_words
from vistas.routine import Look
from vistas.snapshot import Window
from vistas.source import Deadline, Source

CHOICES = 500
_FILTERS = ("host", "service", "status", "route")
_SAYS = {
    "host": "Host",
    "service": "Service",
    "status": "Status",
    "route": "Route",
    "namespace": "Namespace",
}


def draw(desk: Desk) -> None:
    look = desk.draft.looking_at.look if desk.draft.looking_at else None
    offered = [kind for kind in Kind if kinds.sources_of(kind)]
    at = kinds.kind_of(look.take) if look else offered[0]
    key = f"record-kind-{desk.draft.current}"
    kind = st.pills(
        "What to look at",
        offered,
        default=at if at in offered else offered[0],
        required=True,
        format_func=lambda each: each.value,
        label_visibility="collapsed",
        key=key,
    )
    kind = kind or offered[0]
    fits = look if look and kinds.kind_of(look.take) is kind else None
    source = _source(kind, fits)
    if kind is Kind.QUERY:
        _query(desk, source, fits)
    elif kind is Kind.OBJECTS:
        _objects(desk, source, fits)
    elif kind is Kind.ALERTS:
        _alerts(desk, source, fits)
    else:
        _requests(desk, source, kind, fits)


def _source(kind: Kind, look: Look | None) -> Source:
    """Asked for only where there are several."""
    sources = kinds.sources_of(kind)
    at = kinds.source_of(look, sources) or sources[0]
    if len(sources) == 1:
        return at
    by_name = {each.name: each for each in sources}
    name = st.selectbox(
        "Source", list(by_name), index=list(by_name).index(at.name), key=f"record-source-{kind.name}", width=320
    )
    return by_name[name]


def _query(desk: Desk, source: Source, look: Look | None) -> None:
    tried = desk.draft.looking_at
    query_field(
        look.asked[0] if look and look.asked else "",
        source=source.name,
        tried=str(tried.id) if tried and look else "",
        about=desk.key,
        on_run=_note,
        key="record-promql",
    )
    over_time = not (look and look.take == "instant")
    st.segmented_control(
        "Over time, or now",
        ["over time", "now"],
        default="over time" if over_time else "now",
        required=True,
        label_visibility="collapsed",
        key=f"record-when-{desk.draft.current}",
    )
    if said := session().draft_query:
        session().draft_query = ""
        _run(desk, source, look, said)


def _note(query: str) -> None:
    """It is asked where the page shows that it is."""
    session().draft_query = query


def _run(desk: Desk, source: Source, look: Look | None, query: str) -> None:
    """A changed query is drawn as the one before it, and called after itself unless somebody named it."""
    take = "instant" if widget(f"record-when-{desk.draft.current}") == "now" else "range"
    asked = {"source": kinds.asked_as(source), "take": take, "query": (query,), "queries": ()}
    named = look is not None and look.asked and look.title != kinds.title_of(look.take, {}, look.asked[0])
    if look is None:
        made = _made(look="tried", title=kinds.title_of(take, {}, query), **asked)
    else:
        title = look.title if named else kinds.title_of(take, {}, query)
        made = _made(**{**look.model_dump(), **asked, "title": title})
    if made:
        tries(desk, made)
        st.rerun()


def _objects(desk: Desk, source: Source, look: Look | None) -> None:
    takes = kinds.takes_of(source, Kind.OBJECTS)
    at = (
        kinds.taken(source, look)
        if look and kinds.taken(source, look) in takes
        else "pods"
        if "pods" in takes
        else takes[0]
    )
    where = look.where if look else {}
    key = f"{source.name}-{desk.draft.current}"
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        take = st.selectbox(
            "Kind", takes, index=takes.index(at), format_func=kinds.spoken, key=f"record-take-{key}", width=220
        )
        told: dict[str, str] = {}
        if source.type == "kubernetes":
            told["namespace"] = _choice("namespace", _namespaces(source.name), where, key)
            told["labels"] = st.text_input(
                "Labels",
                where.get("labels", ""),
                placeholder="app=checkout",
                key=f"record-labels-{key}",
                width=200,
            )
            told["fields"] = st.text_input(
                "Fields",
                where.get("fields", ""),
                placeholder="status.phase!=Running",
                key=f"record-fields-{key}",
                width=200,
            )
        if take == kinds.NAMED:
            told[kinds.RESOURCE] = st.text_input(
                "Resource",
                where.get(kinds.RESOURCE, ""),
                placeholder="applications.argoproj.io/v1alpha1",
                key=f"record-resource-{key}",
                width=320,
            )
        _look_button(desk, source, take, told)


def _requests(desk: Desk, source: Source, kind: Kind, look: Look | None) -> None:
    takes = kinds.takes_of(source, kind)
    at = look.take if look and look.take in takes else "requests" if "requests" in takes else takes[0]
    where = look.where if look else {}
    key = f"{source.name}-{kind.name}-{desk.draft.current}"
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        take = at
        if len(takes) > 1:
            take = st.selectbox(
                "What", takes, index=takes.index(at), format_func=kinds.spoken, key=f"record-take-{key}", width=200
            )
        told = {name: _choice(name, _seen(desk, name), where, key) for name in _FILTERS}
        _look_button(desk, source, take, told)


def _alerts(desk: Desk, source: Source, look: Look | None) -> None:
    takes = kinds.takes_of(source, Kind.ALERTS)
    at = look.take if look and look.take in takes else takes[0]
    key = f"{source.name}-{desk.draft.current}"
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        take = st.selectbox(
            "What", takes, index=takes.index(at), format_func=kinds.spoken, key=f"record-take-{key}", width=200
        )
        said = st.text_input(
            "Only those with these labels",
            ", ".join(f"{name}={value}" for name, value in (look.where if look else {}).items()),
            placeholder="namespace=shop, severity=critical",
            key=f"record-where-{key}",
            width=360,
        )
        pairs = [part.partition("=") for part in said.split(",") if part.strip()]
        wrong = next(
            (name for name, equals, value in pairs if not (name.strip() and equals and value.strip())), None
        )
        _look_button(
            desk, source, take, {name.strip(): value.strip() for name, _, value in pairs}, wrong=wrong is not None
        )


def _choice(name: str, known: tuple[str, ...], where: Mapping[str, str], key: str) -> str:
    """One of those that are known, or another that somebody types; nothing chosen means all."""
    at = where.get(name)
    options = list(dict.fromkeys((*([at] if at else ()), *known)))
    said = st.selectbox(
        _SAYS[name],
        options,
        index=0 if at else None,
        placeholder="all",
        accept_new_options=True,
        key=f"record-{name}-{key}",
        width=200,
    )
    return str(said or "")


def _look_button(desk: Desk, source: Source, take: str, where: Mapping[str, str], *, wrong: bool = False) -> None:
    asked = {name: value.strip() for name, value in where.items() if value.strip()}
    if not st.button("Look", icon=":material/visibility:", key="record-look"):
        return
    if wrong:
        st.warning("Write labels as name=value, with commas between them.")
        return
    title = kinds.title_of(take, asked)
    made = _made(look="tried", title=title, source=kinds.asked_as(source), take=take, where=asked)
    if made:
        tries(desk, made)
        st.rerun()


def _made(**told: Any) -> Look | None:
    """The look; where it cannot be one, what is wrong with it is said instead."""
    try:
        return Look.model_validate(told)
    except ValidationError as problem:
        said = "; ".join(in_words(each) for each in problem.errors())
        session().draft_trouble = said
        return None


def _seen(desk: Desk, column: str) -> tuple[str, ...]:
    """What the column of a look that was tried holds: a log is not read for the sake of a list."""
    tried = desk.draft.looking_at
    found: dict[str, None] = {}
    for snapshot in session().draft_tried.get(tried.id, ()) if tried else ():
        if snapshot.frame and column in snapshot.frame.data.columns:
            values = snapshot.frame.data[column].drop_nulls().unique().sort()
            found.update(dict.fromkeys(str(value) for value in values.head(CHOICES)))
    return tuple(found)


@st.cache_data(ttl=60, show_spinner=False)
def _namespaces(source: str) -> tuple[str, ...]:
    """Of a cluster; none where it does not tell."""
    workspace = process.workspace()
    look = Look(look="namespaces", title="Namespaces", source=source, take="namespaces")
    window = Window.ending(now(), timedelta(hours=1))
    deadline = Deadline(timedelta(seconds=5))
    taken = take_one("draft", look, workspace.sources, window, deadline=deadline, redactor=workspace.redactor)
    frames = [each.frame for each in taken if each.frame and "name" in each.frame.data.columns]
    return tuple(str(name) for frame in frames for name in frame.data["name"].head(CHOICES))


def trouble() -> None:
    """What kept the last try from being one."""
    if said := session().draft_trouble:
        session().draft_trouble = ""
        st.warning(plain(said))
