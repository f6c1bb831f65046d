"""What a pod is really doing: the word of `kubectl get pods`, and why, and what happened last.

The word follows kubectl's own computation (kubernetes/kubernetes pkg/printers/internalversion/printers.go,
printPod), except that a pod no node will take says Unschedulable instead of Pending, and that why a pod as a whole
came to its end (Evicted, NodeLost, …) comes before how its containers did.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from connectors.kubernetes.objects import (
    Object,
    condition,
    count,
    each,
    is_false,
    is_true,
    latest,
    moment,
    part,
    text,
    whole,
)

OVER = frozenset({"Succeeded", "Failed"})
"""Phases that a pod does not leave any more."""


@dataclass(frozen=True, slots=True)
class LastExit:
    """How a container ended the last time it did."""

    at: datetime | None
    reason: str
    code: int | None
    message: str


def pod_word(pod: Object) -> str:
    """CrashLoopBackOff, Init:ImagePullBackOff, Terminating, Evicted, Unschedulable, Running, …"""
    status = part(pod, "status")
    if text(status, "reason") == "NodeLost":
        return "Unknown"
    if text(status, "phase") == "Failed" and text(status, "reason"):
        return text(status, "reason")
    if part(pod, "metadata").get("deletionTimestamp") and text(status, "phase") not in OVER:
        return "Terminating"
    scheduled = condition(status, "PodScheduled")
    word = text(status, "reason") or text(status, "phase") or "Unknown"
    if is_false(scheduled) and text(scheduled, "reason") in {"SchedulingGated", "Unschedulable"}:
        word = text(scheduled, "reason")
    starting = _init_word(pod)
    if starting and not is_true(condition(status, "Initialized")):
        return starting
    # Init containers of a pod whose sandbox was made anew run once more, beside what is said of the others.
    return _container_word(status, starting or word)


def _init_word(pod: Object) -> str:
    """What the first init container that is not done is doing; empty when all are done."""
    sidecars = {text(spec, "name") for spec in each(pod, "spec", "initContainers") if is_sidecar(spec)}
    whole = len(each(pod, "spec", "initContainers"))
    for place, container in enumerate(each(pod, "status", "initContainerStatuses")):
        state = part(container, "state")
        ended, waiting = part(state, "terminated"), part(state, "waiting")
        if "terminated" in state and ended.get("exitCode") == 0:
            continue
        if text(container, "name") in sidecars and container.get("started"):
            continue
        if ended:
            return f"Init:{_ending(ended)}"
        if text(waiting, "reason") not in {"", "PodInitializing"}:
            return f"Init:{text(waiting, 'reason')}"
        return f"Init:{place}/{whole}"
    return ""


def _container_word(status: Object, word: str) -> str:
    """Among containers that have ended, one that failed is told before one that is done (by newer servers)."""
    running, failure = False, ""
    for container in reversed(each(status, "containerStatuses")):
        state = part(container, "state")
        ended = part(state, "terminated")
        if reason := text(part(state, "waiting"), "reason"):
            word = reason
        elif ended:
            word = _ending(ended)
            failure = word if count(ended, "exitCode") else failure
        elif container.get("ready") and "running" in state:
            running = True
    if word != "Completed":
        return word
    if running and is_true(condition(status, "Ready")):
        return "Running"
    return failure or ("NotReady" if running else word)


def _ending(ended: Object) -> str:
    if reason := text(ended, "reason"):
        return reason
    if signal := count(ended, "signal"):
        return f"Signal:{signal}"
    return f"ExitCode:{count(ended, 'exitCode')}"


def is_sidecar(spec: Object) -> bool:
    """An init container that keeps running beside the others (Kubernetes 1.29)."""
    return spec.get("restartPolicy") == "Always"


def containers(pod: Object) -> Iterator[Object]:
    """The statuses of the containers that should be running: sidecars and the ordinary ones."""
    sidecars = {text(spec, "name") for spec in each(pod, "spec", "initContainers") if is_sidecar(spec)}
    yield from (one for one in each(pod, "status", "initContainerStatuses") if text(one, "name") in sidecars)
    yield from each(pod, "status", "containerStatuses")


def restarts(pod: Object) -> int:
    """As kubectl counts: those of init containers only while they have not all finished."""
    status = part(pod, "status")
    if _init_word(pod) and not is_true(condition(status, "Initialized")):
        return sum(count(one, "restartCount") for one in each(status, "initContainerStatuses"))
    return sum(count(one, "restartCount") for one in containers(pod))


def last_exit(pod: Object) -> LastExit | None:
    """The most recent end of any container that should have gone on."""
    status = part(pod, "status")
    found: list[LastExit] = []
    for container in (*each(status, "initContainerStatuses"), *each(status, "containerStatuses")):
        for ended in (part(container, "lastState", "terminated"), part(container, "state", "terminated")):
            done = ended.get("exitCode") == 0 and text(ended, "reason") == "Completed"
            if ended and not (done and count(container, "restartCount") == 0):
                code = ended.get("exitCode")
                found.append(
                    LastExit(
                        at=moment(ended, "finishedAt"),
                        reason=_ending(ended),
                        code=whole(code),
                        message=text(ended, "message"),
                    )
                )
    return max(found, key=lambda end: (end.at is not None, end.at), default=None)


def last_restart(pod: Object) -> datetime | None:
    """When a container was last started again; None when none ever was."""
    started = []
    for container in (*each(pod, "status", "initContainerStatuses"), *each(pod, "status", "containerStatuses")):
        if count(container, "restartCount"):
            started.append(moment(part(container, "lastState", "terminated"), "finishedAt"))
            started.append(moment(part(container, "state", "running"), "startedAt"))
    return latest(*started)


def message(pod: Object) -> str:
    """What the cluster says about it, where something is not as it should be."""
    status = part(pod, "status")
    if text(status, "reason") and text(status, "message"):
        return text(status, "message")
    for container in (*each(status, "initContainerStatuses"), *each(status, "containerStatuses")):
        if said := text(part(container, "state", "waiting"), "message"):
            return said
    if said := text(status, "message"):
        return said
    for kind in ("PodScheduled", "Ready"):
        found = condition(status, kind)
        if is_false(found) and text(found, "message") and text(status, "phase") not in OVER:
            return text(found, "message")
    ended = last_exit(pod)
    return ended.message if ended else ""
