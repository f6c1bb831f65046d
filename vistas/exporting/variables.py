"""What is chosen when a walk begins as what is chosen at the head of a dashboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vistas.exporting.sources import DataSources
from vistas.exporting.tree import Tree
from vistas.routine import Variable

_ALL = {"text": "All", "value": "$__all"}
TYPED = "is typed in Grafana, which cannot list a cluster's objects"


def write_variable(variable: Variable, sources: DataSources) -> Tree:
    head: Tree = {"name": variable.variable, "label": variable.name}
    if variable.label:
        return {**head, **_choice(variable), **_looked_up(variable, variable.label, sources)}
    if variable.values:
        return {**head, **_choice(variable), **_listed(variable)}
    return {**head, **_typed(variable)}


def _looked_up(variable: Variable, label: str, sources: DataSources) -> Tree:
    query = f"label_values({variable.of}, {label})" if variable.of else f"label_values({label})"
    return {
        "type": "query",
        "datasource": sources.reference(variable.asked),
        "query": {"query": query, "refId": "PrometheusVariableQueryEditor-VariableQuery"},
        "definition": query,
        "refresh": 2,
        "sort": 1,
        "options": [],
    }


def _listed(variable: Variable) -> Tree:
    listed = [value.replace(",", "\\,") for value in variable.values]
    options = [{"text": value, "value": value, "selected": value in variable.default} for value in variable.values]
    return {"type": "custom", "query": ",".join(listed), "options": options}


def _typed(variable: Variable) -> Tree:
    """One text: several values as alternatives of a regular expression, and what stands for all of them."""
    value = "|".join(variable.default) or variable.every or ""
    return {"type": "textbox", "query": value, "current": {"text": value, "value": value}, "options": []}


def _choice(variable: Variable) -> Tree:
    chosen: Tree = {"multi": variable.several, "includeAll": variable.every is not None}
    if variable.every is not None:
        chosen["allValue"] = variable.every
    return {**chosen, "current": _current(variable)}


def _current(variable: Variable) -> Tree:
    if variable.default:
        chosen: Any = list(variable.default) if variable.several else variable.default[0]
        return {"text": chosen, "value": chosen}
    if variable.every is None:
        return {}
    return {key: [value] if variable.several else value for key, value in _ALL.items()}


def told_of(variable: Variable) -> Iterator[str]:
    if variable.objects:
        yield TYPED
    elif not (variable.label or variable.values) and (variable.several or variable.every is not None):
        yield "is one text in Grafana: several values are written a|b"
