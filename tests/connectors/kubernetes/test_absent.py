"""What does not come, does not begin or cannot be counted stands out, and what waits on purpose does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connectors.kubernetes.judging import JUDGES, TOGETHER, Morning
from connectors.kubernetes.kinds import KINDS
from connectors.kubernetes.kinds.schedules import MANY, Missed, missed_runs
from connectors.kubernetes.stands_out import look_through
from connectors.kubernetes.tables import make_table
from connectors.kubernetes.views import View
from connectors.taking import Unobtainable
from tests.connectors.kubernetes.canned import NOW
from vistas.snapshot import GapReason

MORNING = Morning(NOW, NOW - timedelta(hours=12))
WEEKS_AGO = "2026-11-01T06:00:00Z"


def row(kind: str, spec: dict[str, Any], status: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    named = {"name": "web", "namespace": "shop", "creationTimestamp": WEEKS_AGO, **metadata}
    [made] = KINDS[kind].rows({"metadata": named, "spec": spec, "status": status}, NOW)
    return made


def told(kind: str, spec: dict[str, Any], status: dict[str, Any], **metadata: Any) -> list[str]:
    found = JUDGES[kind](row(kind, spec, status, **metadata), MORNING)
    return [f"{one.severity}: {one.what}" for one in found]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("schedule", "zone", "last", "missed"),
    [
        ("0 2 * * *", "", "2026-11-23T02:00", Missed(0, None)),
        ("0 2 * * *", "", "2026-11-20T02:00", Missed(3, at("2026-11-21T02:00"))),
        ("0 7 * * *", "Asia/Tokyo", "2026-11-21T22:00", Missed(1, at("2026-11-22T22:00"))),
        ("CRON_TZ=Asia/Tokyo 0 7 * * *", "", "2026-11-21T22:00", Missed(1, at("2026-11-22T22:00"))),
        ("*/15 * * * *", "", "2026-11-23T05:45", Missed(0, None)),
        ("* * * * *", "", "2026-11-01T00:00", Missed(MANY, at("2026-11-01T00:01"))),
        ("@hourly", "", "2026-11-23T03:00", Missed(2, at("2026-11-23T04:00"))),
        ("@every 1h30m", "", "2026-11-23T01:00", Missed(3, at("2026-11-23T02:30"))),
        ("0 0 ? * MON", "", "2026-11-09T00:00", Missed(2, at("2026-11-16T00:00"))),
        ("0 0 30 2 *", "", "2026-11-09T00:00", None),
        ("never", "", "2026-11-09T00:00", None),
        ("0 2 * * *", "Middle/Earth", "2026-11-09T00:00", None),
        ("0 2 * * *", "../etc", "2026-11-09T00:00", None),
    ],
)
def test_runs_that_were_due_are_counted(schedule: str, zone: str, last: str, missed: Missed | None) -> None:
    assert missed_runs(schedule, zone, at(last), None, NOW) == missed


@pytest.mark.parametrize(
    ("last", "missed"),
    [
        ("2026-11-23T01:00", Missed(0, None)),
        ("2026-11-22T20:30", Missed(0, None)),
        ("2026-11-21T01:00", Missed(2, at("2026-11-22T01:00"))),
    ],
)
def test_the_last_run_shows_a_time_zone_that_nobody_tells(last: str, missed: Missed) -> None:
    """A controller in Berlin runs at 2 o'clock there what says nothing but 2 o'clock."""
    assert missed_runs("0 2 * * *", "", at(last), None, NOW) == missed


def test_what_never_ran_may_be_due_later_where_its_controller_is() -> None:
    assert missed_runs("0 2 * * *", "", None, at("2026-11-22T21:00"), NOW) == Missed(0, None)
    assert missed_runs("0 2 * * *", "UTC", None, at("2026-11-22T21:00"), NOW) == Missed(1, at("2026-11-23T02:00"))
    assert missed_runs("0 2 * * *", "UTC", None, None, NOW) is None


def cronjob(last: str | None, *, active: int = 0, **spec: Any) -> list[str]:
    status = {"lastScheduleTime": last, "active": [{}] * active}
    return told("cronjobs", {"schedule": "0 * * * *", **spec}, status)


def test_a_cronjob_that_has_not_run_for_several_of_its_periods_stands_out() -> None:
    assert cronjob("2026-11-23T05:00:00Z") == []
    assert cronjob("2026-11-23T01:00:00Z") == ["failing: Has missed 4 runs"]
    assert cronjob("2026-11-23T01:00:00Z", suspend=True) == ["watch: Is suspended"]
    assert cronjob("2026-11-23T01:00:00Z", active=1, concurrencyPolicy="Forbid") == [
        "watch: Has missed 4 runs, as its last one is still running"
    ]
    assert cronjob("2026-11-22T00:00:00Z", schedule="0 0 * * *") == ["watch: Has missed 1 run"]


def test_a_cronjob_that_never_ran_is_counted_from_its_making() -> None:
    assert cronjob(None, schedule="0 0 * * 1") == ["failing: Has never run: 3 runs missed"]
    assert cronjob(None, schedule="0 0 1 * *") == []


def test_a_job_that_never_gets_a_pod_or_never_ends_stands_out() -> None:
    assert told("jobs", {}, {}) == ["watch: Has had no pod for 22 days"]
    assert told("jobs", {"suspend": True}, {}) == []
    assert told("jobs", {}, {"active": 1, "startTime": "2026-11-22T20:00:00Z"}) == [
        "watch: Has been running for 10 hours"
    ]
    assert told("jobs", {}, {"active": 1, "failed": 4, "startTime": "2026-11-23T05:00:00Z"}) == [
        "watch: Keeps being retried"
    ]


def test_a_budget_that_its_controller_has_not_looked_at_lets_no_pod_go() -> None:
    assert told(
        "pdbs", {}, {"expectedPods": 3, "disruptionsAllowed": 1, "observedGeneration": 1}, generation=2
    ) == ["watch: Allows no evictions: its controller has not seen its latest change"]


def test_an_autoscaler_that_cannot_read_its_metric_stands_out_whether_it_says_why_or_not() -> None:
    wrong = {"type": "ScalingActive", "status": "False", "reason": "FailedGetResourceMetric"}
    assert told("hpas", {"maxReplicas": 3}, {"conditions": [wrong]}) == [
        "failing: Cannot scale (FailedGetResourceMetric)"
    ]


def claim(*classes: dict[str, Any], storage: str = "local", **annotations: str) -> list[str]:
    made = row("pvcs", {"storageClassName": storage}, {"phase": "Pending"}, annotations=annotations)
    tables = {"pvcs": [made], **({"storage classes": list(classes)} if classes else {})}
    return [f"{one.severity}: {one.what}" for one in TOGETHER["pvcs"](tables, MORNING, whole=True)]


LOCAL = {"name": "local", "waits_for_consumer": True}
AT_ONCE = {"name": "local", "waits_for_consumer": False}
WAITING = ["watch: Has been waiting for a volume for 22 days"]


def test_a_claim_that_waits_for_its_first_consumer_is_no_trouble() -> None:
    assert claim(LOCAL) == []


def test_a_claim_whose_volume_was_asked_for_and_did_not_come_is() -> None:
    asked = {"volume.kubernetes.io/storage-provisioner": "rancher.io/local-path"}
    assert claim(LOCAL, **asked) == WAITING
    assert claim(**asked) == WAITING
    assert claim(AT_ONCE) == WAITING
    assert claim(LOCAL, storage="") == WAITING


def test_a_claim_of_a_class_that_is_not_there_says_so() -> None:
    assert claim(LOCAL, storage="gone") == ["failing: Its storage class does not exist"]


def test_where_the_classes_cannot_be_listed_both_are_possible() -> None:
    assert claim() == ["unknown: Has been waiting for its first consumer, or for a volume, for 22 days"]


@pytest.mark.parametrize(("phase", "asked"), [("Pending", ["pvcs", "storage classes"]), ("Bound", ["pvcs"])])
def test_storage_classes_are_only_asked_for_where_a_claim_waits(phase: str, asked: list[str]) -> None:
    seen = []

    def see(kind: str) -> View:
        seen.append(kind)
        if kind != "pvcs":
            return View(make_table({}, ()), kind)
        return View(make_table(KINDS["pvcs"].columns, [row("pvcs", {}, {"phase": phase})]), kind)

    look_through(("pvcs",), see, MORNING, at_once=1)
    assert seen == asked


@pytest.mark.parametrize(
    ("kind", "since", "what"),
    [
        ("Resizing", "2026-11-23T05:50:00Z", []),
        ("Resizing", "2026-11-22T05:50:00Z", ["watch: Reports Resizing"]),
        ("ModifyVolumeError", "2026-11-23T05:50:00Z", ["watch: Reports ModifyVolumeError"]),
        ("Sparkling", WEEKS_AGO, ["unknown: Says Sparkling: not known to be good or bad"]),
    ],
)
def test_what_a_bound_claim_says_is_judged_by_its_type(kind: str, since: str, what: list[str]) -> None:
    condition = {"type": kind, "status": "True", "message": "m", "lastTransitionTime": since}
    made = row("pvcs", {}, {"phase": "Bound", "conditions": [condition]})
    found = TOGETHER["pvcs"]({"pvcs": [made]}, MORNING, whole=True)
    assert [f"{one.severity}: {one.what}" for one in found] == what


def test_where_the_role_does_not_allow_storage_classes_it_is_told_and_the_claim_too() -> None:
    def see(kind: str) -> View:
        if kind != "pvcs":
            raise Unobtainable(GapReason.REFUSED, "The account may not list storageclasses.")
        pending = row("pvcs", {"storageClassName": "local"}, {"phase": "Pending"})
        return View(make_table(KINDS["pvcs"].columns, [pending]), kind)

    told_ = look_through(("pvcs",), see, MORNING, at_once=1)
    assert told_.warnings == ("Not checked: storage classes. The account may not list storageclasses.",)
    assert [one.severity.value for one in told_.findings] == ["unknown"]
