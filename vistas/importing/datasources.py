"""Which tool a query asks, as far as the dashboard says: by the datasource's type, or by its name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from vistas.importing.reading.tree import at, table, text

_PROMQL = {
    "",
    "prometheus",
    "victoriametrics",
    "grafana-amazonprometheus",
    "grafana-azureprometheus",
    "victoriametrics-metrics",
}
_LOGS = {"loki": "Loki", "victoriametrics-logs": "VictoriaLogs", "elasticsearch": "Elasticsearch"}
_REFERENCE = re.compile(r"^\$\{?(\w+)\}?$|^\[\[(\w+)\]\]$")
_OWN = {
    "__expr__": "is worked out by Grafana from the panel's other queries",
    "-- Dashboard --": "shows another panel's answer once more",
    "grafana": "asks Grafana itself",
}


class Datasources:
    """What the dashboard's variables and inputs say about its datasources."""

    def __init__(self, variables: Sequence[Any], inputs: Mapping[str, str]) -> None:
        self._kinds = dict(inputs)
        for variable in variables:
            if text(at(variable, "type")) == "datasource":
                self._kinds[text(at(variable, "name"))] = text(at(variable, "query"))

    def trouble_with(self, variable: str) -> str:
        """As `trouble`, for whatever asks the datasource that a variable stands for."""
        return _trouble_with(self._kinds.get(variable, ""))

    def trouble(self, target: Any, panel: Any) -> str:
        """Why a query cannot be asked of Prometheus; empty where it can, or where nothing speaks against it."""
        kind = self._kind(at(target, "datasource")) or self._kind(at(panel, "datasource"))
        return _trouble_with(kind)

    def _kind(self, datasource: Any) -> str:
        written = table(datasource)
        uid = text(written.get("uid")) or text(datasource)
        if uid == "-- Mixed --":
            return ""
        if uid in _OWN:
            return uid
        if uid == "-- Grafana --":
            return "grafana"
        if kind := text(written.get("type")):
            return kind
        if reference := _REFERENCE.match(uid):
            return self._kinds.get(reference[1] or reference[2], "")
        return "loki" if "loki" in uid.lower() else ""


def _trouble_with(kind: str) -> str:
    if kind in _OWN:
        return _OWN[kind]
    name = kind.removesuffix("-datasource").lower()
    if name in _PROMQL:
        return ""
    if name in _LOGS:
        return f"asks {_LOGS[name]} for log lines, which imported looks cannot do yet"
    return f"asks a datasource of type {kind[:60]}; imported looks ask Prometheus"
