"""The map of expertise to take along: Markdown to read, CSV for a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from vistas.practice.expertise.state import KnownPart, LineKind, MapLine
from vistas.practice.wheel import PlaceInVista
from vistas.sharing.escaping import as_csv, as_link, as_markdown

Link = Callable[[PlaceInVista], str]
"""The address under which a stop of a vista can be seen; an empty one where there is none."""


def markdown(parts: Sequence[KnownPart], link: Link) -> str:
    """One heading a part, with who can show it, where to look, and whom to ask."""
    return "\n".join(_lines(parts, link)) + "\n"


def _lines(parts: Sequence[KnownPart], link: Link) -> Iterator[str]:
    yield "# Map of expertise"
    for known in parts:
        yield from ("", f"## {as_markdown(known.part.name)}", "", f"*{known.part.sort.value}*")
        for kind in LineKind:
            if lines := known.lines_of(kind):
                yield from ("", f"**{kind.value.capitalize()}**", "")
                yield from (f"- {_item(line, link)}" for line in lines)


def spreadsheet(parts: Sequence[KnownPart], link: Link) -> str:
    """One row a line of the map, as CSV."""
    heads = ["sort", "part", "tells", "text", "stop", "link", "by", "at"]
    return as_csv(heads, (_row(known, line, link) for known in parts for line in known.lines))


def _row(known: KnownPart, line: MapLine, link: Link) -> list[str]:
    title, address = (line.place.title, link(line.place)) if line.place else ("", "")
    about = [known.part.sort.value, known.part.name, line.kind.value]
    return [*about, line.text, title, address, line.by, line.at.isoformat()]


def _item(line: MapLine, link: Link) -> str:
    if line.place is None:
        return as_markdown(line.text)
    where = as_link(line.place.title, link(line.place))
    return where if line.text == line.place.title else f"{where}: {as_markdown(line.text)}"
