"""What operators know of delivery, certificates and backups, told in the words people read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connectors.kubernetes.judging import JUDGES, TOGETHER, Finding, Morning
from connectors.kubernetes.kinds import KINDS
from connectors.kubernetes.kinds.operators.revisions import short_revision
from tests.connectors.kubernetes.canned import NOW, recorded

MORNING = Morning(NOW, NOW - timedelta(hours=12))

Told = dict[str, list[tuple[str, str]]]


def findings(kind: str, items: list[dict[str, Any]] | None = None) -> list[Finding]:
    items = recorded(kind)["items"] if items is None else items
    rows = [row for item in items for row in KINDS[kind].rows(item, NOW)]
    if kind in TOGETHER:
        return list(TOGETHER[kind]({kind: rows}, MORNING, whole=True))
    return [found for row in rows for found in JUDGES[kind](row, MORNING)]


def told(kind: str, items: list[dict[str, Any]] | None = None) -> Told:
    """Headlines and severities by name."""
    said: Told = {}
    for one in findings(kind, items):
        said.setdefault(one.name, []).append((one.what, one.severity.value))
    return said


def details(kind: str, name: str) -> str:
    return " | ".join(one.details for one in findings(kind) if one.name == name)


def test_an_application_may_be_what_git_says_and_still_be_ill() -> None:
    said = told("applications")
    assert said["basket"] == [("Is synced, yet degraded", "failing")]
    assert "0 of 2 available" in details("applications", "basket")
    assert {"fresh", "spare"}.isdisjoint(said), "what is being rolled out, and warnings, are no finding"


def test_applications_are_told_by_health_operation_and_sync() -> None:
    said = told("applications")
    assert said["shop"] == [("Was deployed", "changed lately")]
    assert said["search"] == [("Is out of sync", "watch")]
    assert said["mail"] == [
        ("Some of its objects are missing", "failing"),
        ("Its last sync failed", "failing"),
        ("Is out of sync", "watch"),
    ]
    assert said["reports"] == [
        ("Nobody knows whether it is well", "unknown"),
        ("Cannot be compared with what it should be", "watch"),
    ]
    assert said["slow"] == [("Has been progressing for 2 hours", "watch")]
    assert said["parked"] == [("Is suspended", "watch")]
    assert said["stuck"] == [("Has been syncing for 3 hours", "watch"), ("Is out of sync", "watch")]


def test_a_sync_that_failed_days_ago_does_not_ring_like_one_of_tonight() -> None:
    operation = {"phase": "Error", "finishedAt": "2026-11-20T06:00:00Z"}
    status = {"sync": {"status": "Synced"}, "health": {"status": "Healthy"}, "operationState": operation}
    [application] = told("applications", [{"metadata": {"name": "a"}, "status": status}]).values()
    assert application == [("Its last sync failed", "watch")]


def test_an_application_of_several_sources_has_a_revision_of_each() -> None:
    status = {"sync": {"status": "OutOfSync", "revisions": ["4be5fc1b0d1b1f4d0a7f6a2f3c1e5d9b8a7c6d5e", "1.2.0"]}}
    [row] = KINDS["applications"].rows({"metadata": {"name": "a"}, "status": status}, NOW)
    assert row["revision"] == "4be5fc1b, 1.2.0"


def test_kustomizations_and_helm_releases() -> None:
    assert told("kustomizations") == {
        "apps": [("Was rolled out", "changed lately")],
        "infra": [("Is not ready (BuildFailed)", "failing")],
        "tenants": [("Waits for another that is not ready", "watch")],
        "paused": [("Is suspended", "watch")],
        "lasting": [("Has been reconciling for 60 minutes (Progressing)", "watch")],
        "behind": [("Is not at what was tried last", "watch")],
        "lost": [("No controller has looked at it", "watch")],
    }
    assert told("helmreleases") == {
        "mail": [("Was rolled out", "changed lately")],
        "cache": [("Has given up (UpgradeFailed)", "failing")],
        "ledger": [("Is suspended", "watch")],
    }
    assert "tried main@sha1:4be5fc1b, applied main@sha1:0b1c2d3e" in details("kustomizations", "infra")
    assert "tried 7.1.0, applied 7.0.0" in details("helmreleases", "cache")


def words(kind: str) -> dict[str, str]:
    return {row["name"]: row["status"] for item in recorded(kind)["items"] for row in KINDS[kind].rows(item, NOW)}


def test_each_has_one_word_for_how_it_is() -> None:
    assert words("kustomizations") == {
        "apps": "Ready",
        "infra": "Not ready",
        "tenants": "Not ready",
        "paused": "Suspended",
        "lasting": "Reconciling",
        "behind": "Ready",
        "lost": "Unknown",
    }
    assert words("helmreleases")["cache"] == "Stalled"
    assert words("certificates") == {
        **dict.fromkeys(("shop", "overdue", "pressing", "brief", "unplanned"), "Ready"),
        **dict.fromkeys(("broken", "new"), "Not ready"),
        "expired": "Expired",
    }


def test_a_release_that_never_came_has_nothing_applied() -> None:
    ready = {
        "type": "Ready",
        "status": "False",
        "reason": "InstallFailed",
        "lastTransitionTime": "2026-11-23T02:00:00Z",
    }
    failed = {"version": 1, "status": "failed", "chartVersion": "1.0.0", "lastDeployed": "2026-11-23T02:00:00Z"}
    status = {"conditions": [ready], "lastAttemptedRevision": "1.0.0", "history": [failed]}
    [found] = findings("helmreleases", [{"metadata": {"name": "a"}, "status": status}])
    assert (found.what, found.details) == ("Is not ready (InstallFailed)", "tried 1.0.0, nothing applied yet")


def test_a_renewal_that_is_overdue_is_told_weeks_before_the_end() -> None:
    said = told("certificates")
    assert said["overdue"] == [("Should have been renewed 5 days ago", "watch")]
    assert "expires in 24 days" in details("certificates", "overdue")
    assert {"shop", "new", "brief"}.isdisjoint(said), "in time, just asked for, and one that lives for a day"


def test_certificates_that_are_or_will_soon_be_of_no_use() -> None:
    said = told("certificates")
    assert said["pressing"] == [
        ("Should have been renewed 28 days ago", "failing"),
        ("Could not be issued, tried 5 times", "failing"),
    ]
    assert said["expired"] == [("Has expired", "failing")]
    assert said["broken"] == [("Is not ready (Failed)", "failing"), ("Could not be issued, tried once", "failing")]
    assert said["unplanned"] == [("Expires in 4 days", "failing")]
    assert "The certificate request has failed" in details("certificates", "broken")


def test_the_newest_backup_of_each_schedule_counts() -> None:
    """One that failed before it is its history; one made by hand stands by itself, and only for a morning."""
    assert told("backups") == {
        "nightly-20261123020000": [("Saved only a part", "failing")],
        "before-upgrade": [("Saved nothing (FailedValidation)", "failing")],
        "large-20261122180000": [("Has been going on for 12 hours", "watch")],
    }
    said = details("backups", "nightly-20261123020000")
    assert said == (
        "3 errors · the last 2 of its schedule went wrong · the last whole one is from 2026-11-21 02:10 UTC"
        " · of schedule nightly"
    )


def test_a_backup_that_is_being_deleted_is_not_the_newest() -> None:
    labels = {"velero.io/schedule-name": "nightly"}

    def backup(name: str, phase: str, started: str) -> dict[str, Any]:
        return {
            "metadata": {"name": name, "labels": labels},
            "status": {"phase": phase, "startTimestamp": started},
        }

    made = [
        backup("b", "Deleting", "2026-11-23T02:00:00Z"),
        backup("a", "Failed", "2026-11-22T02:00:00Z"),
        backup("c", "InProgress", "2026-11-23T05:00:00Z"),
    ]
    assert told("backups", made) == {"a": [("Saved nothing (Failed)", "failing")]}


def test_backups_that_were_never_made() -> None:
    assert told("backup-schedules") == {
        "forgotten": [("Has missed 4 backups", "failing")],
        "never": [("Has never made a backup: 5 backups missed", "failing")],
        "typo": [("Makes no backups: it is not valid", "failing")],
        "resting": [("Is paused", "watch")],
    }


def test_a_schedule_that_skipped_its_run_on_purpose_has_not_missed_it() -> None:
    status = {"phase": "Enabled", "lastBackup": "2026-11-19T01:00:05Z", "lastSkipped": "2026-11-23T01:30:00Z"}
    schedule = {"metadata": {"name": "a"}, "spec": {"schedule": "0 1 * * *"}, "status": status}
    assert told("backup-schedules", [schedule]) == {}


@pytest.mark.parametrize("kind", ["applications", "kustomizations", "helmreleases", "certificates"])
def test_what_nobody_has_looked_at_yet_is_no_alarm(kind: str) -> None:
    created = datetime(2026, 11, 23, 5, 58, tzinfo=UTC).isoformat()
    assert told(kind, [{"metadata": {"name": "new", "creationTimestamp": created}, "spec": {}}]) == {}


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("main@sha1:4be5fc1b0d1b1f4d0a7f6a2f3c1e5d9b8a7c6d5e", "main@sha1:4be5fc1b"),
        ("v1.4.0@sha256:" + "ab" * 32, "v1.4.0@sha256:abababab"),
        ("1.4.0", "1.4.0"),
        ("deadbeef", "deadbeef"),
    ],
)
def test_revisions_are_short_and_still_tell_two_apart(said: str, shown: str) -> None:
    assert short_revision(said) == shown
