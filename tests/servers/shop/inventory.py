"""What the shop consists of: nodes, workloads, their pods over time, and the ways in."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from tests.servers.shop import story

MIB = float(1 << 20)
GIB = float(1 << 30)
REGISTRY = "registry.lantern.example"
NODES = ("lantern-1", "lantern-2", "lantern-3")
NODE_CORES = 4
NODE_MEMORY = 8 * GIB
LONG_BEFORE = story.BEGIN - 12 * story.DAY


@dataclass(frozen=True)
class Workload:
    """`cpu_use` in cores at an average hour, memory in bytes; requests and limits are a pod's."""

    namespace: str
    name: str
    replicas: int
    version: str
    cpu_use: float
    memory_use: float
    cpu_request: float
    memory_limit: float
    kind: str = "Deployment"
    first_node: int = 0
    volume: float | None = None
    """Size of the pod's persistent volume in bytes."""

    @property
    def image(self) -> str:
        return f"{REGISTRY}/{self.name}:{self.version}"


WORKLOADS = (
    Workload("ingress", "ingress-nginx-controller", 2, "1.11.2", 0.18, 210 * MIB, 0.2, 512 * MIB),
    Workload("shop", "storefront", 3, "5.2.0", 0.30, 340 * MIB, 0.4, 768 * MIB),
    Workload("shop", "checkout", 2, "3.8.1", 0.16, 290 * MIB, 0.3, 512 * MIB, first_node=1),
    Workload("shop", "search", 2, "2.14.0", 0.42, 900 * MIB, 0.5, 1536 * MIB, first_node=2),
    Workload("shop", "accounts", 2, "1.30.4", 0.09, 180 * MIB, 0.2, 384 * MIB),
    Workload("shop", "redis", 1, "7.2.5", 0.05, 120 * MIB, 0.1, 256 * MIB, kind="StatefulSet", first_node=1),
    Workload("data", "postgres", 1, "16.3", 0.35, 2.6 * GIB, 1.0, 4 * GIB, "StatefulSet", 2, 40 * GIB),
    Workload("ingest", "parser", 2, "1.18.0", 0.25, 310 * MIB, 0.3, 1 * GIB, first_node=1),
    Workload("ingest", "importer", 1, "0.9.2", 0.12, 220 * MIB, 0.2, 512 * MIB, first_node=2),
    Workload("media", "thumbs", 2, "1.6.3", 0.21, 260 * MIB, 0.3, 512 * MIB),
    Workload("media", "covers", 1, "1.1.0", 0.08, 140 * MIB, 0.1, 256 * MIB, "StatefulSet", 1, 20 * GIB),
    Workload("monitoring", "prometheus", 1, "3.5.0", 0.22, 1.4 * GIB, 0.5, 3 * GIB, "StatefulSet", 0, 30 * GIB),
    Workload("monitoring", "alertmanager", 1, "0.28.1", 0.01, 40 * MIB, 0.05, 128 * MIB, "StatefulSet", 2),
    Workload("monitoring", "kube-state-metrics", 1, "2.16.0", 0.02, 60 * MIB, 0.05, 192 * MIB, first_node=1),
)
OLD_PARSER = "1.17.3"
BAD_CHECKOUT = "3.9.0"


@dataclass(frozen=True)
class Pod:
    """One pod while it lives: from `begins` until `ends`."""

    workload: Workload
    name: str
    number: int
    begins: float
    ends: float = float("inf")

    @property
    def node(self) -> str:
        return NODES[(self.workload.first_node + self.number) % len(NODES)]

    @property
    def address(self) -> str:
        """Its own loopback address: 127.1, the node's number, and its place among all pods."""
        return f"127.1.{NODES.index(self.node)}.{1 + pods().index(self)}"

    @property
    def starts(self) -> bool:
        """Whether its container ever runs: the bad checkout's does not."""
        return self.workload.version != BAD_CHECKOUT

    def lives(self, moment: float) -> bool:
        return self.begins <= moment < self.ends

    def restarts(self, moment: float) -> list[float]:
        """When its container was started again, up to a moment."""
        return [one for one in _restarts(self) if one <= moment]


@cache
def pods() -> tuple[Pod, ...]:
    """Every pod that lives at any time of the story."""
    return tuple(pod for workload in WORKLOADS for pod in _pods_of(workload))


def pods_at(moment: float) -> list[Pod]:
    return [pod for pod in pods() if pod.lives(moment)]


def workload(name: str) -> Workload:
    return next(one for one in WORKLOADS if one.name == name)


def _pods_of(of: Workload) -> Iterator[Pod]:
    names = _PodNames(of)
    since = LONG_BEFORE + names.days_since()
    regular = [Pod(of, names.name(number), number, begins=since + 40 * number) for number in range(of.replicas)]
    if of.name == "parser":
        before = _PodNames(replace(of, version=OLD_PARSER))
        for pod in regular:
            old = replace(of, version=OLD_PARSER)
            yield replace(pod, workload=old, name=before.name(pod.number), ends=story.PARSER_ROLLED_OUT)
            yield replace(pod, begins=story.PARSER_ROLLED_OUT)
    elif of.name == "checkout":
        bad = replace(of, version=BAD_CHECKOUT)
        yield regular[0]
        yield replace(regular[1], ends=story.CHECKOUT_ROLLED_OUT)
        yield Pod(bad, _PodNames(bad).name(0), 1, begins=story.CHECKOUT_ROLLED_OUT)
    else:
        yield from regular


def replica_set(of: Workload) -> str:
    """The name of the ReplicaSet that a version of a workload has."""
    return _PodNames(of).replica_set


class _PodNames:
    """Names as a Deployment's or StatefulSet's pods get them, always the same for the same version."""

    _letters = "bcdfghjklmnpqrstvwxz2456789"

    def __init__(self, of: Workload) -> None:
        self._of = of
        self._random = random.Random(f"{of.name} {of.version}")  # noqa: S311 - names, not secrets
        self.replica_set = f"{of.name}-{self._text(9)}"

    def name(self, number: int) -> str:
        if self._of.kind == "StatefulSet":
            return f"{self._of.name}-{number}"
        return f"{self.replica_set}-{self._text(5)}"

    def days_since(self) -> float:
        """How long after `LONG_BEFORE` this version was rolled out, in seconds."""
        return self._random.uniform(0, 9) * story.DAY

    def _text(self, length: int) -> str:
        return "".join(self._random.choices(self._letters, k=length))


def _restarts(pod: Pod) -> list[float]:
    name = pod.workload.name
    if name == "search" and pod.number == 0:
        return [story.SEARCH_RECOVERS]
    if name == "parser" and pod.workload.version != OLD_PARSER:
        return [story.PARSER_OOM_KILLS[pod.number]]
    if not pod.starts:
        return _crash_loop(pod.begins)
    return []


def _crash_loop(begins: float) -> list[float]:
    """The kubelet's back-off: 10 s, doubling up to five minutes."""
    starts, wait, moment = [], 10.0, begins + 8
    while moment < story.SECOND_MORNING + story.HOUR:
        moment += wait + 2
        starts.append(moment)
        wait = min(wait * 2, 300.0)
    return starts


@dataclass(frozen=True)
class WayIn:
    """An Ingress with one backend: its `share` of all requests, and `typical` seconds to answer.

    Its day runs `later` hours behind the shop's.
    """

    name: str
    host: str
    path: str
    service: str
    share: float
    typical: float
    namespace: str = "shop"
    port: int = 80
    later: float = 0.0

    @property
    def upstream(self) -> str:
        return f"{self.namespace}-{self.service}-{self.port}"


SHOP_HOST = "www.lantern.example"
MEDIA_HOST = "media.lantern.example"
WAYS_IN = (
    WayIn("storefront", SHOP_HOST, "/", "storefront", 0.38, 0.070),
    WayIn("search", SHOP_HOST, "/search", "search", 0.17, 0.110, later=0.3),
    WayIn("checkout", SHOP_HOST, "/checkout", "checkout", 0.09, 0.160, later=0.8),
    WayIn("accounts", "account.lantern.example", "/", "accounts", 0.08, 0.045, later=-0.7),
    WayIn("thumbs", MEDIA_HOST, "/thumbs", "thumbs", 0.28, 0.020, namespace="media"),
)
REQUESTS_PER_SECOND = 3.0
"""Of the whole shop at an average hour."""
CERTIFICATES = {
    SHOP_HOST: story.at(20, "00:00") + 61 * story.DAY,
    "account.lantern.example": story.at(20, "00:00") + 61 * story.DAY,
    MEDIA_HOST: story.MEDIA_CERTIFICATE_EXPIRES,
}
