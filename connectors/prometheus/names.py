"""Which metrics a query speaks of, and what usually exports them.

This is no parser: where an empty answer has to be explained, the query is known to be valid. Whatever cannot be a
metric's name (strings, durations, matchers, label lists, functions, keywords) is taken out, and the rest kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_STRING = r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|`[^`]*`'
_TOKEN = re.compile(
    rf"""
      (?P<comment>\#[^\n]*)
    | (?P<string>{_STRING})
    | (?P<labels>\b(?:by|without|on|ignoring|group_left|group_right)\b\s*\((?:{_STRING}|[^)"'`])*\))
    | (?P<matchers>\{{(?:{_STRING}|[^}}"'`])*\}})
    | (?P<range>\[[^\]]*\])
    | (?P<number>(?<![\w:])[0-9][\w.]*)
    | (?P<name>[A-Za-z_:][\w:]*)(?P<call>(?=\s*\()|(?=\s+(?:by|without)\b))?
    """,
    re.VERBOSE,
)
_KEYWORDS = frozenset(
    {
        "and",
        "or",
        "unless",
        "atan2",
        "bool",
        "offset",
        "by",
        "without",
        "on",
        "ignoring",
        "group_left",
        "group_right",
        "start",
        "end",
        "inf",
        "nan",
        "step",
        "range",
        "default",
        "if",
        "ifnot",
        "limit",
        "keep_metric_names",
        "with",
        "prefix",
    }
)
_NAME_MATCHER = re.compile(rf"__name__\s*=\s*({_STRING})")
_QUOTED_NAME = re.compile(rf"(?:^\{{|,)\s*({_STRING})\s*(?=[,}}])")

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


def metric_names(query: str) -> frozenset[str]:
    """The metrics that a valid PromQL or MetricsQL query reads; none where it names them by a pattern only."""
    names: set[str] = set()
    for token in _TOKEN.finditer(query):
        if token["matchers"]:
            quoted = [*_NAME_MATCHER.findall(token["matchers"]), *_QUOTED_NAME.findall(token["matchers"])]
            names.update(text[1:-1] for text in quoted)
        elif token["name"] and token["call"] is None and token["name"].lower() not in _KEYWORDS:
            names.add(token["name"])
    return frozenset(names)


def exporters_of(names: Iterable[str]) -> tuple[str, ...]:
    """What usually exports these metrics, as far as their prefixes tell."""
    found = (_exporter_of(name) for name in sorted(names))
    return tuple(dict.fromkeys(exporter for exporter in found if exporter))


def _exporter_of(name: str) -> str | None:
    fitting = [prefix for prefix in _EXPORTERS if name.startswith(prefix)]
    return _EXPORTERS[max(fitting, key=len)] if fitting else None
