"""What leads to what: from the paths of a recorded Kubernetes 1.36 cluster to the workloads, over real HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from connectors.kubernetes import KubernetesSource
from connectors.kubernetes.dependencies import COLUMNS, KEY
from connectors.kubernetes.kinds.links import endpoint_links, httproute_links, ingress_links
from tests.connectors.http.answering import AnsweringServer, Reply
from tests.connectors.kubernetes.canned import canned_cluster, canned_source, gap, recorded, rows, take
from vistas.snapshot import GapReason

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
INGRESSES = "/apis/networking.k8s.io/v1/ingresses"
HTTPROUTES = "/apis/gateway.networking.k8s.io/v1/httproutes"
ENDPOINTSLICES = "/apis/discovery.k8s.io/v1/endpointslices"
PODS = "/api/v1/pods"
REFUSAL = Reply(json.dumps({"kind": "Status", "reason": "Forbidden", "message": "no"}).encode(), status=403)


def slice_of(name: str, service: str, *pods: tuple[str, bool | None]) -> dict[str, Any]:
    endpoints = [
        {"conditions": {"ready": ready}, "targetRef": {"kind": "Pod", "namespace": "shop", "name": pod}}
        for pod, ready in pods
    ]
    labels = {"kubernetes.io/service-name": service}
    return {"metadata": {"namespace": "shop", "name": name, "labels": labels}, "endpoints": endpoints}


SLICES = [
    slice_of("one", "checkout", ("checkout-7d9f8b6c5-crash", False), ("checkout-7d9f8b6c5-calm", None)),
    slice_of("one-v6", "checkout", ("checkout-7d9f8b6c5-calm", True)),
    slice_of("two", "front", ("basket-0", True), ("report-big", True), ("gone-since", True)),
]
"""`checkout` in two slices, one for each family of addresses; `front` has a pod that nobody owns,
and one that left."""


@pytest.fixture
def cluster() -> Iterator[AnsweringServer]:
    with canned_cluster() as server:
        listed = recorded("endpointslices") | {"items": SLICES}
        server.answers[ENDPOINTSLICES] = Reply(json.dumps(listed).encode())
        yield server


@pytest.fixture
def source(cluster: AnsweringServer, tmp_path: Path) -> KubernetesSource:
    return canned_source(tmp_path, cluster.url)


def links(found: list[dict[str, Any]]) -> set[tuple[str, str, str, str]]:
    return {(row["kind"], row["name"], row["needs_kind"], row["needs"]) for row in found}


def test_every_link_is_a_row_from_the_path_to_the_workload(source: KubernetesSource) -> None:
    snapshot = take(source, "dependencies")
    assert snapshot.frame is not None
    assert tuple(snapshot.frame.data.columns) == tuple(COLUMNS)
    assert snapshot.frame.key == KEY
    assert snapshot.frame.data.select(KEY).is_unique().all()
    assert snapshot.provenance.warnings == ()
    found = rows(snapshot)
    assert links(found) == {
        ("HTTPRoute", "front", "Service", "front"),
        ("HTTPRoute", "front", "Service", "canary"),
        ("HTTPRoute", "nowhere", "Service", "ghost"),
        ("Ingress", "shop", "Service", "checkout"),
        ("Ingress", "shop", "Service", "front"),
        ("Service", "checkout", "Deployment", "checkout"),
        ("Service", "front", "StatefulSet", "basket"),
        ("Service", "front", "Pod", "report-big"),
        ("Service", "outside", "Host", "db.example.com"),
    }
    places = {(row["host"], row["needs_namespace"], row["needs"]) for row in found if row["kind"] == "HTTPRoute"}
    assert places == {
        ("shop.example.com", "shop", "front"),
        ("shop.example.com", "next", "canary"),
        ("*", "shop", "ghost"),
    }


def test_a_pod_in_two_slices_of_a_service_is_one_endpoint(source: KubernetesSource) -> None:
    (checkout,) = (row for row in rows(take(source, "dependencies")) if row["needs_kind"] == "Deployment")
    assert (checkout["ready"], checkout["endpoints"]) == (1, 2)


def test_without_the_list_of_pods_the_rest_is_told_and_what_is_missing_is_named(
    cluster: AnsweringServer, source: KubernetesSource
) -> None:
    cluster.answers[PODS] = REFUSAL
    snapshot = take(source, "dependencies")
    assert {row["needs_kind"] for row in rows(snapshot)} == {"Service", "Host"}
    told, why = snapshot.provenance.warnings
    assert told == "The workloads behind the services are not shown: the list of pods is missing."
    assert why.startswith("Not checked: pods. ")


def test_a_cluster_without_the_gateway_api_is_told_without_it(
    cluster: AnsweringServer, source: KubernetesSource
) -> None:
    """Nothing is missing where nothing is installed."""
    groups = recorded("apis")
    gateway = "gateway.networking.k8s.io"
    groups["items"] = [group for group in groups["items"] if group["metadata"]["name"] != gateway]
    cluster.answers["/apis"] = Reply(json.dumps(groups).encode())
    snapshot = take(source, "dependencies")
    assert "HTTPRoute" not in {row["kind"] for row in rows(snapshot)}
    assert snapshot.provenance.warnings == ()


def test_where_nothing_that_leads_to_another_may_be_listed_there_is_a_gap(
    cluster: AnsweringServer, source: KubernetesSource
) -> None:
    for path in (INGRESSES, HTTPROUTES, ENDPOINTSLICES):
        cluster.answers[path] = REFUSAL
    found = gap(take(source, "dependencies"))
    assert found.reason is GapReason.REFUSED
    assert "list" in found.hint


def test_what_is_linked_cannot_be_chosen_by_labels(source: KubernetesSource) -> None:
    found = gap(take(source, "dependencies", where={"labels": "app=web"}))
    assert found.reason is GapReason.NOT_HERE
    assert "labels" in found.message


def test_an_old_ingress_and_a_default_backend_lead_to_services() -> None:
    """networking.k8s.io/v1beta1 has flat backends."""
    paths = [{"path": "/a", "backend": {"serviceName": "web", "servicePort": 80}}, {"backend": {}}]
    spec = {"backend": {"serviceName": "rest"}, "rules": [{"http": {"paths": paths}}]}
    found = ingress_links({"metadata": {"namespace": "shop", "name": "old"}, "spec": spec}, NOW)
    assert [(row["host"], row["path"], row["needs"]) for row in found] == [("*", "/", "rest"), ("*", "/a", "web")]


def test_a_route_to_something_that_is_no_service_leads_nowhere_we_know() -> None:
    references = [{"kind": "Bucket", "name": "static"}, {"name": "web"}, {}]
    matches = [{"path": {"value": "/a"}}, {"headers": []}]
    spec = {"hostnames": ["a.example"], "rules": [{"matches": matches, "backendRefs": references}]}
    found = httproute_links({"metadata": {"namespace": "shop", "name": "way"}, "spec": spec}, NOW)
    assert [(row["host"], row["path"], row["needs"]) for row in found] == [
        ("a.example", "/a", "web"),
        ("a.example", "/", "web"),
    ]


def test_addresses_that_are_no_pods_are_left_out() -> None:
    endpoints = slice_of("one", "web", ("web-0", None))
    endpoints["endpoints"] += [{"addresses": ["127.0.0.9"]}, {"targetRef": {"kind": "Node", "name": "n1"}}]
    assert [row["pod"] for row in endpoint_links(endpoints, NOW)] == ["web-0"]
    assert endpoint_links({"metadata": {"name": "nobody-s"}, "endpoints": endpoints["endpoints"]}, NOW) == []
