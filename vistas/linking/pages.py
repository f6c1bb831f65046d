"""Addresses of the pages that Prometheus and Alertmanager have themselves.

After prometheus/prometheus `web/ui/mantine-ui/src/pages/query/urlStateEncoding.ts`: the form of 2.x, which 3.x and
Thanos read as well, and which VictoriaMetrics leads to its vmui (`app/vmselect/main.go`). After
prometheus/alertmanager `ui/app/src/Utils/Filter.elm`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta

from vistas.linking.addresses import query
from vistas.linking.asked import Asked
from vistas.routine import write_span
from vistas.snapshot import Window

PRESENT = ("alerts", "rules", "targets")
"""What Prometheus has pages of: how it is now."""
_SUPPRESSED_TOO = (("silenced", "true"), ("inhibited", "true"), ("muted", "true"), ("active", "true"))
_LABELS = {"alert": "alertname"}
"""Columns of ours whose values are those of a label."""
_NO_LABELS = frozenset({"state", "receivers", "summary", "silenced_by", "inhibited_by", "fingerprint"})
_SECOND = timedelta(seconds=1)


def graph(page: str, asked: Asked) -> str:
    """Every query one below the other, each over the window, to the second."""
    window = _whole_seconds(asked.window)
    end = f"{window.end:%Y-%m-%d %H:%M:%S}"
    parameters: list[tuple[str, str]] = []
    for number, (_, text) in enumerate(asked.queries):
        given = {
            "expr": text,
            "tab": "1" if asked.moment else "0",
            "range_input": write_span(window.span),
            "end_input": end,
            "moment_input": end,
        }
        parameters += ((f"g{number}.{name}", value) for name, value in given.items())
    return f"{page}/graph?{query(parameters)}"


def alerts(page: str, where: Mapping[str, str]) -> str:
    """What rings at an Alertmanager, silenced or not, of those labels."""
    labels = {_LABELS.get(name, name): value for name, value in where.items() if name not in _NO_LABELS}
    return f"{page}/#/alerts?{query((*_SUPPRESSED_TOO, *_filter(labels)))}"


def silences(page: str) -> str:
    return f"{page}/#/silences"


def _filter(labels: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    matchers = ", ".join(f"{name}={json.dumps(value, ensure_ascii=False)}" for name, value in labels.items())
    return (("filter", f"{{{matchers}}}"),) if labels else ()


def _whole_seconds(window: Window) -> Window:
    """The window and what is missing of the seconds at its ends."""
    start = window.start.replace(microsecond=0)
    end = window.end.replace(microsecond=0)
    return Window(start, end if end == window.end else end + _SECOND)
