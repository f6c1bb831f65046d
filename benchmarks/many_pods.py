"""A real API server that holds thousands of pods of ordinary size: 7 to 11 kB of JSON, `managedFields` included.

Each shape of pod is made once through the API. Its copies are written where the server stores it, which takes
seconds instead of minutes: names of equal length change nothing else in the stored bytes.
"""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from tests.servers import KubeApi
from tests.servers.fixtures import node
from tests.servers.kubernetes.kube_objects import JsonClient

Object = dict[str, Any]

NAMESPACES = 40
NODES = 150
CRASHING = 100
"""One pod of so many is in trouble."""
FINISHED = 20
"""One pod of so many has done its work."""
AT_ONCE = 100
"""How many objects one transaction writes; etcd's own limit is 128."""
UID_FIELD, UID_LENGTH = b"*$", 36
"""How the fifth field of an object's metadata begins in protobuf: its number, its length."""


class ManyPods(KubeApi):
    """Stores objects as a cluster does, in protobuf, where the tests' server keeps JSON."""

    def command(self) -> list[str]:
        return [part for part in super().command() if not part.startswith("--storage-media-type")]

    def fill(self, pods: int, now: datetime) -> None:
        """Put so many pods on 150 nodes in 40 namespaces."""
        self.apply(
            {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": _team(n)}} for n in range(NAMESPACES)
        )
        self.apply(node(_node(number), "127.0.0.1") for number in range(NODES))
        shapes = [_running(now), _with_sidecar(now), _crashing(now), _finished(now)]
        self.apply(shapes)
        store = JsonClient(self.etcd.url)
        stored = [_stored(store, shape) for shape in shapes]
        copies = (copy for number in range(pods - len(shapes)) for copy in [_copy(stored, number)])
        while batch := list(islice(copies, AT_ONCE)):
            puts = [{"requestPut": {"key": _text(key), "value": _text(value)}} for key, value in batch]
            store.request("POST", "/v3/kv/txn", {"success": puts})
        store.close()


def _stored(store: JsonClient, shape: Object) -> tuple[str, str, bytes]:
    """The name, the uid and the stored bytes of a pod that was made through the API."""
    name = shape["metadata"]["name"]
    key = f"/registry/pods/{_team(0)}/{name}"
    _, found = store.request("POST", "/v3/kv/range", {"key": _text(key.encode())})
    value = base64.b64decode(found["kvs"][0]["value"])
    at = value.index(UID_FIELD) + len(UID_FIELD)
    return name, value[at : at + UID_LENGTH].decode(), value


def _copy(stored: list[tuple[str, str, bytes]], number: int) -> tuple[bytes, bytes]:
    """The key and the bytes of one more pod."""
    running, with_sidecar, crashing, finished = stored
    usual = running if number % 2 else with_sidecar
    name, uid, value = crashing if number % CRASHING == 0 else finished if number % FINISHED == 1 else usual
    fresh = f"{name[:-5]}{number:05d}"
    team = _team(number % NAMESPACES)
    changes = {
        name: fresh,
        uid: f"{number:08x}{uid[8:]}",
        _team(0): team,
        _node(0): _node(number % NODES),
        "127.1.0.100": f"127.1.{number // 100 % 10}.{number % 100 + 100}",
    }
    for old, new in changes.items():
        value = value.replace(old.encode(), new.encode())
    return f"/registry/pods/{team}/{fresh}".encode(), value


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _team(number: int) -> str:
    return f"team-{number:02d}"


def _node(number: int) -> str:
    return f"node-{number:03d}"


def _ago(now: datetime, **span: float) -> str:
    return (now - timedelta(**span)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _pod(name: str, spec: Object, status: Object) -> Object:
    labels = {
        "app.kubernetes.io/name": "checkout",
        "app.kubernetes.io/instance": "checkout-production",
        "app.kubernetes.io/version": "2026.11.3",
        "app.kubernetes.io/managed-by": "Helm",
        "pod-template-hash": "6d8f9c7b5d",
    }
    annotations = {
        "checksum/config": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "prometheus.io/scrape": "true",
        "prometheus.io/port": "9090",
        "cluster-autoscaler.kubernetes.io/safe-to-evict": "true",
    }
    maker = {
        "apiVersion": "apps/v1",
        "kind": "ReplicaSet",
        "name": "checkout-6d8f9c7b5d",
        "uid": "5f0b6f0e-4a9f-4a52-8a9a-3a7d0e3f9b11",
        "controller": True,
        "blockOwnerDeletion": True,
    }
    metadata = {
        "name": name,
        "namespace": _team(0),
        "labels": labels,
        "annotations": annotations,
        "ownerReferences": [maker],
    }
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec, "status": status}


def _container(name: str, image: str, variables: int) -> Object:
    probe = {"httpGet": {"path": "/health", "port": 8080}, "periodSeconds": 10, "timeoutSeconds": 3}
    plain = [
        {"name": f"CHECKOUT_SETTING_{n}", "value": f"https://service-{n}.internal:8443"} for n in range(variables)
    ]
    secret = {"name": "DATABASE_PASSWORD", "valueFrom": {"secretKeyRef": {"name": "checkout", "key": "password"}}}
    host = {"name": "HOST_IP", "valueFrom": {"fieldRef": {"fieldPath": "status.hostIP"}}}
    return {
        "name": name,
        "image": image,
        "env": [*plain, secret, host],
        "ports": [{"name": "http", "containerPort": 8080}, {"name": "metrics", "containerPort": 9090}],
        "resources": {"requests": {"cpu": "250m", "memory": "256Mi"}, "limits": {"cpu": "1", "memory": "512Mi"}},
        "livenessProbe": probe,
        "readinessProbe": probe,
        "securityContext": {"runAsNonRoot": True, "readOnlyRootFilesystem": True},
        "volumeMounts": [
            {"name": "config", "mountPath": "/etc/checkout"},
            {"name": "scratch", "mountPath": "/scratch"},
        ],
    }


def _spec(*containers: Object, **rest: Any) -> Object:
    volumes = [{"name": "config", "configMap": {"name": "checkout"}}, {"name": "scratch", "emptyDir": {}}]
    lasting = [
        {
            "key": f"node.kubernetes.io/{what}",
            "operator": "Exists",
            "effect": "NoExecute",
            "tolerationSeconds": 300,
        }
        for what in ("not-ready", "unreachable")
    ]
    return {
        "nodeName": _node(0),
        "containers": list(containers),
        "volumes": volumes,
        "tolerations": lasting,
        "serviceAccountName": "checkout",
        **rest,
    }


def _state(container: Object, state: Object, restarts: int = 0, last: Object | None = None) -> Object:
    digest = "sha256:4b825dc642cb6eb9a060e54bf8d69288fbee4904b825dc642cb6eb9a060e54bf"
    running = "running" in state
    return {
        "name": container["name"],
        "image": container["image"],
        "imageID": f"{container['image'].partition(':')[0]}@{digest}",
        "containerID": f"containerd://{digest.removeprefix('sha256:')}",
        "ready": running,
        "started": running,
        "restartCount": restarts,
        "state": state,
        "lastState": last or {},
    }


def _status(now: datetime, phase: str, states: list[Object], *, ready: bool, **rest: Any) -> Object:
    at = _ago(now, days=2)
    known = {"Initialized": True, "Ready": ready, "ContainersReady": ready, "PodScheduled": True}
    conditions = [
        {"type": kind, "status": str(is_so), "lastTransitionTime": at, "lastProbeTime": None}
        for kind, is_so in known.items()
    ]
    return {
        "phase": phase,
        "conditions": conditions,
        "hostIP": "127.0.0.1",
        "podIP": "127.1.0.100",
        "podIPs": [{"ip": "127.1.0.100"}],
        "startTime": at,
        "qosClass": "Burstable",
        "containerStatuses": states,
        **rest,
    }


WEB = _container("checkout", "registry.example.com/shop/checkout:2026.11.3", 6)
PROXY = _container("proxy", "registry.example.com/mesh/proxy:1.29.1", 3)


def _running(now: datetime) -> Object:
    state = _state(WEB, {"running": {"startedAt": _ago(now, days=2)}})
    return _pod("checkout-6d8f9c7b5d-99990", _spec(WEB), _status(now, "Running", [state], ready=True))


def _with_sidecar(now: datetime) -> Object:
    """Two containers, and an init container that has done its work."""
    migrate = {"name": "migrate", "image": WEB["image"], "command": ["/checkout", "migrate"]}
    running = {"running": {"startedAt": _ago(now, days=2)}}
    ended = {"terminated": {"exitCode": 0, "reason": "Completed", "finishedAt": _ago(now, days=2)}}
    status = _status(
        now,
        "Running",
        [_state(WEB, running), _state(PROXY, running)],
        ready=True,
        initContainerStatuses=[_state(migrate, ended)],
    )
    return _pod("checkout-6d8f9c7b5d-99991", _spec(WEB, PROXY, initContainers=[migrate]), status)


def _crashing(now: datetime) -> Object:
    waiting = {"waiting": {"reason": "CrashLoopBackOff", "message": "back-off 5m0s restarting failed container"}}
    last = {"terminated": {"exitCode": 137, "reason": "OOMKilled", "finishedAt": _ago(now, minutes=4)}}
    status = _status(now, "Running", [_state(WEB, waiting, 37, last)], ready=False)
    return _pod("checkout-6d8f9c7b5d-99992", _spec(WEB), status)


def _finished(now: datetime) -> Object:
    ended = {"terminated": {"exitCode": 0, "reason": "Completed", "finishedAt": _ago(now, hours=5)}}
    status = _status(now, "Succeeded", [_state(WEB, ended)], ready=False)
    return _pod("checkout-6d8f9c7b5d-99993", _spec(WEB, restartPolicy="Never"), status)
