"""All of a pod that is ever looked at. The rest, environment variables included, is never made an object of."""

from __future__ import annotations

from typing import Any, TypedDict


class _Owner(TypedDict, total=False):
    kind: Any
    name: Any
    controller: Any


class _Metadata(TypedDict, total=False):
    name: Any
    namespace: Any
    labels: Any
    creationTimestamp: Any
    deletionTimestamp: Any
    ownerReferences: list[_Owner] | None


class _Container(TypedDict, total=False):
    name: Any
    image: Any
    resources: Any
    restartPolicy: Any


class _Spec(TypedDict, total=False):
    nodeName: Any
    containers: list[_Container] | None
    initContainers: list[_Container] | None
    resources: Any
    overhead: Any


class _ContainerStatus(TypedDict, total=False):
    name: Any
    ready: Any
    started: Any
    restartCount: Any
    state: Any
    lastState: Any


class _Condition(TypedDict, total=False):
    type: Any
    status: Any
    reason: Any
    message: Any
    lastTransitionTime: Any


class _Status(TypedDict, total=False):
    phase: Any
    reason: Any
    message: Any
    qosClass: Any
    conditions: list[_Condition] | None
    containerStatuses: list[_ContainerStatus] | None
    initContainerStatuses: list[_ContainerStatus] | None


class PodParts(TypedDict, total=False):
    metadata: _Metadata | None
    spec: _Spec | None
    status: _Status | None
