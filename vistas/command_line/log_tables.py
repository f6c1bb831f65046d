"""The tables of `vistas logs`: routes or what else requests are told apart by, and lines that fit no format."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from vistas.command_line.log_words import cut, heading, soft
from vistas.command_line.skyline import GUTTER
from vistas.command_line.writing import plain
from vistas.formatting.counts import counted
from vistas.formatting.values import format_between, format_span
from vistas.requests.summary import bucket_of

if TYPE_CHECKING:
    import polars as pl

    from vistas.extensions.logs import LogOverview

_METHOD = 7
_NAME = 20
"""Letters that a name has at least: columns give way to it in a narrow terminal, the last first."""
_SAMPLES = 3
_PLURALS = {"service": "Services", "host": "Hosts", "upstream": "Upstreams", "status": "Statuses"}


def routes(table: pl.DataFrame, width: int, top: int) -> Iterator[str]:
    names = [f"{plain(row['method']):<{_METHOD}} {plain(row['route'])}" for row in table.head(top).to_dicts()]
    yield from _table("Routes", names, table, width)


def groups(table: pl.DataFrame, by: str, width: int, top: int) -> Iterator[str]:
    yield from _table(_PLURALS[by], [plain(name) for name in table["name"].head(top)], table, width)


def _table(title: str, names: Sequence[str], table: pl.DataFrame, width: int) -> Iterator[str]:
    if not names:
        return
    rows = table.head(len(names)).to_dicts()
    columns = [(head, cells) for head, cells in _columns(rows) if any(cells)]
    while len(columns) > 1 and width - _room(columns) < _NAME:
        columns.pop()
    letters = min(max(map(len, names)), width - _room(columns))
    yield from heading(title)
    sizes = [max(len(head), *map(len, cells)) for head, cells in columns]
    heads = "".join(f"  {head:>{size}}" for (head, _), size in zip(columns, sizes, strict=True))
    yield soft(f"  {'':<{letters}}{heads}")
    for place, name in enumerate(names):
        told = "".join(f"  {cells[place]:>{size}}" for (_, cells), size in zip(columns, sizes, strict=True))
        yield f"  {cut(name, letters):<{letters}}{told}".rstrip()
    if (others := table.height - len(names)) > 0:
        yield soft(f"  and {counted(others, 'other')}")


def _columns(rows: Sequence[dict[str, Any]]) -> Iterator[tuple[str, list[str]]]:
    """Each with its head; what there is none of stays empty."""
    yield "requests", [f"{row['requests']:,}" for row in rows]
    yield "4xx", [f"{row['errors_4xx']:,}" if row["errors_4xx"] else "" for row in rows]
    yield "5xx", [f"{row['errors_5xx']:,}" if row["errors_5xx"] else "" for row in rows]
    yield "p95", ["" if row["p95"] is None else format_between(*bucket_of(row["p95"])) for row in rows]
    yield "slowest", ["" if row["slowest"] is None else format_span(row["slowest"]) for row in rows]


def _room(columns: Sequence[tuple[str, list[str]]]) -> int:
    return 2 + sum(2 + max(len(head), *map(len, cells)) for head, cells in columns)


def odd_lines(overview: LogOverview, width: int) -> Iterator[str]:
    """The most frequent one whole, with what it is like and where no longer; of others the begin."""
    if not overview.unparsed:
        return
    yield from heading("Lines that match no format, such as")
    for place, row in enumerate(overview.samples.head(_SAMPLES).to_dicts()):
        lines, sample = f"  {row['lines']:>{GUTTER - 1},}×  ", plain(row["sample"] or row["pattern"])
        if place:
            yield cut(f"{lines}{sample}", width)
        else:
            yield from _whole(lines, sample, row, width)


def _whole(begin: str, sample: str, row: dict[str, Any], width: int) -> Iterator[str]:
    room = width - len(begin)
    indent = " " * len(begin)
    for at in range(0, max(len(sample), 1), room):
        yield f"{indent if at else begin}{sample[at : at + room]}".rstrip()
        if row["fits"] is not None and (at <= row["fits"] < at + room):
            yield from _caret(indent, row["fits"] - at, f"looks like {row['nearest']} up to here", room)
    if row["nearest"] and row["fits"] is None:
        lacks = f", but has no {row['lacks']}" if row["lacks"] else ""
        message = f"looks like {row['nearest']}{lacks}: name its keys with --json-keys"
        yield from (soft(f"{indent}{line}") for line in textwrap.wrap(message, room))


def _caret(indent: str, at: int, message: str, room: int) -> Iterator[str]:
    """A mark under the place, with the words on whichever side there is room."""
    if at + 2 + len(message) <= room:
        yield soft(f"{indent}{'':{at}}^ {message}")
    else:
        yield soft(f"{indent}{cut(message, max(at - 1, 1)):>{max(at - 1, 0)}} ^")
