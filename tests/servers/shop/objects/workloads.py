"""Deployments, StatefulSets and their pods, with the statuses that controllers and kubelets would report."""

from typing import Any

from tests.servers.kubernetes.kube_objects import Object
from tests.servers.shop import story
from tests.servers.shop.inventory import (
    BAD_CHECKOUT,
    LONG_BEFORE,
    MIB,
    NODES,
    WORKLOADS,
    Pod,
    Workload,
    pods_at,
    replica_set,
    workload,
)
from tests.servers.shop.metrics.cluster import available, last_terminated, waiting_reason
from tests.servers.shop.objects.shape import condition, make, written

STUCK = 'ReplicaSet "{}" has timed out progressing.'
BACK_OFF = "back-off 5m0s restarting failed container={} pod={}_{}"
ENDED_WITH = {"OOMKilled": 137, "Error": 1}


def objects(moment: float) -> list[Object]:
    living = pods_at(moment)
    owners = [owner for of in WORKLOADS for owner in _owners(of, living, moment)]
    return [*owners, *(_pod(pod, moment) for pod in living)]


def _owners(of: Workload, living: list[Pod], moment: float) -> list[Object]:
    """The workload itself, and the ReplicaSets of a Deployment's versions that have pods."""
    labels = {"app": of.name}
    spec = {"replicas": of.replicas, "selector": {"matchLabels": labels}, "template": _template(of)}
    ready = available(of, moment)
    if of.kind == "StatefulSet":
        counts = {"replicas": of.replicas, "readyReplicas": ready, "updatedReplicas": of.replicas}
        spec["serviceName"] = of.name
        return [make("apps/v1", "StatefulSet", of.name, of.namespace, spec=spec, labels=labels, status=counts)]
    versions = {pod.workload.version: pod.workload for pod in living if pod.workload.name == of.name}
    newest = max(versions.values(), key=_made)
    spec["template"] = _template(newest)
    status = _deployment_status(newest, ready, moment)
    deployment = make("apps/v1", "Deployment", of.name, of.namespace, spec=spec, labels=labels, status=status)
    return [deployment, *(_replica_set(version, living) for version in versions.values())]


def _deployment_status(newest: Workload, ready: int, moment: float) -> dict[str, Any]:
    name, stuck = replica_set(newest), newest.version == BAD_CHECKOUT
    since = story.CHECKOUT_ROLLED_OUT + 600 if stuck else _made(newest)
    if stuck and moment >= since:
        progress = condition("Progressing", False, since, "ProgressDeadlineExceeded", STUCK.format(name))
    else:
        done = f'ReplicaSet "{name}" has successfully progressed.'
        progress = condition("Progressing", True, since, "NewReplicaSetAvailable", done)
    progress["lastUpdateTime"] = written(since)
    enough = condition(
        "Available", True, LONG_BEFORE, "MinimumReplicasAvailable", "Deployment has minimum availability."
    )
    return {
        "observedGeneration": 1,
        "replicas": newest.replicas,
        "updatedReplicas": 1 if stuck else newest.replicas,
        "readyReplicas": ready,
        "availableReplicas": ready,
        "unavailableReplicas": newest.replicas - ready,
        "conditions": [enough, progress],
    }


def _replica_set(version: Workload, living: list[Pod]) -> Object:
    mine = [pod for pod in living if pod.workload == version]
    labels = {"app": version.name, "pod-template-hash": replica_set(version).rpartition("-")[2]}
    spec = {"replicas": len(mine), "selector": {"matchLabels": labels}, "template": _template(version, labels)}
    counts = {"replicas": len(mine), "readyReplicas": sum(pod.starts for pod in mine)}
    created = _made(version)
    name = replica_set(version)
    return make(
        "apps/v1", "ReplicaSet", name, version.namespace, created=created, labels=labels, spec=spec, status=counts
    )


def _made(version: Workload) -> float:
    made = {BAD_CHECKOUT: story.CHECKOUT_ROLLED_OUT, workload("parser").version: story.PARSER_ROLLED_OUT}
    return made.get(version.version, LONG_BEFORE)


def _template(of: Workload, labels: dict[str, str] | None = None) -> dict[str, Any]:
    return {"metadata": {"labels": labels or {"app": of.name}}, "spec": {"containers": [_container(of)]}}


def _container(of: Workload) -> dict[str, Any]:
    password = {"secretKeyRef": {"name": f"{of.name}-database", "key": "password"}}
    return {
        "name": of.name,
        "image": of.image,
        "env": [
            {"name": "DATABASE_PASSWORD", "valueFrom": password},
            {"name": "SHOP_MODE", "value": "production"},
        ],
        "resources": {
            "requests": {"cpu": f"{of.cpu_request * 1000:.0f}m", "memory": f"{of.memory_limit / 2 / MIB:.0f}Mi"},
            "limits": {"cpu": f"{of.cpu_request * 2000:.0f}m", "memory": f"{of.memory_limit / MIB:.0f}Mi"},
        },
    }


def _pod(pod: Pod, moment: float) -> Object:
    of = pod.workload
    stateful = of.kind == "StatefulSet"
    kind, owner = ("StatefulSet", of.name) if stateful else ("ReplicaSet", replica_set(of))
    made = make(
        "v1",
        "Pod",
        pod.name,
        of.namespace,
        created=pod.begins,
        labels={"app": of.name},
        spec={"nodeName": pod.node, "containers": [_container(of)]},
        status=_pod_status(pod, moment),
    )
    # The API server asks for the owner's identity, which only it knows; nobody here follows it.
    reference = {"apiVersion": "apps/v1", "kind": kind, "name": owner, "uid": f"of-{owner}", "controller": True}
    made["metadata"]["ownerReferences"] = [reference]
    return made


def _pod_status(pod: Pod, moment: float) -> dict[str, Any]:
    ready = pod.starts
    since = max([pod.begins, *pod.restarts(moment)])
    unready = ("ContainersNotReady", f"containers with unready status: [{pod.workload.name}]")
    why = () if ready else unready
    return {
        "phase": "Running",
        "podIP": pod.address,
        "hostIP": f"127.0.1.{NODES.index(pod.node) + 1}",
        "startTime": written(pod.begins),
        "qosClass": "Burstable",
        "conditions": [
            condition("PodScheduled", True, pod.begins),
            condition("Initialized", True, pod.begins),
            condition("Ready", ready, since, *why),
            condition("ContainersReady", ready, since, *why),
        ],
        "containerStatuses": [_container_status(pod, moment, since)],
    }


def _container_status(pod: Pod, moment: float, since: float) -> dict[str, Any]:
    of = pod.workload
    state: dict[str, Any] = {"running": {"startedAt": written(since)}}
    if reason := waiting_reason(pod, moment):
        state = {"waiting": {"reason": reason, "message": BACK_OFF.format(of.name, pod.name, of.namespace)}}
    about = {"name": of.name, "image": of.image, "imageID": "", "ready": pod.starts, "started": pod.starts}
    restarts = {"restartCount": len(pod.restarts(moment)), "state": state}
    if ended := last_terminated(pod, moment):
        span = {"startedAt": written(pod.begins), "finishedAt": written(since - 1)}
        restarts["lastState"] = {"terminated": {"reason": ended, "exitCode": ENDED_WITH[ended], **span}}
    return {**about, **restarts}
