"""A question round taken elsewhere, as Markdown to read. Nothing is told before the reveal."""

from __future__ import annotations

from collections.abc import Iterator

from vistas.practice.rounds.state import Answer, Group, Phase, Round
from vistas.sharing.escaping import as_markdown


def write_markdown(state: Round) -> str:
    """The answers by their groups, and what was learned. Whatever people wrote shows as the text it is."""
    return "\n".join(_lines(state)) + "\n"


def _lines(state: Round) -> Iterator[str]:
    yield f"# {as_markdown(state.question, 200)}"
    if state.phase is not Phase.REVEALED:
        yield ""
        yield "*The answers have not been revealed yet.*"
        return
    if state.anonymous:
        yield ""
        yield "*Answered anonymously: who wrote what is not stored anywhere.*"
    for group in state.groups:
        yield from _group(group, alone=not state.names)
    if state.lessons:
        yield from ("", "## What we learned", "")
        yield from (f"- {as_markdown(lesson.text)} ({as_markdown(lesson.by)})" for lesson in state.lessons)


def _group(group: Group, *, alone: bool) -> Iterator[str]:
    """`alone` is whether there are no named groups beside it."""
    title = "Answers" if alone else as_markdown(group.name, 200) if group.id else "Ungrouped"
    yield from ("", f"## {title}", "")
    yield from (f"- {_answer(answer)}" for answer in group.answers)


def _answer(answer: Answer) -> str:
    said = as_markdown(answer.text)
    return f"{said} ({as_markdown(answer.by)})" if answer.by else said
