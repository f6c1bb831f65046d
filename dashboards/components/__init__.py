"""Small browser components. Nothing a tool or a person wrote is ever rendered as HTML.

Marking. Each draws data on which one gesture opens a line to write into, at the place: drag, type, Enter.
`marks` are the notices already there, numbered as in the margin; those whose anchor belongs to another look,
source or kind of place are left out by the component. `on_mark` is called once for each thing written, before
the page is drawn again; a `VistasError` it raises is shown at the line, whose text stays. Without `on_mark`,
it is to read only.

    evidence(look, snapshot, *, key, zone, now, marks=(), on_mark=None)   whatever suits the snapshot's frame
    marking_chart(figure, *, key, look, source, zone, alt, marks=(), on_mark=None)
    marking_table(table_of(frame), *, key, look, source, zone, now, marks=(), on_mark=None, label="")
    marking_patterns(frame, *, key, look, source, zone, now, marks=(), on_mark=None, label="")
    number_tiles(tiles_of(look, frame), *, key, look, source, marks=(), on_mark=None, label="")

Around them.

    vista_picture(ridges, *, height, key, label="", sun=None)   the hills a vista is known by
    keys(stops, *, key, replies=False) -> int | None   1…9 jump to a stop (counted from 1); ? shows the keys
    keep_draft(box)                        what is typed into the chat input of this key outlives a reload
    remember(words, *, page, key)          keeps words in this browser, by name
    remembered(what) -> str                what it had kept when the page was opened
"""

from __future__ import annotations

from dashboards.components.chart import marking_chart
from dashboards.components.draft import keep_draft
from dashboards.components.evidence import evidence
from dashboards.components.keyboard import keys
from dashboards.components.marks import Mark, Marked, OnMark
from dashboards.components.memory import remember, remembered
from dashboards.components.numbers import Tile, bars_of, number_tiles, tiles_of
from dashboards.components.picture import picture_html, vista_picture
from dashboards.components.table import marking_table
from dashboards.components.table.cells import CellTable, TableColumn, table_of
from dashboards.components.table.patterns import marking_patterns

__all__ = [
    "CellTable",
    "Mark",
    "Marked",
    "OnMark",
    "TableColumn",
    "Tile",
    "bars_of",
    "evidence",
    "keep_draft",
    "keys",
    "marking_chart",
    "marking_patterns",
    "marking_table",
    "number_tiles",
    "picture_html",
    "remember",
    "remembered",
    "table_of",
    "tiles_of",
    "vista_picture",
]
