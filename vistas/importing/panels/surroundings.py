"""What a panel has beside its queries: overrides that a look can take, and all that it cannot, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vistas.importing.naming import one_line
from vistas.importing.panels.units import read_unit
from vistas.importing.reading.dashboard import CONDITIONAL
from vistas.importing.reading.tree import Tree, at, items, text
from vistas.routine import Unit

_CARRIED = ("unit", "displayName")


def overridden(panel: Tree, ref: str, unit: Unit, name: str | None) -> tuple[Unit, str | None]:
    """With the unit and the name that an override gives to the query as a whole."""
    for override in items(at(panel, "fieldConfig", "overrides")):
        if not ref or not _is_of_query(override) or text(at(override, "matcher", "options")) != ref:
            continue
        for changed in items(at(override, "properties")):
            value = text(at(changed, "value"))
            if at(changed, "id") == "unit":
                unit = read_unit(value)[0]
            elif at(changed, "id") == "displayName" and value:
                name = one_line(value)
    return unit, name


def _is_carried(override: Any) -> bool:
    return _is_of_query(override) and all(at(each, "id") in _CARRIED for each in items(at(override, "properties")))


def _is_of_query(override: Any) -> bool:
    return bool(at(override, "matcher", "id") == "byFrameRefID")


def beside(panel: Tree) -> Iterator[str]:
    """What a panel does that its looks do not."""
    yield from _about_values(panel)
    yield from _about_axis(panel)
    if repeated := text(panel.get("repeat")):
        yield f"is repeated for each value of ${repeated[:40]}; here it stands once, for all that is chosen"
    if panel.get("conditional") is True:
        yield CONDITIONAL
    if isinstance(panel.get("alert"), dict):
        yield "its alert rule stays in Grafana"


def _about_values(panel: Tree) -> Iterator[str]:
    transformations = [
        text(at(each, "id")) or text(at(each, "group")) or text(at(each, "kind"))
        for each in items(panel.get("transformations"))
    ]
    names = sorted({name[:40] for name in transformations if name})
    if names:
        yield f"its answers are changed by Grafana afterwards ({', '.join(names[:8])}); here they are as they come"
    if any(not _is_carried(override) for override in items(at(panel, "fieldConfig", "overrides"))):
        yield "colours, units or names of single series are not carried"


def _about_axis(panel: Tree) -> Iterator[str]:
    if text(at(panel, "xaxis", "mode")) in {"series", "histogram"}:
        yield "is drawn over something else than time; here over time"
