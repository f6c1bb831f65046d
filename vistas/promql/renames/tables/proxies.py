"""Ingress controllers and proxies, and what the retired ingress-nginx is followed by."""

from __future__ import annotations

from vistas.promql.renames.model import Origin, Rename, Way
from vistas.promql.renames.tables.writing import pairs

NGINX = Origin("ingress-nginx", "1.4", "docs/user-guide/monitoring.md and the help texts of the metrics")
TRAEFIK_2 = Origin("Traefik", "2.0", "docs/content/observability/metrics/prometheus.md")
TRAEFIK_3 = Origin("Traefik", "3.0", "docs/content/migration/v2-to-v3.md")
ISTIO_MIXER = Origin("Istio", "1.1", "the documentation of its standard metrics")
ISTIO_TELEMETRY = Origin("Istio", "1.5", "the upgrade notes of 1.5, telemetry without Mixer")
ENVOY = Origin("Envoy", "1.8", "the documentation of its admin interface, /stats/prometheus")

_RETIRED = "the announcement that ingress-nginx is retired, and the new one's documentation of its metrics"
TRAEFIK = Origin("Traefik", "3", _RETIRED, Way.REPLACED)
ENVOY_GATEWAY = Origin("Envoy Gateway", "1", _RETIRED, Way.REPLACED)
HAPROXY = Origin("HAProxy", "2.6", _RETIRED, Way.REPLACED)
KONG = Origin("Kong", "3", _RETIRED, Way.REPLACED)

_REQUESTS, _DURATION = "nginx_ingress_controller_requests", "nginx_ingress_controller_request_duration_seconds"
_TO_TRAEFIK = {
    "status": "code",
    "ingress": "service",
    "exported_service": "service",
    "host": "",
    "path": "",
    "exported_namespace": "",
    "controller_class": "",
}
_TO_ENVOY = {**_TO_TRAEFIK, "status": "envoy_response_code", "ingress": "envoy_cluster_name"}
_TO_ENVOY |= {"exported_service": "envoy_cluster_name", "service": "envoy_cluster_name", "method": ""}
_TO_HAPROXY = {**_TO_TRAEFIK, "ingress": "proxy", "exported_service": "proxy", "service": "proxy", "method": ""}
_TO_KONG = {**_TO_TRAEFIK, "ingress": "route", "method": ""}
_CLASSES = {f'status=~"{number}.."': f'code="{number}xx"' for number in range(1, 6)}
_CLASSES |= {f'status=~"{number}.*"': f'code="{number}xx"' for number in range(1, 6)}


def _followed(name: str) -> tuple[Rename, ...]:
    """By whom requests are counted, in the order in which they are tried."""
    return (
        Rename(name, "traefik_service_requests_total", TRAEFIK, labels=_TO_TRAEFIK),
        Rename(name, "envoy_cluster_upstream_rq", ENVOY_GATEWAY, labels=_TO_ENVOY),
        Rename(name, "haproxy_backend_http_responses_total", HAPROXY, labels=_TO_HAPROXY, values=_CLASSES),
        Rename(name, "kong_http_requests_total", KONG, labels=_TO_KONG),
    )


RENAMES = (
    *pairs(
        NGINX,
        """
        nginx_ingress_controller_bytes_sent                         nginx_ingress_controller_response_size
        nginx_ingress_controller_ingress_upstream_latency_seconds nginx_ingress_controller_connect_duration_seconds
        """,
    ),
    *_followed(_REQUESTS),
    Rename(_DURATION, "traefik_service_request_duration_seconds", TRAEFIK, labels=_TO_TRAEFIK),
    Rename(_DURATION, "envoy_cluster_upstream_rq_time", ENVOY_GATEWAY, labels=_TO_ENVOY, factor=0.001),
    Rename(_DURATION, "kong_request_latency_ms", KONG, labels=_TO_KONG, factor=0.001),
    *pairs(
        TRAEFIK_2,
        """
        traefik_backend_requests_total             traefik_service_requests_total
        traefik_backend_request_duration_seconds   traefik_service_request_duration_seconds
        traefik_backend_open_connections           traefik_service_open_connections
        traefik_backend_retries_total              traefik_service_retries_total
        traefik_backend_server_up                  traefik_service_server_up
        """,
        labels={"backend": "service"},
    ),
    Rename("traefik_entrypoint_open_connections", "traefik_open_connections", TRAEFIK_3, labels={"method": ""}),
    Rename("istio_request_count", "istio_requests_total", ISTIO_MIXER),
    Rename("istio_request_duration", "istio_request_duration_seconds", ISTIO_MIXER),
    Rename("istio_request_duration_seconds", "istio_request_duration_milliseconds", ISTIO_TELEMETRY, factor=0.001),
    *(
        Rename(
            f"{prefix}_rq_{number}xx", f"{prefix}_rq_xx", ENVOY, adds={"envoy_response_code_class": str(number)}
        )
        for prefix in ("envoy_cluster_upstream", "envoy_http_downstream", "envoy_cluster_external_upstream")
        for number in range(1, 6)
    ),
)
