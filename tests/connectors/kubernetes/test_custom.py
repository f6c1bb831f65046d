"""Custom resources: whichever the cluster has, by what all objects have in common."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from connectors.kubernetes import KubernetesSource
from tests.connectors.http.answering import Reply
from tests.connectors.kubernetes.canned import canned_cluster, canned_source, gap, recorded, rows, take
from vistas.redaction import Redactor
from vistas.snapshot import GapReason
from vistas.source import former_words, offered

APPLICATIONS = "applications.argoproj.io/v1alpha1"
PATH = "/apis/argoproj.io/v1alpha1"


def application(name: str, status: dict[str, Any]) -> dict[str, Any]:
    metadata = {"name": name, "namespace": "argocd", "creationTimestamp": "2026-11-22T06:00:00Z"}
    return {"metadata": metadata, "spec": {"source": {"password": "s3cret-of-spec"}}, "status": status}


def cluster(*, has: bool = True) -> Any:
    server = canned_cluster()
    groups = recorded("apis")
    if not has:
        groups["items"] = [one for one in groups["items"] if one["metadata"]["name"] != "argoproj.io"]
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


def printed(*rows: tuple[list[Any], Any]) -> Reply:
    """A table as an API server of today prints it."""
    columns = [
        ("Name", "string"),
        ("Sync Status", "string"),
        ("lastBackup", "date"),
        ("Replicas", "integer"),
        ("Paused", "boolean"),
        ("Phase", "string"),
        ("Age", "date"),
    ]
    table = {
        "kind": "Table",
        "apiVersion": "meta.k8s.io/v1",
        "metadata": {},
        "columnDefinitions": [{"name": name, "type": kind, "format": ""} for name, kind in columns],
        "rows": [{"cells": cells, "object": thing} for cells, thing in rows],
    }
    return Reply(json.dumps(table).encode())


@pytest.mark.parametrize("word", ["objects", "custom-resources"])
def test_the_columns_that_the_server_prints_are_shown_behind_the_key(tmp_path: Path, word: str) -> None:
    """What a kind has a column of its own for, the name and the age among it, is not told twice."""
    with cluster() as server:
        server.answers[f"{PATH}/applications"] = printed(
            (["shop", "OutOfSync", "5h", 3, True, "Odd", "9d"], application("shop", {"phase": "Running"})),
            (["mail", None, "<none>", "three", None, "token=hunter2abc", "9d"], application("mail", {})),
        )
        taken = take(canned_source(tmp_path, server.url), word, where={"resource": APPLICATIONS})
        asked = server.received[-1]
    mail, shop = rows(taken)
    assert list(shop)[:6] == ["namespace", "name", "sync_status", "last_backup", "replicas", "paused"]
    assert (shop["sync_status"], shop["replicas"], shop["paused"], shop["phase"]) == (
        "OutOfSync",
        3,
        True,
        "Running",
    )
    assert (mail["sync_status"], mail["replicas"], mail["paused"], mail["age_seconds"]) == (
        None,
        None,
        None,
        86_400,
    )
    assert mail["phase"] == "token=***", "what is printed stands where nothing else is known"
    assert taken.frame is not None
    assert taken.frame.key == ("namespace", "name")
    assert asked.headers["Accept"].startswith("application/json;as=Table;v=v1;g=meta.k8s.io")
    assert asked.form["includeObject"] == ["Object"]
    assert "s3cret-of-spec" not in str(shop)


def test_the_former_word_is_understood_and_not_offered() -> None:
    source = KubernetesSource.from_settings("shop", {}, Redactor(b"k" * 32))
    assert former_words(source) == {"custom-resources": "objects"}
    assert "custom-resources" in source.takes
    assert "custom-resources" not in offered(source)
    assert "objects" in offered(source)


def test_what_is_printed_is_masked_as_any_free_text(tmp_path: Path) -> None:
    with cluster() as server:
        cells = ["shop", "password=hunter2abc at 127.0.0.9:80", "5h", 3, True, "", "9d"]
        server.answers[f"{PATH}/applications"] = printed((cells, application("shop", {})))
        taken = take(canned_source(tmp_path, server.url), "objects", where={"resource": APPLICATIONS})
    [shop] = rows(taken)
    assert "hunter2abc" not in str(shop)
    assert "127.0.0.9" not in str(shop)


def test_a_row_without_its_object_is_counted_and_one_without_cells_is_a_garbled_answer(tmp_path: Path) -> None:
    with cluster() as server:
        path = f"{PATH}/applications"
        cells = ["shop", "Synced", "5h", 3, True, "", "9d"]
        server.answers[path] = printed((cells, None), (cells[:2], application("shop", {})))
        taken = take(canned_source(tmp_path, server.url), "objects", where={"resource": APPLICATIONS})
        assert [(row["name"], row["sync_status"]) for row in rows(taken)] == [("shop", "Synced")]
        assert "1 entries in the list" in taken.provenance.warnings[0]
        server.answers[path] = Reply(b'{"kind": "Table", "metadata": {}, "columnDefinitions": [], "rows": [7]}')
        broken = take(canned_source(tmp_path, server.url), "objects", where={"resource": APPLICATIONS})
    assert gap(broken).reason is GapReason.GARBLED


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
