"""What was rolled out since yesterday evening, whoever did it, over real HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from connectors.kubernetes import KubernetesSource
from connectors.kubernetes.kinds.operators.changes import CHANGE, CHANGE_KEY
from tests.connectors.http.answering import AnsweringServer, Reply
from tests.connectors.kubernetes.canned import (
    NOW,
    canned_cluster,
    canned_source,
    gap,
    recorded,
    rows,
    seconds,
    take,
)
from vistas.routine import Look
from vistas.snapshot import GapReason, Window

DEPLOYMENTS = "/apis/apps/v1/deployments"
REFUSAL = Reply(json.dumps({"kind": "Status", "reason": "Forbidden", "message": "no"}).encode(), status=403)
LOOK = Look(look="changes", title="Changes", source="shop", take="changes")


@pytest.fixture
def cluster() -> Iterator[AnsweringServer]:
    with canned_cluster() as server:
        yield server


@pytest.fixture
def source(cluster: AnsweringServer, tmp_path: Path) -> KubernetesSource:
    return canned_source(tmp_path, cluster.url)


def test_changes_of_all_kinds_stand_in_one_table_the_newest_first(source: KubernetesSource) -> None:
    snapshot = take(source, "changes")
    assert snapshot.frame is not None
    assert tuple(snapshot.frame.data.columns) == tuple(CHANGE)
    assert snapshot.frame.key == CHANGE_KEY
    assert snapshot.frame.data.select(CHANGE_KEY).is_unique().all()
    assert snapshot.provenance.warnings == ()
    found = rows(snapshot)
    assert [row["at"] for row in found] == sorted((row["at"] for row in found), reverse=True)
    assert all(NOW - timedelta(hours=12) <= row["at"] < NOW for row in found)
    told = {(row["kind"], row["name"], row["revision"]): (row["result"], row["by"]) for row in found}
    operators = {key: said for key, said in told.items() if key[0] != "Deployment"}
    assert operators == {
        ("Application", "mail", "4be5fc1b"): ("failed", "jonas"),
        ("HelmRelease", "cache", "mail 7.1.0 (release 9)"): ("failed", ""),
        ("HelmRelease", "mail", "mail 1.4.0 (release 4)"): ("deployed", ""),
        ("Kustomization", "infra", "main@sha1:4be5fc1b"): ("failed", ""),
        ("Application", "shop", "4be5fc1b"): ("deployed", "automated sync"),
        ("Kustomization", "apps", "main@sha1:4be5fc1b"): ("applied", ""),
    }
    [infra] = [row for row in found if row["name"] == "infra"]
    assert infra["details"] == "BuildFailed, GitRepository shop"


def test_a_rollout_of_a_deployment_is_one_with_its_images(source: KubernetesSource) -> None:
    recent = [
        row
        for row in rows(take(source, "deployments"))
        if row["rolled_out"] and NOW - row["rolled_out"] < timedelta(hours=12)
    ]
    told = {row["name"]: row for row in rows(take(source, "changes")) if row["kind"] == "Deployment"}
    assert set(told) == {row["name"] for row in recent} != set()
    for row in recent:
        assert told[row["name"]]["details"] == ", ".join(row["images"])
        assert told[row["name"]]["at"] == row["rolled_out"]


def test_what_went_out_on_another_day_is_remembered_where_its_operator_does(source: KubernetesSource) -> None:
    days = Window(NOW - timedelta(days=5), NOW - timedelta(days=3))
    snapshot = source.take("stop", LOOK, days, seconds(60))
    found = {(row["kind"], row["name"], row["revision"], row["by"]) for row in rows(snapshot)}
    assert ("Application", "shop", "0b1c2d3e", "mira") in found
    assert ("Application", "shop", "4be5fc1b", "automated sync") not in found
    assert "A cluster only shows how it is now" in snapshot.provenance.warnings[0]


def test_a_cluster_without_operators_tells_its_deployments(
    source: KubernetesSource, cluster: AnsweringServer
) -> None:
    groups = recorded("apis")
    groups["items"] = [one for one in groups["items"] if one["metadata"]["name"] == "apps"]
    cluster.answers["/apis"] = Reply(json.dumps(groups).encode())
    snapshot = take(source, "changes")
    assert {row["kind"] for row in rows(snapshot)} == {"Deployment"}
    assert snapshot.provenance.warnings == ()
    assert snapshot.provenance.query == f"GET {DEPLOYMENTS}"


def test_a_list_that_is_refused_is_a_warning_and_all_of_them_a_gap(
    source: KubernetesSource, cluster: AnsweringServer, tmp_path: Path
) -> None:
    cluster.answers["/apis/argoproj.io/v1alpha1/applications"] = REFUSAL
    snapshot = take(source, "changes")
    assert "Application" not in {row["kind"] for row in rows(snapshot)}
    [warning] = snapshot.provenance.warnings
    assert warning.startswith("Not checked: histories of applications. The account may not list applications")
    for path in list(cluster.answers):
        if path.count("/") > 2:
            cluster.answers[path] = REFUSAL
    refused = gap(take(canned_source(tmp_path, cluster.url), "changes"))
    assert refused.reason is GapReason.REFUSED


def test_secrets_in_what_failed_do_not_come_along(source: KubernetesSource) -> None:
    assert "hunter2" not in str(rows(take(source, "changes")))
