"""A vista as notes in Markdown (CommonMark with tables). What people and tools wrote shows as the text it is.

Source of the escaping: CommonMark 0.31, 2.4 "Backslash escapes", and its extensions as GitHub and GitLab know them
(links by themselves, mentions, emoji, formulas).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vistas.formatting import format_span
from vistas.routine import Look, Stop
from vistas.sharing.marks import Mark, numbered, on_look, say_time, say_window
from vistas.sharing.tables import ShownTable, Size, cut, shown_table
from vistas.snapshot import Gap, Provenance, Snapshot
from vistas.vista import Vista

SMALL = Size(rows=12, columns=7, letters=80)
_TEXT, _QUERY = 4000, 600
_MEANINGFUL = re.compile(r"([\\`*_{}\[\]<>#|~&!@$^])|(:)(?=[a-z/+])|(?<=www)(\.)", re.IGNORECASE)
_AT_THE_START = re.compile(r"^(?:(?=[-+=])|(\d+)(?=[.)](?:\s|$)))")
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+")


def write_markdown(vista: Vista) -> str:
    """The stops with what each look gave in short, and every notice under its stop."""
    return "\n".join(_lines(vista)) + "\n"


def _lines(vista: Vista) -> Iterator[str]:
    yield f"# {text(vista.name, 200)}"
    yield ""
    kind = " (a recording)" if vista.origin == "recording" else ""
    yield f"{text(vista.routine.title)}{kind}, walked by {text(vista.author)}, {say_time(vista.begun_at)} UTC  "
    yield f"Looked at: {say_window(vista.window)}"
    for place, stop in enumerate(vista.routine.stops, start=1):
        yield ""
        yield f"## {place}. {text(stop.question)}"
        yield from _stop(vista, stop)


def _stop(vista: Vista, stop: Stop) -> Iterator[str]:
    marks = numbered(vista.noticed_at(stop.stop))
    for mark in marks:
        yield ""
        yield from _notice(mark)
    looks = {look.look: look for look in vista.looks_at(stop.stop)}
    for snapshot in vista.at(stop.stop):
        if (look := looks.get(snapshot.look)) is not None:
            yield ""
            yield from _look(look, snapshot, on_look(marks, snapshot))


def _notice(mark: Mark) -> Iterator[str]:
    notice = mark.notice
    number = f"({mark.number}) " if mark.number else ""
    yield f"> **{number}{text(notice.kind.value)}** · {text(mark.where, 200)}  "
    for line in notice.text[:_TEXT].splitlines():
        yield f"> {text(line)}  "
    changed = ", changed since" if notice.revision > 1 else ""
    yield f"> *{text(notice.author)}, {say_time(notice.written_at)} UTC{changed}*"


def _look(look: Look, snapshot: Snapshot, marks: Sequence[Mark]) -> Iterator[str]:
    yield f"### {text(look.title)}"
    yield ""
    if snapshot.frame is not None:
        yield from _table(shown_table(look, snapshot.frame, marks, SMALL))
    if snapshot.gap is not None:
        yield from _gap(snapshot.gap)
    yield from _provenance(snapshot.provenance)


def _gap(gap: Gap) -> Iterator[str]:
    yield f"**No data: {text(gap.reason.value)}.** {text(gap.says)} {text(gap.hint)}".rstrip()
    yield ""


def _table(table: ShownTable) -> Iterator[str]:
    if not table.rows:
        yield f"No {table.noun}."
        yield ""
        return
    yield _row(table.heads)
    yield "|" + "|".join("---:" if shape == "number" else "---" for shape in table.shapes) + "|"
    for row in table.rows:
        marked = "".join(f" ({number})" for number in row.marks)
        yield _row((row.cells[0] + marked, *row.cells[1:]))
    yield ""
    if table.left_out:
        yield f"{table.left_out:,} more {table.noun} in the vista."
        yield ""


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(text(cell) for cell in cells) + " |"


def _provenance(provenance: Provenance) -> Iterator[str]:
    took = format_span(provenance.took.total_seconds())
    yield (
        f"*From {text(provenance.source)} ({text(provenance.source_type)}), "
        f"{say_time(provenance.taken_at)} UTC, in {text(took)}:* {text(provenance.query, _QUERY)}"
    )
    for warning in provenance.warnings[:10]:
        yield ""
        yield f"*{text(warning)}*"


def text(raw: str, letters: int = _TEXT) -> str:
    """One line that shows as `raw` does, whatever Markdown or HTML is in it; what is invisible becomes a space."""
    visible = _INVISIBLE.sub(" ", cut(raw, letters)).strip()
    return _AT_THE_START.sub(r"\1\\", _MEANINGFUL.sub(r"\\\g<0>", visible))
