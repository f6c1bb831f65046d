"""Each kind's rows, from answers as a Kubernetes 1.36 API gives them, and from the shapes of older versions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.kubernetes.columns import Holds
from connectors.kubernetes.judging import JUDGES, TOGETHER, Morning
from connectors.kubernetes.kinds import KINDS
from connectors.kubernetes.tables import make_table
from tests.connectors.kubernetes.canned import NOW, recorded


def by_name(kind: str) -> dict[str, dict[str, Any]]:
    made = [row for item in recorded(kind)["items"] for row in KINDS[kind].rows(item, NOW)]
    return {row["name"]: row for row in made}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_crashing_pod_tells_why_and_when_it_last_ended() -> None:
    pod = by_name("pods")["checkout-7d9f8b6c5-crash"]
    assert pod["status"] == "CrashLoopBackOff"
    assert (pod["phase"], pod["ready"], pod["restarts"]) == ("Running", "0/1", 7)
    assert (pod["last_exit_reason"], pod["last_exit_code"]) == ("OOMKilled", 137)
    assert pod["last_restart"] == at("2026-11-23T05:40:00")
    assert pod["last_restart_age_seconds"] == 20 * 60


def test_what_failed_is_told_before_what_is_done_beside_it() -> None:
    """As newer servers tell kubectl; a container that runs and is ready goes before both."""
    done = {"name": "a", "state": {"terminated": {"exitCode": 0, "reason": "Completed"}}}
    failed = {"name": "b", "state": {"terminated": {"exitCode": 2, "reason": "Error"}}}
    runs = {"name": "c", "ready": True, "state": {"running": {}}}
    ready = [{"type": "Ready", "status": "True"}]

    def word(*statuses: object, conditions: object = ()) -> str:
        status = {"phase": "Running", "containerStatuses": list(statuses), "conditions": conditions}
        [row] = KINDS["pods"].rows({"metadata": {"name": "p"}, "spec": {}, "status": status}, NOW)
        return str(row["status"])

    assert (word(done, failed), word(done, failed, runs), word(done, runs)) == ("Error", "Error", "NotReady")
    assert (word(done, failed, runs, conditions=ready), word(done)) == ("Running", "Completed")


def test_a_pod_of_a_replicaset_belongs_to_the_deployment() -> None:
    pods = by_name("pods")
    assert (pods["checkout-7d9f8b6c5-crash"]["owner_kind"], pods["checkout-7d9f8b6c5-crash"]["owner"]) == (
        "Deployment",
        "checkout",
    )
    assert (pods["basket-0"]["owner_kind"], pods["basket-0"]["owner"]) == ("StatefulSet", "basket")
    assert pods["cache-old"]["owner_kind"] == "ReplicaSet", "without the hash nobody knows its Deployment"
    assert pods["report-big"]["owner"] == ""


def test_a_pod_s_requests_and_limits_are_what_the_scheduler_adds_up() -> None:
    pods = by_name("pods")
    basket = pods["basket-0"]
    assert (basket["cpu_request_cores"], basket["memory_request_bytes"]) == (1.0, 2.0**30)
    assert basket["cpu_limit_cores"] is None, "one container has no limit, so the pod has none"
    assert pods["mesh-sidecar"]["cpu_request_cores"] == pytest.approx(0.2), "a sidecar counts beside the others"
    assert pods["checkout-7d9f8b6c5-calm"]["memory_limit_bytes"] == 512 * 2**20
    assert pods["search-6c4-noimg"]["cpu_request_cores"] is None


def test_a_sidecar_counts_for_readiness_and_restarts() -> None:
    pod = by_name("pods")["mesh-sidecar"]
    assert (pod["status"], pod["ready"], pod["restarts"]) == ("Running", "2/2", 1)
    assert pod["last_restart"] == at("2026-11-22T23:00:00")


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("checkout-7d9f8b6c5-calm", "Running"),
        ("basket-0", "Running"),
        ("search-6c4-noimg", "ImagePullBackOff"),
        ("report-big", "Unschedulable"),
        ("migrate-x1", "Init:CrashLoopBackOff"),
        ("cache-old", "Evicted"),
        ("mail-leaving", "Terminating"),
        ("backup-29400-abcde", "Completed"),
    ],
)
def test_a_pod_says_what_kubectl_says_and_better(name: str, status: str) -> None:
    assert by_name("pods")[name]["status"] == status


def test_a_pod_that_no_node_takes_says_what_the_scheduler_said() -> None:
    assert by_name("pods")["report-big"]["message"] == "0/2 nodes are available: 2 Insufficient cpu."


def test_a_node_tells_its_pressure_taints_room_and_place() -> None:
    nodes = by_name("nodes")
    good, pressed, gone = nodes["node-a"], nodes["node-b"], nodes["node-c"]
    assert (good["status"], good["roles"], good["zone"], good["machine"]) == (
        "Ready",
        ["control-plane", "etcd"],
        "eu-1a",
        "m5.xlarge",
    )
    assert (good["cpu_allocatable_cores"], good["memory_capacity_bytes"], good["pods_allocatable"]) == (
        3.9,
        16 * 2**30,
        110,
    )
    assert (good["message"], good["version"]) == ("", "v1.36.1")
    assert pressed["status"] == "Ready,SchedulingDisabled"
    assert pressed["pressure"] == ["MemoryPressure"]
    assert pressed["message"] == "kubelet has insufficient memory available"
    assert pressed["taints"] == ["node.kubernetes.io/unschedulable:NoSchedule", "team=shop:NoExecute"]
    assert (gone["status"], gone["heard_from"]) == ("Unknown", at("2026-11-23T01:59:00"))
    assert gone["message"] == "Kubelet stopped posting node status."


def test_a_namespace_that_does_not_go_away_says_what_holds_it() -> None:
    old = by_name("namespaces")["old"]
    assert (old["status"], old["deleting_since"]) == ("Terminating", at("2026-11-22T06:00:00"))
    assert "example.com/hold" in old["message"]


@pytest.mark.parametrize(
    ("name", "status", "ready"),
    [
        ("checkout", "Unavailable", "2/3"),
        ("search", "Stuck", "2/2"),
        ("front", "Complete", "2/2"),
        ("asleep", "Scaled to zero", "0/0"),
        ("refused", "Refused", "0/1"),
        ("paused", "Paused", "1/1"),
        ("rolling", "Rolling out", "4/4"),
        ("down", "Unavailable", "0/1"),
    ],
)
def test_a_deployment_says_how_far_it_is(name: str, status: str, ready: str) -> None:
    row = by_name("deployments")[name]
    assert (row["status"], row["ready"]) == (status, ready)


def test_a_stuck_rollout_says_since_when_and_why() -> None:
    search = by_name("deployments")["search"]
    assert (search["reason"], search["since"]) == ("ProgressDeadlineExceeded", at("2026-11-23T05:10:00"))
    assert "timed out progressing" in search["message"]
    assert by_name("deployments")["front"]["revision"] == 12


def test_sets_tell_ready_of_desired() -> None:
    sets = by_name("statefulsets")
    assert {name: (row["status"], row["ready"]) for name, row in sets.items()} == {
        "basket": ("Complete", "1/1"),
        "db": ("Rolling out", "2/3"),
        "queue": ("Unavailable", "1/3"),
    }
    daemons = by_name("daemonsets")
    assert (daemons["logs"]["status"], daemons["logs"]["misscheduled"]) == ("Unavailable", 1)
    assert daemons["gpu"]["status"] == "No node wants it"


def test_jobs_tell_how_they_ended_and_whose_they_are() -> None:
    jobs = by_name("jobs")
    backup, report = jobs["backup-29400"], jobs["report-29400"]
    assert (backup["status"], backup["duration_seconds"], backup["owner"]) == ("Complete", 540, "backup")
    assert (report["status"], report["reason"]) == ("Failed", "BackoffLimitExceeded")
    assert report["ended"] == at("2026-11-23T03:40:00")
    assert (jobs["migrate"]["status"], jobs["migrate"]["duration_seconds"]) == ("Running", 36_000)


@pytest.mark.parametrize(("decided", "word"), [("FailureTarget", "Failed"), ("SuccessCriteriaMet", "Complete")])
def test_a_job_that_is_decided_is_told_before_its_last_pods_end(decided: str, word: str) -> None:
    """From 1.31 on; it has no active pod then, and is not one that waits for its first."""
    condition = {"type": decided, "status": "True", "reason": "BackoffLimitExceeded"}
    status = {"startTime": "2026-11-23T03:40:00Z", "terminating": 1, "conditions": [condition]}
    [row] = KINDS["jobs"].rows(
        {"metadata": {"name": "report"}, "spec": {}, "status": status}, at("2026-11-23T05:00:00")
    )
    assert (row["status"], row["reason"] or "-") == (word, "BackoffLimitExceeded" if word == "Failed" else "-")


def test_cronjobs_tell_their_last_runs() -> None:
    crons = by_name("cronjobs")
    assert crons["report"]["last_success"] < crons["report"]["last_schedule"]
    assert (crons["backup"]["time_zone"], crons["backup"]["last_success_age_seconds"]) == ("Europe/Berlin", 13_860)
    assert (crons["cleanup"]["suspended"], crons["cleanup"]["last_schedule"]) == (True, None)


def test_autoscalers_tell_what_they_measure_and_whether_they_can_grow() -> None:
    hpas = by_name("hpas")
    assert hpas["front"]["measured"] == ["cpu 93% of 60%", "queue_length 12 of 30"]
    assert (hpas["front"]["at_ceiling"], hpas["front"]["reason"]) == (True, "TooManyReplicas")
    assert hpas["blind"]["reason"] == "FailedGetResourceMetric"


def test_an_autoscaler_of_the_first_version_is_read_too() -> None:
    """autoscaling/v1 knows CPU alone and has no conditions."""
    old = {
        "metadata": {"name": "web", "namespace": "shop"},
        "spec": {"maxReplicas": 4, "targetCPUUtilizationPercentage": 80},
        "status": {"currentReplicas": 4, "desiredReplicas": 4, "currentCPUUtilizationPercentage": 97},
    }  # fmt: skip
    [row] = KINDS["hpas"].rows(old, NOW)
    assert (row["measured"], row["at_ceiling"], row["min"]) == (["cpu 97% of 80%"], True, 1)


def test_an_autoscaler_of_the_first_beta_is_read_too() -> None:
    """autoscaling/v2beta1 has the amounts beside the metric's name."""
    old = {
        "metadata": {"name": "web", "namespace": "shop"},
        "spec": {
            "maxReplicas": 4,
            "metrics": [
                {"type": "Resource", "resource": {"name": "cpu", "targetAverageUtilization": 70}},
                {"type": "Pods", "pods": {"metricName": "rps", "targetAverageValue": "10"}},
            ],
        },
        "status": {
            "currentMetrics": [
                {"type": "Resource", "resource": {"name": "cpu", "currentAverageUtilization": 35}},
                {"type": "Pods", "pods": {"metricName": "rps", "currentAverageValue": "7"}},
            ]
        },
    }
    [row] = KINDS["hpas"].rows(old, NOW)
    assert row["measured"] == ["cpu 35% of 70%", "rps 7 of 10"]


def test_budgets_claims_and_quotas_tell_what_is_left() -> None:
    budgets = by_name("pdbs")
    assert (budgets["checkout"]["budget"], budgets["checkout"]["allowed_disruptions"]) == (
        "at least 100% available",
        0,
    )
    assert budgets["db"]["budget"] == "at most 0 unavailable"
    claims = by_name("pvcs")
    assert (claims["data-db-1"]["requested_bytes"], claims["data-db-1"]["capacity_bytes"]) == (
        10 * 2**30,
        8 * 2**30,
    )
    assert claims["data-db-1"]["conditions"] == ["FileSystemResizePending"]
    quota = {row["resource"]: row for row in KINDS["quotas"].rows(recorded("quotas")["items"][0], NOW)}
    assert quota["requests.cpu"]["used_ratio"] == pytest.approx(0.95)
    assert quota["requests.memory"]["used_ratio"] == 1.0


def test_services_and_their_endpoints() -> None:
    services = by_name("services")
    assert services["front"]["ports"] == ["80→http/TCP"]
    assert (services["edge"]["address"], services["edge"]["waiting_for_address"]) == ("edge.lb.example.com", False)
    assert services["waiting"]["waiting_for_address"]
    assert services["basket"]["type"] == "Headless"
    slices = by_name("endpointslices")
    front = slices["front-abc"]
    assert (front["ready"], front["not_ready"], front["terminating"], front["service"]) == (2, 1, 1, "front")
    assert slices["nobody-abc"]["ready"] == 0


def test_an_ingress_tells_hosts_backends_and_what_is_not_encrypted() -> None:
    ingresses = by_name("ingresses")
    shop = ingresses["shop"]
    assert shop["hosts"] == ["shop.example.com", "plain.example.com"]
    assert (shop["tls"], shop["hosts_without_tls"]) == (True, ["plain.example.com"])
    assert shop["backends"] == ["front:80", "checkout:http"]
    assert ingresses["lost"]["class"] == "gone"
    assert ingresses["lost"]["backends"] == ["Bucket/static"]


def test_an_ingress_of_the_beta_is_read_too() -> None:
    backend = {"serviceName": "front", "servicePort": 80}
    old = {
        "metadata": {"name": "shop"},
        "spec": {
            "backend": backend,
            "rules": [{"http": {"paths": [{"backend": {**backend, "serviceName": "api"}}]}}],
        },
    }
    [row] = KINDS["ingresses"].rows(old, NOW)
    assert (row["backends"], row["hosts"]) == (["front:80", "api:80"], ["*"])


def test_gateways_and_routes_tell_whether_their_controller_took_them() -> None:
    gateways, routes = by_name("gateways"), by_name("httproutes")
    assert (gateways["edge"]["accepted"], gateways["edge"]["attached_routes"]) == (True, 3)
    assert (gateways["broken"]["programmed"], gateways["broken"]["reason"]) == (False, "Invalid")
    assert gateways["unclaimed"]["accepted"] is None
    assert routes["front"]["gateways"] == ["infra/edge https"]
    assert routes["front"]["backends"] == ["front:80", "next/canary:80"]
    assert (routes["nowhere"]["resolved"], routes["nowhere"]["reason"]) == (False, "BackendNotFound")


def test_usage_is_summed_over_a_pod_s_containers() -> None:
    usage = by_name("pod-metrics")["basket-0"]
    assert usage["cpu_cores"] == pytest.approx(0.505)
    assert usage["memory_bytes"] == 1010 * 2**20
    assert by_name("node-metrics")["node-gone"]["cpu_cores"] == pytest.approx(0.123456789)


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_has_exactly_the_columns_that_are_promised(kind: str) -> None:
    for item in recorded(kind)["items"]:
        for row in KINDS[kind].rows(item, NOW):
            assert set(row) == set(KINDS[kind].columns)
    assert set(KINDS[kind].key) | set(KINDS[kind].spoken) <= set(KINDS[kind].columns)


def test_a_time_beyond_the_calendar_is_none() -> None:
    """Anybody who may write an event may write this; in UTC it is the year 10000."""
    beyond = "9999-12-31T23:59:59-01:00"
    event = recorded("events")["items"][0] | {
        "firstTimestamp": beyond,
        "lastTimestamp": beyond,
        "eventTime": beyond,
    }
    (row,) = KINDS["events"].rows(event, NOW)
    assert row["first"] == at(event["metadata"]["creationTimestamp"])


HELD: dict[Holds, tuple[type, ...]] = {
    Holds.TEXT: (str,),
    Holds.TEXTS: (list,),
    Holds.WHOLE: (int,),
    Holds.NUMBER: (int, float),
    Holds.YES: (bool,),
    Holds.TIME: (datetime,),
}


def strangers(kind: str, made: list[dict[str, Any]]) -> list[tuple[str, Any]]:
    """Cells that are not what their column says."""
    held = {name: HELD[holds] for name, holds in KINDS[kind].columns.items()}
    return [
        (name, value)
        for row in made
        for name, value in row.items()
        if name in held and value is not None and not isinstance(value, held[name])
    ]


def vandalised(value: Any, draw: st.DrawFn) -> Any:
    """The same object with some of its parts missing, null or of another type."""
    if draw(st.integers(0, 11)) == 0:
        return draw(st.sampled_from([None, 0, "", "odd", [], {}, [None], True, -1.5, 2**63, -(2**70), 1e308]))
    if isinstance(value, dict):
        return {key: vandalised(inner, draw) for key, inner in value.items() if draw(st.integers(0, 15))}
    if isinstance(value, list):
        return [vandalised(inner, draw) for inner in value]
    return value


@pytest.mark.parametrize("kind", KINDS)
@given(st.data())
def test_an_object_with_missing_or_odd_parts_is_still_a_row_and_can_be_judged(
    kind: str, data: st.DataObject
) -> None:
    item = data.draw(st.sampled_from(recorded(kind)["items"]))
    odd = data.draw(st.composite(lambda draw: vandalised(item, draw))())
    made = KINDS[kind].rows(odd if isinstance(odd, dict) else {}, NOW)
    assert not strangers(kind, made), "a table would take them for what they are not"
    table = make_table(KINDS[kind].columns, made)
    assert table.height == len(made)
    if "metrics" not in kind:
        morning, rows = Morning(NOW, NOW - timedelta(hours=12)), table.rows(named=True)
        if kind in TOGETHER:
            list(TOGETHER[kind]({kind: rows}, morning, whole=True))
        else:
            for row in rows:
                list(JUDGES[kind](row, morning))
