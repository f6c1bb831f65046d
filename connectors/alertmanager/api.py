"""Alertmanager's alerts and silences as tables, the worst first.

Source: prometheus/alertmanager `api/v2/openapi.yaml`. The configuration, which `/status` holds, is not read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from connectors.http.client import BoundedSession, read_json
from connectors.http.shapes import Misshapen, shaped
from connectors.object_frame import ObjectTable, fits, label_text, moment, quoted, seconds_between, summary
from connectors.taking import Unobtainable
from vistas.redaction import Redaction
from vistas.snapshot import Frame, GapReason
from vistas.source import Deadline

Where = Mapping[str, str]
Read = TypeVar("Read")

ALERTS = ObjectTable(
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
SILENCES = ObjectTable(
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


class _Suppressed(msgspec.Struct, rename="camel"):
    state: str
    silenced_by: list[Any] | None = None
    inhibited_by: list[Any] | None = None


class _Receiver(msgspec.Struct):
    name: str


class _Alert(msgspec.Struct, rename="camel"):
    labels: dict[str, str]
    status: _Suppressed
    starts_at: str
    receivers: list[_Receiver] | None = None
    annotations: dict[str, str] | None = None
    fingerprint: str | None = None


class _State(msgspec.Struct):
    state: str


class _Matcher(msgspec.Struct, rename="camel"):
    """`is_equal` came with 0.22."""

    name: str
    value: str
    is_regex: bool
    is_equal: bool = True


class _Silence(msgspec.Struct, rename="camel"):
    id: str
    status: _State
    matchers: list[_Matcher]
    starts_at: str
    ends_at: str
    comment: str | None = None
    created_by: str | None = None


class _Version(msgspec.Struct):
    version: str


class _About(msgspec.Struct, rename="camel"):
    version_info: _Version


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
        return self._read("status", deadline, lambda told: shaped(told, _About).version_info.version)

    def _read(self, path: str, deadline: Deadline, read: Callable[[Any], Read]) -> Read:
        with self._session.within(deadline):
            answer = self._session.get(f"{self._url}/api/v2/{path}")
        told = read_json(answer, self._session.origin)
        try:
            return read(told)
        except Misshapen as error:
            raise Unobtainable(
                GapReason.GARBLED,
                f"What {self._session.origin} returned is not an Alertmanager answer.",
                "Is this the address of an Alertmanager 0.16 or newer, path prefix included?",
            ) from error


def _alerts_frame(alerts: Any, where: Where, now: datetime, redaction: Redaction) -> Frame:
    told = shaped(alerts, list[_Alert])
    rows = [row for alert in told if fits(where, row := _alert(alert, now, redaction), alert.labels)]
    return ALERTS.frame(
        sorted(
            rows,
            key=lambda row: (_ALERTS_WORST_FIRST.get(row["state"], 3), row["since_seconds"] or 0.0, row["alert"]),
        )
    )


def _alert(told: _Alert, now: datetime, redaction: Redaction) -> dict[str, Any]:
    since = moment(told.starts_at)
    return {
        "alert": told.labels.get("alertname", ""),
        "state": told.status.state,
        "severity": told.labels.get("severity"),
        "since": since,
        "since_seconds": seconds_between(since, now),
        "silenced_by": len(told.status.silenced_by or ()),
        "inhibited_by": len(told.status.inhibited_by or ()),
        "receivers": ", ".join(sorted(receiver.name for receiver in told.receivers or ())),
        "summary": summary(told.annotations or {}, redaction),
        "labels": label_text(told.labels, without=("alertname", "severity")),
        "fingerprint": told.fingerprint,
    }


def _silences_frame(silences: Any, where: Where, now: datetime, redaction: Redaction) -> Frame:
    told = shaped(silences, list[_Silence])
    standing = [silence for silence in told if silence.status.state in _SILENCES_NEAREST_FIRST]
    rows = [row for silence in standing if fits(where, row := _silence(silence, now, redaction), {})]
    return SILENCES.frame(sorted(rows, key=_nearness))


def _nearness(row: Mapping[str, Any]) -> tuple[int, float, str]:
    return _SILENCES_NEAREST_FIRST[row["state"]], row["ends_in_seconds"] or 0.0, row["id"]


def _silence(told: _Silence, now: datetime, redaction: Redaction) -> dict[str, Any]:
    ends = moment(told.ends_at)
    return {
        "matchers": ", ".join(_matcher(matcher) for matcher in told.matchers),
        "state": told.status.state,
        "comment": redaction.text(told.comment or ""),
        "created_by": redaction.text(told.created_by or ""),
        "starts": moment(told.starts_at),
        "ends": ends,
        "ends_in_seconds": seconds_between(now, ends),
        "id": told.id,
    }


def _matcher(told: _Matcher) -> str:
    """As Alertmanager writes them."""
    sign = {(True, False): "=", (False, False): "!=", (True, True): "=~", (False, True): "!~"}
    return f"{told.name}{sign[told.is_equal, told.is_regex]}{quoted(told.value)}"
