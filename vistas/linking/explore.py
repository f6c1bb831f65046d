"""Addresses of Grafana's Explore.

After grafana/grafana `public/app/features/explore/hooks/useStateSync/migrators/v1.ts`: times are texts of epoch
milliseconds, and a pane is named by three letters or digits, not all of them digits.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from vistas.formatting.letters import letters
from vistas.linking.addresses import query
from vistas.linking.asked import Asked
from vistas.linking.elsewhere import Elsewhere, Tool


def explore(panes: Mapping[str, tuple[Elsewhere, Asked]]) -> str:
    """Panes side by side by their names; the Grafana is that of the first."""
    there = next(iter(panes.values()))[0]
    written = {name: _pane(*pane) for name, pane in panes.items()}
    parameters = [("schemaVersion", "1"), ("panes", json.dumps(written, separators=(",", ":")))]
    if there.org is not None:
        parameters.append(("orgId", str(there.org)))
    return f"{there.grafana}/explore?{query(parameters)}"


def _pane(there: Elsewhere, asked: Asked) -> dict[str, Any]:
    return {
        "datasource": there.uid,
        "queries": [
            {
                "refId": letters(number),
                "datasource": {"type": there.tool.value, "uid": there.uid},
                "expr": text,
                **_how(there.tool, name, moment=asked.moment),
                "editorMode": "code",
            }
            for number, (name, text) in enumerate(asked.queries)
        ],
        "range": {"from": _milliseconds(asked.window.start), "to": _milliseconds(asked.window.end)},
    }


def _how(tool: Tool, name: str, *, moment: bool) -> dict[str, Any]:
    if tool is Tool.LOKI:
        return {"queryType": "range"}
    return {"range": not moment, "instant": moment, **({"legendFormat": name} if name else {})}


def _milliseconds(moment: datetime) -> str:
    return str(round(moment.timestamp() * 1000))
