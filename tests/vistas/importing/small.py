"""Dashboards of a panel or a few, for what is said about one thing."""

from __future__ import annotations

import json
from typing import Any

from vistas.importing import Imported, import_dashboards
from vistas.routine import Look, Routine

Tree = dict[str, Any]


def panel(kind: str = "timeseries", expr: str = "up", **rest: Any) -> Tree:
    return {"type": kind, "title": "One", "targets": [{"refId": "A", "expr": expr}], **rest}


def dashboard(*panels: Any, variables: list[Any] | None = None, **rest: Any) -> Tree:
    return {"title": "D", "panels": list(panels), "templating": {"list": variables or []}, **rest}


def bring(tree: Tree, **given: str) -> Imported:
    (one,) = import_dashboards(json.dumps(tree), "d.json", given=given).dashboards
    return one


def routine(tree: Tree, **given: str) -> Routine:
    (only,) = bring(tree, **given).routines
    return only


def look(tree: Tree, **given: str) -> Look:
    ((_, only),) = routine(tree, **given).looks()
    return only


def query(expr: str, variables: list[Any] | None = None, **given: str) -> str:
    (text,) = look(dashboard(panel(expr=expr), variables=variables), **given).query
    return text


def left(tree: Tree) -> list[tuple[str | None, str]]:
    return [(each.thing, each.reason) for each in bring(tree).report.left]


def changed(tree: Tree) -> list[str]:
    return [each.reason for each in bring(tree).report.changed]


def doubts(expr: str, variables: list[Any] | None = None) -> list[str]:
    tree = dashboard(panel(expr=expr), variables=variables)
    return [each.reason for each in bring(tree).report.unchecked]
