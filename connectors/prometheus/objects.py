"""Prometheus' alerts, rules and targets as tables of what an on-call engineer looks for, the worst first.

Source: prometheus `docs/querying/api.md`, "Alerts", "Rules" and "Targets". Left out on purpose: a target's
discovered labels and the values in its address, which may hold credentials.

An answer of another shape raises Misshapen here. Go writes an empty list or map as null, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from connectors.http.json_answers import each_as
from connectors.http.shapes import number
from connectors.object_frame import ObjectTable, fits, label_text, moment, seconds_between, summary
from vistas.redaction import Redaction
from vistas.snapshot import Frame

if TYPE_CHECKING:
    import polars as pl

Where = Mapping[str, str]

ALERTS = ObjectTable(
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
RULES = ObjectTable(
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
TARGETS = ObjectTable(
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


class _Alert(msgspec.Struct, rename="camel"):
    labels: dict[str, str]
    state: str
    active_at: str | None = None
    value: str | None = None
    annotations: dict[str, str] | None = None


class _Rule(msgspec.Struct, rename="camel"):
    name: str
    type: str
    query: str
    state: str | None = None
    health: str | None = None
    last_error: str | None = None
    alerts: list[msgspec.Raw] | None = None
    duration: float | None = None
    evaluation_time: float | None = None
    last_evaluation: str | None = None
    labels: dict[str, str] | None = None


class _Group(msgspec.Struct):
    name: str
    rules: list[msgspec.Raw] | None
    file: str = ""


class _Target(msgspec.Struct, rename="camel"):
    labels: dict[str, str]
    health: str
    last_error: str | None = None
    last_scrape: str | None = None
    last_scrape_duration: float | None = None
    scrape_pool: str | None = None
    scrape_url: str = ""


def alerts_frame(alerts: list[msgspec.Raw], where: Where, redaction: Redaction) -> Frame:
    """Active alerts, firing ones first, the newest first among them."""
    import polars as pl

    told = each_as(alerts, _Alert)
    rows = (row for alert in told if fits(where, row := _alert(alert, redaction), alert.labels))
    newest = pl.col("active_since").dt.epoch("ms").fill_null(0).neg()
    return ALERTS.frame(rows, order=(_rank("state"), newest, pl.col("alert")))


def _alert(told: _Alert, redaction: Redaction) -> dict[str, Any]:
    return {
        "alert": told.labels.get("alertname", ""),
        "state": told.state,
        "severity": told.labels.get("severity"),
        "active_since": moment(told.active_at),
        "value": number(told.value) if told.value else None,
        "summary": summary(told.annotations or {}, redaction),
        "labels": label_text(told.labels, without=("alertname", "severity")),
    }


def rules_frame(groups: list[msgspec.Raw], where: Where, redaction: Redaction) -> Frame:
    """Alerting and recording rules: those that fail first, then those that fire, then by group."""
    import polars as pl

    rows = _rules(each_as(groups, _Group), where, redaction)
    return RULES.frame(rows, order=(_rank("health"), _rank("state"), pl.col("group")))


def _rules(groups: Iterable[_Group], where: Where, redaction: Redaction) -> Iterator[dict[str, Any]]:
    for group in groups:
        for told in each_as(group.rules, _Rule):
            row = {"group": group.name, "file": group.file, **_rule(told, redaction)}
            if fits(where, row, told.labels or {}):
                yield row


def _rule(told: _Rule, redaction: Redaction) -> dict[str, Any]:
    return {
        "rule": told.name,
        "type": told.type,
        "state": told.state,
        "health": told.health,
        "last_error": redaction.text(told.last_error) if told.last_error else None,
        "alerts": len(told.alerts or ()),
        "for_seconds": told.duration,
        "evaluation_seconds": told.evaluation_time,
        "last_evaluation": moment(told.last_evaluation),
        "query": redaction.text(told.query),
        "labels": label_text(told.labels or {}),
    }


def targets_frame(targets: list[msgspec.Raw], where: Where, now: datetime, redaction: Redaction) -> Frame:
    """What is scraped: what is down first, then by job and instance."""
    import polars as pl

    told = each_as(targets, _Target)
    rows = (row for target in told if fits(where, row := _target(target, now, redaction), target.labels))
    by_name = (pl.col(name).fill_null("") for name in ("job", "instance"))
    return TARGETS.frame(rows, order=(_rank("health"), *by_name))


def _target(told: _Target, now: datetime, redaction: Redaction) -> dict[str, Any]:
    last = moment(told.last_scrape)
    return {
        "job": told.labels.get("job"),
        "instance": told.labels.get("instance"),
        "health": told.health,
        "last_error": redaction.text(told.last_error) if told.last_error else None,
        "last_scrape": last,
        "since_scrape_seconds": seconds_between(last, now),
        "scrape_seconds": (told.last_scrape_duration or 0.0) if last else None,
        "pool": told.scrape_pool,
        "address": redaction.target(told.scrape_url),
        "labels": label_text(told.labels, without=("job", "instance")),
    }


def _rank(column: str) -> pl.Expr:
    import polars as pl

    return pl.col(column).replace_strict(_WORST_FIRST, default=2, return_dtype=pl.Int8)
