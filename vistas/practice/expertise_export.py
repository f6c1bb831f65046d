"""The map of expertise to take along: Markdown to read, CSV for a spreadsheet."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from io import StringIO

from vistas.practice.expertise import KnownPart, MapLine, Tells
from vistas.practice.wheel import PlaceInVista

Link = Callable[[PlaceInVista], str]
"""The address under which a stop of a vista can be seen; an empty one where there is none."""

_MARKS = re.compile(r"([\\`*_\[\]<>#|~$&])")
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet would calculate."""


def markdown(parts: Sequence[KnownPart], link: Link) -> str:
    """One heading a part, with who can show it, where to look, and whom to ask."""
    said = ["# Map of expertise", ""]
    for known in parts:
        said += [f"## {_plain(known.part.name)}", "", f"*{known.part.sort.value}*", ""]
        for tells in Tells:
            lines = known.telling(tells)
            if lines:
                said += [f"**{tells.value.capitalize()}**", "", *(f"- {_item(line, link)}" for line in lines), ""]
    return "\n".join(said)


def spreadsheet(parts: Sequence[KnownPart], link: Link) -> str:
    """One row a line of the map, as CSV (RFC 4180) that no spreadsheet mistakes for formulas."""
    text = StringIO()
    rows = csv.writer(text)
    rows.writerow(["sort", "part", "tells", "text", "stop", "link", "by", "at"])
    for known in parts:
        for line in known.lines:
            title, address = (line.place.title, link(line.place)) if line.place else ("", "")
            cells = [known.part.sort.value, known.part.name, line.tells.value, line.text, title, address, line.by]
            rows.writerow([*map(_harmless, cells), line.at.isoformat()])
    return text.getvalue()


def _item(line: MapLine, link: Link) -> str:
    words = _plain(line.text)
    if line.place is None:
        return words
    title, address = _plain(line.place.title), link(line.place)
    where = f"[{title}]({address})" if address else title
    return where if line.text == line.place.title else f"{where}: {words}"


def _plain(text: str) -> str:
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell
