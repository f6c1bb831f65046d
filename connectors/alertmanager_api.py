"""Alertmanager's alerts and silences as tables, the worst first.

Source: prometheus/alertmanager `api/v2/openapi.yaml`. The configuration, which `/status` holds, is not read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from connectors.http import BoundedSession, read_json
from connectors.object_frame import Table, fits, label_text, moment, quoted, seconds_between, summary
from connectors.taking import Unobtainable
from vistas.redaction import Redaction
from vistas.snapshot import Frame, GapReason
from vistas.source import Deadline

Told = Mapping[str, Any]
Where = Mapping[str, str]
Read = TypeVar("Read")

ALERTS = Table(
    {
        "alert": "text",
        "state": "text",
        "severity": "text",
        "since": "time",
        "since_seconds": "number",
        "silenced_by": "count",
        "inhibited_by": "count",
        "receivers": "text",
        "summary": "text",
        "labels": "text",
        "fingerprint": "text",
    },
    key=("alert", "labels"),
)
SILENCES = Table(
    {
        "matchers": "text",
        "state": "text",
        "comment": "text",
        "created_by": "text",
        "starts": "time",
        "ends": "time",
        "ends_in_seconds": "number",
        "id": "text",
    },
    key=("id",),
)

_ALERTS_WORST_FIRST = {"active": 0, "unprocessed": 1, "suppressed": 2}
_SILENCES_NEAREST_FIRST = {"active": 0, "pending": 1}


class AlertmanagerApi:
    """Every method raises Unobtainable, and nothing else, for what the tool does."""

    def __init__(self, url: str, session: BoundedSession) -> None:
        self._url = url
        self._session = session

    def alerts(self, where: Where, now: datetime, deadline: Deadline, redaction: Redaction) -> Frame:
        """What rings first, then what is suppressed; the newest first among them."""
        return self._read("alerts", deadline, lambda told: _alerts_frame(told, where, now, redaction))

    def silences(self, where: Where, now: datetime, deadline: Deadline, redaction: Redaction) -> Frame:
        """Silences in force, the one that ends next first, then those to come. Expired ones are left out."""
        return self._read("silences", deadline, lambda told: _silences_frame(told, where, now, redaction))

    def version(self, deadline: Deadline) -> str:
        return self._read("status", deadline, lambda told: str(told["versionInfo"]["version"]))

    def _read(self, path: str, deadline: Deadline, read: Callable[[Any], Read]) -> Read:
        with self._session.within(deadline):
            answer = self._session.get(f"{self._url}/api/v2/{path}")
        told = read_json(answer, self._session.origin)
        try:
            return read(told)
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise Unobtainable(
                GapReason.GARBLED,
                f"What {self._session.origin} answered is not Alertmanager's API.",
                "Does the address lead to an Alertmanager of 0.16 or newer, path prefix included?",
            ) from error


def _alerts_frame(alerts: Iterable[Told], where: Where, now: datetime, redaction: Redaction) -> Frame:
    rows = [row for told in alerts if fits(where, row := _alert(told, now, redaction), told["labels"])]
    return ALERTS.frame(
        sorted(
            rows,
            key=lambda row: (_ALERTS_WORST_FIRST.get(row["state"], 3), row["since_seconds"] or 0.0, row["alert"]),
        )
    )


def _alert(told: Told, now: datetime, redaction: Redaction) -> dict[str, Any]:
    labels, status, since = told["labels"], told["status"], moment(told["startsAt"])
    return {
        "alert": labels.get("alertname", ""),
        "state": status["state"],
        "severity": labels.get("severity"),
        "since": since,
        "since_seconds": seconds_between(since, now),
        "silenced_by": len(status.get("silencedBy") or ()),
        "inhibited_by": len(status.get("inhibitedBy") or ()),
        "receivers": ", ".join(sorted(receiver["name"] for receiver in told.get("receivers") or ())),
        "summary": summary(told.get("annotations") or {}, redaction),
        "labels": label_text(labels, without=("alertname", "severity")),
        "fingerprint": told.get("fingerprint"),
    }


def _silences_frame(silences: Iterable[Told], where: Where, now: datetime, redaction: Redaction) -> Frame:
    standing = [told for told in silences if told["status"]["state"] in _SILENCES_NEAREST_FIRST]
    rows = [row for told in standing if fits(where, row := _silence(told, now, redaction), {})]
    return SILENCES.frame(
        sorted(rows, key=lambda row: (_SILENCES_NEAREST_FIRST[row["state"]], row["ends_in_seconds"], row["id"]))
    )


def _silence(told: Told, now: datetime, redaction: Redaction) -> dict[str, Any]:
    ends = moment(told["endsAt"])
    return {
        "matchers": ", ".join(_matcher(matcher) for matcher in told["matchers"]),
        "state": told["status"]["state"],
        "comment": redaction.text(told.get("comment") or ""),
        "created_by": redaction.text(told.get("createdBy") or ""),
        "starts": moment(told["startsAt"]),
        "ends": ends,
        "ends_in_seconds": seconds_between(now, ends),
        "id": told["id"],
    }


def _matcher(told: Told) -> str:
    """As Alertmanager writes them; `isEqual` came with 0.22."""
    sign = {(True, False): "=", (False, False): "!=", (True, True): "=~", (False, True): "!~"}
    return f"{told['name']}{sign[bool(told.get('isEqual', True)), bool(told['isRegex'])]}{quoted(told['value'])}"
