"""Beside what one looks at: the stops so far, what can be put back, and what was tried and left out."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboards.drafts.desk import Desk
from dashboards.drafts.keeping import said_once_sure
from dashboards.drafts.stops import stops
from dashboards.state import session, zone
from dashboards.ui import words
from dashboards.ui.plain import plain
from vistas.practice.drafts import (
    ChangeUndone,
    DraftEntry,
    LookPickedUp,
    LookTakenOut,
    StopRestored,
    StopReworded,
    Words,
    words_of,
)
from vistas.practice.drafts.making import LONGEST_TITLE
from vistas.routine import Stop

LISTED = 30


def draw(desk: Desk) -> None:
    with st.container(key="record-aside", gap="small"):
        st.header("The stops so far", anchor=False)
        if desk.draft.stops:
            st.markdown(
                ":small[:gray[Drag them, or press Alt with ↑ or ↓ on one. Click a question to change its words.]]"
            )
        elif not desk.draft.looking_at:
            st.markdown(":gray[None yet. Try a look; when it shows what you would want to see again, keep it.]")
        tried = desk.draft.looking_at
        stops(
            desk.draft,
            tried.look.title if tried else "",
            key=f"record-stops-{desk.key}",
            on_order=lambda entries: desk.write(*entries),
            on_open=_open,
        )
        _put_back(desk)
        _left_out(desk)
    if stop := desk.draft.stop(session().rewording):
        _reword(desk, stop)


def _open(slug: str) -> None:
    session().rewording = slug


def _close() -> None:
    session().rewording = ""


def _put_back(desk: Desk) -> None:
    if desk.draft.before:
        st.button(
            "Undo",
            type="tertiary",
            icon=":material/undo:",
            key="record-undo",
            on_click=desk.write,
            args=(ChangeUndone(),),
        )
    if not desk.draft.removed:
        return
    with st.expander(words.count(len(desk.draft.removed), "removed stop"), type="compact", key="record-removed"):
        for removed in reversed(desk.draft.removed):
            _line(desk, removed.stop.question, "Put back", StopRestored(stop=removed.stop.stop))


def _left_out(desk: Desk) -> None:
    left = desk.draft.left_out
    if not left:
        return
    said = words.count(len(left), "look you tried and did not keep", "looks you tried and did not keep")
    number, _, rest = said.partition(" ")
    with st.expander(f"Left out: {words.spelled(int(number)).lower()} {rest}", type="compact", key="record-left"):
        for tried in left[:LISTED]:
            at = words.clock(tried.at, zone())
            _line(desk, f"{tried.look.title} ({at})", "Look again", LookPickedUp(id=tried.id))


def _line(desk: Desk, says: str, does: str, entry: DraftEntry) -> None:
    key = entry.model_dump_json()
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(plain(says), width="stretch")
        st.button(does, type="tertiary", key=f"record-line-{key}", on_click=desk.write, args=(entry,))


@st.dialog("Change the words", width="medium", on_dismiss=_close)
def _reword(desk: Desk, stop: Stop) -> None:
    before = words_of(stop)
    with st.form(f"record-reword-{stop.stop}", border=False):
        question = st.text_area("What do you ask here?", before.question, max_chars=200, height="content")
        why = st.text_area("Why do you look here?", before.why, max_chars=2000, height=110)
        title = st.text_input("On the rail", before.title, max_chars=LONGEST_TITLE)
        normal = st.text_area("What normal looks like", before.normal, max_chars=2000, height=90)
        plainly = st.text_area("In plain words", before.plainly, max_chars=2000, height=90)
        saved = st.form_submit_button("Save", type="primary", key="record-reword-saves")
    if saved and question.strip() and why.strip():
        said = Words(question=question, why=why, title=title, normal=normal, plainly=plainly)
        _close()
        said_once_sure(said, partial(_say, desk, stop.stop))
        st.rerun()
    elif saved:
        st.warning("A stop needs its question and why one looks there.")
    _looks(desk, stop)


def _looks(desk: Desk, stop: Stop) -> None:
    if len(stop.looks) == 1:
        return
    st.markdown("**What is looked at there**")
    for look in stop.looks:
        _line(desk, look.title, "Take out", LookTakenOut(stop=stop.stop, look=look.look))


def _say(desk: Desk, slug: str, said: Words) -> None:
    desk.write(StopReworded(stop=slug, words=said))
