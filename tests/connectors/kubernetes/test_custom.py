"""Custom resources: whichever the cluster has, by what all objects have in common."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.connectors.http.answering import Reply
from tests.connectors.kubernetes.canned import canned_cluster, canned_source, gap, recorded, rows, take
from vistas.snapshot import GapReason

APPLICATIONS = "applications.argoproj.io/v1alpha1"
PATH = "/apis/argoproj.io/v1alpha1"


def application(name: str, status: dict[str, Any]) -> dict[str, Any]:
    metadata = {"name": name, "namespace": "argocd", "creationTimestamp": "2026-11-22T06:00:00Z"}
    return {"metadata": metadata, "spec": {"source": {"password": "s3cret-of-spec"}}, "status": status}


def cluster(*, has: bool = True) -> Any:
    server = canned_cluster()
    groups = recorded("apis")
    if has:
        versions = [{"version": "v1alpha1", "resources": [{"resource": "applications"}], "freshness": "Current"}]
        groups["items"].append({"metadata": {"name": "argoproj.io"}, "versions": versions})
    server.answers["/apis"] = Reply(json.dumps(groups).encode())
    degraded = {
        "health": {"status": "Degraded"},
        "sync": {"status": "Synced"},
        "conditions": [{"type": "Ready", "status": "False", "reason": "Crash", "message": "token=hunter2abc"}],
    }
    items = [application("shop", degraded), application("mail", {"phase": "Running"})]
    listed = {"kind": "ApplicationList", "metadata": {}, "items": items}
    server.answers[f"{PATH}/applications"] = Reply(json.dumps(listed).encode())
    return server


def test_they_are_told_by_phase_health_and_conditions(tmp_path: Path) -> None:
    with cluster() as server:
        taken = take(canned_source(tmp_path, server.url), "custom-resources", where={"resource": APPLICATIONS})
    mail, shop = rows(taken)
    assert (mail["name"], mail["phase"], mail["wrong"]) == ("mail", "Running", [])
    assert (shop["health"], shop["sync"], shop["wrong"]) == ("Degraded", "Synced", ["Ready=False"])
    assert shop["age_seconds"] == 86_400
    assert "hunter2abc" not in str(shop)
    assert "s3cret-of-spec" not in str(shop)
    assert taken.provenance.query == f"GET {PATH}/applications"


def test_what_the_cluster_does_not_have_is_nothing_to_look_at(tmp_path: Path) -> None:
    with cluster(has=False) as server:
        taken = take(canned_source(tmp_path, server.url), "custom-resources", where={"resource": APPLICATIONS})
    assert gap(taken).reason is GapReason.NOT_HERE
    assert "argoproj.io" in gap(taken).message


@pytest.mark.parametrize(
    "named", ["", "secrets", "secrets/v1", "v1", "../x.y.io/v1", "a.b.io/v1/namespaces", "A.b.io/v1"]
)
def test_what_is_no_custom_resource_is_never_asked_for(tmp_path: Path, named: str) -> None:
    """Nor are secrets, which belong to no group."""
    with cluster() as server:
        source = canned_source(tmp_path, server.url)
        taken = take(source, "custom-resources", where={"resource": named} if named else {})
        assert gap(taken).reason is GapReason.NOT_HERE
        assert "kubectl api-resources" in gap(taken).hint
        assert [each for each in server.received if "secrets" in str(each)] == []
