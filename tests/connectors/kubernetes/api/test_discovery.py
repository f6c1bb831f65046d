"""Which version of a resource is asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from connectors.kubernetes.api.discovery import Discovery
from connectors.kubernetes.resources import CRONJOBS, DEPLOYMENTS, GATEWAYS, HPAS, NODE_METRICS, PODS, Resource
from connectors.taking import Unobtainable
from tests.connectors.http.answering import AnsweringServer, Reply, told
from tests.connectors.kubernetes.canned import canned_access, recorded, seconds
from vistas.snapshot import GapReason


def versions(directory: Path, server: AnsweringServer, resource: Resource) -> tuple[str, ...]:
    return Discovery(canned_access(directory, server.url)).versions(resource, seconds(60))


def groups(*served: str) -> Reply:
    """The list of groups as a server older than aggregated discovery gives it."""
    named = [{"name": each.split("/")[0], "versions": [{"groupVersion": each}]} for each in served]
    return told({"kind": "APIGroupList", "apiVersion": "v1", "groups": named})


def resources(*names: str) -> Reply:
    return told({"kind": "APIResourceList", "resources": [{"name": name} for name in names]})


def test_a_current_server_says_everything_at_once(tmp_path: Path) -> None:
    with AnsweringServer() as server:
        server.answers["/apis"] = Reply(json.dumps(recorded("apis")).encode())
        discovery = Discovery(canned_access(tmp_path, server.url))
        assert discovery.versions(HPAS, seconds(60)) == ("autoscaling/v2", "autoscaling/v1")
        assert discovery.versions(DEPLOYMENTS, seconds(60)) == ("apps/v1",)
        assert [request.path for request in server.received] == ["/apis"]
        assert "as=APIGroupDiscoveryList" in server.received[0].headers["Accept"]


def test_an_older_server_is_asked_for_each_version(tmp_path: Path) -> None:
    """batch/v1 without CronJobs is what Kubernetes 1.20 serves."""
    with AnsweringServer() as server:
        server.answers["/apis"] = groups("batch/v1", "batch/v1beta1")
        server.answers["/apis/batch/v1"] = resources("jobs", "jobs/status")
        server.answers["/apis/batch/v1beta1"] = resources("cronjobs")
        assert versions(tmp_path, server, CRONJOBS) == ("batch/v1beta1",)


def test_the_core_group_needs_no_asking(tmp_path: Path) -> None:
    with AnsweringServer() as server:
        assert versions(tmp_path, server, PODS) == ("v1",)
        assert server.received == []


def test_a_group_that_is_not_installed_says_what_it_comes_with(tmp_path: Path) -> None:
    with AnsweringServer(**{"/apis": groups("apps/v1")}) as server, pytest.raises(Unobtainable) as caught:
        versions(tmp_path, server, GATEWAYS)
    gap = caught.value.gap
    assert gap.reason is GapReason.NOT_HERE
    assert "gateway.networking.k8s.io" in gap.message
    assert "the Gateway API" in gap.hint


@pytest.mark.parametrize(
    "version",
    [
        {"version": "v1beta1", "freshness": "Stale"},
        {"version": "v1beta1", "freshness": "Stale", "resources": []},
        {"version": "v1beta1", "freshness": "Current"},
    ],
)
def test_an_api_service_that_does_not_answer_is_unreachable_and_not_absent(
    tmp_path: Path, version: dict[str, Any]
) -> None:
    items = [{"metadata": {"name": "metrics.k8s.io"}, "versions": [version]}]
    answer = told({"kind": "APIGroupDiscoveryList", "items": items})
    with AnsweringServer(**{"/apis": answer}) as server, pytest.raises(Unobtainable) as caught:
        versions(tmp_path, server, NODE_METRICS)
    assert caught.value.gap.reason is GapReason.UNREACHABLE
    assert "metrics.k8s.io/v1beta1" in caught.value.gap.message
    assert "metrics-server" in caught.value.gap.hint


def test_a_stale_version_that_still_lists_a_resource_is_worth_asking(tmp_path: Path) -> None:
    stale = {"version": "v1beta1", "freshness": "Stale", "resources": [{"resource": "nodes"}]}
    items = [{"metadata": {"name": "metrics.k8s.io"}, "versions": [stale]}]
    with AnsweringServer(**{"/apis": told({"kind": "APIGroupDiscoveryList", "items": items})}) as server:
        assert versions(tmp_path, server, NODE_METRICS) == ("metrics.k8s.io/v1beta1",)


def test_an_older_server_s_group_that_does_not_answer_is_unreachable(tmp_path: Path) -> None:
    with AnsweringServer() as server:
        server.answers["/apis"] = groups("metrics.k8s.io/v1beta1")
        server.answers["/apis/metrics.k8s.io/v1beta1"] = told({"message": "service unavailable"}, 503)
        with pytest.raises(Unobtainable) as caught:
            versions(tmp_path, server, NODE_METRICS)
    assert caught.value.gap.reason is GapReason.UNREACHABLE


def test_a_version_too_new_or_too_old_is_named(tmp_path: Path) -> None:
    with AnsweringServer(**{"/apis": groups("autoscaling/v9")}) as server, pytest.raises(Unobtainable) as caught:
        versions(tmp_path, server, HPAS)
    assert "autoscaling/v9" in caught.value.gap.message


def test_where_discovery_is_refused_every_version_is_worth_a_try(tmp_path: Path) -> None:
    with AnsweringServer() as server:
        server.answers["/apis"] = told({"message": "no"}, 403)
        assert versions(tmp_path, server, CRONJOBS) == CRONJOBS.served_as


@pytest.mark.parametrize(
    "answer", [{}, {"kind": "PodList", "items": []}, {"kind": "APIGroupDiscoveryList", "items": 3}]
)
def test_what_is_no_api_server_is_not_understood(tmp_path: Path, answer: dict[str, Any]) -> None:
    with AnsweringServer(**{"/apis": told(answer)}) as server, pytest.raises(Unobtainable) as caught:
        versions(tmp_path, server, HPAS)
    assert caught.value.gap.reason in {GapReason.GARBLED, GapReason.NOT_HERE}
