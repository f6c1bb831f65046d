"""Prometheus' alerts, rules and targets as tables of what an on-call engineer looks for, the worst first.

Source: prometheus `docs/querying/api.md`, "Alerts", "Rules" and "Targets". Left out on purpose: a target's
discovered labels and the values in its address, which may hold credentials.

An answer of another shape raises ValueError, TypeError, LookupError or AttributeError here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from connectors.object_frame import Table, fits, label_text, moment, seconds_between, summary
from vistas.redaction import Redaction
from vistas.snapshot import Frame

Told = Mapping[str, Any]
Where = Mapping[str, str]

ALERTS = Table(
    {
        "alert": "text",
        "state": "text",
        "severity": "text",
        "active_since": "time",
        "value": "number",
        "summary": "text",
        "labels": "text",
    },
    key=("alert", "labels"),
)
RULES = Table(
    {
        "group": "text",
        "rule": "text",
        "type": "text",
        "state": "text",
        "health": "text",
        "last_error": "text",
        "alerts": "count",
        "for_seconds": "number",
        "evaluation_seconds": "number",
        "last_evaluation": "time",
        "query": "text",
        "labels": "text",
        "file": "text",
    },
    key=("file", "group", "rule", "labels"),
)
TARGETS = Table(
    {
        "job": "text",
        "instance": "text",
        "health": "text",
        "last_error": "text",
        "last_scrape": "time",
        "since_scrape_seconds": "number",
        "scrape_seconds": "number",
        "pool": "text",
        "address": "text",
        "labels": "text",
    },
    key=("job", "instance", "address"),
)

_WORST_FIRST = {"firing": 0, "down": 0, "err": 0, "pending": 1, "unknown": 1}


def alerts_frame(alerts: Iterable[Told], where: Where, redaction: Redaction) -> Frame:
    """Active alerts, firing ones first, the newest first among them."""
    rows = [row for told in alerts if fits(where, row := _alert(told, redaction), told["labels"])]
    newest = sorted(sorted(rows, key=lambda row: str(row["alert"])), key=_since, reverse=True)
    return ALERTS.frame(sorted(newest, key=lambda row: _badness(row["state"])))


def _since(row: Mapping[str, Any]) -> float:
    since: datetime | None = row["active_since"]
    return since.timestamp() if since else 0.0


def _alert(told: Told, redaction: Redaction) -> dict[str, Any]:
    labels, since = told["labels"], moment(told.get("activeAt"))
    return {
        "alert": labels.get("alertname", ""),
        "state": told["state"],
        "severity": labels.get("severity"),
        "active_since": since,
        "value": float(told["value"]) if told.get("value") else None,
        "summary": summary(told.get("annotations") or {}, redaction),
        "labels": label_text(labels, without=("alertname", "severity")),
    }


def rules_frame(groups: Iterable[Told], where: Where, redaction: Redaction) -> Frame:
    """Alerting and recording rules: those that fail first, then those that fire, then by group."""
    rows = list(_rules(groups, where, redaction))
    return RULES.frame(
        sorted(rows, key=lambda row: (_badness(row["health"]), _badness(row["state"]), row["group"]))
    )


def _rules(groups: Iterable[Told], where: Where, redaction: Redaction) -> Iterator[dict[str, Any]]:
    for group in groups:
        for told in group["rules"]:
            row = {"group": group["name"], "file": group.get("file", ""), **_rule(told, redaction)}
            if fits(where, row, told.get("labels") or {}):
                yield row


def _rule(told: Told, redaction: Redaction) -> dict[str, Any]:
    return {
        "rule": told["name"],
        "type": told["type"],
        "state": told.get("state"),
        "health": told.get("health"),
        "last_error": redaction.text(told["lastError"]) if told.get("lastError") else None,
        "alerts": len(told.get("alerts") or ()),
        "for_seconds": float(told["duration"]) if "duration" in told else None,
        "evaluation_seconds": float(told["evaluationTime"]) if "evaluationTime" in told else None,
        "last_evaluation": moment(told.get("lastEvaluation")),
        "query": redaction.text(told["query"]),
        "labels": label_text(told.get("labels") or {}),
    }


def targets_frame(targets: Iterable[Told], where: Where, now: datetime, redaction: Redaction) -> Frame:
    """What is scraped: what is down first, then by job and instance."""
    rows = [row for told in targets if fits(where, row := _target(told, now, redaction), told["labels"])]
    return TARGETS.frame(
        sorted(rows, key=lambda row: (_badness(row["health"]), row["job"] or "", row["instance"] or ""))
    )


def _target(told: Told, now: datetime, redaction: Redaction) -> dict[str, Any]:
    labels, last = told["labels"], moment(told.get("lastScrape"))
    return {
        "job": labels.get("job"),
        "instance": labels.get("instance"),
        "health": told["health"],
        "last_error": redaction.text(told["lastError"]) if told.get("lastError") else None,
        "last_scrape": last,
        "since_scrape_seconds": seconds_between(last, now),
        "scrape_seconds": float(told.get("lastScrapeDuration") or 0.0) if last else None,
        "pool": told.get("scrapePool"),
        "address": redaction.target(str(told.get("scrapeUrl", ""))),
        "labels": label_text(labels, without=("job", "instance")),
    }


def _badness(state: str | None) -> int:
    return _WORST_FIRST.get(state or "", 2)
