"""What stands out about a pod: the first of these rules that fits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from connectors.kubernetes.judging.endings import how_it_failed
from connectors.kubernetes.judging.finding import Finding, Morning, Seen, Severity, facts, span_in_words, times

START_PATIENCE = timedelta(minutes=10)
ROOM_PATIENCE = timedelta(minutes=5)
"""A cluster that grows by itself needs a few minutes to find room."""
READY_PATIENCE = timedelta(minutes=2)
END_PATIENCE = timedelta(minutes=10)

NO_IMAGE = {"ImagePullBackOff", "ErrImagePull", "InvalidImageName", "ErrImageNeverPull", "ImageInspectError"}
NOT_MADE = {"CreateContainerConfigError", "CreateContainerError", "RunContainerError", "PreCreateHookError"}
STARTING = {"Pending", "ContainerCreating", "PodInitializing", "SchedulingGated"}
GATED = "ReadinessGatesNotReady"
OUT_OF_MEMORY = "OOMKilled"
UNSEEN_END = "ContainerStatusUnknown"
"""The container was gone before anybody looked; its exit code is made up."""
KILLED = 137
"""128 + SIGKILL."""


def judge_pod(pod: Seen, morning: Morning) -> Iterator[Finding]:
    for rule in RULES:
        if found := rule(pod, morning):
            yield replace(found, family=_family(pod))
            return


def _family(pod: Seen) -> str:
    return f"{pod['owner_kind']} {pod['owner']}" if pod["owner"] else ""


def _finding(pod: Seen, what: str, since: datetime | None, severity: Severity) -> Finding:
    owner = f"of {_family(pod)}" if pod["owner"] else ""
    node = f"on {pod['node']}" if pod["node"] else ""
    details = facts(pod["message"], owner, node)
    return Finding("Pod", pod["namespace"], pod["name"], what, since, severity, details)


def why_it_ended(pod: Seen) -> str:
    """`out of memory`, `ended with exit code 1`; empty where nothing is known."""
    reason, code = pod["last_exit_reason"], pod["last_exit_code"]
    if reason == OUT_OF_MEMORY:
        return "out of memory"
    if reason == UNSEEN_END:
        return "how it ended was not seen"
    if code == KILLED:
        return f"was killed (exit code {KILLED})"
    if code == 0:
        return "exited by itself"
    return f"exited with code {code}" if code is not None else ""


def _crashing(pod: Seen, _: Morning) -> Finding | None:
    if pod["status"].removeprefix("Init:") != "CrashLoopBackOff":
        return None
    what = "Cannot start: its init container keeps crashing" if "Init:" in pod["status"] else "Keeps crashing"
    why = why_it_ended(pod)
    restarted = f"restarted {times(pod['restarts'])}" if pod["restarts"] else ""
    found = _finding(pod, ", ".join(part for part in (what, why) if part), pod["last_restart"], Severity.FAILING)
    return replace(found, details=facts(restarted, found.details))


def _without_image(pod: Seen, _: Morning) -> Finding | None:
    if pod["status"].removeprefix("Init:") not in NO_IMAGE:
        return None
    return _finding(pod, "Cannot get its image", pod["created"], Severity.FAILING)


def _cannot_start(pod: Seen, _: Morning) -> Finding | None:
    if pod["status"].removeprefix("Init:") not in NOT_MADE:
        return None
    return _finding(pod, f"Cannot be started ({pod['status']})", pod["created"], Severity.FAILING)


def _without_room(pod: Seen, morning: Morning) -> Finding | None:
    if pod["status"] != "Unschedulable":
        return None
    lasting_ = morning.older(pod["created"], ROOM_PATIENCE)
    return _finding(pod, "No node can take it", pod["created"], Severity.FAILING if lasting_ else Severity.WATCH)


def _lost(pod: Seen, _: Morning) -> Finding | None:
    if pod["status"] != "Unknown":
        return None
    return _finding(pod, "Its node does not answer", pod["ready_changed"], Severity.FAILING)


def _starting_long(pod: Seen, morning: Morning) -> Finding | None:
    word = pod["status"]
    if not (word in STARTING or word.startswith("Init:")) or not morning.older(pod["created"], START_PATIENCE):
        return None
    what = f"Has been starting for {span_in_words(morning.now - pod['created'])} ({word})"
    return _finding(pod, what, pod["created"], Severity.WATCH)


def _ending_long(pod: Seen, morning: Morning) -> Finding | None:
    since = pod["deleting_since"]
    if pod["status"] != "Terminating" or not morning.older(since, END_PATIENCE):
        return None
    return _finding(pod, f"Has been terminating for {span_in_words(morning.now - since)}", since, Severity.WATCH)


def _failed(pod: Seen, morning: Morning) -> Finding | None:
    """A pod that a Job made is told with its Job."""
    if pod["phase"] != "Failed" or pod["owner_kind"] == "Job":
        return None
    since = pod["ready_changed"] or pod["created"]
    what = how_it_failed(pod) or f"Failed, {why_it_ended(pod) or pod['status']}"
    return _finding(pod, what, since, Severity.FAILING if morning.is_recent(since) else Severity.WATCH)


def _not_ready(pod: Seen, morning: Morning) -> Finding | None:
    whole = (pod["ready_ratio"] or 0.0) >= 1
    if pod["phase"] != "Running" or pod["status"] == "Terminating" or (whole and pod["is_ready"] is not False):
        return None
    if not morning.older(pod["ready_changed"], READY_PATIENCE):
        return None
    why = why_it_ended(pod) if pod["status"] != "Running" else ""
    if whole and pod["not_ready_reason"] == GATED:
        why = "a readiness gate is not met"
    what = f"Runs but is not ready ({pod['ready']}){f', {why}' if why else ''}"
    return _finding(pod, what, pod["ready_changed"], Severity.FAILING)


def _restarted(pod: Seen, morning: Morning) -> Finding | None:
    if not pod["restarts"] or not morning.is_recent(pod["last_restart"]):
        return None
    why = why_it_ended(pod)
    what = f"Restarted {times(pod['restarts'])}{f', {why}' if why else ''}"
    return _finding(pod, what, pod["last_restart"], Severity.WATCH)


Rule = Callable[[Seen, Morning], Finding | None]
RULES: tuple[Rule, ...] = (
    _crashing,
    _without_image,
    _cannot_start,
    _without_room,
    _lost,
    _starting_long,
    _ending_long,
    _failed,
    _not_ready,
    _restarted,
)
