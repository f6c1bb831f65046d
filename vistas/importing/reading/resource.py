"""Grafana's v2 resources (v2alpha1, v2beta1, v2): elements and a layout of rows, tabs and grids.

After grafana/grafana `apps/dashboard/kinds/v2/dashboard_spec.cue`. v2alpha1 puts a plugin's id into `kind` of
query and vizConfig; the later ones have it in `group`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vistas.importing.reading.dashboard import (
    CONDITIONAL,
    REPEATED,
    Band,
    Dashboard,
    Placed,
    insist_on_bounds,
    required_list,
    required_table,
)
from vistas.importing.reading.tree import Tree, at, items, number, table, text

_VARIABLES = {
    "QueryVariable": "query",
    "CustomVariable": "custom",
    "TextVariable": "textbox",
    "ConstantVariable": "constant",
    "IntervalVariable": "interval",
    "DatasourceVariable": "datasource",
    "AdhocVariable": "adhoc",
    "GroupByVariable": "groupby",
    "SwitchVariable": "switch",
}


def read_resource(spec: Tree, name: str) -> Dashboard:
    """DashboardError where `elements`, `layout` or `variables` is of the wrong kind, or panels are too many."""
    elements = required_table(spec.get("elements"), name, "elements")
    layout = required_table(spec.get("layout"), name, "layout")
    walked = _Layout(elements)
    bands = list(walked.bands(layout))
    written = [*required_list(spec.get("variables"), name, "variables"), *walked.variables]
    insist_on_bounds(bands, name)
    return Dashboard(
        title=text(spec.get("title")),
        description=text(spec.get("description")),
        since=_since(table(spec.get("timeSettings"))),
        bands=tuple(band for band in bands if band.panels),
        variables=[_variable(each) for each in written],
        annotations=[at(each, "spec") for each in required_list(spec.get("annotations"), name, "annotations")],
        links=items(spec.get("links")),
    )


def _since(time: Tree) -> str:
    return text(time.get("from")) if text(time.get("to")) == "now" else ""


def _variable(variable: Any) -> dict[str, Any]:
    spec, kind = table(at(variable, "spec")), text(at(variable, "kind"))
    changed: dict[str, Any] = {**spec, "type": _VARIABLES.get(kind, kind)}
    if kind == "DatasourceVariable":
        changed["query"] = spec.get("pluginId")
    if kind == "SwitchVariable":
        both = (spec.get("enabledValue", "true"), spec.get("disabledValue", "false"))
        changed |= {"options": [{"value": value} for value in both], "current": {"value": spec.get("current")}}
    if kind == "QueryVariable":
        changed["datasource"] = _asked(table(spec.get("query")), spec)
    return changed


class _Layout:
    """Walks a layout and takes each element where it first stands; what stands nowhere comes last.

    `variables` are those of rows and tabs, once they were walked.
    """

    def __init__(self, elements: Tree) -> None:
        self.variables: list[Any] = []
        self._elements = elements
        self._placed: set[str] = set()

    def bands(self, layout: Tree) -> Iterator[Band]:
        yield from self._under(layout, "", (), folded=False)
        unplaced = [element for key, element in self._elements.items() if key not in self._placed]
        yield Band("", tuple(Placed(_panel(each).tree, 0.0, "stands nowhere in the layout") for each in unplaced))

    def _under(self, layout: Any, title: str, changes: tuple[str, ...], *, folded: bool) -> Iterator[Band]:
        """The bands of a layout that itself stands under `title`."""
        spec = table(at(layout, "spec"))
        for part in (*items(spec.get("rows")), *items(spec.get("tabs"))):
            inner = table(at(part, "spec"))
            self.variables += items(inner.get("variables"))
            told = (*changes, *_changes(inner))
            folds = folded or inner.get("collapse") is True
            yield from self._under(inner.get("layout"), text(inner.get("title")) or title, told, folded=folds)
        loose: list[Placed] = []
        for item in sorted(items(spec.get("items")), key=_place):
            if at(item, "kind") != "GridLayoutRow":
                loose += self._element(item)
                continue
            yield Band(title, tuple(loose), changes, folded)
            row = table(at(item, "spec"))
            title, changes = text(row.get("title")), _changes(row)
            folded = row.get("collapsed") is True
            loose = [e for below in sorted(items(row.get("elements")), key=_place) for e in self._element(below)]
        yield Band(title, tuple(loose), changes, folded)

    def _element(self, item: Any) -> list[Placed]:
        spec = table(at(item, "spec"))
        key = text(at(spec, "element", "name"))
        if key in self._placed:
            return []
        self._placed.add(key)
        if key not in self._elements:
            return [Placed({}, _place(item)[0], "is named by the layout, but is not among the elements")]
        panel = _panel(self._elements[key])
        around = {"repeat": text(at(spec, "repeat", "value")), "conditional": _is_conditional(spec)}
        return [Placed({**panel.tree, **around}, _place(item)[0], panel.trouble)]


def _changes(spec: Tree) -> tuple[str, ...]:
    """What a row or tab does with all that is under it."""
    told = (REPEATED,) if table(spec.get("repeat")) else ()
    return (*told, CONDITIONAL) if _is_conditional(spec) else told


def _is_conditional(spec: Tree) -> bool:
    return bool(items(at(spec, "conditionalRendering", "spec", "items")))


def _place(item: Any) -> tuple[float, float]:
    spec = at(item, "spec")
    return number(at(spec, "y")) or 0.0, number(at(spec, "x")) or 0.0


def _panel(element: Any) -> Placed:
    """An element in the shape of a classic panel."""
    spec = table(at(element, "spec"))
    if at(element, "kind") == "LibraryPanel":
        return Placed({"title": spec.get("title")}, 0.0, "is a library panel, and the file does not hold its body")
    if not spec:
        return Placed({}, 0.0, "is not a panel but some other value")
    shown, data = table(spec.get("vizConfig")), table(at(spec, "data", "spec"))
    options = table(data.get("queryOptions"))
    queries = data.get("queries")
    tree = {
        "type": text(shown.get("group")) or text(shown.get("kind")),
        "title": spec.get("title"),
        "description": spec.get("description"),
        "links": spec.get("links"),
        "options": at(shown, "spec", "options"),
        "fieldConfig": at(shown, "spec", "fieldConfig"),
        "targets": [_target(each) for each in queries] if isinstance(queries, list) else queries,
        "transformations": data.get("transformations"),
        "interval": options.get("interval"),
        "timeFrom": options.get("timeFrom"),
        "timeShift": options.get("timeShift"),
    }
    return Placed(tree)


def _target(query: Any) -> Any:
    if not isinstance(query, dict):
        return query
    spec = table(query.get("spec"))
    asked = table(spec.get("query"))
    return {
        **table(asked.get("spec")),
        "refId": spec.get("refId"),
        "hide": spec.get("hidden"),
        "datasource": _asked(asked, spec),
    }


def _asked(query: Tree, around: Tree) -> dict[str, Any]:
    """The datasource of a `DataQuery`, or that which v2alpha1 names beside it."""
    uid = text(at(query, "datasource", "name")) or text(at(around, "datasource", "uid"))
    kind = text(query.get("group")) or text(query.get("kind")).removeprefix("DataQuery")
    return {"type": kind or text(at(around, "datasource", "type")), "uid": uid}
