"""What stands out in a kind's table: small rules, each giving plain words and how serious it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from connectors.kubernetes.judging import (
    batch,
    capacity,
    claims,
    endpoints,
    gateways,
    network,
    nodes,
    pods,
    workloads,
)
from connectors.kubernetes.judging.finding import Finding, Judge, Morning, Severity
from connectors.kubernetes.judging.operators import argocd, certificates, flux, velero

__all__ = ["JUDGES", "KNOWN", "TOGETHER", "Finding", "Judge", "Morning", "Severity"]


class JudgeOfAll(Protocol):
    def __call__(self, tables: endpoints.Tables, morning: Morning, /, *, whole: bool) -> Iterator[Finding]: ...


JUDGES: dict[str, Judge] = {
    "nodes": nodes.judge_node,
    "pods": pods.judge_pod,
    "deployments": workloads.judge_deployment,
    "statefulsets": workloads.judge_statefulset,
    "daemonsets": workloads.judge_daemonset,
    "jobs": batch.judge_job,
    "cronjobs": batch.judge_cronjob,
    "hpas": capacity.judge_hpa,
    "pdbs": capacity.judge_pdb,
    "quotas": capacity.judge_quota,
    "services": network.judge_service,
    "ingresses": network.judge_ingress,
    "gateways": gateways.judge_gateway,
    "httproutes": gateways.judge_httproute,
    "applications": argocd.judge_application,
    "kustomizations": flux.judge_kustomization,
    "helmreleases": flux.judge_helmrelease,
    "certificates": certificates.judge_certificate,
    "backup-schedules": velero.judge_backup_schedule,
    "namespaces": nodes.judge_namespace,
    "node-metrics": nodes.judge_node_usage,
    "pod-metrics": nodes.judge_pod_usage,
    "events": network.judge_event,
}
"""By the word of a look's `take`, in the order in which they are looked through: what one row tells."""
TOGETHER: dict[str, JudgeOfAll] = {
    "pvcs": claims.judge_claims,
    "endpointslices": endpoints.judge_endpoints,
    "backups": velero.judge_backups,
}
"""What only all rows tell, those of other kinds included."""
KNOWN = (*JUDGES, *TOGETHER)
