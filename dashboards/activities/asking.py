"""A question round in a room."""

from __future__ import annotations

from functools import partial
from uuid import UUID

import streamlit as st

from dashboards import process, round_beginning, round_view, words
from dashboards.room import Room
from dashboards.state import now, zone
from vistas.practice.noted_lines import NotedLine
from vistas.practice.session import Activity
from vistas.practice.session_entries import Attached
from vistas.practice.session_words import Learned


def watched(room: Room, activity: Activity) -> tuple[UUID, ...]:  # noqa: ARG001 - one signature for all activities
    return (activity.about,) if activity.about else ()


def draw(room: Room, activity: Activity) -> None:
    if activity.about is None:
        _begin(room, activity)
        return
    learned = frozenset(line.id for line in room.session.learned)
    wrap_up = round_view.WrapUp(partial(_take, room), learned)
    round_view.draw(activity.about, leads=room.hosting, wrap_up=wrap_up)


def _take(room: Room, lesson: NotedLine) -> None:
    """Into the session's wrap-up; another's lesson stays recognisable as theirs."""
    text = lesson.text if lesson.by == room.me else f"{lesson.text} (noted by {lesson.by})"
    room.write(Learned(id=lesson.id, text=text[:4000]))


def _begin(room: Room, activity: Activity) -> None:
    st.markdown(
        "One question, and everybody writes in silence, as much or as little as they like. Then all answers are "
        "revealed at once, and we put together what belongs together."
    )
    attach = partial(_attach, room, activity)
    round_beginning.choose(str(activity.id), activity.title, attach)
    earlier = {head.id: head for head in process.notebooks().rounds.find(limit=20)}
    if not earlier:
        return
    chosen = st.selectbox(
        "Or go on with one that is there",
        list(earlier),
        index=None,
        placeholder="choose a round",
        format_func=lambda each: f"{earlier[each].title} · {words.when(earlier[each].changed_at, now(), zone())}",
        width=420,
        key=f"round-earlier-{activity.id}",
    )
    if chosen:
        attach(chosen)


def _attach(room: Room, activity: Activity, journal: UUID) -> None:
    room.write(Attached(activity=activity.id, about=journal))
    st.rerun()
