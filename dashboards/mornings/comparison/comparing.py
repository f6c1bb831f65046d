"""Two vistas compared look by look, as far as somebody wants to see; once for all browsers of this process."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import streamlit as st

from dashboards.figures import ThenAndNow, then_and_now
from dashboards.mornings.comparison.curves import Curves, curves_of
from dashboards.mornings.comparison.rows import FOLDED, SHOWN
from vistas.mornings.comparison import (
    Clock,
    LookAt,
    LookDifference,
    Looked,
    VistaDifference,
    align,
    compare_looked,
    put_together,
)
from vistas.routine import Look
from vistas.snapshot import Frame, FrameKind, Snapshot, Window
from vistas.vista import Vista

CURVES: Final = 6
"""Changes of a look that are drawn as well as told."""
REMEMBERED: Final = 12
"""Comparisons."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is needed to draw series then and now, and these, the most different first."""

    window: Window
    step: timedelta | None
    series: tuple[ThenAndNow, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """A look as it is now, what is different in it, and the curves of its first changes, by name."""

    look: Look
    difference: LookDifference
    drawn: Drawn | None
    curves: Mapping[str, Curves]


class Comparison:
    """Safe to use from many threads: each look is compared once, by whoever asks first."""

    def __init__(self, then: Vista, now: Vista) -> None:
        self.then, self.now = then, now
        self._aligned = align(then, now)
        self._places = {pair[1].place: number for number, pair in enumerate(self._aligned.pairs)}
        self._compared: dict[int, Compared] = {}
        self._lock = threading.Lock()

    @property
    def total(self) -> int:
        return len(self._aligned.pairs)

    @property
    def done(self) -> int:
        """So many looks, the first ones, have been compared."""
        return next((number for number in range(self.total) if number not in self._compared), self.total)

    def go_on(self) -> bool:
        """Compare the next look in walking order; whether there was one."""
        if (number := self.done) == self.total:
            return False
        self._compare(number)
        return True

    def so_far(self) -> VistaDifference:
        looks = [self._compared[number].difference for number in range(self.done)]
        return put_together(self.then, self.now, self._aligned, looks)

    def stops_done(self) -> int:
        """Stops of which every look has been compared."""
        done = self.done
        stops = [pair[1].stop.stop for pair in self._aligned.pairs]
        begun = dict.fromkeys(stops[:done])
        return len(begun) - (0 < done < self.total and stops[done] in begun)

    def at(self, place: LookAt) -> Compared | None:
        """One look of `now`; None where `then` has none that asks the same."""
        number = self._places.get(place)
        return None if number is None else self._compare(number)

    def curves(self, look: LookDifference) -> Mapping[str, Curves]:
        """Of a look that is compared here."""
        return self._compare(self._places[look.now]).curves

    def _compare(self, number: int) -> Compared:
        with self._lock:
            if number not in self._compared:
                self._compared[number] = _compared(*self._aligned.pairs[number])
            return self._compared[number]


def _compared(then: Looked, now: Looked) -> Compared:
    difference = compare_looked(then, now, most=SHOWN + FOLDED)
    drawn = _drawn(then.snapshot, now.snapshot, difference)
    curves = {each.name: curves_of(each, drawn.window, now.look.unit) for each in drawn.series} if drawn else {}
    return Compared(now.look, difference, drawn, curves)


def _drawn(then: Snapshot | None, now: Snapshot | None, difference: LookDifference) -> Drawn | None:
    changes = difference.difference.changes[:CURVES]
    if difference.kind is not FrameKind.SERIES or not changes or then is None or now is None:
        return None
    before, after = then.unread().read().frame, now.unread().read().frame
    if not isinstance(before, Frame) or not isinstance(after, Frame):
        return None
    clock = Clock.between(then.provenance, now.provenance)
    series = then_and_now(before, after, clock, [(change.about, change.name) for change in changes])
    return Drawn(clock.now, after.step, tuple(series)) if series else None


class Comparisons:
    """The last few of this process, by what was seen in both."""

    def __init__(self) -> None:
        self._kept: OrderedDict[object, Comparison] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, then: Vista, now: Vista) -> Comparison:
        key = _seen(then), _seen(now)
        with self._lock:
            found = self._kept.pop(key, None) or Comparison(then, now)
            self._kept[key] = found
            while len(self._kept) > REMEMBERED:
                self._kept.popitem(last=False)
        return found


def _seen(vista: Vista) -> object:
    """All of a vista that a comparison tells of: it stays as it is until something is gathered."""
    taken = tuple(
        (each.stop, each.look, each.source, each.provenance.taken_at, each.gap is None) for each in vista.snapshots
    )
    return vista.id, vista.name, len(vista.detours), taken


@st.cache_resource(show_spinner=False)
def comparisons() -> Comparisons:
    return Comparisons()
