"""One module a family of kinds: an object's JSON in, rows with the columns an on-call engineer looks for out."""

from __future__ import annotations

from connectors.kubernetes.columns import ObjectKind
from connectors.kubernetes.kinds import (
    batch,
    capacity,
    claims,
    events,
    gateways,
    metrics,
    network,
    nodes,
    pods,
    workloads,
)
from connectors.kubernetes.kinds.operators import argocd, certificates, flux, velero

KINDS: dict[str, ObjectKind] = {
    "nodes": nodes.NODE,
    "namespaces": nodes.NAMESPACE,
    "pods": pods.KIND,
    "deployments": workloads.DEPLOYMENT,
    "statefulsets": workloads.STATEFULSET,
    "daemonsets": workloads.DAEMONSET,
    "jobs": batch.JOB,
    "cronjobs": batch.CRONJOB,
    "hpas": capacity.HPA,
    "pdbs": capacity.PDB,
    "pvcs": claims.PVC,
    "quotas": capacity.QUOTA,
    "services": network.SERVICE,
    "endpointslices": network.ENDPOINTSLICE,
    "ingresses": network.INGRESS,
    "gateways": gateways.GATEWAY,
    "httproutes": gateways.HTTPROUTE,
    "applications": argocd.APPLICATION,
    "kustomizations": flux.KUSTOMIZATION,
    "helmreleases": flux.HELMRELEASE,
    "certificates": certificates.CERTIFICATE,
    "backups": velero.BACKUP,
    "backup-schedules": velero.BACKUP_SCHEDULE,
    "events": events.KIND,
    "node-metrics": metrics.NODE_METRIC,
    "pod-metrics": metrics.POD_METRIC,
}
"""By what a look's `take` says."""
