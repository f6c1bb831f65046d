"""Looks with a query: which of its alternatives answers, and what an empty answer means.

An empty answer is good news where the metric exists and nothing meets the query (`up == 0`), and a gap where
none of its metrics exists. The tool's metric names tell the two apart; only an empty answer asks for them.
Where the metric exists, and yet no series of it has a label or a value that is asked for, the answer says which.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from connectors.prometheus.absences import absences
from connectors.prometheus.api import PrometheusApi
from connectors.prometheus.decoding import SERIES_AT_MOST, Decoded, decode
from connectors.prometheus.step import grid
from connectors.prometheus.together import Part, is_series, joined, warnings_of
from connectors.taking import QueryResult, Unobtainable
from vistas.promql import exporters_of, metric_names
from vistas.routine import Look, NamedQuery
from vistas.snapshot import Absence, GapReason, Window
from vistas.source import Deadline

KNOWN_FOR = timedelta(minutes=1)
"""How long it is remembered which metrics exist in a window: long enough for one gathering."""

_NAMED_AT_MOST = 6
_SHARE = 0.5
"""Of the time that is left: as much as one of several queries may take while others wait."""

Names = frozenset[str]


@dataclass(frozen=True, slots=True)
class Presence:
    """Which of the metrics asked about exist; `found` is None where that could not be found out."""

    found: Names | None
    warning: str = ""

    def may_have(self, query: str) -> bool:
        """False only where none of the query's metrics exists."""
        names = metric_names(query)
        return self.found is None or not names or not self.found.isdisjoint(names)

    def warnings(self, query: str) -> tuple[str, ...]:
        if self.found is None:
            return (self.warning,) if self.warning else ()
        absent = sorted(metric_names(query) - self.found)
        return (f"Missing in this window: {_listed(absent)}.",) if absent else ()


class MetricPresences:
    """Remembers which metrics exist in which window, for `KNOWN_FOR`. Safe for several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[tuple[Names, Window], tuple[float, Names]] = {}

    def look_up(self, names: Names, window: Window, ask: Callable[[], Names]) -> Names:
        now = time.monotonic()
        with self._lock:
            self._known = {key: known for key, known in self._known.items() if known[0] > now}
            if (known := self._known.get((names, window))) is not None:
                return known[1]
        found = ask()
        with self._lock:
            self._known[names, window] = (now + KNOWN_FOR.total_seconds(), found)
        return found


class Queries:
    """Answers looks with a query from one tool. Safe for several threads."""

    def __init__(self, source: str, api: PrometheusApi) -> None:
        self.api = api
        self._source = source
        self._presences = MetricPresences()

    def answer(self, look: Look, window: Window, deadline: Deadline) -> QueryResult:
        """The first alternative that has a series; else, empty, the first whose metrics exist.

        Raises Unobtainable where no alternative's metric exists, and for whatever the tool does wrong. Where the
        tool warned that it could not ask everybody, an empty answer does not say that a metric is absent.
        """
        _expect_askable(look)
        if look.queries:
            return self._all_of(look, window, deadline)
        presence: Presence | None = None
        empty: list[tuple[str, Decoded]] = []
        for query in look.query:
            if presence and not presence.may_have(query):
                continue
            decoded = self._ask(look.take, query, window, deadline)
            if decoded.frame.rows:
                return _answer(query, decoded, window)
            if decoded.is_whole:
                presence = presence or self._presence(look.query, window, deadline)
            else:
                presence = Presence(None)
            empty.append((query, decoded))
        for query, decoded in empty:
            if presence and presence.may_have(query):
                absent = self._absences(query, presence, window, deadline)
                return _answer(query, decoded, window, presence.warnings(query), absent)
        raise self._not_here(look.query)

    def _all_of(self, look: Look, window: Window, deadline: Deadline) -> QueryResult:
        """Every query's series. Raises Unobtainable where none answered, for the first reason there is."""
        waiting = range(len(look.queries), 0, -1)
        parts = [
            self._part(look.take, named, window, deadline.within(_SHARE) if others > 1 else deadline, look.queries)
            for named, others in zip(look.queries, waiting, strict=True)
        ]
        if not any(is_series(part) for part in parts):
            raise self._nothing(parts)
        given = [part.decoded for part in parts if part.decoded]
        together = Decoded(
            joined(parts),
            warnings_of(parts),
            min((each.first for each in given if each.first), default=None),
            max((each.last for each in given if each.last), default=None),
        )
        sent = "\n".join(f"{part.asked.name}: {part.asked.query}" for part in parts)
        lacking = tuple(dict.fromkeys(absence for part in parts for absence in part.lacking))
        return _answer(sent, together, window, absent=lacking)

    def _part(
        self, take: str, named: NamedQuery, window: Window, deadline: Deadline, beside: Sequence[NamedQuery]
    ) -> Part:
        """`beside` are all queries of the look: which of their metrics exist is asked for together."""
        try:
            decoded = self._ask(take, named.query, window, deadline, at_most=SERIES_AT_MOST // len(beside))
        except Unobtainable as failure:
            return Part(named, failure.gap)
        if decoded.frame.rows or not decoded.is_whole:
            return Part(named, decoded)
        presence = self._presence([each.query for each in beside], window, deadline)
        if presence.may_have(named.query):
            lacking = self._absences(named.query, presence, window, deadline)
            return Part(named, decoded, remarks=presence.warnings(named.query), missing=lacking)
        return Part(named, decoded, absent=tuple(sorted(metric_names(named.query))))

    def _nothing(self, parts: Sequence[Part]) -> Unobtainable:
        """Why none of several queries is shown."""
        if failed := [part.gap for part in parts if part.gap]:
            return Unobtainable(failed[0].reason, failed[0].message, failed[0].hint)
        if all(part.absent for part in parts):
            return self._not_here(part.asked.query for part in parts)
        message = "These queries answer with texts, which cannot be drawn together."
        return Unobtainable(GapReason.REFUSED, message, "Give each a look of its own.")

    def _ask(
        self, take: str, query: str, window: Window, deadline: Deadline, *, at_most: int = SERIES_AT_MOST
    ) -> Decoded:
        if take == "instant":
            return decode(self.api.query(query, window.end, deadline), self.api.origin, at_most=at_most)
        moments, origin = grid(window), self.api.origin
        samples = self.api.query_range(query, moments, deadline)
        return decode(samples, origin, step=moments.step, at_most=at_most)

    def _presence(self, queries: Iterable[str], window: Window, deadline: Deadline) -> Presence:
        names = _names(queries)
        if not names:
            return Presence(names)
        try:
            return Presence(
                self._presences.look_up(names, window, lambda: self.api.present(names, window, deadline))
            )
        except Unobtainable as failure:
            return Presence(None, f"Could not find out whether the metrics exist: {failure.gap.message}")

    def _absences(self, query: str, presence: Presence, window: Window, deadline: Deadline) -> tuple[Absence, ...]:
        """Why the query's answer is empty, as far as that can be found out."""
        if presence.found is None:
            return ()

        def has(matching: str) -> bool:
            asked: Names = frozenset({matching})
            return bool(
                self._presences.look_up(
                    asked, window, lambda: asked if self.api.has(matching, window, deadline) else frozenset()
                )
            )

        return absences(query, presence.found, has)

    def _not_here(self, queries: Iterable[str]) -> Unobtainable:
        names = _names(queries)
        exporters = _any_of(exporters_of(names))
        message = f"{self._source} has no metric {_listed(sorted(names))} in this window."
        hint = f"That usually comes from {exporters}: check that {self._source} scrapes it."
        return Unobtainable(
            GapReason.NOT_HERE,
            message,
            hint if exporters else f"Check that {self._source} scrapes whatever exports it.",
            absent=tuple(map(Absence, sorted(names))),
        )


def _names(queries: Iterable[str]) -> Names:
    return frozenset[str]().union(*map(metric_names, queries))


def _expect_askable(look: Look) -> None:
    if not look.asked:
        raise Unobtainable(GapReason.REFUSED, "This look has no query.", "Add one to the routine file.")
    if look.where:
        message = "A look with a query cannot have a filter (where)."
        raise Unobtainable(GapReason.REFUSED, message, 'Put the filter into the query, as in {namespace="shop"}.')


def _answer(
    query: str,
    decoded: Decoded,
    window: Window,
    warnings: tuple[str, ...] = (),
    absent: tuple[Absence, ...] = (),
) -> QueryResult:
    return QueryResult(decoded.frame, query, _obtained(decoded, window), (*decoded.warnings, *warnings), absent)


def _obtained(decoded: Decoded, window: Window) -> Window | None:
    """Of a range, from its earliest to its latest sample, the last one's step included."""
    step = decoded.frame.step
    if step is None or decoded.first is None or decoded.last is None:
        return None
    return Window(
        decoded.first, max(min(decoded.last + step, window.end), decoded.last + timedelta(milliseconds=1))
    )


def _any_of(names: Sequence[str]) -> str:
    return " or ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:_NAMED_AT_MOST])
    more = len(names) - _NAMED_AT_MOST
    return f"{shown} and {more} more" if more > 0 else shown
