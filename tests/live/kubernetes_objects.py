"""What the API server holds in the tests of the Kubernetes connector."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

NOW = datetime.now(UTC).replace(microsecond=0)
NAMESPACE = "live-shop"


def ago(**span: float) -> str:
    return (NOW - timedelta(**span)).strftime("%Y-%m-%dT%H:%M:%SZ")


def thing(kind: str, version: str, name: str, *, namespace: str | None = NAMESPACE, **rest: Any) -> dict[str, Any]:
    metadata = {"name": name, **({"namespace": namespace} if namespace else {}), **rest.pop("metadata", {})}
    return {"apiVersion": version, "kind": kind, "metadata": metadata, **rest}


def pod(
    name: str, status: dict[str, Any], *, init: int = 0, containers: int = 1, **metadata: Any
) -> dict[str, Any]:
    secret = [{"name": "PASSWORD", "value": "hunter2-env"}]
    made = [{"name": f"c{n}", "image": "shop/web:1", "env": secret} for n in range(containers)]
    begun = [{"name": f"i{n}", "image": "shop/init:1"} for n in range(init)]
    spec = {"nodeName": "node-1", "containers": made, **({"initContainers": begun} if begun else {})}
    return thing("Pod", "v1", name, spec=spec, status=status, metadata=metadata)


def container(name: str, state: dict[str, Any], *, ready: bool = False, restarts: int = 0) -> dict[str, Any]:
    return {
        "name": name,
        "image": "x",
        "imageID": "x",
        "ready": ready,
        "started": ready,
        "restartCount": restarts,
        "state": state,
        "lastState": {"terminated": {"exitCode": 137, "reason": "OOMKilled", "finishedAt": ago(hours=2)}}
        if restarts
        else {},
    }


RUNNING = {"running": {"startedAt": ago(hours=3)}}
STATES: dict[str, dict[str, Any]] = {
    "running": RUNNING,
    "crashing": {"waiting": {"reason": "CrashLoopBackOff", "message": "back-off with token=hunter2-message"}},
    "creating": {"waiting": {"reason": "ContainerCreating"}},
    "starting": {"waiting": {"reason": "PodInitializing"}},
    "waiting": {"waiting": {}},
    "done": {"terminated": {"exitCode": 0, "reason": "Completed"}},
    "failed": {"terminated": {"exitCode": 2, "reason": "Error"}},
    "coded": {"terminated": {"exitCode": 3}},
    "signalled": {"terminated": {"exitCode": 143, "signal": 15}},
}


def pods_of_all_sorts() -> Iterator[dict[str, Any]]:
    """Every state of a container beside another, every state of an init container, and the odd phases."""
    ready = {"type": "Ready", "status": "True"}
    for one, other in product(STATES, ("running", "done", "failed")):
        statuses = [
            container("c0", STATES[one], ready=one == "running", restarts=1),
            container("c1", STATES[other], ready=other == "running"),
        ]
        conditions = [{"type": "Initialized", "status": "True"}, *([ready] if other == "running" else [])]
        status = {"phase": "Running", "containerStatuses": statuses, "conditions": conditions}
        yield pod(f"pair-{one}-{other}", status, containers=2)
    for state, said in STATES.items():
        begun = [container("i0", STATES["done"]), container("i1", said, restarts=3)]
        status = {
            "phase": "Pending",
            "initContainerStatuses": begun,
            "containerStatuses": [container("c0", STATES["starting"])],
            "conditions": [{"type": "Initialized", "status": "True" if state == "done" else "False"}],
        }
        yield pod(f"init-{state}", status, init=3)
    yield pod("evicted", {"phase": "Failed", "reason": "Evicted", "message": "The node was low on memory."})
    yield pod("pending", {"phase": "Pending"})
    yield pod("unknown", {"phase": "Unknown"})
    leaving = {"deletionTimestamp": ago(hours=1), "deletionGracePeriodSeconds": 30}
    running = {"phase": "Running", "containerStatuses": [container("c0", RUNNING, ready=True)]}
    yield pod("leaving", running, **leaving)
    yield pod("lost", {**running, "reason": "NodeLost"}, **leaving)


def pods_that_servers_came_to_tell_otherwise() -> Iterator[dict[str, Any]]:
    """Sidecars in every state, before and after the others began, with what init containers left behind; gates."""
    initialised, ready = {"type": "Initialized", "status": "True"}, {"type": "Ready", "status": "True"}
    for (state, said), begun, conditions in product(STATES.items(), (False, True), ([], [initialised, ready])):
        sidecar = {**container("i1", said, ready=begun and said is RUNNING, restarts=2), "started": begun}
        status = {
            "phase": "Running" if begun else "Pending",
            "initContainerStatuses": [container("i0", STATES["done"], restarts=1), sidecar],
            "containerStatuses": [container("c0", RUNNING if begun else STATES["starting"], ready=begun)],
            "conditions": conditions,
        }
        name = f"sidecar-{state}-{'begun' if begun else 'not'}-{'initialised' if conditions else 'not'}"
        made = pod(name, status, init=2)
        made["spec"]["initContainers"][1]["restartPolicy"] = "Always"
        yield made
    for state, said in STATES.items():
        status = {
            "phase": "Running",
            "initContainerStatuses": [container("i0", said, restarts=3)],
            "containerStatuses": [container("c0", RUNNING, ready=True, restarts=1)],
            "conditions": [initialised, ready],
        }
        yield pod(f"initialised-{state}", status, init=1)
    for one in ("done", "failed", "coded"):
        statuses = [
            container("c0", STATES["done"]),
            container("c1", STATES[one]),
            container("c2", RUNNING, ready=True),
        ]
        for conditions in ([initialised], [initialised, ready]):
            status = {"phase": "Running", "containerStatuses": statuses, "conditions": conditions}
            yield pod(f"three-{one}-{len(conditions)}", status, containers=3)
    gated = {"type": "PodScheduled", "status": "False", "reason": "SchedulingGated"}
    yield pod("gated", {"phase": "Pending", "conditions": [gated]})


def decided(kind: str) -> dict[str, Any]:
    """A condition of a Job that came to its end an hour ago: first it is decided (since 1.31), then over."""
    return {
        "type": kind,
        "status": "True",
        "reason": "BackoffLimitExceeded",
        "lastTransitionTime": ago(hours=1),
    }


def one_of_each_kind() -> list[dict[str, Any]]:
    """An object of every kind that each cluster has, most of them in trouble."""
    labels = {"matchLabels": {"app": "web"}}
    template = {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "c", "image": "web:1"}]}}
    job = {"template": {"spec": {"restartPolicy": "Never", "containers": [{"name": "c", "image": "job:1"}]}}}
    return [
        thing(
            "Deployment",
            "apps/v1",
            "web",
            spec={"replicas": 2, "selector": labels, "template": template},
            status={"replicas": 2, "updatedReplicas": 2, "readyReplicas": 0, "unavailableReplicas": 2},
        ),
        thing(
            "StatefulSet",
            "apps/v1",
            "db",
            spec={"replicas": 1, "serviceName": "db", "selector": labels, "template": template},
            status={"replicas": 1, "readyReplicas": 1, "currentRevision": "1", "updateRevision": "1"},
        ),
        thing(
            "DaemonSet",
            "apps/v1",
            "logs",
            spec={"selector": labels, "template": template},
            status={
                "observedGeneration": 1,
                "currentNumberScheduled": 1,
                "desiredNumberScheduled": 1,
                "numberReady": 1,
                "numberMisscheduled": 0,
                "updatedNumberScheduled": 1,
                "numberAvailable": 1,
            },
        ),
        thing(
            "Job",
            "batch/v1",
            "migrate",
            spec=job,
            status={
                "failed": 1,
                "startTime": ago(hours=2),
                "conditions": [decided("FailureTarget"), decided("Failed")],
            },
        ),
        thing(
            "CronJob",
            "batch/v1",
            "backup",
            spec={"schedule": "0 2 * * *", "suspend": True, "jobTemplate": {"spec": job}},
            status={"lastScheduleTime": ago(hours=9)},
        ),
        thing(
            "HorizontalPodAutoscaler",
            "autoscaling/v2",
            "web",
            spec={
                "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"},
                "minReplicas": 1,
                "maxReplicas": 2,
                "metrics": [
                    {
                        "type": "Resource",
                        "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 60}},
                    }
                ],
            },
            status={
                "currentReplicas": 2,
                "desiredReplicas": 2,
                "conditions": [],
                "currentMetrics": [
                    {
                        "type": "Resource",
                        "resource": {"name": "cpu", "current": {"averageUtilization": 88, "averageValue": "1"}},
                    }
                ],
            },
        ),
        thing(
            "PodDisruptionBudget",
            "policy/v1",
            "web",
            spec={"minAvailable": 1, "selector": labels},
            status={"disruptionsAllowed": 0, "currentHealthy": 0, "desiredHealthy": 1, "expectedPods": 2},
        ),
        thing(
            "PersistentVolumeClaim",
            "v1",
            "data",
            spec={"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}},
            status={"phase": "Lost"},
        ),
        thing(
            "ResourceQuota",
            "v1",
            "quota",
            spec={"hard": {"pods": "10"}},
            status={"hard": {"pods": "10"}, "used": {"pods": "10"}},
        ),
        thing("Service", "v1", "web", spec={"selector": {"app": "web"}, "ports": [{"port": 80}]}),
        thing(
            "EndpointSlice",
            "discovery.k8s.io/v1",
            "web-1",
            metadata={"labels": {"kubernetes.io/service-name": "web"}},
            addressType="IPv4",
            endpoints=[{"addresses": ["192.0.2.7"], "conditions": {"ready": False}}],
            ports=[{"port": 80}],
        ),
        thing(
            "Ingress",
            "networking.k8s.io/v1",
            "web",
            spec={
                "rules": [
                    {
                        "host": "shop.example.com",
                        "http": {
                            "paths": [
                                {
                                    "path": "/",
                                    "pathType": "Prefix",
                                    "backend": {"service": {"name": "web", "port": {"number": 80}}},
                                }
                            ]
                        },
                    }
                ]
            },
        ),
        thing(
            "Event",
            "v1",
            "web.1",
            involvedObject={"kind": "Pod", "namespace": NAMESPACE, "name": "evicted"},
            type="Warning",
            reason="BackOff",
            message="password=hunter2-event at 127.7.7.7:80",
            count=7,
            firstTimestamp=ago(hours=1),
            lastTimestamp=ago(minutes=1),
        ),
    ]
