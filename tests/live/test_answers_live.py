"""What the answers in `tests/connectors/kubernetes/answers` say, an API server of today says as well.

Each object of theirs is created, and its status validated, as a controller's would be; then what is told of it
from the server's own answer has to be what is told of it from the file. Of metrics there is only the file:
metrics-server needs kubelets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any

import pytest

from connectors.kubernetes.kinds import KINDS
from tests.connectors.kubernetes.canned import NOW, recorded
from tests.live.kubernetes_objects import thing
from tests.servers import KubeApi
from tests.servers.fixtures import gateway_api, operators, require_current
from tests.servers.kubernetes.kube_objects import JsonClient

pytestmark = pytest.mark.live

WITHOUT_A_SERVER = {"node-metrics", "pod-metrics"}
SERVED = [kind for kind in KINDS if kind not in WITHOUT_A_SERVER]
OF_A_SERVER = ("uid", "resourceVersion", "managedFields", "selfLink")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KubeApi]:
    require_current("etcd", "kube-apiserver", "gateway-api")
    with KubeApi(
        directory=tmp_path_factory.mktemp("answers"), flags=["--service-cluster-ip-range=10.96.0.0/24"]
    ) as server:
        server.apply([*gateway_api(), *operators()])
        yield server


def objects(kind: str) -> list[dict[str, Any]]:
    listed = recorded(kind)
    told = {"apiVersion": listed["apiVersion"], "kind": listed["kind"].removesuffix("List")}
    return [{**told, **each, "metadata": own(each["metadata"])} for each in listed["items"]]


def own(metadata: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in metadata.items() if key not in OF_A_SERVER}


@pytest.mark.parametrize("kind", SERVED)
def test_an_api_server_takes_them_and_says_the_same(kind: str, cluster: KubeApi) -> None:
    wanted = objects(kind)
    places = {each["metadata"].get("namespace") for each in wanted} - {None}
    cluster.apply([*(thing("Namespace", "v1", place, namespace=None) for place in sorted(places)), *wanted])
    found = KINDS[kind].resource
    there = {key(each): each for each in cluster.get(found.path(found.served_as[0]))["items"]}
    differs = {
        (row["name"], column): (told, row[column])
        for each in recorded(kind)["items"]
        for ours, row in zip(rows(kind, there[key(each)]), rows(kind, each), strict=True)
        for column, told in ours.items()
        if told != row[column]
    }
    assert differs == {}


def key(each: Mapping[str, Any]) -> tuple[str, str]:
    return each["metadata"].get("namespace", ""), each["metadata"]["name"]


def rows(kind: str, each: Mapping[str, Any]) -> list[dict[str, Any]]:
    return list(KINDS[kind].rows(each, NOW))


def test_what_is_served_is_what_an_api_server_serves(cluster: KubeApi) -> None:
    """The list of all that an API has, whole in one answer."""
    kind = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"
    with closing(JsonClient(cluster.url, cluster.token, cluster.authority)) as client:
        _, theirs = client.request("GET", "/apis", accept=kind)
    assert {key: recorded("apis")[key] for key in ("kind", "apiVersion")} == {
        key: theirs[key] for key in ("kind", "apiVersion")
    }
    assert {each for each in served(recorded("apis")) if each[0] != "metrics.k8s.io"} <= served(theirs)


def served(listed: Mapping[str, Any]) -> set[tuple[str, ...]]:
    """Group, version, resource, kind and scope of each."""
    return {
        (
            group["metadata"]["name"],
            version["version"],
            found["resource"],
            found["responseKind"]["kind"],
            found["scope"],
        )
        for group in listed["items"]
        for version in group["versions"]
        for found in version["resources"]
    }
