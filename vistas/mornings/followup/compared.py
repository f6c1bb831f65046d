"""The same stretch of time in two charts, and what was to be seen in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from vistas.formatting.counts import counted
from vistas.mornings.followup.clock import Moved, NotThere, same_clock
from vistas.mornings.followup.lines import Chart, Line
from vistas.mornings.followup.looks import Pair, Side
from vistas.mornings.followup.outcome import joined
from vistas.mornings.followup.owners import Thing
from vistas.mornings.followup.reading import NO_SAMPLES, Way, is_level, one_unit, read, say
from vistas.mornings.followup.saying import Told
from vistas.mornings.followup.seeking import Sought
from vistas.mornings.followup.traffic import say_traffic
from vistas.snapshot import FrameKind
from vistas.vista.notice import Stretch

NAMED = 2
"""So many series are called by their names."""


@dataclass(frozen=True)
class Compared:
    """A stretch in both charts."""

    told: Told
    anchor: Stretch
    pair: Pair
    then: Chart
    now: Chart
    marked: tuple[Line, ...]
    sought: tuple[Sought, ...]

    @cached_property
    def moved(self) -> Moved | NotThere:
        start, end = sorted((self.anchor.start, self.anchor.end))
        then, now = (side.snapshot.provenance.asked for side in (self.pair.then, self.pair.now))
        if self.then.over_time:
            return same_clock(start, end, then, now, zone=self.told.both.zone, day=self.told.both.day)
        return Moved(start, end, "") if then == now else Moved(now.end, now.end, "")

    @cached_property
    def here(self) -> tuple[Line, ...]:
        """The lines of now that belong to the marked ones; all where all were meant."""
        if not self.anchor.series:
            return self.now.lines
        places = dict.fromkeys(place for each in self.sought for place in each.match.places)
        return tuple(self.now.lines[place] for place in places)

    @cached_property
    def owners(self) -> tuple[Thing, ...]:
        """Those by whose pods lines were found."""
        return tuple(dict.fromkeys(each.owner for each in self.sought if each.owner and each.match.places))

    @property
    def is_distribution(self) -> bool:
        """Whether it is histograms that were marked: no one number tells them."""
        columns = self.pair.then.frame.data.columns
        return "histograms" in columns and not any(len(line.values) for line in self.marked)

    @property
    def was_added_up(self) -> bool:
        """Whether what was marked is drawn as the sum of lines, which none of them is called after."""
        return bool(self.anchor.series) and not any(line.labels in self.anchor.series for line in self.marked)

    @cached_property
    def as_requests(self) -> bool:
        """Whether it is about requests as a whole, and not about one line of them."""
        return self.pair.then.frame.kind is FrameKind.REQUESTS and (
            not self.anchor.series or one_unit(self.marked) is None
        )

    def values(self, moved: Moved | None) -> tuple[str, str]:
        """The value of then, and that of now, which is empty where there is no time to read it at."""
        start, end = sorted((self.anchor.start, self.anchor.end))
        if self.as_requests:
            now = "" if moved is None else _traffic(self.pair.now, self.now, moved.start, moved.end)
            return _traffic(self.pair.then, self.then, start, end), now
        then, now_read = read(self.marked, self.then, start, end), None
        if moved is not None and self.here:
            now_read = read(self.here, self.now, moved.start, moved.end)
        way = Way(
            one_unit(self.marked) or self.pair.then.look.unit,
            lowest=self.pair.then.look.normal_above is not None,
            level=all(is_level(each) for each in (then, now_read) if each is not None and each.values),
            who=max(len(self.marked), len(self.here)) > 1,
        )
        return say(then, way), self._none if now_read is None else say(now_read, way)

    @property
    def _none(self) -> str:
        """What is said of lines that are not there: of a status class it means that nothing was answered so."""
        return "none" if any("class" in line.labels for line in self.marked) else NO_SAMPLES

    @cached_property
    def subject(self) -> str:
        """What the values are of, with a colon; empty where the look has but one line."""
        if self.as_requests:
            return ""
        names = [line.name for line in self.marked if line.name != "value"]
        if len(names) == len(self.marked) and 0 < len(names) <= NAMED:
            return f"{joined(names)}: "
        return f"{counted(len(self.marked), 'series', 'series')}: " if len(self.marked) > 1 else ""


def _traffic(side: Side, chart: Chart, start: datetime, end: datetime) -> str:
    return say_traffic(side.frame.data, start, end, chart.step or timedelta(minutes=1))
