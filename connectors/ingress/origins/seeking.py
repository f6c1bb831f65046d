"""Finds where in a log file a time window lies, by binary search instead of reading it through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import BinaryIO

from connectors.ingress.origins.blocks import unwrap, whole_lines
from connectors.ingress.origins.files import LogFile
from connectors.ingress.reading.parsing import Parser
from vistas.snapshot import Window

EDGE = 1 << 16
"""How many bytes tell which time a place is at."""
WORTH_ENTERING = 8 << 20
"""Smaller files are just read; and how closely a place is looked for."""
SLACK = timedelta(minutes=5)
"""How far lines may stand from where their time belongs: requests are logged when they end."""


@dataclass(frozen=True, slots=True)
class FilePart:
    """The bytes of a file that may hold a window, whole lines. `older`: there are lines from before it."""

    begin: int
    end: int
    older: bool = False


def find_part(file: LogFile, window: Window, new_parser: Callable[[], Parser]) -> FilePart:
    """All of the file where lines are out of order or without times; nothing where it ends before the window."""
    whole = FilePart(0, file.size)
    if file.packing or file.archive or file.size < WORTH_ENTERING:
        return whole
    try:
        with file.path.open("rb") as opened:
            return _Search(opened, file.size, new_parser()).part(window)
    except (OSError, _OutOfOrder):
        return whole


class _OutOfOrder(Exception):
    """The file cannot be searched."""


@dataclass
class _Search:
    opened: BinaryIO
    size: int
    parser: Parser
    seen: dict[int, datetime] = field(default_factory=dict)

    def part(self, window: Window) -> FilePart:
        first, last = self._time_at(0), self._time_at(max(0, self.size - EDGE), newest=True)
        if last < window.start:
            return FilePart(self.size, self.size, older=True)
        if first >= window.end + SLACK:
            return FilePart(0, 0)
        begin, _ = self._between(window.start - SLACK)
        _, end = self._between(window.end + SLACK)
        times = [self.seen[place] for place in sorted(self.seen)]
        if any(later < earlier - SLACK for earlier, later in pairwise(times)):
            raise _OutOfOrder
        return FilePart(self._line_from(begin), self._line_from(end), older=first < window.start)

    def _between(self, wanted: datetime) -> tuple[int, int]:
        """Two places close together: no line before the first is as late as `wanted`, all after the second are."""
        low, high = 0, self.size
        while high - low > WORTH_ENTERING:
            middle = (low + high) // 2
            if self._time_at(middle) < wanted:
                low = middle
            else:
                high = middle
        return low, high

    def _line_from(self, place: int) -> int:
        """Where the first line begins that begins there or later."""
        if place == 0:
            return 0
        self.opened.seek(place - 1)
        self.opened.readline()
        return min(self.opened.tell(), self.size)

    def _time_at(self, place: int, *, newest: bool = False) -> datetime:
        if place not in self.seen:
            self.opened.seek(place)
            text = self.opened.read(EDGE)
            lines = text[text.find(b"\n") + 1 if place else 0 : text.rfind(b"\n") + 1]
            self.seen[place] = self._time_in(lines, newest=newest)
        return self.seen[place]

    def _time_in(self, lines: bytes, *, newest: bool) -> datetime:
        for block in unwrap(whole_lines([lines])):
            times = self.parser.parse(block).records["time"]
            edge = times.max() if newest else times.min()
            if isinstance(edge, datetime):
                return edge
        raise _OutOfOrder
