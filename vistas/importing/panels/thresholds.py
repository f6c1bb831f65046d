"""A panel's thresholds as what is normal, where there is one line with green on one side of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from vistas.importing.reading.tree import Tree, at, items, number, table, text

_UNTOUCHED = 80.0
"""What every new panel of Grafana has, whatever it shows."""
_HEX = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", re.IGNORECASE)
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})")


@dataclass(frozen=True, slots=True)
class Normal:
    """At most one line; `reason` says why there is none although there are thresholds."""

    below: float | None = None
    above: float | None = None
    reason: str = ""


def read_thresholds(panel: Tree) -> Normal:
    """From a panel of any schema version."""
    if (normal := _modern(panel)) is not None:
        return normal
    if isinstance(old := panel.get("thresholds"), str) and old:
        return _singlestat(old, panel)
    return _graph(panel.get("thresholds"))


def _modern(panel: Tree) -> Normal | None:
    defaults = table(at(panel, "fieldConfig", "defaults"))
    written = table(defaults.get("thresholds"))
    steps = items(written.get("steps"))
    if not steps:
        return None
    if written.get("mode") == "percentage":
        return (
            Normal(reason="thresholds in per cent of the panel's scale have no meaning here")
            if steps[1:]
            else Normal()
        )
    lines = [(number(at(step, "value")), text(at(step, "color"))) for step in steps]
    first = lines[0][1]
    values = [(value, color) for value, color in lines[1:] if value is not None]
    if values == [(_UNTOUCHED, "red")] and first == "green" and defaults.get("unit") != "percent":
        return Normal(reason="the threshold 80 is what every new panel has, so it is not taken for what is normal")
    return _two_sided(first, values)


def _two_sided(first: str, lines: list[tuple[float, str]]) -> Normal:
    if not lines:
        return Normal()
    if len(lines) > 1:
        return Normal(reason=f"{len(lines)} thresholds: a look has one line of what is normal")
    (value, color) = lines[0]
    if _is_green(first) and not _is_green(color):
        return Normal(below=value)
    if _is_green(color) and not _is_green(first):
        return Normal(above=value)
    return Normal(reason="a threshold with green on neither side, or on both")


def _singlestat(written: str, panel: Tree) -> Normal:
    """`"80"` with colors `[below, above, …]`, as before schema version 28."""
    values = [value for part in written.split(",")[:10] if (value := number(part.strip())) is not None]
    colors = [text(color) for color in items(panel.get("colors"))] or ["green", "orange", "red"]
    if len(values) == 1 and len(colors) > 1:
        return _two_sided(colors[0], [(values[0], colors[1])])
    return (
        Normal(reason=f"{len(values)} thresholds: a look has one line of what is normal") if values else Normal()
    )


def _graph(written: Any) -> Normal:
    """`[{value, op: gt|lt, colorMode: critical|warning|ok}]` of graph panels."""
    marks = [(number(at(mark, "value")), at(mark, "op"), at(mark, "colorMode")) for mark in items(written)]
    if not marks:
        return Normal()
    value, operator, color = marks[0]
    if len(marks) > 1 or value is None or color not in {"critical", "warning", "ok"}:
        return Normal(reason=f"{len(marks)} thresholds: a look has one line of what is normal")
    bad_above = (operator != "lt") is (color != "ok")
    return Normal(below=value) if bad_above else Normal(above=value)


def _is_green(color: str) -> bool:
    """By name (`dark-green`), or where green outweighs the others."""
    if "green" in color.lower():
        return True
    if shade := _HEX.match(color):
        red, green, blue = (int(part, 16) for part in shade.groups())
        return green > red and green > blue
    if shade := _RGB.match(color):
        red, green, blue = (int(part) for part in shade.groups())
        return green > red and green > blue
    return False
