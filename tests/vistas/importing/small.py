"""Dashboards of a panel or a few, for what is said about one thing."""

from __future__ import annotations

import json
from typing import Any

from vistas.importing import Imported, import_dashboards
from vistas.routine import Look, Routine, Variable

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


def choosing(routine: Routine, **chosen: str) -> Routine:
    """As it is walked: with what the dashboard opens with, and any value where one has to be given."""
    lacking = [each for each in routine.variables if not each.default and not each.values and each.every is None]
    values = {each.variable: "any" for each in lacking} | chosen
    return routine.choosing({name: (value,) for name, value in values.items()})


def query(expr: str, variables: list[Any] | None = None, **given: str) -> str:
    """As it is written in the routine."""
    (text,) = look(dashboard(panel(expr=expr), variables=variables), **given).query
    return text


def asked(expr: str, variables: list[Any] | None = None, **chosen: str) -> str:
    """As it is asked on a walk with what the dashboard opens with, or with what is chosen."""
    ((_, only),) = choosing(routine(dashboard(panel(expr=expr), variables=variables)), **chosen).looks()
    return only.query[0]


def variable_of(written: Any, expr: str = 'x{a=~"$v"}') -> Variable:
    """What the routine lets one choose for a variable called v, which a query uses."""
    (only,) = routine(dashboard(panel(expr=expr), variables=[{"name": "v", **written}])).variables
    return only


def left(tree: Tree) -> list[tuple[str | None, str]]:
    return [(each.thing, each.reason) for each in bring(tree).report.left]


def changed(tree: Tree) -> list[str]:
    return [each.reason for each in bring(tree).report.changed]


def doubts(expr: str, variables: list[Any] | None = None) -> list[str]:
    tree = dashboard(panel(expr=expr), variables=variables)
    return [each.reason for each in bring(tree).report.unchecked]
