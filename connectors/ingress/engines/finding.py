"""Finds a Loki, and which of its streams are the access logs of an ingress."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Protocol

from connectors.discovery import addresses, answers, introduced, listing
from connectors.http.client import BoundedSession
from connectors.ingress.settings import LokiSettings
from connectors.log_engines.lines import TimeSpan, nanoseconds
from connectors.log_engines.loki import LokiApi
from connectors.source_settings import read_settings
from connectors.taking import Unobtainable
from vistas.extensions.discovery import Introduction, Machine, Missing, Offer, Standing
from vistas.redaction import Redactor
from vistas.source import Deadline

USUAL_PLACES: Final = ("http://localhost:3100",)
RECENT: Final = timedelta(hours=6)
TELLING: Final = (
    *("app_kubernetes_io_name", "app", "service_name", "k8s_deployment_name", "container", "job", "filename"),
)
"""Labels of streams that may name the controller, the most usual first."""
CONTROLLERS: Final = re.compile(
    r"ingress-nginx|nginx-ingress|nginx|traefik|envoy|istio-.*gateway|contour|haproxy|kong|caddy|ingress",
    re.IGNORECASE,
)
_EVERYTHING: Final = '{nothing="yet"}'
"""A selector that settings need while nobody has chosen one."""
_CHOICES: Final = 12


class HasStreams(Protocol):
    """A log engine whose lines stand in streams with labels."""

    @property
    def url(self) -> str: ...

    def label_values(self, label: str, span: TimeSpan, deadline: Deadline) -> list[str]:
        """Which values a label has in the span."""


def here(machine: Machine, *, asking: bool) -> Iterator[Offer]:
    del machine
    for url in USUAL_PLACES if asking else ():
        if answers(f"{url}/loki/api/v1/status/buildinfo", saying=b'"version"'):
            yield _offer(url)


def meant(pasted: str, machine: Machine) -> Iterator[Offer]:
    del machine
    return map(_offer, addresses(pasted))


def introduce(offer: Offer, redactor: Redactor, deadline: Deadline) -> Introduction:
    del redactor
    table: Mapping[str, Any] = offer.table["loki"]
    settings = read_settings(offer.name, LokiSettings, {"selector": _EVERYTHING, **table})
    with BoundedSession(settings) as session:
        api = LokiApi(settings.url, session, settings.tenant)
        return introduced(lambda: _introduce(api, offer, deadline), tenant=offer.tenant)


def _introduce(api: LokiApi, offer: Offer, deadline: Deadline) -> Introduction:
    span = recently()
    labels = api.labels(span, deadline)
    return of_streams("loki", api, offer, labels, f"Loki {_version(api, deadline)}".rstrip(), span, deadline)


def recently() -> TimeSpan:
    now = datetime.now(UTC)
    return TimeSpan(nanoseconds(now - RECENT), nanoseconds(now))


def of_streams(
    key: str, api: HasStreams, offer: Offer, labels: list[str], tool: str, span: TimeSpan, deadline: Deadline
) -> Introduction:
    """What a log engine whose settings stand under `key` has, and which of its streams are likely meant."""
    table = offer.table
    choices = [] if "selector" in table[key] else _selectors(api, labels, span, deadline)
    likely = [each for each in choices if CONTROLLERS.search(each)]
    if likely:
        table = {**table, key: {**table[key], "selector": likely[0]}}
    missing = Missing((key, "selector"), "Which of its streams are the access logs?", tuple(choices[:_CHOICES]))
    return Introduction(
        Standing.ANSWERS,
        f"{tool} answers at {api.url}.",
        tool=tool,
        contents=listing(labels, "label", first=TELLING),
        missing=() if "selector" in table[key] else (missing,),
        table=table,
    )


def _version(api: LokiApi, deadline: Deadline) -> str:
    """Empty where a gateway lets through less than that."""
    try:
        return api.version(deadline)
    except Unobtainable:
        return ""


def _selectors(api: HasStreams, labels: list[str], span: TimeSpan, deadline: Deadline) -> list[str]:
    """Of single labels; those that name a controller first."""
    found = [
        f'{{{label}="{value}"}}'
        for label in TELLING
        if label in labels
        for value in api.label_values(label, span, deadline)
        if not re.search(r'["\\\n]', value)
    ]
    return sorted(found, key=lambda selector: CONTROLLERS.search(selector) is None)


def _offer(url: str) -> Offer:
    port = url.rpartition(":")[2].partition("/")[0]
    label = f"Loki on port {port}" if port.isdecimal() else "Loki"
    table = {"type": "ingress", "loki": {"url": url}}
    return Offer("loki", table, f"A Loki answers at {url}.", label, sign_in=("loki",), tenant=("loki", "tenant"))
