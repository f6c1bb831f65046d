"""Flux's Kustomizations and HelmReleases: what was wanted last, what was applied last, and what became of it.

Fields: Flux 2.7, `kustomize.toolkit.fluxcd.io/v1` and `helm.toolkit.fluxcd.io/v2`. A Kustomization's history is
there from 2.7 on. A HelmRelease names no applied version any more: it is the newest that its history deployed.
"""

from __future__ import annotations

from datetime import datetime

from connectors.kubernetes.columns import NUMBER, TEXT, TIME, YES, Holds, ObjectKind, Row
from connectors.kubernetes.kinds.operators.changes import CHANGE, CHANGE_KEY, CHANGE_SPOKEN, change
from connectors.kubernetes.kinds.operators.revisions import short_revision
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
    seconds_since,
    text,
)
from connectors.kubernetes.resources import HELMRELEASES, KUSTOMIZATIONS

WAS_DEPLOYED = frozenset({"deployed", "superseded"})
SUCCEEDED = "ReconciliationSucceeded"


def kustomization_rows(kustomization: Object, now: datetime) -> list[Row]:
    status = part(kustomization, "status")
    rolled_out = latest(*(moment(one, "firstReconciled") for one in each(status, "history") if _came_about(one)))
    source = part(kustomization, "spec", "sourceRef")
    return [
        {
            **_common(kustomization, now),
            "source": f"{text(source, 'kind')} {text(source, 'name')}".strip(),
            "applied": short_revision(text(status, "lastAppliedRevision")),
            "rolled_out": rolled_out,
        }
    ]


def helmrelease_rows(release: Object, now: datetime) -> list[Row]:
    status, spec = part(release, "status"), part(release, "spec")
    deployed = [one for one in each(status, "history") if text(one, "status") in WAS_DEPLOYED]
    newest = max(deployed, key=lambda one: count(one, "version"), default={})
    return [
        {
            **_common(release, now),
            "source": _chart(spec),
            "applied": text(status, "lastAppliedRevision") or text(newest, "chartVersion"),
            "rolled_out": moment(newest, "lastDeployed"),
        }
    ]


def _chart(spec: Object) -> str:
    chart, reference = part(spec, "chart", "spec"), part(spec, "chartRef")
    if reference:
        return f"{text(reference, 'kind')} {text(reference, 'name')}".strip()
    return text(chart, "chart")


def _common(thing: Object, now: datetime) -> Row:
    metadata, status = part(thing, "metadata"), part(thing, "status")
    ready, stalled = condition(status, "Ready"), is_true(condition(status, "Stalled"))
    suspended = part(thing, "spec").get("suspend") is True
    return {
        "namespace": text(metadata, "namespace"),
        "name": text(metadata, "name"),
        "status": _word(ready, stalled=stalled, suspended=suspended),
        "ready": is_true(ready) if is_true(ready) or is_false(ready) else None,
        "stalled": stalled,
        "suspended": suspended,
        "attempted": short_revision(text(status, "lastAttemptedRevision")),
        "reason": text(ready, "reason"),
        "message": text(ready, "message"),
        "since": moment(ready, "lastTransitionTime"),
        "age_seconds": seconds_since(moment(metadata, "creationTimestamp"), now),
    }


def _word(ready: Object, *, stalled: bool, suspended: bool) -> str:
    if suspended:
        return "Suspended"
    if is_true(ready):
        return "Ready"
    if is_false(ready):
        return "Stalled" if stalled else "Not ready"
    return "Reconciling" if ready else "Unknown"


def kustomization_changes(kustomization: Object, _: datetime) -> list[Row]:
    """A revision is reconciled again and again; when it first was is when it came."""
    source = part(kustomization, "spec", "sourceRef")
    origin = f"{text(source, 'kind')} {text(source, 'name')}".strip()
    return [
        change(
            "Kustomization",
            kustomization,
            at=moment(one, "firstReconciled"),
            revision=short_revision(text(part(one, "metadata"), "revision") or text(one, "digest")),
            result="applied" if _came_about(one) else "failed",
            details=origin if _came_about(one) else f"{text(one, 'lastReconciledStatus')}, {origin}",
        )
        for one in each(kustomization, "status", "history")
    ]


def _came_about(entry: Object) -> bool:
    return text(entry, "lastReconciledStatus") == SUCCEEDED


def helmrelease_changes(release: Object, _: datetime) -> list[Row]:
    return [
        change(
            "HelmRelease",
            release,
            at=moment(one, "lastDeployed"),
            revision=f"{text(one, 'chartName')} {text(one, 'chartVersion')} (release {count(one, 'version')})",
            result=text(one, "status"),
            details=f"app version {text(one, 'appVersion')}" if text(one, "appVersion") else "",
        )
        for one in each(release, "status", "history")
    ]


_COLUMNS: dict[str, Holds] = {
    "namespace": TEXT,
    "name": TEXT,
    "status": TEXT,
    "applied": TEXT,
    "attempted": TEXT,
    "rolled_out": TIME,
    "reason": TEXT,
    "message": TEXT,
    "since": TIME,
    "source": TEXT,
    "ready": YES,
    "stalled": YES,
    "suspended": YES,
    "age_seconds": NUMBER,
}
KUSTOMIZATION = ObjectKind(KUSTOMIZATIONS, _COLUMNS, kustomization_rows)
HELMRELEASE = ObjectKind(HELMRELEASES, _COLUMNS, helmrelease_rows)
KUSTOMIZATION_CHANGES = ObjectKind(
    KUSTOMIZATIONS, CHANGE, kustomization_changes, key=CHANGE_KEY, spoken=CHANGE_SPOKEN
)
HELMRELEASE_CHANGES = ObjectKind(HELMRELEASES, CHANGE, helmrelease_changes, key=CHANGE_KEY, spoken=CHANGE_SPOKEN)
