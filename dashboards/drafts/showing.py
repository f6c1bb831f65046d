"""What a look that was tried gave, drawn as on a walk; and how else it could be drawn."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any, Final

import streamlit as st
from pydantic import ValidationError

from dashboards.components import evidence
from dashboards.drafts.desk import Desk
from dashboards.drafts.trying import adjusts, answer
from dashboards.state import now, session, widget, zone
from dashboards.ui import words
from dashboards.ui.plain import plain
from vistas.formatting.values import format_span
from vistas.practice.drafts import Tried
from vistas.routine import Drawing, Look, Unit, parse_span, write_span
from vistas.snapshot import FrameKind, Snapshot

_OVER_TIME: Final = (Drawing.LINES, Drawing.STACKED, Drawing.BARS, Drawing.HEATMAP)
_NOW: Final = (Drawing.NUMBERS, Drawing.BARS, Drawing.TABLE)
_SPANS: Final = tuple(timedelta(hours=hours) for hours in (1, 3, 6, 12, 24, 72, 168, 720))
_LINES: Final = ("no line", "at or below", "at or above")


def draw(desk: Desk, tried: Tried) -> None:
    snapshots = [snapshot.read() for snapshot in answer(desk, tried.id, tried.look)]
    for place, snapshot in enumerate(snapshots):
        _snapshot(tried, snapshot, place)
    if any(snapshot.frame and snapshot.frame.kind is FrameKind.SERIES for snapshot in snapshots):
        _settings(desk, tried.look)


def _snapshot(tried: Tried, snapshot: Snapshot, place: int) -> None:
    key = f"{tried.id}-{place}"
    with st.container(key=f"look-{key}", gap="xsmall"):
        with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key=f"record-head-{key}"):
            st.markdown(f"**{plain(tried.look.title)}**", width="content")
            st.markdown(f":small[:gray[{plain(_counted(snapshot))}]]", width="content")
        if snapshot.gap:
            with st.container(key=f"gap-trouble-{key}", gap="xsmall"):
                st.badge(snapshot.gap.reason.value, color="orange")
                st.text(snapshot.gap.message)
                if snapshot.gap.hint:
                    st.text(snapshot.gap.hint)
            return
        evidence(tried.look, snapshot, key=f"evidence-{key}", zone=zone(), now=snapshot.provenance.asked.end)
        for number, warning in enumerate(dict.fromkeys(snapshot.provenance.warnings)):
            if number < 3:  # noqa: PLR2004 - as many as stand below a look of a walk
                with st.container(key=f"warning-{key}/{number}", horizontal=True, gap="xsmall"):
                    st.markdown(":small[:gray[:material/info:]]", width="content")
                    st.text(warning)


def _counted(snapshot: Snapshot) -> str:
    """`07:41 · 4 series · 211 ms, from prometheus`."""
    provenance = snapshot.provenance
    at = words.recent_time(provenance.taken_at, now(), zone())
    took = format_span(provenance.took.total_seconds())
    return " · ".join(part for part in (at, _amount(snapshot), f"{took}, from {provenance.source}") if part)


def _amount(snapshot: Snapshot) -> str:
    frame = snapshot.frame
    if frame is None:
        return ""
    match frame.kind:
        case FrameKind.SERIES:
            return f"{frame.rows} series"
        case FrameKind.OBJECTS:
            return words.count(frame.rows, "row")
        case FrameKind.LINES:
            return words.count(frame.rows, "pattern")
        case FrameKind.REQUESTS:
            return words.count(int(frame.data["requests"].sum()), "request")


def _settings(desk: Desk, look: Look) -> None:
    """How it is drawn, in which unit, over how long, and what is normal."""
    now_alone = look.take == "instant"
    with st.container(key="record-settings", horizontal=True, gap="small", vertical_alignment="bottom"):
        _select(desk, look, "draw", "Drawn as", ("", *(_NOW if now_alone else _OVER_TIME)), look.draw or "")
        _select(desk, look, "unit", "In", tuple(Unit), look.unit)
        if not now_alone:
            spans = tuple(write_span(span) for span in _SPANS)
            at = write_span(look.window) if look.window else ""
            _select(desk, look, "window", "Over", ("", *dict.fromkeys((*([at] if at else ()), *spans))), at)
        _normal(desk, look)
        _text(desk, look, "name", "Series called", "{{namespace}}/{{pod}}", 220)
        _text(desk, look, "title", "Look called", "", 260)


def _select(desk: Desk, look: Look, what: str, label: str, options: tuple[str, ...], at: str) -> None:
    key = f"record-{what}-{desk.draft.current}-{at}"
    st.selectbox(
        label,
        options,
        index=options.index(at) if at in options else 0,
        format_func=partial(_said, what),
        key=key,
        on_change=_take,
        args=(desk, look, what, key),
        width=150,
    )


def _said(what: str, option: str) -> str:
    return str(option) or {"draw": "as suits it", "window": "the whole walk"}[what]


def _text(desk: Desk, look: Look, what: str, label: str, placeholder: str, width: int) -> None:
    at = getattr(look, what) or ""
    key = f"record-{what}-{desk.draft.current}-{at}"
    st.text_input(
        label,
        at,
        placeholder=placeholder,
        max_chars=200,
        key=key,
        on_change=_take,
        args=(desk, look, what, key),
        width=width,
    )


def _normal(desk: Desk, look: Look) -> None:
    side = 1 if look.normal_below is not None else 2 if look.normal_above is not None else 0
    line = look.normal_below if side == 1 else look.normal_above
    at = f"{desk.draft.current}-{side}-{line}"
    side_key, line_key = f"record-normal-{at}", f"record-line-{at}"
    told = (desk, look, side_key, line_key)
    st.selectbox("Normal is", _LINES, index=side, key=side_key, width=140, on_change=_take_line, args=told)
    if side:
        st.number_input(
            "the line", value=line or 0.0, key=line_key, width=130, format="%g", on_change=_take_line, args=told
        )


def _take_line(desk: Desk, look: Look, side_key: str, line_key: str) -> None:
    side = _LINES.index(str(widget(side_key) or _LINES[0]))
    line = float(widget(line_key) or 0.0)
    _adjust(desk, look, normal_below=line if side == 1 else None, normal_above=line if side == 2 else None)  # noqa: PLR2004 - the third of the choices


def _take(desk: Desk, look: Look, what: str, key: str) -> None:
    said = widget(key)
    if what == "title" and not said:
        return
    value: Any = said or None
    if what == "window" and said:
        value = parse_span(str(said))
    _adjust(desk, look, **{what: value if what != "unit" else said})


def _adjust(desk: Desk, look: Look, **changed: Any) -> None:
    try:
        adjusts(desk, Look.model_validate({**look.model_dump(), **changed}))
    except ValidationError:
        session().draft_trouble = "That does not fit; the look is as it was."
