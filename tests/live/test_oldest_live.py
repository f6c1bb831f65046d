"""A short round on the oldest servers that are promised, which Debian ships: Kubernetes 1.20, Prometheus 2.42."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from connectors.kubernetes import KubernetesSource
from connectors.kubernetes.source import CUSTOM
from connectors.prometheus import PrometheusSource
from tests.live.kubernetes_objects import NAMESPACE, NOW, one_of_each_kind, pods_of_all_sorts, thing
from tests.servers import KubeApi, Prometheus, Series
from tests.servers.fetch import OLDEST
from tests.servers.fixtures import NODE, RULES, node, require
from tests.waiting import eventually
from vistas.redaction import Redactor
from vistas.routine import Look
from vistas.snapshot import GapReason, Snapshot, Window
from vistas.source import Deadline, Source

pytestmark = pytest.mark.live

ROLE_FILE = Path(__file__).parents[2] / "docs" / "kubernetes-clusterrole.yaml"
OPERATORS = {"applications", "kustomizations", "helmreleases", "certificates", "backups", "backup-schedules"}
NOT_IN_1_20 = {"gateways", "httproutes", "node-metrics", "pod-metrics", *OPERATORS}
RINGS = """\
global: {scrape_interval: 1s, evaluation_interval: 1s}
rule_files: ["@DIR@/rules.yml"]
scrape_configs:
  - job_name: prometheus
    static_configs: [{targets: ["127.0.0.1:@PORT@"]}]
"""


def take(source: Source, what: str, *query: str, **where: str) -> Snapshot:
    look = Look(look="look", title="A look", source="shop", take=what, where=where, query=query)
    return source.take("stop", look, Window.ending(datetime.now(UTC), timedelta(hours=1)), soon())


def soon() -> Deadline:
    return Deadline(timedelta(seconds=60))


def rows(snapshot: Snapshot) -> list[dict[str, Any]]:
    assert snapshot.frame is not None, snapshot.gap
    return snapshot.frame.data.to_dicts()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KubernetesSource]:
    """Kubernetes 1.20 as the account sees it that the published file makes."""
    require(f"{OLDEST}etcd", f"{OLDEST}kube-apiserver")
    account = "system:serviceaccount:morning-vistas:morning-vistas"
    with KubeApi(users=[account], oldest=True, directory=tmp_path_factory.mktemp("1.20")) as server:
        server.apply([node(NODE, "127.0.0.1"), thing("Namespace", "v1", NAMESPACE, namespace=None)])
        server.apply(
            thing("Namespace", "v1", name, namespace=None) for name in ("morning-vistas", "ingress-nginx")
        )
        server.apply(yaml.safe_load_all(ROLE_FILE.read_text()))
        server.apply([*pods_of_all_sorts(), *one_of_each_kind()])
        settings = {"kubeconfig": str(server.kubeconfig_for(account))}
        yield KubernetesSource.from_settings("shop", settings, Redactor(b"k" * 32))


def test_kubernetes_is_well(cluster: KubernetesSource) -> None:
    health = cluster.check(soon())
    assert health.ok, health
    assert "v1.20" in health.details["version"]


def test_every_look_works_but_of_what_is_not_installed(cluster: KubernetesSource) -> None:
    gaps = {what: gap for what in cluster.takes - CUSTOM if (gap := take(cluster, what).gap)}
    assert set(gaps) == NOT_IN_1_20
    assert {gap.reason for gap in gaps.values()} == {GapReason.NOT_HERE}


def test_older_versions_are_used_where_the_newer_are_missing(cluster: KubernetesSource) -> None:
    asked = {
        what: take(cluster, what, namespace=NAMESPACE).provenance.query.split("/namespaces")[0]
        for what in ("cronjobs", "hpas", "pdbs", "endpointslices", "ingresses")
    }
    assert asked == {
        "cronjobs": "GET /apis/batch/v1beta1",
        "hpas": "GET /apis/autoscaling/v2beta2",
        "pdbs": "GET /apis/policy/v1beta1",
        "endpointslices": "GET /apis/discovery.k8s.io/v1beta1",
        "ingresses": "GET /apis/networking.k8s.io/v1",
    }


def test_objects_of_older_versions_are_read_as_the_newer_ones(cluster: KubernetesSource) -> None:
    [cron] = rows(take(cluster, "cronjobs", namespace=NAMESPACE))
    assert (cron["suspended"], cron["last_schedule"]) == (True, NOW - timedelta(hours=9))
    [hpa] = rows(take(cluster, "hpas", namespace=NAMESPACE))
    assert (hpa["measured"], hpa["at_ceiling"]) == (["cpu 88% of 60%"], True)
    [pdb] = rows(take(cluster, "pdbs", namespace=NAMESPACE))
    assert (pdb["healthy"], pdb["desired_healthy"], pdb["expected"]) == (0, 1, 2)
    [endpoints] = rows(take(cluster, "endpointslices", namespace=NAMESPACE))
    assert (endpoints["not_ready"], endpoints["service"]) == (1, "web")


def test_what_stands_out(cluster: KubernetesSource) -> None:
    told = {(row["kind"], row["name"]): row["what"] for row in rows(take(cluster, "stands-out"))}
    assert told["Pod", "pair-crashing-running"] == "Keeps crashing, out of memory"
    assert told["CronJob", "backup"] == "Is suspended"
    assert told["Service", "web"] == "Nothing to answer: none of 1 endpoints is ready"


@pytest.fixture(scope="module")
def metrics() -> Iterator[PrometheusSource]:
    """Prometheus 2.42, which scrapes itself and rings."""
    require(f"{OLDEST}prometheus")
    server = Prometheus(config=RINGS, oldest=True)
    (server.directory / "rules.yml").write_text(RULES)
    with server:
        now = datetime.now(UTC).timestamp()
        pushed = ((now - back, float(back)) for back in range(600, 0, -15))
        server.remote_write([Series({"__name__": "pushed", "team": "shop"}, pushed)])
        source = PrometheusSource.from_settings("shop", {"url": server.url}, Redactor(b"k" * 32))
        eventually(lambda: (frame := take(source, "instant", "up == 1").frame) and frame.rows)
        eventually(lambda: (frame := take(source, "alerts").frame) and frame.rows)
        yield source


def test_prometheus_is_well(metrics: PrometheusSource) -> None:
    health = metrics.check(soon())
    assert health.ok, health
    assert health.details["version"].startswith("2.42.")


def test_prometheus_answers_every_kind_of_look(metrics: PrometheusSource) -> None:
    [pushed] = rows(take(metrics, "range", "pushed"))
    assert pushed["labels"] == [{"name": "__name__", "value": "pushed"}, {"name": "team", "value": "shop"}]
    assert rows(take(metrics, "instant", "2 * 21"))[0]["values"] == [42.0]
    [alert] = rows(take(metrics, "alerts"))
    assert (alert["alert"], alert["state"]) == ("Watchdog", "firing")
    assert {row["rule"] for row in rows(take(metrics, "rules"))} == {"job:up:count", "TargetGone", "Watchdog"}
    assert [row["health"] for row in rows(take(metrics, "targets"))] == ["up"]


def test_what_prometheus_does_not_have_is_no_good_news(metrics: PrometheusSource) -> None:
    gap = take(metrics, "instant", "kube_node_status_condition == 0").gap
    assert gap is not None
    assert gap.reason is GapReason.NOT_HERE
    assert rows(take(metrics, "instant", "up == 17")) == []
