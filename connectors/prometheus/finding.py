"""Finds a Prometheus, or what answers its API, for somebody who wants to connect one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from connectors.discovery import TENANT, addresses, answers, introduced, listing, standing_of
from connectors.http.client import BoundedSession
from connectors.http.clouds.hosts import sign_in_at
from connectors.prometheus.api import PrometheusApi
from connectors.prometheus.source import PrometheusSettings
from connectors.prometheus.words import label_values
from connectors.source_settings import read_settings
from connectors.taking import Unobtainable
from vistas.extensions.discovery import Introduction, Machine, Offer, Part, Standing
from vistas.redaction import Redactor
from vistas.snapshot import Window
from vistas.source import Deadline

USUAL_PLACES: Final = ("http://localhost:9090", "http://localhost:8428", "http://localhost:9009/prometheus")
USUAL_PREFIXES: Final = ("/prometheus", "/select/0/prometheus")
RECENT: Final = timedelta(hours=1)
FAMILIES: Final = (
    ("ingress-nginx", "nginx_ingress_controller_requests", "who calls, errors and waiting, by service"),
    ("traefik", "traefik_service_requests_total", "who calls, errors and waiting, by service"),
    ("envoy", "envoy_cluster_upstream_rq_total", "calls and errors, by cluster"),
    ("istio", "istio_requests_total", "who calls whom, errors and waiting"),
    ("kube-state-metrics", "kube_pod_info", "pods, deployments, restarts"),
    ("kubelet", "container_cpu_usage_seconds_total", "CPU and memory of containers"),
    ("node_exporter", "node_cpu_seconds_total", "machines: CPU, memory, disks"),
    ("cert-manager", "certmanager_certificate_expiration_timestamp_seconds", "when certificates end"),
    ("blackbox_exporter", "probe_success", "whether addresses answer"),
)
"""What is known by a metric of its own, that metric, and what it is good for."""
_SUCCESS: Final = b'"status":"success"'


def here(machine: Machine, *, asking: bool) -> Iterator[Offer]:
    del machine
    for url in USUAL_PLACES if asking else ():
        if answers(f"{url}/api/v1/status/buildinfo", saying=_SUCCESS):
            yield _offer(url)


def meant(pasted: str, machine: Machine) -> Iterator[Offer]:
    del machine
    return map(_offer, addresses(pasted, also=USUAL_PREFIXES))


def introduce(offer: Offer, redactor: Redactor, deadline: Deadline) -> Introduction:
    del redactor
    table = {key: value for key, value in offer.table.items() if key != "type"}
    settings = read_settings(offer.name, PrometheusSettings, table)
    with BoundedSession(settings) as session:
        api = PrometheusApi(settings.url, session, settings.parameters)
        return introduced(lambda: _introduce(api, settings.url, deadline), tenant=offer.tenant)


def _introduce(api: PrometheusApi, url: str, deadline: Deadline) -> Introduction:
    build = api.build(deadline)
    tool = f"{build.application} {build.version}".rstrip()
    window = Window.ending(datetime.now(UTC), RECENT)
    try:
        jobs = label_values(api, "job", "", window, deadline)
        parts = _parts(api, window, deadline)
    except Unobtainable as failure:
        if standing_of(failure) is Standing.SIGN_IN:
            raise
        return Introduction(Standing.ANSWERS, f"{tool} answers at {url}.", tool=tool)
    return Introduction(
        Standing.ANSWERS,
        f"{tool} answers at {url}.",
        tool=tool,
        contents=listing(jobs, "job", first=_known(jobs, parts)),
        parts=parts,
    )


def _known(jobs: Sequence[str], parts: Sequence[Part]) -> list[str]:
    """The jobs that are called like something that is known."""
    return [job for part in parts for job in jobs if _alike(part.name) in _alike(job)]


def _alike(name: str) -> str:
    return name.replace("_", "-")


def _parts(api: PrometheusApi, window: Window, deadline: Deadline) -> tuple[Part, ...]:
    there = api.present([metric for _, metric, _ in FAMILIES], window, deadline)
    return tuple(Part(name, gives) for name, metric, gives in FAMILIES if metric in there)


def _offer(url: str) -> Offer:
    port = url.rpartition(":")[2].partition("/")[0]
    label = f"Prometheus on port {port}" if port.isdecimal() else "Prometheus"
    table = {"type": "prometheus", "url": url, **sign_in_at(url)}
    return Offer("prometheus", table, f"A Prometheus answers at {url}.", label, sign_in=(), tenant=TENANT)
