"""One panel in the classic shape as looks, or as words, with everything that was left or changed on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from vistas.importing.naming import LONGEST_PROSE, Mask, clipped, one_line, plain_words, prose, unescaped
from vistas.importing.panels.dates import in_seconds
from vistas.importing.panels.drawings import UNDRAWN, how_to_draw
from vistas.importing.panels.looks import Around, Asked, looks_of, why_apart
from vistas.importing.panels.mappings import read_words
from vistas.importing.panels.surroundings import beside, overridden
from vistas.importing.panels.thresholds import read_thresholds
from vistas.importing.panels.times import Times, read_times
from vistas.importing.panels.units import read_unit
from vistas.importing.queries import Queries
from vistas.importing.reading.dashboard import Placed
from vistas.importing.reading.tree import Tree, at, items, table, text
from vistas.importing.report import Report, Thing
from vistas.routine import Drawing, Look, Unit

_ALERTS = "alertlist"


@dataclass(frozen=True, slots=True)
class Carried:
    """A panel as it will stand in a stop. One of words has no looks, and is carried once a stop takes them."""

    title: str
    top: float
    looks: tuple[Look, ...] = ()
    why: str = ""
    words: str = ""


class Panels:
    """Of one dashboard. `mask` is what prose goes through before it is kept."""

    def __init__(self, queries: Queries, report: Report, mask: Mask) -> None:
        self._queries = queries
        self._report = report
        self._mask = mask

    def carry(self, placed: Placed) -> Carried | None:
        """None where nothing of it could be carried, and the report says why."""
        panel = table(placed.tree)
        title = one_line(self._mask(self._queries.words(text(panel.get("title"))[:2000]))) or "Panel"
        where = f"panel “{title}”"
        kind = text(panel.get("type")) or "timeseries"
        if trouble := placed.trouble or self._trouble(panel, kind):
            self._leave(panel, where, trouble)
            return None
        self._tell_surroundings(panel, where)
        if kind.startswith("text"):
            return self._words(panel, title, where, placed.top)
        if kind == _ALERTS:
            return self._alerts(panel, title, where, placed.top)
        why = self._about(panel)
        looks = self._looks(panel, kind, title, where, clipped(why, LONGEST_PROSE))
        if not looks:
            self._report.leave(Thing.PANEL, where, "none of its queries could be carried")
            return None
        self._report.carry(Thing.PANEL)
        return Carried(title, placed.top, looks, why)

    def _about(self, panel: Tree) -> str:
        return self._mask(
            self._queries.words(prose(unescaped(text(panel.get("description"))[: 2 * LONGEST_PROSE])))
        )

    def _trouble(self, panel: Tree, kind: str) -> str:
        """Why none of its queries need to be read."""
        if kind in UNDRAWN:
            return UNDRAWN[kind]
        if kind.startswith("text") or kind == _ALERTS:
            return ""
        if how_to_draw(kind, panel, {}) is None:
            return f"is of type {kind[:60]}, which has no drawing here"
        targets = panel.get("targets")
        if targets is not None and not isinstance(targets, list):
            return "has something else than a list for targets"
        return "" if targets else "has no query"

    def _leave(self, panel: Tree, where: str, reason: str) -> None:
        self._report.leave(Thing.PANEL, where, reason)
        self._leave_queries(panel, where, "was not carried")
        self._leave_links(panel, where)

    def _leave_queries(self, panel: Tree, where: str, reason: str) -> None:
        for target in items(panel.get("targets")):
            self._report.leave(
                Thing.QUERY, _named(where, target), f"its panel {reason}", text(at(target, "expr"))[:2000]
            )

    def _leave_links(self, panel: Tree, where: str) -> None:
        for _ in items(panel.get("links")):
            self._report.leave(Thing.LINK, where, "links are not carried")

    def _words(self, panel: Tree, title: str, where: str, top: float) -> Carried | None:
        self._leave_queries(panel, where, "has words only")
        words = self._mask(plain_words(text(at(panel, "options", "content")) or text(panel.get("content"))))
        if not words:
            self._report.leave(Thing.PANEL, where, "has no words in it, or only pictures and markup")
            return None
        return Carried(title, top, words=words)

    def _alerts(self, panel: Tree, title: str, where: str, top: float) -> Carried:
        self._leave_queries(panel, where, "lists alerts")
        self._report.carry(Thing.PANEL)
        self._report.change(where, "lists the alerts of Grafana; here those of Prometheus")
        why = self._about(panel)
        told = clipped(why, LONGEST_PROSE) or None
        look = Look(look="look", title=title, text=told, source="prometheus", take="alerts")
        return Carried(title, top, (look,), why)

    def _looks(self, panel: Tree, kind: str, title: str, where: str, text: str) -> tuple[Look, ...]:
        normal, times, words = read_thresholds(panel), read_times(panel), read_words(panel)
        told = [normal.reason] if normal.reason else []
        asked = list(self._asked(panel, kind, where, times, told))
        told += times.told if any(each.how.take == "range" for each in asked) else ()
        drawn_as_states = any(each.how.draw is Drawing.STATES for each in asked)
        if words.others or (words.states and not drawn_as_states):
            told.append("words in place of values are not carried")
        if apart := why_apart(asked):
            told.append(apart)
        for each in dict.fromkeys(told):
            self._report.change(where, each)
        return tuple(looks_of(asked, Around(title, normal, times, words.states, text)))

    def _asked(self, panel: Tree, kind: str, where: str, times: Times, told: list[str]) -> Iterator[Asked]:
        """The queries that are carried; what they lose is added to `told`."""
        written = _unit(panel)
        unit, lost = read_unit(written)
        for target in items(panel.get("targets")):
            query = self._queries.carry(target, panel, _named(where, target), times.window)
            how = how_to_draw(kind, panel, table(target))
            if query is None or how is None:
                continue
            told += [*how.changes, *_both(target)]
            ref = one_line(text(at(target, "refId")), 40)
            own, name = overridden(panel, ref, unit, self._queries.legend(target))
            if seconds := in_seconds(written, query):
                query, own = seconds, Unit.DATES
                told.append("multiplies seconds by 1000 to show dates; here the seconds are dates")
            elif lost:
                told.append(f"{lost} are written as plain numbers")
            yield Asked(ref, query, how, own, self._mask(name)[:200] if name else None)

    def _tell_surroundings(self, panel: Tree, where: str) -> None:
        """What a panel has beside its queries and is not carried."""
        self._leave_links(panel, where)
        for told in beside(panel):
            self._report.change(where, told)


def _named(where: str, target: Any) -> str:
    ref = one_line(text(at(target, "refId")), 40)
    return f"{where}, query {ref}" if ref else f"{where}, a query"


def _unit(panel: Tree) -> str:
    modern = text(at(panel, "fieldConfig", "defaults", "unit"))
    first_axis = next(iter(items(panel.get("yaxes"))), None)
    return modern or text(panel.get("format")) or text(at(first_axis, "format"))


def _both(target: Any) -> list[str]:
    if at(target, "instant") is True and at(target, "range") is True:
        return ["asks for a moment and over time; here over time only"]
    return []
