"""How each type of panel is taken and drawn as a look, and what is lost by it."""

from __future__ import annotations

from dataclasses import dataclass

from vistas.importing.panels.mappings import read_words
from vistas.importing.reading.tree import Tree, at, items, table, text
from vistas.routine import Drawing

_OVER_TIME = {"timeseries", "graph", "trend", "xychart"}
_ONE_NUMBER = {"stat", "singlestat", "gauge"}
_COMPARED = {"bargauge", "piechart", "barchart", "grafana-piechart-panel"}
_TABLES = {"table", "table-old"}
_LAST = {"", "last", "lastNotNull", "current", "first", "firstNotNull", "name"}
_STATES = {"state-timeline", "status-history", "natel-discrete-panel"}
UNDRAWN = {
    "logs": "log lines are no look that can be imported yet",
    "dashlist": "a list of dashboards is not part of a morning",
    "news": "news are not part of a morning",
    "row": "a row within a row",
}


@dataclass(frozen=True, slots=True)
class How:
    """`changes` says in plain words what the look does not show as the panel did."""

    take: str
    draw: Drawing | None = None
    changes: tuple[str, ...] = ()


def how_to_draw(kind: str, panel: Tree, target: Tree) -> How | None:
    """None for types that have no drawing here."""
    instant = target.get("instant") is True and target.get("range") is not True
    if kind in _OVER_TIME:
        return _over_time(kind, panel, instant=instant)
    if kind in _ONE_NUMBER:
        return _one_number(kind, panel, instant=instant)
    if kind in _COMPARED or kind in _TABLES:
        return _compared(kind, panel, instant=instant)
    if kind in {"heatmap", "histogram", "heatmap-new"}:
        changed = (
            ("is a histogram over the whole time; here it is a heatmap over time",) if kind == "histogram" else ()
        )
        return How("range", Drawing.HEATMAP, changed)
    return _states(panel) if kind in _STATES else None


def _states(panel: Tree) -> How:
    if read_words(panel).states:
        return How("range", Drawing.STATES)
    told = "shows states over time, without words for them; here it is a heatmap of the numbers"
    return How("range", Drawing.HEATMAP, (told,))


def _over_time(kind: str, panel: Tree, *, instant: bool) -> How:
    custom = table(at(panel, "fieldConfig", "defaults", "custom"))
    changes = []
    if custom.get("drawStyle") == "bars" or panel.get("bars") is True:
        changes.append("is drawn as bars over time; here as lines")
    if kind in {"trend", "xychart"}:
        changes.append("is drawn over something else than time; here over time")
    if instant:
        return How("instant", None, ("asks for one moment only",))
    stacked = text(at(custom, "stacking", "mode")) not in {"", "none"} or panel.get("stack") is True
    return How("range", Drawing.STACKED if stacked else None, tuple(changes))


def _one_number(kind: str, panel: Tree, *, instant: bool) -> How:
    reducer = _reducer(kind, panel)
    if instant or reducer in _LAST:
        return How("instant", Drawing.NUMBERS)
    return How("range", Drawing.LINES, (f"shows the {reducer[:40]} of the time; here it is the line over time",))


def _reducer(kind: str, panel: Tree) -> str:
    """How a panel makes one number of many; a singlestat's own default is the average."""
    if kind == "singlestat":
        return text(panel.get("valueName")) or "avg"
    return next((text(each) for each in items(at(panel, "options", "reduceOptions", "calcs"))), "")


def _compared(kind: str, panel: Tree, *, instant: bool) -> How:
    reducer = next((text(each) for each in items(at(panel, "options", "reduceOptions", "calcs"))), "")
    draw = Drawing.TABLE if kind in _TABLES else Drawing.BARS
    if instant:
        return How("instant", draw)
    if reducer in _LAST:
        return How("instant", draw, ("asks over the time range; here it is how things are at its end",))
    return How("instant", draw, (f"shows the {reducer[:40]} of the time; here it is how things are at its end",))
