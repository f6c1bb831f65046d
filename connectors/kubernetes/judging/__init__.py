"""What stands out in a kind's table: small rules, each giving plain words and how serious it is."""

from __future__ import annotations

from connectors.kubernetes.judging import network, nodes, pods, room, workloads
from connectors.kubernetes.judging.finding import Finding, Judge, Morning, Severity

__all__ = ["JUDGES", "Finding", "Judge", "Morning", "Severity"]

JUDGES: dict[str, Judge] = {
    "nodes": nodes.judge_node,
    "pods": pods.judge_pod,
    "deployments": workloads.judge_deployment,
    "statefulsets": workloads.judge_statefulset,
    "daemonsets": workloads.judge_daemonset,
    "jobs": workloads.judge_job,
    "cronjobs": workloads.judge_cronjob,
    "hpas": room.judge_hpa,
    "pdbs": room.judge_pdb,
    "pvcs": room.judge_pvc,
    "quotas": room.judge_quota,
    "services": network.judge_service,
    "endpointslices": network.judge_endpointslice,
    "ingresses": network.judge_ingress,
    "gateways": network.judge_gateway,
    "httproutes": network.judge_httproute,
    "namespaces": nodes.judge_namespace,
    "node-metrics": nodes.judge_node_usage,
    "pod-metrics": nodes.judge_pod_usage,
    "events": network.judge_event,
}
"""By the word of a look's `take`, in the order in which they are looked through."""
