"""A vista as notes in Markdown (CommonMark with tables). What people and tools wrote shows as the text it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vistas.formatting.times import say_own_window, say_time, say_window
from vistas.formatting.values import format_span
from vistas.routine import Look, Stop
from vistas.sharing.escaping import LONGEST, as_markdown
from vistas.sharing.marks import PrintedMark, earlier_marks_at, marks_at, on_look, say_eyes
from vistas.sharing.tables import ShownTable, Size, shown_table
from vistas.snapshot import Gap, Provenance, Snapshot
from vistas.vista import Vista
from vistas.vista.lacking import empty_line, line_of, reasons
from vistas.vista.presence import StopPresence, presence_at
from vistas.vista.written import Written

SMALL = Size(rows=12, columns=7, characters=80)
_QUERY = 600


def write_markdown(vista: Vista) -> str:
    """The stops with what each look gave in short, and every notice under its stop."""
    return "\n".join(_lines(vista)) + "\n"


def _lines(vista: Vista) -> Iterator[str]:
    yield f"# {as_markdown(vista.name, 200)}"
    yield ""
    kind = " (a recording)" if vista.origin == "recording" else ""
    walked = f"walked by {as_markdown(vista.author)}, {say_time(vista.begun_at)} UTC"
    yield f"{as_markdown(vista.routine.name, 200)}{kind}, {walked}  "
    yield f"Looked at: {say_window(vista.window)}"
    if vista.eyes is not None:
        yield ""
        yield as_markdown(say_eyes(vista.eyes), 400)
    for place, stop in enumerate(vista.routine.stops, start=1):
        yield ""
        yield f"## {place}. {as_markdown(stop.question)}"
        yield from _stop(vista, stop)


def _stop(vista: Vista, stop: Stop) -> Iterator[str]:
    marks = marks_at(vista, stop.stop)
    for mark in marks:
        yield ""
        yield from _notice(mark)
    for mark in earlier_marks_at(vista, stop.stop):
        yield ""
        yield from _notice(mark, "then · ")
    looks = {look.look: look for look in vista.looks_at(stop.stop)}
    presence = presence_at(vista, stop.stop)
    for snapshot in vista.at(stop.stop):
        if (look := looks.get(snapshot.look)) is not None and not presence.folds(snapshot):
            yield ""
            own = say_own_window(look, snapshot.provenance.asked, vista.window)
            yield from _look(look, snapshot, on_look(marks, snapshot), own)
    yield from _absent(presence)


def _absent(presence: StopPresence) -> Iterator[str]:
    if not presence.lacking:
        return
    yield ""
    yield as_markdown((empty_line if presence.is_empty else line_of)(presence.lacking), LONGEST)
    yield ""
    for reason in reasons(presence.lacking):
        titles = as_markdown(", ".join((*reason.titles, *reason.sources)), LONGEST)
        yield f"- {titles}: {as_markdown(f'{reason.gap.message} {reason.gap.hint}'.strip(), LONGEST)}"


def _notice(mark: PrintedMark, when: str = "") -> Iterator[str]:
    notice = mark.notice
    number = f"({mark.number}) " if mark.number else ""
    yield f"> {when}**{number}{as_markdown(notice.kind.value)}** · {as_markdown(mark.where, 200)}  "
    yield from _text("> ", notice.text)
    yield f"> {_signed(notice)}"
    for answer in mark.answers:
        yield ">"
        yield f"> > **{as_markdown(answer.kind.value)}**  "
        yield from _text("> > ", answer.text)
        yield f"> > {_signed(answer)}"


def _text(quotation: str, text: str) -> Iterator[str]:
    for line in text[:LONGEST].splitlines():
        yield f"{quotation}{as_markdown(line)}  "


def _signed(written: Written) -> str:
    changed = ", edited since" if written.revision > 1 else ""
    return f"*{as_markdown(written.signed)}, {say_time(written.written_at)} UTC{changed}*"


def _look(look: Look, snapshot: Snapshot, marks: Sequence[PrintedMark], own: str) -> Iterator[str]:
    yield f"### {as_markdown(look.title)}{f' · {own}' if own else ''}"
    yield ""
    for paragraph in (look.text or "").split("\n\n"):
        if paragraph.strip():
            yield as_markdown(paragraph, LONGEST)
            yield ""
    read = snapshot.unread().read()
    if read.frame is not None:
        yield from _table(shown_table(look, read.frame, snapshot.provenance.asked, marks, SMALL))
    if read.gap is not None:
        yield from _gap(read.gap)
    yield from _provenance(snapshot.provenance)


def _gap(gap: Gap) -> Iterator[str]:
    why = f"{as_markdown(gap.message)} {as_markdown(gap.hint)}".rstrip()
    yield f"**No data: {as_markdown(gap.reason.value)}.** {why}"
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
    return "| " + " | ".join(as_markdown(cell) for cell in cells) + " |"


def _provenance(provenance: Provenance) -> Iterator[str]:
    took = format_span(provenance.took.total_seconds())
    yield (
        f"*From {as_markdown(provenance.source)} ({as_markdown(provenance.source_type)}), "
        f"{say_time(provenance.taken_at)} UTC, in {as_markdown(took)}:* {as_markdown(provenance.query, _QUERY)}"
    )
    for warning in provenance.warnings[:10]:
        yield ""
        yield f"*{as_markdown(warning)}*"
