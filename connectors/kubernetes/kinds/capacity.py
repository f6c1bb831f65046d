"""What limits growing and moving: autoscalers, disruption budgets, quotas."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from connectors.kubernetes.columns import NUMBER, TEXT, TEXTS, TIME, WHOLE, YES, ObjectKind, Row
from connectors.kubernetes.objects import (
    Object,
    condition,
    count,
    each,
    is_false,
    is_unseen,
    moment,
    part,
    seconds_since,
    text,
    whole,
)
from connectors.kubernetes.quantities import parse_quantity, ratio
from connectors.kubernetes.resources import HPAS, PDBS, QUOTAS

BUDGETS = {"minAvailable": "at least {} available", "maxUnavailable": "at most {} unavailable"}


def hpa_rows(hpa: Object, now: datetime) -> list[Row]:
    metadata, spec, status = part(hpa, "metadata"), part(hpa, "spec"), part(hpa, "status")
    target = part(spec, "scaleTargetRef")
    floor, ceiling = spec.get("minReplicas", 1), count(spec, "maxReplicas")
    current, desired = count(status, "currentReplicas"), count(status, "desiredReplicas")
    wrong = _hpa_trouble(status)
    return [
        {
            "namespace": text(metadata, "namespace"),
            "name": text(metadata, "name"),
            "target_kind": text(target, "kind"),
            "target": text(target, "name"),
            "current": current,
            "desired": desired,
            "min": 1 if whole(floor) is None else floor,
            "max": ceiling,
            "at_ceiling": desired >= ceiling > 0,
            "ceiling_ratio": ratio(desired, ceiling),
            "measured": _measured(spec, status),
            "reason": text(wrong, "reason") or text(condition(status, "ScalingLimited"), "reason"),
            "message": text(wrong, "message") or text(wrong, "reason") or text(wrong, "type"),
            "since": moment(wrong, "lastTransitionTime")
            or moment(condition(status, "ScalingLimited"), "lastTransitionTime"),
            "last_scaled": moment(status, "lastScaleTime"),
            "age_seconds": seconds_since(moment(metadata, "creationTimestamp"), now),
        }
    ]


def _hpa_trouble(status: Object) -> Object:
    """The condition that keeps it from scaling at all; empty when nothing does."""
    for kind in ("AbleToScale", "ScalingActive"):
        found = condition(status, kind)
        if is_false(found) and text(found, "reason") != "ScalingDisabled":
            return found
    return {}


def _measured(spec: Object, status: Object) -> list[str]:
    """Each metric as `cpu 81% of 60%`, or `requests_per_second 12 of 10`."""
    if "targetCPUUtilizationPercentage" in spec:
        now = status.get("currentCPUUtilizationPercentage", "?")
        return [f"cpu {now}% of {spec['targetCPUUtilizationPercentage']}%"]
    current = {_metric_name(one): _amount(_body(one), "current") for one in each(status, "currentMetrics")}
    return [
        f"{name} {current.get(name) or '?'} of {_amount(_body(one), 'target') or '?'}"
        for one in each(spec, "metrics")
        for name in [_metric_name(one)]
    ]


def _body(metric: Object) -> Object:
    """What is said under the metric's own type, such as `resource` or `external`."""
    kind = text(metric, "type")
    return part(metric, kind[:1].lower() + kind[1:])


def _metric_name(metric: Object) -> str:
    body = _body(metric)
    return text(body, "name") or text(part(body, "metric"), "name") or text(body, "metricName")


def _amount(body: Object, side: str) -> str:
    """In autoscaling/v2 the amounts stand in an object, in v2beta1 beside the name."""
    said = part(body, side)
    percent = said.get("averageUtilization", body.get(f"{side}AverageUtilization"))
    if percent is not None:
        return f"{percent}%"
    plain = said.get("averageValue") or said.get("value")
    return str(plain or body.get(f"{side}AverageValue") or body.get(f"{side}Value") or "")


def pdb_rows(pdb: Object, now: datetime) -> list[Row]:
    metadata, spec, status = part(pdb, "metadata"), part(pdb, "spec"), part(pdb, "status")
    allowed = condition(status, "DisruptionAllowed")
    return [
        {
            "namespace": text(metadata, "namespace"),
            "name": text(metadata, "name"),
            "budget": next((said.format(spec[key]) for key, said in BUDGETS.items() if key in spec), ""),
            "allowed_disruptions": count(status, "disruptionsAllowed"),
            "healthy": count(status, "currentHealthy"),
            "desired_healthy": count(status, "desiredHealthy"),
            "expected": count(status, "expectedPods"),
            "reason": text(allowed, "reason"),
            "message": text(allowed, "message") if is_false(allowed) else "",
            "unseen": is_unseen(pdb),
            "since": moment(allowed, "lastTransitionTime"),
            "age_seconds": seconds_since(moment(metadata, "creationTimestamp"), now),
        }
    ]


def quota_rows(quota: Object, now: datetime) -> list[Row]:  # noqa: ARG001 - a quota has no age that matters
    """One row a resource that the quota limits."""
    return list(_quota_rows(quota))


def _quota_rows(quota: Object) -> Iterator[Row]:
    metadata, status = part(quota, "metadata"), part(quota, "status")
    hard = part(status, "hard") or part(quota, "spec", "hard")
    for resource in sorted(hard):
        used, most = parse_quantity(part(status, "used").get(resource)), parse_quantity(hard[resource])
        yield {
            "namespace": text(metadata, "namespace"),
            "name": text(metadata, "name"),
            "resource": resource,
            "used": used,
            "hard": most,
            "used_ratio": ratio(used, most),
        }


HPA = ObjectKind(
    HPAS,
    {
        "namespace": TEXT,
        "name": TEXT,
        "target_kind": TEXT,
        "target": TEXT,
        "current": WHOLE,
        "desired": WHOLE,
        "min": WHOLE,
        "max": WHOLE,
        "at_ceiling": YES,
        "ceiling_ratio": NUMBER,
        "measured": TEXTS,
        "reason": TEXT,
        "message": TEXT,
        "since": TIME,
        "last_scaled": TIME,
        "age_seconds": NUMBER,
    },
    hpa_rows,
)
PDB = ObjectKind(
    PDBS,
    {
        "namespace": TEXT,
        "name": TEXT,
        "budget": TEXT,
        "allowed_disruptions": WHOLE,
        "healthy": WHOLE,
        "desired_healthy": WHOLE,
        "expected": WHOLE,
        "reason": TEXT,
        "message": TEXT,
        "unseen": YES,
        "since": TIME,
        "age_seconds": NUMBER,
    },
    pdb_rows,
)
QUOTA = ObjectKind(
    QUOTAS,
    {"namespace": TEXT, "name": TEXT, "resource": TEXT, "used": NUMBER, "hard": NUMBER, "used_ratio": NUMBER},
    quota_rows,
    key=("namespace", "name", "resource"),
    spoken=(),
)
