"""A question round in a room."""

from __future__ import annotations

from functools import partial
from uuid import UUID

import streamlit as st

from dashboards import process, round_beginning, round_view
from dashboards.attaching import attach, go_on_with_another
from dashboards.room import Room
from vistas.practice.noted_lines import NotedLine
from vistas.practice.session import Activity
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
    round_beginning.choose(str(activity.id), activity.title, partial(attach, room, activity))
    go_on_with_another(room, activity, process.notebooks().rounds)
