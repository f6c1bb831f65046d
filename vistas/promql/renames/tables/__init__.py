"""Every rename that is known: a module a project, in which each block says where it is written down."""

from __future__ import annotations

from vistas.promql.renames.tables import kube_state_metrics, kubernetes, node_exporter, others, prometheus, proxies

RENAMES = (
    *node_exporter.RENAMES,
    *kube_state_metrics.RENAMES,
    *kubernetes.RENAMES,
    *prometheus.RENAMES,
    *proxies.RENAMES,
    *others.RENAMES,
)
LABELS = (*kubernetes.LABELS, *others.LABELS)
FUNCTIONS = prometheus.FUNCTIONS

__all__ = ["FUNCTIONS", "LABELS", "RENAMES"]
