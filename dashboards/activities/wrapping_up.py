"""The wrap-up: what we learned, in everybody's words; what is for next time; and the page that tells of it."""

from __future__ import annotations

import os
from datetime import timedelta
from uuid import UUID

import streamlit as st

from dashboards import links, own_line, process, words
from dashboards.plain import plain
from dashboards.room import Room
from dashboards.state import now, zone
from vistas import chat
from vistas.errors import VistasError
from vistas.practice.carrying import from_last_time
from vistas.practice.chapters import Chapter, chapters
from vistas.practice.noted_lines import NotedLine
from vistas.practice.report import NAMES, Report, write_message, write_page
from vistas.practice.session import Activity, ActivityKind
from vistas.practice.session_entries import Planned
from vistas.practice.session_words import CarriedOver, Learned
from vistas.source import Deadline
from vistas.vista import new_id

CHAT_PATIENCE = timedelta(seconds=15)
LINES_SHOWN = 5
WHAT_I_TAKE = "What I take with me"


def watched(room: Room, activity: Activity) -> tuple[UUID, ...]:  # noqa: ARG001 - it tells of all activities
    return tuple(each.about for each in room.session.agenda if each.about is not None)


def draw(room: Room, activity: Activity) -> None:
    told = chapters(room.session, process.notebooks(), process.workspace().store, now())
    grid = st.grid(3, min_column_width=340, gap=("medium", 56))
    with grid.cell(column_span=2):
        _learned(room, activity)
        _last_time(room)
    with grid.cell():
        _what_there_was(told)
        _take_along(room, told)


def _learned(room: Room, activity: Activity) -> None:
    with st.container(key="wrapping-up", gap="small"):
        st.subheader("What did we learn?", anchor=False)
        if not room.session.learned:
            st.markdown(":gray[In your own words, as small as it may be. Whoever only listened has taken part.]")
        for line in room.session.learned:
            _line(room, line)
        said = st.chat_input(WHAT_I_TAKE, key=f"learned-{activity.id}", max_chars=4000)
        if said and str(said).strip():
            room.write(Learned(id=new_id(), text=str(said).strip()))
            st.rerun()


def _line(room: Room, line: NotedLine) -> None:
    carried = line.id in room.session.carried
    with st.container(key=f"notice-loose-{line.id}", gap=None):
        st.text(line.text)
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"by-{line.id}"):
            st.text(f"{line.by}, {words.when(line.at, now(), zone())}")
            st.button(
                "For next time" if carried else "Take up again next time",
                type="tertiary",
                icon=":material/event_available:" if carried else ":material/event_repeat:",
                help="It waits for the next session. Click to let it rest." if carried else None,
                key=f"carry-{line.id}-{carried}",
                on_click=room.write,
                args=(CarriedOver(id=line.id, text=line.text, carry=not carried),),
            )
            if line.by == room.me:
                own_line.draw(line, WHAT_I_TAKE, lambda text: room.write(Learned(id=line.id, text=text)))


def _last_time(room: Room) -> None:
    last = from_last_time(process.notebooks().sessions, room.id)
    if last is None:
        return
    planned = {activity.id for activity in room.session.agenda}
    with st.container(key="last-time", gap="xsmall"):
        st.subheader("From last time", anchor=False)
        for line_id, text in last.lines:
            with st.container(
                horizontal=True, vertical_alignment="center", gap="small", key=f"from-last-{line_id}"
            ):
                st.text(text, width="stretch")
                if line_id in planned:
                    st.markdown(":small[:gray[on the agenda]]", width="content")
                    continue
                topic = Activity(id=line_id, kind=ActivityKind.TOPIC, title=text[:200])
                st.button(
                    "Onto the agenda",
                    type="tertiary",
                    icon=":material/playlist_add:",
                    key=f"plan-{line_id}",
                    on_click=room.write,
                    args=(Planned(activity=topic),),
                )


def _what_there_was(told: tuple[Chapter, ...]) -> None:
    with st.container(key="what-there-was", gap="small"):
        st.subheader("What there was", anchor=False)
        if not told:
            st.markdown(":gray[Nothing yet. What the room turns to is listed here.]")
        for chapter in told:
            with st.container(key=f"chapter-{chapter.activity.id}", gap=None):
                address = links.to_activity(chapter.activity)
                title = plain(chapter.activity.title)
                st.markdown(f":small[:gray[{NAMES[chapter.activity.kind]}]]")
                st.markdown(f"[{title}]({address})" if address else title)
                if chapter.missing:
                    st.text(chapter.missing)
                for line in chapter.lines[:LINES_SHOWN]:
                    st.text(line)
                more = len(chapter.lines) - LINES_SHOWN
                if more > 0:
                    st.markdown(f":small[:gray[and {words.count(more, 'line')} more]]")


def _take_along(room: Room, told: tuple[Chapter, ...]) -> None:
    report = Report(room.title, process.notebooks().sessions.head(room.id).begun_at, room.session, told)
    with st.container(key="take-along", gap="small"):
        page = write_page(report, links.to_activity)
        st.download_button(
            "One page, as Markdown",
            page,
            file_name=f"session-{report.began_at:%Y-%m-%d}.md",
            mime="text/markdown",
            icon=":material/download:",
            key="wrap-up-page",
        )
        with st.expander("See the page", key="see-page"):
            st.code(page, language="markdown", wrap_lines=True)
        if process.workspace().settings.chat.is_configured:
            _to_chat(write_message(report, links.to_activity))
        else:
            st.markdown(
                ":small[:gray[To post it to your team's chat, name a webhook under `[chat]` in vistas.toml.]]"
            )


def _to_chat(message: str) -> None:
    """Nothing leaves before somebody has seen it and said so."""
    with st.popover("Post to the chat …", icon=":material/send:", key="to-chat"):
        st.markdown("This is what your team would read:")
        st.code(message, language=None, wrap_lines=True)
        if st.button("Post it", type="primary", key="post-it"):
            settings = process.workspace().settings.chat
            try:
                chat.post(settings.webhook(os.environ), message, deadline=Deadline(CHAT_PATIENCE))
            except VistasError as problem:
                st.warning(plain(str(problem)))
            else:
                st.success("Posted.")
