"""The wrap-up: what we learned, in everybody's words; what is for next time; and the page that tells of it."""

from __future__ import annotations

import os
from datetime import timedelta
from uuid import UUID

import streamlit as st

from dashboards.components import keep_draft
from dashboards.room.room import Room
from dashboards.shared import process
from dashboards.state import now, zone
from dashboards.ui import doubts, line_editing, links, words
from dashboards.ui.places import Place
from dashboards.ui.plain import error_text, plain
from vistas.errors import VistasError
from vistas.extensions import chat
from vistas.practice.noted_lines import NotedLine
from vistas.practice.report.chapters import Chapter, chapters
from vistas.practice.report.report import NAMES, Report, write_message, write_page
from vistas.practice.session import Activity, ActivityKind
from vistas.practice.session.carried_over import from_last_time
from vistas.practice.session.entries import Planned
from vistas.practice.session.words import CarriedOver, Learned
from vistas.source import Deadline
from vistas.vista import new_id

CHAT_PATIENCE = timedelta(seconds=15)
LINES_SHOWN = 5
WHAT_I_TAKE = "What I take away"


def watched(room: Room, activity: Activity) -> tuple[UUID, ...]:  # noqa: ARG001 - it tells of all activities
    return tuple(each.about for each in room.session.agenda if each.about is not None)


def draw(room: Room, activity: Activity) -> None:
    told = chapters(room.session, process.notebooks(), process.workspace().store, now())
    grid = st.grid(3, min_column_width=340, gap=("medium", 56))
    with grid.cell(column_span=2):
        _learned(room, activity)
        _last_time(room)
    with grid.cell():
        _chapters(told)
        _export(room, told)


def _learned(room: Room, activity: Activity) -> None:
    with st.container(key="wrapping-up", gap="small"):
        st.header("What did we learn?", anchor=False)
        if not room.session.learned:
            st.markdown(":gray[In your own words, however small. If you only listened, you have taken part too.]")
        for line in room.session.learned:
            _line(room, line)
        said = st.chat_input(WHAT_I_TAKE, key=(box := f"learned-{activity.id}"), max_chars=4000)
        keep_draft(box)
        if said and str(said).strip():
            doubts.asking(str(said).strip(), lambda text: room.write(Learned(id=new_id(), text=text)))
            st.rerun()


def _line(room: Room, line: NotedLine) -> None:
    carried = line.id in room.session.carried
    with st.container(key=f"notice-loose-{line.id}", gap=None):
        st.text(line.text)
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"by-{line.id}"):
            st.text(f"{line.by}, {words.when_in_sentence(line.at, now(), zone())}")
            st.button(
                "For next time" if carried else "Pick up again next time",
                type="tertiary",
                icon=":material/event_available:" if carried else ":material/event_repeat:",
                help="It is kept for the next session. Click to let it go." if carried else None,
                key=f"carry-{line.id}-{carried}",
                on_click=room.write,
                args=(CarriedOver(id=line.id, text=line.text, carry=not carried),),
            )
            if line.by == room.me:
                line_editing.draw(line, WHAT_I_TAKE, lambda text: room.write(Learned(id=line.id, text=text)))


def _last_time(room: Room) -> None:
    last = from_last_time(process.notebooks().sessions, room.id)
    if last is None:
        return
    planned = {activity.id for activity in room.session.agenda}
    with st.container(key="last-time", gap="xsmall"):
        st.header("From last time", anchor=False)
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
                    "Add to the agenda",
                    type="tertiary",
                    icon=":material/playlist_add:",
                    key=f"plan-{line_id}",
                    on_click=room.write,
                    args=(Planned(activity=topic),),
                )


def _chapters(told: tuple[Chapter, ...]) -> None:
    with st.container(key="what-there-was", gap="small"):
        st.header("What we did", anchor=False)
        if not told:
            st.markdown(":gray[Nothing yet. What the room works on is listed here.]")
        for chapter in told:
            with st.container(key=f"chapter-{chapter.activity.id}", gap=None):
                address = links.to_activity(chapter.activity)
                title = plain(chapter.activity.title)
                st.markdown(f":small[:gray[{NAMES[chapter.activity.kind]}]]")
                st.markdown(f"[{title}]({address})" if address else title)
                if chapter.activity.kind is ActivityKind.WALK and chapter.activity.about and not chapter.missing:
                    address = links.to(Place.WRAP_UP, links.ways(chapter.activity.about))
                    st.markdown(f":small[[How everybody walked it]({address})]")
                if chapter.missing:
                    st.text(chapter.missing)
                for line in chapter.lines[:LINES_SHOWN]:
                    st.text(line)
                more = len(chapter.lines) - LINES_SHOWN
                if more > 0:
                    st.markdown(f":small[:gray[and {words.count(more, 'line')} more]]")


def _export(room: Room, told: tuple[Chapter, ...]) -> None:
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
        with st.expander("Preview", key="see-page"):
            st.code(page, language="markdown", wrap_lines=True)
        if process.workspace().settings.chat.is_configured:
            _to_chat(write_message(report, links.to_activity))
        else:
            st.markdown(
                ":small[:gray[To post it to your team's chat, set a webhook under `[chat]` in vistas.toml.]]"
            )


def _to_chat(message: str) -> None:
    """Nothing leaves before somebody has seen it and said so."""
    with st.popover("Post to chat…", icon=":material/send:", key="to-chat"):
        st.markdown("This is what your team will see:")
        st.code(message, language=None, wrap_lines=True)
        if st.button("Post", type="primary", key="post-it"):
            settings = process.workspace().settings.chat
            try:
                chat.post(settings.webhook(os.environ), message, deadline=Deadline(CHAT_PATIENCE))
            except VistasError as problem:
                st.warning(plain(error_text(problem)))
            else:
                st.success("Posted.")
