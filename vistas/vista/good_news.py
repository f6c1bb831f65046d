"""Whether that something is absent is good news: many series are there only while something is wrong."""

from __future__ import annotations

from typing import Final

from vistas.snapshot import Absence

ONLY_IN_TROUBLE: Final = frozenset({"ALERTS", "ALERTS_FOR_STATE"})
"""Metrics that are there only while something is wrong."""
_OUTCOMES: Final = frozenset(
    {
        "status",
        "code",
        "response_code",
        "status_code",
        "condition",
        "phase",
        "reason",
        "state",
        "alertstate",
        "severity",
        "result",
        "outcome",
        "alertname",
        "type",
        "level",
    }
)
"""Labels that say how it went: that nothing has a value of them is mostly good news."""


def is_good_news(absent: Absence) -> bool:
    """Whether that nothing of it is there is no reason to think that it went away, or never was here."""
    if absent.is_metric:
        return absent.metric in ONLY_IN_TROUBLE
    return not absent.is_label and absent.label in _OUTCOMES
