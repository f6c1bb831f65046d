"""Finds an Alertmanager for somebody who wants to connect one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from connectors.alertmanager.api import AlertmanagerApi
from connectors.alertmanager.source import AlertmanagerSettings
from connectors.discovery import TENANT, addresses, answers, introduced
from connectors.http.client import BoundedSession
from connectors.source_settings import read_settings
from connectors.taking import Unobtainable
from vistas.extensions.discovery import Introduction, Machine, Offer, Standing
from vistas.formatting.counts import counted
from vistas.redaction import Redaction, Redactor
from vistas.source import Deadline

USUAL_PLACES: Final = ("http://localhost:9093",)
USUAL_PREFIXES: Final = ("/alertmanager",)


def here(machine: Machine, *, asking: bool) -> Iterator[Offer]:
    del machine
    for url in USUAL_PLACES if asking else ():
        if answers(f"{url}/api/v2/status", saying=b'"versionInfo"'):
            yield _offer(url)


def meant(pasted: str, machine: Machine) -> Iterator[Offer]:
    del machine
    return map(_offer, addresses(pasted, also=USUAL_PREFIXES))


def introduce(offer: Offer, redactor: Redactor, deadline: Deadline) -> Introduction:
    table = {key: value for key, value in offer.table.items() if key != "type"}
    settings = read_settings(offer.name, AlertmanagerSettings, table)
    with BoundedSession(settings) as session:
        api = AlertmanagerApi(settings.url, session)
        return introduced(lambda: _introduce(api, settings.url, redactor.begin(), deadline), tenant=offer.tenant)


def _introduce(api: AlertmanagerApi, url: str, redaction: Redaction, deadline: Deadline) -> Introduction:
    tool = f"Alertmanager {api.version(deadline)}"
    now = datetime.now(UTC)
    try:
        alerts = api.alerts({}, now, deadline, redaction).rows
        silences = api.silences({}, now, deadline, redaction).rows
    except Unobtainable:
        contents = ""
    else:
        contents = f"{_some(alerts, 'alert')}, {_some(silences, 'silence')}"
    return Introduction(Standing.ANSWERS, f"{tool} answers at {url}.", tool=tool, contents=contents)


def _some(number: int, what: str) -> str:
    return counted(number, what) if number else f"no {what}s"


def _offer(url: str) -> Offer:
    port = url.rpartition(":")[2].partition("/")[0]
    label = f"Alertmanager on port {port}" if port.isdecimal() else "Alertmanager"
    table = {"type": "alertmanager", "url": url}
    return Offer("alertmanager", table, f"An Alertmanager answers at {url}.", label, sign_in=(), tenant=TENANT)
