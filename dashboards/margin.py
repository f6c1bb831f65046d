"""The margin: what people noticed at this stop, and a line to write a notice about the whole stop.

Everything people wrote is shown as text, never as Markdown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards import process, viewer, words
from dashboards.cards import TONES
from dashboards.components import Mark, Marked
from dashboards.plain import plain
from dashboards.state import now, session
from vistas.errors import NoticeError
from vistas.notice import Anchor, LogPattern, Notice, NoticeKind, Row, Stretch, WholeStop
from vistas.practice.overlap import people_at
from vistas.vista import Vista, new_id

_A_DAY = timedelta(hours=20)


def write(vista_id: UUID, stop: str, marked: Marked) -> Notice:
    """Keep what somebody noticed; when this returns it is on the disk."""
    session().removed = None
    return process.workspace().store.write_notice(
        vista_id,
        Notice(
            id=marked.id,
            stop=stop,
            author=viewer.name(),
            kind=marked.kind,
            text=marked.text,
            anchor=marked.anchor,
            written_at=now(),
        ),
    )


def marks(notices: Sequence[Notice]) -> tuple[Mark, ...]:
    """The notices that hang on data, as they are drawn on it."""
    numbers, people = numbered(notices), people_at(notices)
    return tuple(Mark(numbers[each.id], each, people[each.id]) for each in notices if each.id in numbers)


def numbered(notices: Sequence[Notice]) -> Mapping[UUID, int]:
    """Notices that hang on data carry a number, in the order they were written."""
    placed = [notice for notice in notices if not isinstance(notice.anchor, WholeStop)]
    return {notice.id: number for number, notice in enumerate(placed, start=1)}


def where(anchor: Anchor, zone: ZoneInfo) -> str:
    """An anchor in a few words."""
    match anchor:
        case Stretch():
            return words.stretch(anchor.start, anchor.end, zone)
        case Row():
            return " / ".join(value for value in anchor.key.values() if value)
        case LogPattern():
            return anchor.pattern if len(anchor.pattern) <= 40 else anchor.pattern[:39] + "…"  # noqa: PLR2004
        case WholeStop():
            return ""


def draw(
    vista: Vista, stop: str, notices: Sequence[Notice], *, zone: ZoneInfo, hint: str, hidden: int = 0
) -> None:
    """The margin of one stop. `hidden` notices are there but not shown yet."""
    with st.container(key="margin", gap="medium"):
        st.subheader("In the margin", anchor=False)
        _undo(vista.id)
        numbers = numbered(notices)
        if not notices and not hidden:
            st.markdown(":gray[Nothing noticed here yet. What strikes you? Even *normal for us* is worth a line.]")
        pages = st.grid("auto", min_column_width=300, gap="medium")
        for notice in notices:
            with pages.cell():
                _notice(vista, notice, numbers.get(notice.id), zone)
        if hidden:
            st.markdown(
                f":gray[{words.count(hidden, 'notice')} by others, kept back until you have had a first look.]"
            )
        _composer(vista, stop, hint)


def _notice(vista: Vista, notice: Notice, number: int | None, zone: ZoneInfo) -> None:
    drawn = "drawn" if number else "loose"
    with st.container(key=f"notice-{drawn}-{notice.id}", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.badge(notice.kind.value, color=TONES[notice.kind])
            place = where(notice.anchor, zone)
            if place:
                with st.container(key=f"where-{notice.id}", width="content"):
                    st.text(place)
        st.text(notice.text)
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"by-{notice.id}"):
            edited = ", changed" if notice.revision > 1 else ""
            st.text(f"{notice.author}, {_when(notice.written_at, zone)}{edited}")
            if notice.author == viewer.name():
                _own(vista.id, notice)


def _when(moment: datetime, zone: ZoneInfo) -> str:
    return words.clock(moment, zone) if now() - moment < _A_DAY else words.when(moment, now(), zone)


def _own(vista_id: UUID, notice: Notice) -> None:
    """What only its author can do with a notice."""
    with st.popover("Change or remove", icon=":material/edit:", type="tertiary", key=f"own-{notice.id}"):
        text = st.text_area(
            "What you noticed", notice.text, key=f"edit-{notice.id}-{notice.revision}", max_chars=4000
        )
        kinds = list(NoticeKind)
        kind = st.pills(
            "Kind",
            kinds,
            default=notice.kind,
            required=True,
            format_func=lambda each: each.value,
            key=f"kind-{notice.id}-{notice.revision}",
        )
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            if st.button("Keep the change", type="primary", key=f"keep-{notice.id}"):
                _revise(vista_id, notice, text, kind or notice.kind)
            if st.button("Remove", type="tertiary", icon=":material/delete:", key=f"remove-{notice.id}"):
                process.workspace().store.remove_notice(vista_id, notice.id, by=viewer.name(), at=now())
                session().removed = (vista_id, notice.id)
                st.rerun()


def _revise(vista_id: UUID, notice: Notice, text: str, kind: NoticeKind) -> None:
    if not text.strip():
        st.warning("A notice needs a few words. To take it back, remove it.")
        return
    try:
        process.workspace().store.revise_notice(
            vista_id, notice.id, by=viewer.name(), text=text.strip(), kind=kind, at=now()
        )
    except NoticeError as problem:
        st.warning(plain(str(problem)))
        return
    st.rerun()


def _undo(vista_id: UUID) -> None:
    removed = session().removed
    if removed is None or removed[0] != vista_id:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="undo"):
        st.markdown(":gray[Removed.]", width="content")
        if st.button("Undo", type="tertiary", icon=":material/undo:", key="undo-remove"):
            process.workspace().store.restore_notice(vista_id, removed[1], by=viewer.name(), at=now())
            session().removed = None
            st.rerun()


def _composer(vista: Vista, stop: str, hint: str) -> None:
    with st.container(key="composer", gap="xsmall"):
        kind = st.pills(
            "Kind of notice",
            list(NoticeKind),
            default=NoticeKind.NOTICED,
            required=True,
            format_func=lambda each: each.value,
            label_visibility="collapsed",
            key="composer-kind",
        )
        said = st.chat_input("What do you notice?", key=f"say-{vista.id}-{stop}", max_chars=4000)
        if said and str(said).strip():
            write(vista.id, stop, Marked(new_id(), kind or NoticeKind.NOTICED, str(said).strip(), WholeStop()))
            st.rerun()
        st.markdown(f":small[:gray[{hint}]]")
