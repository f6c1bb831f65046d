"""A question round in a room."""

from __future__ import annotations

from functools import partial
from uuid import UUID

import streamlit as st

from dashboards.practice.rounds import beginning, view
from dashboards.room import Room, attach, choose_existing
from dashboards.shared import process
from vistas.practice.noted_lines import NotedLine
from vistas.practice.session import Activity
from vistas.practice.session.words import Learned


def watched(room: Room, activity: Activity) -> tuple[UUID, ...]:  # noqa: ARG001 - one signature for all activities
    return (activity.about,) if activity.about else ()


def draw(room: Room, activity: Activity) -> None:
    if activity.about is None:
        _begin(room, activity)
        return
    learned = frozenset(line.id for line in room.session.learned)
    wrap_up = view.WrapUp(partial(_take, room), learned)
    view.draw(activity.about, leads=room.hosting, wrap_up=wrap_up)


def _take(room: Room, lesson: NotedLine) -> None:
    """Into the session's wrap-up; another's lesson stays recognisable as theirs."""
    text = lesson.text if lesson.by == room.me else f"{lesson.text} (noted by {lesson.by})"
    room.write(Learned(id=lesson.id, text=text[:4000]))


def _begin(room: Room, activity: Activity) -> None:
    st.markdown(
        "One question, and everybody writes in silence, as much or as little as they like. Then all answers are "
        "revealed at once, and we group what belongs together."
    )
    beginning.choose(str(activity.id), activity.title, partial(attach, room, activity))
    choose_existing(room, activity, process.notebooks().rounds)
