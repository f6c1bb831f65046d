"""A vista as one HTML page that opens anywhere: no script, nothing from outside, and it says so to the browser.

Everything from people and tools goes through the templates, which escape it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from vistas.charts.covered import covered, say_short, shown_window
from vistas.formatting.times import say_own_window, say_time, say_window
from vistas.formatting.tones import tone
from vistas.formatting.values import format_span, format_value
from vistas.routine import Look, Stop
from vistas.sharing.drawing import ChartDrawing, draw
from vistas.sharing.lines import ChartPanel, panels
from vistas.sharing.marks import PrintedMark, earlier_marks_at, marks_at, on_look, say_eyes
from vistas.sharing.outlines import outlines
from vistas.sharing.tables import ShownTable, Size, cut, shown_table
from vistas.sharing.templating import digest_of, environment, page_style
from vistas.snapshot import FrameKind, Gap, GapReason, Provenance, Snapshot
from vistas.vista import Vista
from vistas.vista.answer import AnswerKind
from vistas.vista.lacking import Reason, empty_line, line_of, reasons
from vistas.vista.notice import LogPattern, Stretch
from vistas.vista.presence import Standing, StopPresence, presence_at, standing_of, stops_aside

if TYPE_CHECKING:
    from jinja2 import Environment

SIZE = Size(rows=15, columns=7, characters=120)
_QUERY, _WARNINGS, _WORD = 2000, 10, 22
_KINDS: dict[str, str] = {
    AnswerKind.NOTICED: "amber",
    AnswerKind.WONDERING: "blue",
    AnswerKind.SURPRISED: "red",
    AnswerKind.NORMAL: "green",
    AnswerKind.STILL_SO: "gray",
    AnswerKind.NO_LONGER: "gray",
    AnswerKind.DIFFERENT: "gray",
}


@dataclass(frozen=True, slots=True)
class ShownLook:
    """One look as the page shows it: its chart, its table, or why there is neither.

    `short` says so where data covers only a small part of its window.
    """

    look: Look
    snapshot: Snapshot
    several: bool
    own_window: str
    drawing: ChartDrawing | None
    spoken: str
    table: ShownTable | None
    short: str

    @property
    def gap(self) -> Gap | None:
        return self.snapshot.gap

    @property
    def provenance(self) -> Provenance:
        return self.snapshot.provenance

    @property
    def warnings(self) -> Sequence[str]:
        return self.provenance.warnings[:_WARNINGS]

    @property
    def query(self) -> str:
        return cut(self.provenance.query, _QUERY)

    @property
    def redacted(self) -> str:
        taken_out = (f"{rule} ({times:,})" for rule, times in self.provenance.redacted.items() if times)
        return cut(", ".join(taken_out), _QUERY)


@dataclass(frozen=True, slots=True)
class ShownStop:
    stop: Stop
    place: int
    looks: tuple[ShownLook, ...]
    marks: tuple[PrintedMark, ...]
    earlier: tuple[PrintedMark, ...]
    presence: StopPresence

    @property
    def absent(self) -> str:
        """What is not there, in a line; empty where nothing is absent."""
        return (empty_line if self.presence.is_empty else line_of)(self.presence.lacking)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return reasons(self.presence.lacking)


def write_page(vista: Vista) -> str:
    """The whole page; frames are read one after the other while it is made."""
    style = page_style()
    return (
        _templates()
        .get_template("page.html")
        .render(
            vista=vista,
            followed=say_eyes(vista.eyes) if vista.eyes else "",
            hills=outlines(vista.ridges),
            aside=stops_aside(vista),
            stops=[_shown_stop(vista, stop, place) for place, stop in enumerate(vista.routine.stops, start=1)],
            style=style,
            digest=digest_of(style),
        )
    )


def _shown_stop(vista: Vista, stop: Stop, place: int) -> ShownStop:
    marks = marks_at(vista, stop.stop)
    looks = {look.look: look for look in vista.looks_at(stop.stop)}
    here = [snapshot for snapshot in vista.at(stop.stop) if snapshot.look in looks]
    names = [snapshot.look for snapshot in here]
    presence = presence_at(vista, stop.stop)
    shown = tuple(
        _shown_look(vista, looks[each.look], each, on_look(marks, each), several=names.count(each.look) > 1)
        for each in here
        if not presence.folds(each)
    )
    return ShownStop(stop, place, shown, marks, earlier_marks_at(vista, stop.stop), presence)


def _shown_look(
    vista: Vista, look: Look, snapshot: Snapshot, marks: Sequence[PrintedMark], *, several: bool
) -> ShownLook:
    read, window = snapshot.unread().read(), snapshot.provenance.asked
    own = say_own_window(look, window, vista.window)
    if (frame := read.frame) is None:
        return ShownLook(look, read, several, own, None, "", None, "")
    data = covered(frame, window)
    anchors = [each.notice.anchor for each in marks]
    stretches = [(each.start, each.end) for each in anchors if isinstance(each, Stretch)]
    within = shown_window(data, window, stretches)
    shown = panels(look, frame, within, marks)
    drawing = draw(shown, within, marks) if shown else None
    short = say_short(data, window) if shown else ""
    tabled = drawing is None or frame.kind is FrameKind.REQUESTS
    table = shown_table(look, frame, window, marks, SIZE) if tabled else None
    return ShownLook(look, snapshot, several, own, drawing, _spoken(look, shown), table, short)


def _spoken(look: Look, shown: Sequence[ChartPanel]) -> str:
    """The chart in a sentence, for those who cannot see it."""
    peaks = [
        f"{cut(line.name, 60)} at most {format_value(max(line.finite), panel.unit)}, "
        f"{format_value(line.finite[-1], panel.unit)} at the end"
        for panel in shown
        for line in panel.lines
        if line.name and line.finite
    ]
    return f"{look.title}. {'; '.join(peaks)}."


@cache
def _templates() -> Environment:
    templates = environment("vistas.sharing")
    templates.filters.update(
        time=say_time,
        window=say_window,
        span=_say_took,
        tone=tone,
        kind_tone=_KINDS.__getitem__,
        short=cut,
        paragraphs=_paragraphs,
    )
    templates.tests.update(calm=_is_calm, pattern=_is_pattern, unbroken=_is_unbroken)
    return templates


def _is_calm(reason: GapReason) -> bool:
    return standing_of(reason) is Standing.ABSENT


def _say_took(took: timedelta) -> str:
    return format_span(took.total_seconds())


def _paragraphs(text: str) -> list[str]:
    return [paragraph for paragraph in text.split("\n\n") if paragraph.strip()]


def _is_pattern(mark: PrintedMark) -> bool:
    return isinstance(mark.notice.anchor, LogPattern)


def _is_unbroken(text: str) -> bool:
    """Whether a word in it is too long to stay whole in a table's column."""
    return any(len(word) > _WORD for word in text.split())
