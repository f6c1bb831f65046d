"""One pass over the logs of the controllers' pods, through the Kubernetes API."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from connectors.ingress.aggregation.one_pass import LogPass, Origin, Task, conclude, gather
from connectors.ingress.origins.blocks import first_time, unwrap, whole_lines
from connectors.ingress.reading.parsing import Block
from connectors.ingress.settings import PodsSettings
from connectors.taking import Unobtainable
from vistas.routine import write_span
from vistas.snapshot import GapReason, Window
from vistas.source import Deadline

if TYPE_CHECKING:
    from connectors.kubernetes.api.access import ClusterAccess
    from connectors.kubernetes.log_pods import LogPod

MARGIN = timedelta(minutes=10)
"""Asked for before the window, so that a log that was cut is told from one that was quiet."""
CONTROLLER = "controller"
LOGGING = frozenset({"Running", "Succeeded", "Failed", "Unknown"})


@dataclass
class PodReading:
    """One container's log being read; `begins` and `failure` say afterwards how it went."""

    access: ClusterAccess
    pod: LogPod
    container: str
    since: datetime
    now: datetime
    task: Task
    begins: datetime | None = None
    failure: Unobtainable | None = None

    @property
    def name(self) -> str:
        return f"{self.pod.namespace}/{self.pod.name}"

    def blocks(self) -> Iterator[Block]:
        for text in whole_lines(self._pieces()):
            self.begins = self.begins or first_time(text)
            yield from unwrap([text], stamped=True)

    def _pieces(self) -> Iterator[bytes]:
        try:
            yield from self.access.stream_log(
                self.pod.namespace,
                self.pod.name,
                self.container,
                since_seconds=max(1, int((self.now - self.since).total_seconds())),
                limit_bytes=self.task.max_bytes,
                timestamps=True,
                deadline=self.task.deadline,
            )
        except Unobtainable as failure:
            self.failure = failure


def gather_pods(
    clusters: Sequence[tuple[ClusterAccess, PodsSettings]], task: Task, *, window: Window, now: datetime
) -> LogPass:
    """Every replica's log. One that fails is a warning; Unobtainable where all do, or where there is none."""
    warnings: list[str] = []
    since = window.start - MARGIN
    readings = [
        PodReading(access, pod, choose_container(pod, settings), since, now, task)
        for access, settings, pod in _find_all(clusters, task.deadline, warnings)
    ]
    origins = [Origin(reading.name, reading.blocks) for reading in readings]
    summary, complete = gather(origins, task)
    failed = [reading for reading in readings if reading.failure]
    if readings and len(failed) == len(readings) and not summary.counts.lines and readings[0].failure:
        raise readings[0].failure
    read = [reading for reading in readings if not reading.failure]
    return conclude(
        summary,
        task,
        complete=complete,
        begins=max((reading.begins for reading in read if reading.begins), default=None),
        origins=origins,
        warnings=[
            *warnings,
            *map(_say_failure, failed),
            *(_say_late(reading, window) for reading in read if not _covers(reading, window)),
        ],
    )


def _find_all(
    clusters: Sequence[tuple[ClusterAccess, PodsSettings]], deadline: Deadline, warnings: list[str]
) -> list[tuple[ClusterAccess, PodsSettings, LogPod]]:
    """The pods of every table. A table without any is a warning; Unobtainable where that is so for all."""
    found, failures = [], []
    for access, settings in clusters:
        try:
            found += [(access, settings, pod) for pod in find_pods(access, settings, deadline)]
        except Unobtainable as failure:
            failures.append(failure)
    if not found:
        raise failures[0]
    warnings += [failure.gap.message for failure in failures]
    return found


def find_pods(access: ClusterAccess, settings: PodsSettings, deadline: Deadline) -> tuple[LogPod, ...]:
    """The controllers' pods that have a log. Unobtainable where there is none."""
    from connectors.kubernetes.log_pods import list_pods

    pods = list_pods(access, settings.namespace, settings.selector, deadline)
    where = f"in the namespace {settings.namespace}" if settings.namespace else "in any namespace"
    if not pods:
        raise Unobtainable(
            GapReason.NOT_HERE,
            f"No pod {where} has the labels {settings.selector}.",
            "Set namespace and selector of the source to those of your ingress controller.",
        )
    logging = tuple(pod for pod in pods if pod.phase in LOGGING)
    if not logging:
        message = f"None of the {len(pods)} controller pods {where} has started yet."
        raise Unobtainable(GapReason.NOT_HERE, message, "Find out why they are waiting.")
    return logging


def choose_container(pod: LogPod, settings: PodsSettings) -> str:
    """The container that was named; else `controller`, or the first."""
    if settings.container:
        return settings.container
    return CONTROLLER if CONTROLLER in pod.containers or not pod.containers else pod.containers[0]


def _covers(reading: PodReading, window: Window) -> bool:
    return reading.begins is not None and reading.begins <= window.start


def _say_failure(reading: PodReading) -> str:
    message = reading.failure.gap.message if reading.failure else ""
    return f"The log of {reading.name} is missing or not complete: {message}"


def _say_late(reading: PodReading, window: Window) -> str:
    if reading.begins is None:
        return f"{reading.name} wrote nothing in this window, or its log is gone."
    late = timedelta(minutes=max(1, round((reading.begins - window.start) / timedelta(minutes=1))))
    return (
        f"The log of {reading.name} begins at {reading.begins:%H:%M} UTC, {write_span(late)} into the window: "
        "Kubernetes keeps only the newest part of a pod's log, or the pod started then."
    )
