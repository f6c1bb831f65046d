"""Looks at a recorded Kubernetes 1.36 cluster, over real HTTP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest

from connectors.kubernetes import KubernetesSource
from connectors.kubernetes.kinds import KINDS
from connectors.kubernetes.source import CUSTOM
from tests.connectors.http.answering import AnsweringServer, Reply, told
from tests.connectors.kubernetes.canned import NOW, WINDOW, canned_cluster, canned_source, gap, rows, seconds, take
from tests.servers.misbehaving import MisbehavingServer
from tests.waiting import LATE, Stopwatch
from vistas.routine import Look
from vistas.snapshot import FrameKind, GapReason, Window


@pytest.fixture
def cluster() -> Iterator[AnsweringServer]:
    with canned_cluster() as server:
        yield server


@pytest.fixture
def source(cluster: AnsweringServer, tmp_path: Path) -> KubernetesSource:
    return canned_source(tmp_path, cluster.url)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_a_frame_of_objects_with_a_key(source: KubernetesSource, kind: str) -> None:
    snapshot = take(source, kind)
    frame = snapshot.frame
    assert frame is not None, snapshot.gap
    assert frame.kind is FrameKind.OBJECTS
    assert frame.rows > 0
    assert frame.data.select(frame.key).is_unique().all()
    assert snapshot.provenance.query.startswith("GET /api")
    assert snapshot.provenance.warnings == ()
    times = [kind for kind in frame.data.schema.values() if isinstance(kind, pl.Datetime)]
    assert set(times) <= {pl.Datetime("ms", "UTC")}


def test_the_newest_version_is_asked_for(source: KubernetesSource, cluster: AnsweringServer) -> None:
    assert take(source, "hpas").provenance.query == "GET /apis/autoscaling/v2/horizontalpodautoscalers"
    assert take(source, "cronjobs").provenance.query == "GET /apis/batch/v1/cronjobs"


def test_what_stands_out_comes_most_serious_first(source: KubernetesSource) -> None:
    snapshot = take(source, "stands-out")
    found = rows(snapshot)
    order = {"failing": 0, "watch": 1, "changed lately": 2, "unknown": 3}
    assert [order[row["severity"]] for row in found] == sorted(order[row["severity"]] for row in found)
    told_ = {(row["kind"], row["name"]): row["what"] for row in found}
    assert told_["Pod", "checkout-7d9f8b6c5-crash"] == "Keeps crashing, out of memory"
    assert told_["Deployment", "search"] == "Its rollout is stuck: 1 of 2 updated"
    assert told_["Node", "node-a"] == "Uses 95% of its CPU"
    assert snapshot.provenance.warnings == ()


def test_what_stands_out_may_be_asked_of_some_kinds_only(source: KubernetesSource) -> None:
    found = rows(take(source, "stands-out", query="deployments nodes"))
    assert {row["kind"] for row in found} == {"Deployment", "Node"}


def test_nothing_that_is_secret_reaches_the_frames(source: KubernetesSource) -> None:
    """Env values, arguments, last-applied, tokens in messages, addresses of nodes and pods."""
    for kind in sorted(source.takes - CUSTOM):
        frame = take(source, kind).frame
        assert frame is not None
        text = frame.data.write_ndjson()
        assert "hunter2" not in text, kind
        assert "managedFields" not in text
        assert re.findall(r"127\.(?:244|168|96|9)\.[0-9.]+", text) == [], kind


def test_what_was_taken_out_is_counted(source: KubernetesSource) -> None:
    redacted = take(source, "pods").provenance.redacted
    assert redacted["cluster address"] == 1
    assert sum(redacted.values()) > 1


def test_secrets_and_configmaps_are_never_asked_for(source: KubernetesSource, cluster: AnsweringServer) -> None:
    for kind in source.takes:
        take(source, kind)
    source.check(seconds(60))
    assert [request.method for request in cluster.received if request.method != "GET"] == []
    assert [request.path for request in cluster.received if re.search("secret|configmap", request.path)] == []


def test_looks_that_come_together_ask_for_each_list_once(
    source: KubernetesSource, cluster: AnsweringServer
) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda kind: take(source, kind), ["pods", "stands-out", "pod-metrics", "pods", "nodes"] * 3))
    asked = [request.path for request in cluster.received if request.path != "/apis"]
    assert sorted(asked) == sorted(set(asked))


def test_a_look_is_narrowed_by_namespace_labels_and_fields(
    source: KubernetesSource, cluster: AnsweringServer
) -> None:
    cluster.answers["/api/v1/namespaces/shop/pods"] = cluster.answers["/api/v1/pods"]
    where = {"namespace": "shop", "labels": "app=web,tier!=db", "fields": "status.phase=Running"}
    snapshot = take(source, "pods", where=where)
    assert snapshot.frame is not None
    [form] = cluster.forms("/api/v1/namespaces/shop/pods")
    assert (form["labelSelector"], form["fieldSelector"]) == (["app=web,tier!=db"], ["status.phase=Running"])
    selectors = "labelSelector=app%3Dweb%2Ctier%21%3Ddb&fieldSelector=status.phase%3DRunning"
    assert snapshot.provenance.query == f"GET /api/v1/namespaces/shop/pods?{selectors}"


def test_several_namespaces_are_named_with_commas(source: KubernetesSource, cluster: AnsweringServer) -> None:
    for namespace in ("shop", "mail"):
        cluster.answers[f"/api/v1/namespaces/{namespace}/services"] = cluster.answers["/api/v1/services"]
    asked = take(source, "services", where={"namespace": "shop, mail,shop"}).provenance.query
    assert asked == "GET /api/v1/namespaces/shop/services · GET /api/v1/namespaces/mail/services"


def test_a_look_cannot_be_narrowed_by_anything_else(source: KubernetesSource) -> None:
    found = gap(take(source, "pods", where={"color": "red"}))
    assert "color" in found.message
    assert "namespace" in found.hint


def test_a_source_kept_to_namespaces_lists_only_those(cluster: AnsweringServer, tmp_path: Path) -> None:
    for namespace in ("shop", "mail"):
        cluster.answers[f"/api/v1/namespaces/{namespace}/services"] = cluster.answers["/api/v1/services"]
    source = canned_source(tmp_path, cluster.url, namespaces=["shop", "mail"])
    assert take(source, "services").provenance.query == (
        "GET /api/v1/namespaces/shop/services · GET /api/v1/namespaces/mail/services"
    )
    assert [row["name"] for row in rows(take(source, "namespaces"))] == ["shop"]
    assert len(rows(take(source, "nodes"))) == 3, "nodes belong to no namespace"
    refused = gap(take(source, "pods", where={"namespace": "bank"}))
    assert refused.reason is GapReason.REFUSED
    assert "sources.shop.namespaces" in refused.hint


def test_events_are_grouped_newest_first_and_kept_to_the_window(source: KubernetesSource) -> None:
    snapshot = take(source, "events")
    found = rows(snapshot)
    assert [(row["reason"], row["object"], row["count"]) for row in found] == [
        ("BackOff", "checkout-7d9f8b6c5-crash", 42),
        ("Started", "basket-0", 1),
        ("FailedScheduling", "report-big", 9),
    ]
    assert found[0]["message"].endswith("still")
    assert found[0]["first"].isoformat() == "2026-11-23T04:00:00+00:00"
    assert found[1]["last"].isoformat() == "2026-11-23T05:50:00+00:00", (
        "without times of its own, when it was made"
    )
    assert snapshot.provenance.obtained == WINDOW


def test_events_tell_how_far_back_the_cluster_remembers(source: KubernetesSource) -> None:
    look = Look(look="look", title="t", source="shop", take="events")
    wide = Window.ending(NOW, timedelta(days=9))
    obtained = source.take("stop", look, wide, seconds(60)).provenance.obtained
    assert obtained is not None
    assert obtained.start.isoformat() == "2026-11-22T01:00:00+00:00"


def test_usage_stands_beside_what_there_is(source: KubernetesSource) -> None:
    nodes = {row["name"]: row for row in rows(take(source, "node-metrics"))}
    assert nodes["node-a"]["cpu_ratio"] == pytest.approx(0.95)
    assert nodes["node-a"]["memory_ratio"] == pytest.approx(0.5)
    assert nodes["node-gone"]["cpu_ratio"] is None
    pods = {row["name"]: row for row in rows(take(source, "pod-metrics"))}
    assert pods["checkout-7d9f8b6c5-calm"]["cpu_request_ratio"] == pytest.approx(0.5)
    assert pods["checkout-7d9f8b6c5-calm"]["memory_limit_ratio"] == pytest.approx(480 / 512)
    assert pods["basket-0"]["cpu_limit_ratio"] is None


def test_usage_without_the_objects_is_still_usage(source: KubernetesSource, cluster: AnsweringServer) -> None:
    cluster.answers["/api/v1/nodes"] = told({"message": "no"}, 403)
    snapshot = take(source, "node-metrics")
    assert rows(snapshot)[0]["cpu_ratio"] is None
    assert "The account may not list nodes" in snapshot.provenance.warnings[0]


def test_a_version_that_vanished_since_discovery_falls_back(
    source: KubernetesSource, cluster: AnsweringServer
) -> None:
    cluster.answers["/apis/autoscaling/v1/horizontalpodautoscalers"] = cluster.answers.pop(
        "/apis/autoscaling/v2/horizontalpodautoscalers"
    )
    assert take(source, "hpas").provenance.query == "GET /apis/autoscaling/v1/horizontalpodautoscalers"


def test_entries_that_are_no_objects_are_counted(source: KubernetesSource, cluster: AnsweringServer) -> None:
    items = [None, 7, {"metadata": {"name": "shop"}}, {}]
    cluster.answers["/api/v1/namespaces"] = told({"metadata": {}, "items": items})
    snapshot = take(source, "namespaces")
    assert [row["name"] for row in rows(snapshot)] == ["shop"]
    assert "3 entries" in snapshot.provenance.warnings[0]


def test_a_look_into_the_past_says_that_this_is_now(source: KubernetesSource) -> None:
    look = Look(look="look", title="t", source="shop", take="nodes")
    yesterday = Window.ending(NOW - timedelta(days=1), timedelta(hours=12))
    [warning] = source.take("stop", look, yesterday, seconds(60)).provenance.warnings
    assert "2026-11-23 06:00 UTC" in warning


def test_an_unknown_take_is_a_gap_that_names_the_known(source: KubernetesSource) -> None:
    found = gap(take(source, "configmaps"))
    assert found.reason is GapReason.NOT_HERE
    assert "stands-out" in found.hint


def test_check_tells_version_context_and_nodes(source: KubernetesSource, cluster: AnsweringServer) -> None:
    cluster.answers["/api/v1/nodes"] = told(
        {"metadata": {"remainingItemCount": 41, "continue": "t"}, "items": [{}]}
    )
    health = source.check(seconds(60))
    assert health.ok
    assert health.message == "Kubernetes v1.36.1, context canned, 42 nodes."
    assert cluster.forms("/api/v1/nodes") == [{"limit": ["1"]}]


def test_check_tells_what_to_do(source: KubernetesSource, cluster: AnsweringServer) -> None:
    cluster.answers["/version"] = Reply(b"<html>Sign in</html>", media_type="text/html")
    health = source.check(seconds(60))
    assert not health.ok
    assert "web page" in health.message
    assert health.hint


def test_a_source_kept_to_namespaces_need_not_see_nodes(cluster: AnsweringServer, tmp_path: Path) -> None:
    cluster.answers["/api/v1/nodes"] = told({"message": "no"}, 403)
    assert canned_source(tmp_path, cluster.url, namespaces=["shop"]).check(seconds(60)).ok
    assert not canned_source(tmp_path, cluster.url).check(seconds(60)).ok


@pytest.mark.slow("it waits for deadlines")
@pytest.mark.parametrize("mode", MisbehavingServer.modes)
@pytest.mark.parametrize("what", ["pods", "deployments", "stands-out"])
def test_whatever_a_cluster_does_wrong_is_a_gap_in_time(tmp_path: Path, mode: str, what: str) -> None:
    with MisbehavingServer() as server:
        source = canned_source(tmp_path, server.url_for(mode), max_bytes=2_000_000)
        with Stopwatch() as watch:
            found = gap(take(source, what, deadline=seconds(0.6)))
        assert watch.seconds < LATE
    assert found.message
    assert found.hint
