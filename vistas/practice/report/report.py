"""A session summarised for those who were not there: a page in Markdown, and a message for the team's chat."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from vistas.formatting.times import say_time
from vistas.practice.report.chapters import Chapter
from vistas.practice.session import Activity, ActivityKind, Session
from vistas.sharing.escaping import as_chat_line, as_link, as_markdown

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
    yield f"# {as_markdown(report.title)}"
    yield ""
    yield f"{say_time(report.began_at)} UTC, with {as_markdown(_names(session.people))}."
    yield from _section(
        "What we learned", (f"{as_markdown(line.text)} *({as_markdown(line.by)})*" for line in session.learned)
    )
    yield from _section("For next time", (as_markdown(line) for line in session.carried.values()))
    for chapter in report.chapters:
        yield ""
        yield f"## {NAMES[chapter.activity.kind]}: {as_markdown(chapter.activity.title)}"
        if link := address(chapter.activity):
            yield from ("", as_link("Open it", link))
        if chapter.missing:
            yield from ("", f"*{as_markdown(chapter.missing)}*")
        if chapter.lines:
            yield ""
            yield from (f"- {as_markdown(line)}" for line in chapter.lines)
    titles = {activity.id: activity.title for activity in session.agenda}
    yield from _section(
        "Changes of direction",
        (
            f"from {as_markdown(titles.get(pivot.left, '?'))} to {as_markdown(titles.get(pivot.towards, '?'))}"
            + (f": {as_markdown(pivot.because)}" if pivot.because else "")
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
    yield f"{as_chat_line(report.title)}, with {as_chat_line(_names(session.people))}"
    if session.learned:
        yield "What we learned:"
        yield from (f"• {as_chat_line(line.text)} ({as_chat_line(line.by)})" for line in session.learned)
    if session.carried:
        yield "For next time:"
        yield from (f"• {as_chat_line(line)}" for line in session.carried.values())
    links = [(chapter.activity.title, address(chapter.activity)) for chapter in report.chapters]
    yield from (f"{as_chat_line(title)}: {link}" for title, link in links if link)
