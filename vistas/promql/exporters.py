"""What usually exports a metric, as far as its name tells."""

from __future__ import annotations

from collections.abc import Iterable

_EXPORTERS = {
    "node_": "node_exporter",
    "kube_": "kube-state-metrics",
    "container_": "the kubelet's cAdvisor",
    "kubelet_": "the kubelets",
    "apiserver_": "the Kubernetes API server",
    "aggregator_": "the Kubernetes API server",
    "coredns_": "CoreDNS",
    "nginx_ingress_controller_": "ingress-nginx (its controller's metrics port)",
    "nginx_ingress_controller_upstream_": "F5 NGINX Ingress Controller (-enable-latency-metrics)",
    "nginx_ingress_nginx": "F5 NGINX Ingress Controller",
    "nginxplus_": "NGINX Prometheus Exporter",
    "nginx_": "an nginx exporter",
    "traefik_": "Traefik (metrics.prometheus)",
    "envoy_": "Envoy (/stats/prometheus)",
    "haproxy_": "HAProxy (its Prometheus exporter)",
    "caddy_": "Caddy",
    "kong_": "Kong (its prometheus plugin)",
    "istio_": "Istio's proxies",
    "alertmanager_": "Alertmanager itself",
    "prometheus_": "Prometheus itself",
    "certmanager_": "cert-manager",
    "probe_": "blackbox_exporter",
    "slo:": "the recording rules of Sloth",
    "pyrra_": "the generic recording rules of Pyrra",
    "windows_": "windows_exporter",
    "mysql_": "mysqld_exporter",
    "pg_": "postgres_exporter",
    "redis_": "redis_exporter",
    "ALERTS": "Prometheus' alerting rules, as soon as one is pending or firing",
}


def exporters_of(names: Iterable[str]) -> tuple[str, ...]:
    """What usually exports these metrics, as far as their prefixes tell."""
    found = (_exporter_of(name) for name in sorted(names))
    return tuple(dict.fromkeys(exporter for exporter in found if exporter))


def _exporter_of(name: str) -> str | None:
    fitting = [prefix for prefix in _EXPORTERS if name.startswith(prefix)]
    return _EXPORTERS[max(fitting, key=len)] if fitting else None
