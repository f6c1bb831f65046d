"""What answers like a Prometheus, and says so, but is another tool.

Source: VictoriaMetrics `app/vmselect/main.go` (what it calls itself at `status/buildinfo`), `lib/appmetrics`
(`vm_app_version`).
"""

from __future__ import annotations

import re
from typing import Final

from connectors.http.client import BoundedSession
from connectors.taking import Unobtainable
from vistas.source import Deadline

PRETENDED: Final = "2.24.0"
"""The version of Prometheus that every VictoriaMetrics says it is."""
_VERSION: Final = re.compile(rb'(?:vm_app_version\{version|app_version)="victoria-metrics-[^"]*?v(\d[\w.-]*?)[-"]')


def victoria_metrics(session: BoundedSession, deadline: Deadline) -> str | None:
    """The version of the VictoriaMetrics that this is; None where it is none, or does not show its own metrics."""
    try:
        with session.within(deadline, pages=True):
            answer = session.get(f"{session.origin}/metrics", headers={"Accept": "text/plain"})
    except Unobtainable:
        return None
    found = _VERSION.search(answer.content)
    return found[1].decode() if found else None
