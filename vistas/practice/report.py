"""A session told to those who were not there: one page in Markdown, and a message for the team's chat.

Sources of the message's escaping: Slack, "Formatting text for app surfaces" (& < > are written as entities);
Mattermost, "Incoming webhooks" and "Mention people" (`@channel`, `@all` and `@here` call everybody).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from vistas.practice.chapters import Chapter
from vistas.practice.session import Activity, ActivityKind, Session
from vistas.sharing.markdown import text
from vistas.sharing.marks import say_time

Address = Callable[[Activity], str]
"""Where what an activity worked on can be opened; empty where it cannot."""

NAMES: Final = {
    ActivityKind.WALK: "Walk",
    ActivityKind.DECISIONS: "Decision table",
    ActivityKind.MATRIX: "Dependency matrix",
    ActivityKind.QUESTION: "Question round",
    ActivityKind.WHEEL: "Wheel of Expertise",
    ActivityKind.TOPIC: "Something came up",
}
MESSAGE_LINE = 400
"""Letters of one line in a chat; the page has it whole."""


@dataclass(frozen=True, slots=True)
class Report:
    title: str
    began_at: datetime
    session: Session
    chapters: tuple[Chapter, ...]


def write_page(report: Report, address: Address) -> str:
    """Markdown. Whatever people wrote shows as the text it is; addresses are the only links."""
    return "\n".join(_page(report, address)) + "\n"


def _page(report: Report, address: Address) -> Iterator[str]:
    session = report.session
    yield f"# {text(report.title)}"
    yield ""
    yield f"{say_time(report.began_at)} UTC, with {text(_names(session.people))}."
    yield from _section("What we learned", (f"{text(line.text)} *({text(line.by)})*" for line in session.learned))
    yield from _section("For next time", (text(line) for line in session.carried.values()))
    for chapter in report.chapters:
        yield ""
        yield f"## {NAMES[chapter.activity.kind]}: {text(chapter.activity.title)}"
        if link := address(chapter.activity):
            yield from ("", f"[Open it]({link})")
        if chapter.missing:
            yield from ("", f"*{text(chapter.missing)}*")
        if chapter.lines:
            yield ""
            yield from (f"- {text(line)}" for line in chapter.lines)
    titles = {activity.id: activity.title for activity in session.agenda}
    yield from _section(
        "Where we turned aside",
        (
            f"from {text(titles.get(pivot.left, '?'))} to {text(titles.get(pivot.towards, '?'))}"
            + (f": {text(pivot.because)}" if pivot.because else "")
            for pivot in session.pivots
        ),
    )


def _section(title: str, lines: Iterator[str]) -> Iterator[str]:
    items = [f"- {line}" for line in lines]
    if items:
        yield from ("", f"## {title}", "", *items)


def _names(people: tuple[str, ...]) -> str:
    if len(people) < 2:  # noqa: PLR2004 - nobody to put an "and" between
        return "".join(people) or "nobody"
    return f"{', '.join(people[:-1])} and {people[-1]}"


def write_message(report: Report, address: Address) -> str:
    """Plain lines that Slack and Mattermost show alike; nobody is called by it."""
    return "\n".join(_message(report, address))


def _message(report: Report, address: Address) -> Iterator[str]:
    session = report.session
    yield f"{_harmless(report.title)}, with {_harmless(_names(session.people))}"
    if session.learned:
        yield "What we learned:"
        yield from (f"• {_harmless(line.text)} ({_harmless(line.by)})" for line in session.learned)
    if session.carried:
        yield "For next time:"
        yield from (f"• {_harmless(line)}" for line in session.carried.values())
    links = [(chapter.activity.title, address(chapter.activity)) for chapter in report.chapters]
    yield from (f"{_harmless(title)}: {link}" for title, link in links if link)


def _harmless(said: str) -> str:
    line = " ".join(said.split())
    line = line if len(line) <= MESSAGE_LINE else f"{line[: MESSAGE_LINE - 1]}…"
    for special, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        line = line.replace(special, entity)
    return line.replace("@", "@\u200b")
