"""Service names in access logs, asked of a real API server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from connectors.ingress import IngressSource
from tests.connectors.ingress.lines import MORNING, ingress_line, minutes
from tests.live.kubernetes_objects import thing
from tests.servers import KubeApi
from tests.servers.fixtures import require
from tests.waiting import Stopwatch
from vistas.redaction import Redactor
from vistas.routine import Look
from vistas.snapshot import Snapshot, Window
from vistas.source import Deadline

pytestmark = pytest.mark.live

WINDOW = Window(MORNING, MORNING + timedelta(hours=1))
SERVICES = [
    ("shop", "web-8080", {"ports": [{"port": 80}]}),
    ("shop", "web", {"ports": [{"name": "http", "port": 8080}]}),
    ("shop", "orders", {"ports": [{"name": "http", "port": 80}, {"name": "grpc", "port": 9090}]}),
    ("shop", "bank", {"type": "ExternalName", "externalName": "bank.example"}),
    ("shop", "mail-box", {"ports": [{"port": 25}]}),
    ("shop-mail", "box", {"ports": [{"port": 25}]}),
]
CALLED = {
    "shop-web-8080": "shop/web",
    "shop-web-http": "shop/web",
    "shop-web-8080-80": "shop/web-8080",
    "shop-orders-http": "shop/orders:80",
    "shop-orders-9090": "shop/orders:9090",
    "shop-bank-443": "shop/bank",
    "shop-mail-box-25": "shop-mail-box-25",
    "gone-since-80": "gone-since-80",
}
"""What ingress-nginx writes, and how it is shown. `shop-mail-box-25` is a service of either namespace."""
AMBIGUOUS = "Several services could be meant by shop-mail-box-25: they are named as the controller writes them."


@pytest.fixture(scope="module")
def cluster() -> Iterator[KubeApi]:
    require("etcd", "kube-apiserver")
    with KubeApi(users=("viewer", "lister")) as server:
        server.apply(thing("Namespace", "v1", name, namespace=None) for name in ("shop", "shop-mail"))
        server.apply(
            thing("Service", "v1", name, namespace=namespace, spec=spec) for namespace, name, spec in SERVICES
        )
        rules = [{"apiGroups": [""], "resources": ["services"], "verbs": ["list"]}]
        server.apply([thing("ClusterRole", "rbac.authorization.k8s.io/v1", "lists", namespace=None, rules=rules)])
        server.bind("lister", "lists")
        yield server


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A request to each service, and one more to two of them."""
    written = [*CALLED, "shop-web-8080", "shop-mail-box-25"]
    lines = (ingress_line(MORNING + minutes(place), service=name) for place, name in enumerate(written))
    path = tmp_path / "access.log"
    path.write_text("".join(f"{line}\n" for line in lines))
    return path


def source_of(log: Path, kubeconfig: Path) -> IngressSource:
    settings = {"files": str(log), "cluster": {"kubeconfig": str(kubeconfig)}}
    return IngressSource.from_settings("edge", settings, Redactor(b"k" * 32))


def taken(source: IngressSource, what: str = "requests", *, patience: float = 60.0, **where: str) -> Snapshot:
    look = Look(look="a-look", title="A look", source="edge", take=what, where=where)
    return source.take("front-door", look, WINDOW, Deadline(timedelta(seconds=patience)))


def by_service(snapshot: Snapshot) -> dict[str, Any]:
    assert snapshot.frame is not None, snapshot.gap
    return dict(snapshot.frame.data.group_by("service").agg(pl.col("requests").sum()).rows())


@pytest.mark.parametrize("what", ["requests", "routes"])
def test_services_are_called_by_their_own_names(cluster: KubeApi, log: Path, what: str) -> None:
    """The right to list services is all that it takes. Two names of one service become one row."""
    snapshot = taken(source_of(log, cluster.kubeconfig_for("lister")), what)
    assert by_service(snapshot) == {
        "shop/web": 3, "shop/web-8080": 1, "shop/orders:80": 1, "shop/orders:9090": 1, "shop/bank": 1,
        "shop-mail-box-25": 2, "gone-since-80": 1,
    }  # fmt: skip
    assert snapshot.provenance.warnings == (AMBIGUOUS,)


@pytest.mark.parametrize("name", ["shop/web", "shop-web-8080", "shop-web-http"])
def test_a_look_may_name_a_service_either_way(cluster: KubeApi, log: Path, name: str) -> None:
    """A routine that was written before the names were known goes on working."""
    snapshot = taken(source_of(log, cluster.kubeconfig_for("lister")), service=name)
    assert by_service(snapshot) == {"shop/web": 3}


def test_without_the_right_the_names_stay_and_the_right_is_named(cluster: KubeApi, log: Path) -> None:
    snapshot = taken(source_of(log, cluster.kubeconfig_for("viewer")))
    assert set(by_service(snapshot)) == set(CALLED)
    (warning,) = snapshot.provenance.warnings
    assert warning.startswith("Services are named as the controller writes them. ")
    assert 'resources: ["services"], verbs: ["list"]' in warning


def test_an_ingress_leads_from_traefik_s_router_to_the_service(cluster: KubeApi, tmp_path: Path) -> None:
    backend = {"service": {"name": "orders", "port": {"number": 80}}}
    rule = {
        "host": "shop.example",
        "http": {"paths": [{"path": "/pay", "pathType": "Prefix", "backend": backend}]},
    }
    ingress = thing("Ingress", "networking.k8s.io/v1", "front", namespace="shop", spec={"rules": [rule]})
    cluster.apply([ingress])
    line = (
        '203.0.113.9 - - [22/Nov/2026:06:00:01 +0000] "GET /pay HTTP/1.1" 200 12 "-" "-" 240 '
        '"websecure-shop-front-shop-example-pay@kubernetes" "http://127.0.0.1:8080" 4ms\n'
    )
    (tmp_path / "traefik.log").write_text(line)
    assert by_service(taken(source_of(tmp_path / "traefik.log", cluster.kubeconfig))) == {"shop/orders:80": 1}


def test_a_route_where_the_cluster_has_no_gateway_api(cluster: KubeApi, log: Path) -> None:
    """That it is not installed is nothing to speak of: the route is named."""
    log.write_text(ingress_line(service="httproute/shop/orders/rule/0") + "\n")
    snapshot = taken(source_of(log, cluster.kubeconfig))
    assert by_service(snapshot) == {"shop/orders (HTTPRoute)": 1}
    assert snapshot.provenance.warnings == ()


def test_a_cluster_that_hangs_costs_the_names_alone(log: Path) -> None:
    require("etcd", "kube-apiserver")
    with KubeApi() as server:
        kubeconfig = server.kubeconfig
        server.pause()
        with Stopwatch() as watch:
            snapshot = taken(source_of(log, kubeconfig), patience=10.0)
        assert watch.seconds < 9.5
        server.resume()
    assert set(by_service(snapshot)) == set(CALLED)
    assert len(snapshot.provenance.warnings) == 1
