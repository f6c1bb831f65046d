"""Finds a VictoriaLogs, and which of its streams are the access logs of an ingress."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from connectors.discovery import addresses, answers, introduced
from connectors.http.client import BoundedSession
from connectors.ingress.engines.finding import of_streams, recently
from connectors.ingress.settings import VictoriaLogsSettings
from connectors.log_engines.victoria_logs import VictoriaLogsApi
from connectors.source_settings import read_settings
from vistas.extensions.discovery import Introduction, Machine, Offer
from vistas.redaction import Redactor
from vistas.source import Deadline

KEY: Final = "victoria_logs"
_ITS_PATHS: Final = "/select"
"""What its page and its API stand below."""
USUAL_PLACES: Final = ("http://localhost:9428",)


def here(machine: Machine, *, asking: bool) -> Iterator[Offer]:
    del machine
    for url in USUAL_PLACES if asking else ():
        if answers(url, saying=b"VictoriaLogs"):
            yield _offer(url)


def meant(pasted: str, machine: Machine) -> Iterator[Offer]:
    del machine
    return map(_offer, dict.fromkeys(url.partition(_ITS_PATHS)[0] for url in addresses(pasted)))


def introduce(offer: Offer, redactor: Redactor, deadline: Deadline) -> Introduction:
    del redactor
    settings = read_settings(offer.name, VictoriaLogsSettings, {"selector": "*", **offer.table[KEY]})
    with BoundedSession(settings) as session:
        api = VictoriaLogsApi(settings.url, session, settings.tenant)
        return introduced(lambda: _introduce(api, offer, deadline))


def _introduce(api: VictoriaLogsApi, offer: Offer, deadline: Deadline) -> Introduction:
    span = recently()
    return of_streams(KEY, api, offer, api.labels(span, deadline), "VictoriaLogs", span, deadline)


def _offer(url: str) -> Offer:
    port = url.rpartition(":")[2].partition("/")[0]
    label = f"VictoriaLogs on port {port}" if port.isdecimal() else "VictoriaLogs"
    table = {"type": "ingress", KEY: {"url": url}}
    return Offer("victoria-logs", table, f"A VictoriaLogs answers at {url}.", label, sign_in=(KEY,))
