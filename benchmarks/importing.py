"""`vistas routines import` of many dashboards at once, as a process: from the start of Python to the last line.

The dashboards are made here, in the size that public ones have: 3 to 171 panels, mostly of one or two queries.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

from benchmarks.processes import Ran, programs_in_turn, run
from benchmarks.result import Disagreement, Finding, Target

SECONDS: Final = 10.0
SIZES: Final = (3, 6, 9, 12, 18, 24, 40, 64, 110, 171)
KINDS: Final = ("timeseries", "stat", "gauge", "table", "bargauge", "heatmap", "text", "logs")
QUERIES: Final = (
    'sum by (service) (rate(http_requests_total{cluster="$cluster", code=~"5.."}[$__rate_interval]))',
    "histogram_quantile(0.99, sum by (le) (rate(http_request_duration_seconds_bucket[$__interval])))",
    '1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle", instance=~"$instance"}[5m]))',
    "kube_deployment_status_replicas_available / kube_deployment_spec_replicas",
)


def measure(rounds: int, small: bool) -> list[Finding]:
    number = 20 if small else 300
    with tempfile.TemporaryDirectory() as folder:
        files = _written(Path(folder), number)
        contenders: dict[str, Callable[[], Ran]] = {"vistas routines import": partial(_import, files)}
        ran = programs_in_turn(f"{number} dashboards", rounds, contenders, amount=number, unit="dashboards")
    (ours,) = ran.values()
    return [ours, Target(f"{number} dashboards imported", ours.median, "at most", SECONDS, "s")]


def _import(files: list[Path]) -> Ran:
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "vistas.command_line", "routines", "import", "--out", out]
        ran = run([*command, *map(str, files)])
        if len(list(Path(out).glob("*.yaml"))) < len(files):
            raise Disagreement(f"not every dashboard became a routine: {ran.output[-500:]}")
    return ran


def _written(folder: Path, number: int) -> list[Path]:
    files = []
    for place in range(number):
        made = random.Random(place)  # noqa: S311 - the same dashboards in every run
        files.append(folder / f"dashboard-{place}.json")
        files[-1].write_text(json.dumps(_dashboard(place, made)), encoding="utf-8")
    return files


def _dashboard(place: int, made: random.Random) -> dict[str, Any]:
    panels = [_panel(number, made) for number in range(SIZES[place % len(SIZES)])]
    names = ("cluster", "instance")
    variables = [
        {"name": name, "type": "query", "query": f"label_values(up, {name})", "includeAll": True} for name in names
    ]
    title = f"Service {place}"
    return {"title": title, "schemaVersion": 39, "panels": panels, "templating": {"list": variables}}


def _panel(number: int, made: random.Random) -> dict[str, Any]:
    """Every tenth is a row."""
    at = {"x": number % 2 * 12, "y": number // 2 * 8, "w": 12, "h": 8}
    if number % 10 == 0:
        return {"id": number, "type": "row", "title": f"Part {number}", "gridPos": {**at, "x": 0, "w": 24, "h": 1}}
    targets = [{"refId": "AB"[query], "expr": made.choice(QUERIES)} for query in range(made.choice((1, 1, 2)))]
    return {
        "id": number,
        "type": KINDS[0] if number == 1 else made.choice(KINDS),
        "title": f"Panel {number}",
        "description": "What it shows, and why that was put there.",
        "gridPos": at,
        "datasource": {"type": "prometheus", "uid": "main"},
        "fieldConfig": {"defaults": {"unit": made.choice(("reqps", "s", "percentunit", "bytes", "short"))}},
        "targets": targets,
    }
