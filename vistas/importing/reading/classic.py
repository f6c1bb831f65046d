"""Grafana's classic model, schema versions 14 to 43, with `rows[]` or with `gridPos`.

After grafana/grafana `apps/dashboard/pkg/migration/schemaversion`: places decide the order, never the order in the
file; saved copies of repeated panels and rows are no panels of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from vistas.importing.reading.dashboard import REPEATED, Band, Dashboard, Placed, insist_on_bounds, required_list
from vistas.importing.reading.tree import Tree, at, items, number, table, text

_COLUMNS = 24
_CELL = 38
_ROW_HEIGHT = 250.0
_COPY = "is a saved copy of a repeated panel: the original is imported once"
_COPIED_ROW = "stands in a saved copy of a repeated row: the original is imported once"


def read_classic(tree: Tree, name: str) -> Dashboard:
    """DashboardError where `panels`, `rows` or `templating.list` is no list, or there are too many panels."""
    elements = _library_elements(tree)
    rows = required_list(tree.get("rows"), name, "rows")
    panels = required_list(tree.get("panels"), name, "panels")
    bands = [*_under_headings(rows, elements, name), *_placed_panels(panels, elements, name)]
    insist_on_bounds(bands, name)
    return Dashboard(
        title=text(tree.get("title")),
        description=text(tree.get("description")),
        since=_since(tree.get("time")),
        bands=tuple(band for band in bands if band.panels),
        variables=required_list(at(tree, "templating", "list"), name, "templating.list"),
        annotations=required_list(at(tree, "annotations", "list"), name, "annotations.list"),
        links=items(tree.get("links")),
        inputs=_inputs(tree),
    )


def _since(time: Any) -> str:
    return text(at(time, "from")) if text(at(time, "to")) == "now" else ""


def _inputs(tree: Tree) -> dict[str, str]:
    """`__inputs`: which kind of datasource, or which value, each name stands for."""
    return {
        text(at(given, "name")): text(at(given, "pluginId")) or text(at(given, "value"))
        for given in items(tree.get("__inputs"))
    }


def _library_elements(tree: Tree) -> dict[str, Any]:
    """`__elements`: the bodies of library panels by uid; an old export has them in a list."""
    written = tree.get("__elements")
    listed = written.items() if isinstance(written, dict) else ((at(e, "uid"), e) for e in items(written))
    return {text(uid): at(element, "model") for uid, element in listed}


def _under_headings(rows: Sequence[Any], elements: Mapping[str, Any], name: str) -> list[Band]:
    """`rows[]` of schema versions below 16: no headings where no row is folded, shows its title or repeats."""
    bands = list(_old_rows(rows, elements, name))
    headed = (
        at(row, "collapse") is True or at(row, "showTitle") is True or text(at(row, "repeat")) for row in rows
    )
    if any(headed):
        return bands
    return [Band("", tuple(panel for band in bands for panel in band.panels))]


def _old_rows(rows: Sequence[Any], elements: Mapping[str, Any], name: str) -> Iterator[Band]:
    top = 0.0
    for row in rows:
        trouble = _COPIED_ROW if at(row, "repeatIteration") and not text(at(row, "repeat")) else ""
        height = _cells(at(row, "height"))
        placed, x, y = [], 0.0, top
        for panel in required_list(at(row, "panels"), name, "rows[].panels"):
            wide = min(number(at(panel, "span")) or 4.0, 12.0) * _COLUMNS / 12
            if x + wide > _COLUMNS:
                x, y = 0.0, y + height
            x += wide
            placed.append(_placed(panel, y, elements, trouble))
        top = y + height
        yield Band(text(at(row, "title")), tuple(placed), _changes(row), at(row, "collapse") is True)


def _changes(row: Any) -> tuple[str, ...]:
    return (REPEATED,) if text(at(row, "repeat")) else ()


def _cells(height: Any) -> float:
    pixels = number(text(height).removesuffix("px")) or _ROW_HEIGHT
    return max(pixels / _CELL, 1.0)


def _placed_panels(panels: Sequence[Any], elements: Mapping[str, Any], name: str) -> Iterator[Band]:
    title, under, folds = "", list[Placed](), False
    changes: tuple[str, ...] = ()
    is_placed = any(isinstance(at(panel, "gridPos"), dict) for panel in panels)
    for nth, panel in enumerate(sorted(panels, key=_place)):
        if at(panel, "type") != "row":
            under.append(_placed(panel, _place(panel)[0] if is_placed else float(nth), elements))
            continue
        yield Band(title, tuple(under), changes, folds)
        title, changes, folds = text(at(panel, "title")), _changes(panel), at(panel, "collapsed") is True
        copied = _COPIED_ROW if _is_copy(panel) else ""
        folded = required_list(table(panel).get("panels"), name, "panels[].panels")
        under = [_placed(each, _place(each)[0], elements, copied) for each in sorted(folded, key=_place)]
    yield Band(title, tuple(under), changes, folds)


def _place(panel: Any) -> tuple[float, float]:
    place = at(panel, "gridPos")
    return number(at(place, "y")) or 0.0, number(at(place, "x")) or 0.0


def _is_copy(panel: Any) -> bool:
    return at(panel, "repeatPanelId") is not None or bool(
        at(panel, "repeatByRow") and at(panel, "repeatIteration")
    )


def _placed(panel: Any, top: float, elements: Mapping[str, Any], trouble: str = "") -> Placed:
    if not isinstance(panel, dict):
        return Placed({}, top, "is not a panel but some other value")
    if trouble or _is_copy(panel):
        return Placed(panel, top, trouble or _COPY)
    library = table(panel.get("libraryPanel"))
    if library and not panel.get("targets"):
        body = elements.get(text(library.get("uid")))
        if not isinstance(body, dict):
            return Placed(panel, top, "is a library panel, and the file does not hold its body")
        return Placed({**body, "title": text(panel.get("title")) or text(body.get("title"))}, top)
    return Placed(panel, top)
