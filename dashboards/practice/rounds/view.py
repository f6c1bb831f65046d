"""A question round as people go through it, in a session or by itself: write in silence, reveal, group."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import streamlit as st

from dashboards import viewer
from dashboards.components import keep_draft
from dashboards.practice.rounds import beginning
from dashboards.practice.rounds.answers import own_answers
from dashboards.practice.rounds.beginning import write
from dashboards.practice.rounds.groups import GroupEntry, groups
from dashboards.shared import process
from dashboards.state import now
from dashboards.ui import doubts, line_editing, words
from dashboards.ui.plain import plain
from dashboards.writing import signed
from vistas.practice.noted_lines import NotedLine
from vistas.practice.rounds import Phase, Round, entries
from vistas.practice.rounds.entries import Answered, AnswersRevealed, LessonNoted
from vistas.practice.rounds.export import write_markdown
from vistas.vista import new_id

WHAT_I_LEARN = "What I learn from this"


@dataclass(frozen=True, slots=True)
class WrapUp:
    """Where lessons can be taken to, and which are there already."""

    take: Callable[[NotedLine], None]
    taken: Collection[UUID] = ()


def draw(journal: UUID, *, leads: bool = True, wrap_up: WrapUp | None = None) -> None:
    """The round of this journal as far as it has come.

    `leads` is whether one may settle what is to be settled, begin the writing and reveal.
    """
    state = process.notebooks().rounds.read(journal)
    with st.container(key="round", gap="medium"):
        _head(state)
        match state.phase:
            case Phase.PREPARED:
                beginning.prepare(journal, state, leads=leads)
            case Phase.WRITING:
                _writing(journal, state, leads=leads)
            case Phase.REVEALED:
                _revealed(journal, state, wrap_up)


def _head(state: Round) -> None:
    with st.container(key="round-head", gap="xsmall"):
        with st.container(key="round-question"):
            st.text(state.question)
        if state.phase is Phase.PREPARED:
            return
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if state.anonymous:
                st.badge("Anonymous", icon=":material/visibility_off:", color="gray")
                st.markdown(
                    ":small[:gray[Nobody knows who wrote what: it is not stored anywhere.]]", width="content"
                )
            else:
                st.badge("With names", icon=":material/person:", color="gray")


def _writing(journal: UUID, state: Round, *, leads: bool) -> None:
    _own(journal, state)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="round-foot"):
        if leads:
            st.button(
                "Reveal all answers",
                type="primary",
                icon=":material/visibility:",
                disabled=not state.answers,
                on_click=write,
                args=(journal, AnswersRevealed()),
                key="round-reveal",
            )
        st.markdown(f":gray[{so_far(state)}]", width="content")


def so_far(state: Round) -> str:
    """How many answers there are; never whose."""
    told = words.count(len(state.answers), "answer") if state.answers else "No answers"
    return f"{told} so far. If you would rather not write, you have still taken part."


def _own(journal: UUID, state: Round) -> None:
    own_answers(state, key=f"answers-{journal}", me=viewer.name(), on_answer=partial(_answer, journal))


def _answer(journal: UUID, said: tuple[Answered, ...]) -> None:
    rounds = process.notebooks().rounds
    me = "" if rounds.read(journal).anonymous else viewer.signature()
    for each in said:
        entries.answer(rounds, journal, each.id, each.text, by=me, at=now())


def _revealed(journal: UUID, state: Round, wrap_up: WrapUp | None) -> None:
    if state.answers:
        groups(state, key=f"groups-{journal}", on_group=partial(_group, journal))
    else:
        st.markdown(":gray[All answers were withdrawn.]")
    grid = st.grid(2, min_column_width=360, gap=("medium", 48))
    with grid.cell():
        _lessons(journal, state, wrap_up)
    with grid.cell(), st.container(key="round-more", gap="small"):
        st.header("Something to add?", anchor=False)
        _own(journal, state)


def _group(journal: UUID, moved: tuple[GroupEntry, ...]) -> None:
    process.notebooks().rounds.write(journal, *moved, **signed())


def _lessons(journal: UUID, state: Round, wrap_up: WrapUp | None) -> None:
    with st.container(key="round-lessons", gap="small"):
        st.header("What do we learn from this?", anchor=False)
        if not state.lessons:
            st.markdown(":gray[What surprised us, what we see differently, what we would like to try.]")
        for lesson in state.lessons:
            _lesson(journal, lesson, wrap_up)
        said = st.chat_input(WHAT_I_LEARN, key=(box := f"lesson-{journal}"), max_chars=4000)
        keep_draft(box)
        if said and str(said).strip():
            doubts.asking(str(said).strip(), lambda text: write(journal, LessonNoted(id=new_id(), text=text)))
            st.rerun()


def _lesson(journal: UUID, lesson: NotedLine, wrap_up: WrapUp | None) -> None:
    with st.container(key=f"notice-loose-{lesson.id}", gap=None):
        st.text(lesson.text)
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"by-{lesson.id}"):
            st.text(lesson.by)
            if wrap_up is not None:
                _to_wrap_up(lesson, wrap_up)
            if lesson.by == viewer.name():
                line_editing.draw(
                    lesson, WHAT_I_LEARN, lambda text: write(journal, LessonNoted(id=lesson.id, text=text))
                )


def _to_wrap_up(lesson: NotedLine, wrap_up: WrapUp) -> None:
    taken = lesson.id in wrap_up.taken
    st.button(
        "In the wrap-up" if taken else "Add to the wrap-up",
        type="tertiary",
        icon=":material/check:" if taken else ":material/wb_twilight:",
        disabled=taken,
        on_click=wrap_up.take,
        args=(lesson,),
        key=f"take-lesson-{lesson.id}",
    )


def export(journal: UUID) -> None:
    """A door to take the round along; made when it is asked for."""
    state = process.notebooks().rounds.read(journal)
    name = words.file_name(state.question, "question")
    st.download_button(
        "Export (.md)",
        partial(write_markdown, state),
        f"{name}.md",
        "text/markdown",
        icon=":material/download:",
        type="tertiary",
        key="round-md",
        on_click="ignore",
        help=plain("The answers by group, and what was learned."),
    )
