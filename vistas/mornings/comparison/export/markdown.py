"""A comparison as notes in Markdown. What people and tools wrote shows as the text it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vistas.formatting.times import say_window
from vistas.mornings.comparison.model import Side, VistaDifference
from vistas.mornings.comparison.shown import WRITTEN, Outline, ShownLook, outline
from vistas.sharing.escaping import as_markdown


def write_markdown(difference: VistaDifference, most: int = WRITTEN) -> str:
    """The stops that differ, the most different first, then what is as it was and what could not be compared."""
    return "\n".join(_lines(difference, outline(difference, most))) + "\n"


def _lines(difference: VistaDifference, shown: Outline) -> Iterator[str]:
    yield f"# {as_markdown(difference.then.name, 200)} → {as_markdown(difference.now.name, 200)}"
    yield ""
    yield f"Then: {_side(difference.then)}  "
    yield f"Now: {_side(difference.now)}"
    yield ""
    yield as_markdown(shown.summary)
    for note in shown.notes:
        yield ""
        yield as_markdown(note)
    for stop in shown.stops:
        yield ""
        yield f"## {as_markdown(stop.title)}: {as_markdown(stop.question)}"
        for look in stop.looks:
            yield from _look(look)
    yield from _rest(shown)


def _side(side: Side) -> str:
    return f"{as_markdown(side.author)}, {say_window(side.window)}"


def _look(look: ShownLook) -> Iterator[str]:
    source = f" ({as_markdown(look.source)})" if look.source else ""
    yield ""
    yield f"### {as_markdown(look.title)}{source}"
    yield ""
    for change in look.changes:
        yield f"- **{change.kind.value}** {as_markdown(change.sentence)}"
    if look.more:
        yield f"- {as_markdown(look.more)}"
    for note in look.notes:
        yield ""
        yield f"*{as_markdown(note)}*"


def _rest(shown: Outline) -> Iterator[str]:
    if shown.unchanged:
        yield from _section("As then", [shown.unchanged])
    yield from _section("What cannot be compared", shown.incomparable)
    yield from _section("Looked at then only", shown.only_then)
    yield from _section("Looked at now only", shown.only_now)
    yield from _section("What counts as different", shown.counted)


def _section(title: str, said: Iterable[str]) -> Iterator[str]:
    items = [f"- {as_markdown(each)}" for each in said]
    if items:
        yield from ("", f"## {title}", "", *items)
