"""The real servers: each starts, answers, is held, stops, and leaves no process behind."""

import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request
from base64 import b64encode
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest

from tests.servers import (
    BASIC_AUTH_WEB_CONFIG,
    SAMPLE_USER,
    STALE,
    Alertmanager,
    Caddy,
    Envoy,
    HAProxy,
    KubeApi,
    KubeletLogs,
    MisbehavingServer,
    Nginx,
    NodeExporter,
    Prometheus,
    Series,
    Server,
    ServerError,
    Traefik,
    VictoriaMetrics,
)
from tests.servers.certificates import Authority
from tests.servers.clock import clock_at
from tests.servers.fixtures import NODE, node, require
from tests.servers.kubernetes.kube_objects import JsonClient
from tests.servers.packages import run
from tests.servers.process import basic, local_opener
from tests.servers.running import Running
from tests.waiting import PATIENCE, eventually

pytestmark = pytest.mark.live

FORBIDDEN = 403
NOBODY = "127.0.0.1:1"

MAKERS: dict[str, Callable[[], Server]] = {
    "prometheus": Prometheus,
    "alertmanager": Alertmanager,
    "node-exporter": NodeExporter,
    "victoria-metrics": VictoriaMetrics,
    "nginx": Nginx,
    "kube-apiserver": KubeApi,
    "traefik": lambda: Traefik(backend=NOBODY),
    "envoy": lambda: Envoy(backend=NOBODY),
    "caddy": lambda: Caddy(backend=NOBODY),
    "haproxy": lambda: HAProxy(backend=NOBODY),
}


def get(address: str, *, timeout: float = PATIENCE) -> str:
    with local_opener().open(address, timeout=timeout) as answer:
        return str(answer.read().decode())


def query(base: str, promql: str) -> list[dict[str, Any]]:
    """An instant query's result."""
    found = json.loads(get(f"{base}/api/v1/query?{urllib.parse.urlencode({'query': promql})}"))
    result: list[dict[str, Any]] = found["data"]["result"]
    return result


def runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("name", MAKERS)
def test_starts_hangs_and_leaves_nothing(name: str) -> None:
    """Paused it does not answer, resumed it does; closed, neither process nor directory remains."""
    require(name)
    with MAKERS[name]() as server:
        pids = [process.pid for process in server.processes]
        assert server.is_ready()
        server.pause()
        assert eventually(lambda: not server.is_ready())  # each thread stops when it is next looked at
        server.resume()
        assert eventually(server.is_ready)
    assert pids
    assert not any(runs(pid) for pid in pids)
    assert not server.directory.exists()


def test_a_stopped_server_comes_back_the_same() -> None:
    """Stopping and starting keep address and data."""
    require("nginx")
    with Nginx() as server:
        before = get(server.url)
        server.stop()
        assert not server.is_ready()
        server.start()
        assert get(server.url) == before
        # nginx answers first and logs then.
        assert eventually(lambda: len(server.access_log.read_text().splitlines()) == 2)


def test_a_server_that_cannot_start_says_why() -> None:
    """The error holds the program's own words."""
    require("prometheus")
    with (
        pytest.raises(ServerError, match="field scrape_everything not found"),
        Prometheus(config="scrape_everything: 1"),
    ):
        pass


def test_prometheus_scrapes_rings_and_remembers(prometheus: Prometheus) -> None:
    """Live targets, a firing alert, and history from before it was started."""
    assert eventually(lambda: query(prometheus.url, 'up{job="node"} == 1'))
    assert eventually(lambda: query(prometheus.url, 'ALERTS{alertname="TargetGone", alertstate="firing"}'))
    assert len(query(prometheus.url, "count_over_time(node_load1[2h] offset 30m)")) >= 2


def test_prometheus_takes_remote_writes(prometheus: Prometheus) -> None:
    """A pushed sample is answered, and gone after its staleness marker."""
    now = datetime.now(UTC).timestamp()
    prometheus.remote_write([Series({"__name__": "pushed", "kind": "<b>ü"}, [(now - 20, 1.0), (now - 10, 2.5)])])
    found = query(prometheus.url, "pushed")
    assert [(one["metric"]["kind"], one["value"][1]) for one in found] == [("<b>ü", "2.5")]
    prometheus.remote_write([Series({"__name__": "pushed", "kind": "<b>ü"}, [(now - 5, STALE)])])
    assert query(prometheus.url, "pushed") == []


def test_prometheus_behind_prefix_and_password() -> None:
    """The prefix is part of the address; without the password there is a 401."""
    require("prometheus")
    guarded = Prometheus(prefix="/metrics-of/shop", web_config=BASIC_AUTH_WEB_CONFIG, credentials=SAMPLE_USER)
    with guarded as server:
        assert server.url.endswith("/metrics-of/shop")
        with pytest.raises(urllib.error.HTTPError, match="401"):
            get(f"{server.url}/api/v1/query?query=1")
        request = urllib.request.Request(f"{server.url}/api/v1/query?query=1")
        request.add_header("Authorization", basic(*SAMPLE_USER))
        with local_opener().open(request, timeout=PATIENCE) as answer:
            assert answer.status == 200


def test_prometheus_behind_a_client_certificate(tmp_path: Path) -> None:
    """Who has no certificate of the right authority is not let in; its own readiness check is."""
    require("prometheus")
    authority = Authority.make(tmp_path)
    served, client = authority.issue("prometheus"), authority.issue("reader")
    web_config = (
        f"tls_server_config: {{cert_file: {served.certificate}, key_file: {served.key},"
        f" client_ca_file: {authority.own.certificate}, client_auth_type: RequireAndVerifyClientCert}}\n"
    )
    with Prometheus(web_config=web_config, scheme="https", client_certificate=client) as server:
        with (
            pytest.raises(OSError, match="certificate"),
            local_opener("https").open(server.url) as answer,
        ):
            answer.read()
        with local_opener("https", client).open(f"{server.url}/-/ready", timeout=PATIENCE) as answer:
            assert answer.status == 200


def test_alertmanager_holds_alerts_and_silences(alertmanager: Alertmanager) -> None:
    """A fired alert is listed, and named as silenced once it is."""
    now = datetime.now(UTC)
    alertmanager.fire([{"labels": {"alertname": "DiskFull", "severity": "critical"}}])
    silence = alertmanager.silence("DiskFull", comment="being looked at", author="ana", now=now)
    alerts = json.loads(get(f"{alertmanager.url}/api/v2/alerts"))
    assert [alert["labels"]["alertname"] for alert in alerts] == ["DiskFull"]
    assert eventually(lambda: silence in get(f"{alertmanager.url}/api/v2/alerts"))


def test_node_exporter_tells_about_this_machine(node_exporter: NodeExporter) -> None:
    """Its metrics name the machine's memory."""
    assert "node_memory_MemTotal_bytes" in get(f"{node_exporter.url}/metrics")


def test_victoria_metrics_takes_both_forms(victoria_metrics: VictoriaMetrics) -> None:
    """Text and remote writes are answered by the Prometheus API."""
    now = datetime.now(UTC).timestamp()
    victoria_metrics.import_text(f'by_text{{a="b"}} 3 {now * 1000 - 5000:.0f}\n')
    victoria_metrics.remote_write([Series({"__name__": "by_write"}, [(now - 5, 4.0)])])
    assert query(victoria_metrics.url, "by_text")[0]["value"][1] == "3"
    assert query(victoria_metrics.url, "by_write")[0]["value"][1] == "4"


def test_nginx_logs_as_ingress_nginx_does(nginx: Nginx) -> None:
    """A page, a missing page and a dead upstream leave three lines of the documented shape."""
    before = nginx.access_log.read_text().count("\n")
    get(nginx.url)
    for path, status in (("/missing", 404), ("/checkout", 502)):
        with pytest.raises(urllib.error.HTTPError, match=str(status)):
            get(nginx.url + path)
    assert eventually(lambda: nginx.access_log.read_text().count("\n") == before + 3)
    ends = [line.split('"')[-1].split() for line in nginx.access_log.read_text().splitlines()[-3:]]
    assert [(end[2], end[-2]) for end in ends] == [
        ("[shop-storefront-80]", "200"),
        ("[shop-storefront-80]", "404"),
        ("[shop-checkout-80]", "502"),
    ]


def pod(name: str, **metadata: str) -> dict[str, Any]:
    container = {"name": "parser", "image": "registry.shop/parser:1"}
    terminated = {"reason": "OOMKilled", "exitCode": 137}
    waiting = {"reason": "CrashLoopBackOff", "message": "back-off restarting"}
    state = {"state": {"waiting": waiting}, "lastState": {"terminated": terminated}, "restartCount": 7}
    about = {"name": "parser", "image": "registry.shop/parser:1", "imageID": "", "ready": False}
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name, "namespace": "default", **metadata},
        "spec": {"nodeName": NODE, "containers": [container]},
        "status": {"phase": "Running", "podIP": "127.0.0.9", "containerStatuses": [{**about, **state}]},
    }


def test_kube_api_keeps_statuses_and_ages(kube_api: KubeApi) -> None:
    """What a kubelet would have reported and when an object was made are as they were applied."""
    kube_api.apply([pod("crashing", creationTimestamp="2026-03-01T00:00:00Z")])
    kube_api.apply([pod("crashing", creationTimestamp="2026-03-02T00:00:00Z")])

    def made_when(made: str) -> list[dict[str, Any]]:
        listed = kube_api.get("/api/v1/namespaces/default/pods")["items"]
        return [one for one in listed if one["metadata"]["creationTimestamp"] == made]

    (read,) = eventually(lambda: made_when("2026-03-02T00:00:00Z"))
    state = read["status"]["containerStatuses"][0]
    assert (state["state"]["waiting"]["reason"], state["restartCount"]) == ("CrashLoopBackOff", 7)


def test_kube_api_just_started_takes_a_pod_at_once() -> None:
    """It is ready when its namespaces are there, which is later than when it says it is."""
    require("etcd", "kube-apiserver")
    with KubeApi() as fresh:
        fresh.apply([node(NODE, "127.0.0.1"), pod("first")])
        assert [one["metadata"]["name"] for one in fresh.get("/api/v1/pods")["items"]] == ["first"]
        with closing(JsonClient(fresh.etcd.url)) as etcd:
            default = b64encode(b"/registry/namespaces/default").decode()
            etcd.request("POST", "/v3/kv/deleterange", {"key": default})
        with local_opener("https").open(fresh.ready_url, timeout=PATIENCE) as said:
            assert said.status == 200
        assert not fresh.is_ready()


def test_kube_api_refuses_whom_nothing_is_bound_to(kube_api: KubeApi) -> None:
    """A user sees nothing until a ClusterRole is bound, and then what it grants."""
    rules = [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list"]}]
    role = {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": {"name": "sees-pods"}}
    kube_api.apply([{**role, "rules": rules}])

    def may_list_pods() -> bool:
        request = urllib.request.Request(f"{kube_api.url}/api/v1/pods")
        request.add_header("Authorization", f"Bearer {kube_api.token_of('viewer')}")
        try:
            with local_opener("https").open(request, timeout=PATIENCE) as answer:
                return bool(answer.status == 200)
        except urllib.error.HTTPError as refusal:
            return refusal.code != FORBIDDEN

    assert not may_list_pods()
    kube_api.bind("viewer", "sees-pods")
    assert eventually(may_list_pods)


def test_a_pods_log_comes_from_its_node(kube_api: KubeApi, kubelet_logs: KubeletLogs) -> None:
    """The API server asks the node's address, and its limits hold."""
    now = datetime.now(UTC)
    kube_api.apply([pod("talking")])
    lines = [(now - timedelta(minutes=minutes), f"line {minutes}") for minutes in (30, 20, 10)]
    kubelet_logs.write("default", "talking", "parser", lines)

    def log(options: str) -> list[str]:
        request = urllib.request.Request(f"{kube_api.url}/api/v1/namespaces/default/pods/talking/log?{options}")
        request.add_header("Authorization", f"Bearer {kube_api.token}")
        with local_opener("https").open(request, timeout=PATIENCE) as answer:
            text: str = answer.read().decode()
        return text.splitlines()

    assert log("") == ["line 30", "line 20", "line 10"]
    assert log("sinceSeconds=1300") == ["line 20", "line 10"]
    assert log("tailLines=1") == ["line 10"]
    assert log("limitBytes=10") == ["line 30", "li"]
    assert log("tailLines=1&timestamps=true")[0].endswith("000Z line 10")


REFUSED = {"500": 500, "401": 401, "403": 403, "redirect-loop": 302}
UNANSWERED = {"hang", "refuse", "close", "nonsense"}
NO_JSON = {"html", "half", "wrong-length", "endless", "drip", "bomb"}


def test_every_way_to_misbehave_is_tested() -> None:
    """The three groups below are all there is."""
    assert {*REFUSED, *UNANSWERED, *NO_JSON} == set(MisbehavingServer.modes)


@pytest.mark.parametrize(("mode", "status"), REFUSED.items())
def test_it_refuses(misbehaving: MisbehavingServer, mode: str, status: int) -> None:
    """The refusal reaches the client with its status; urllib gives up a redirect loop by itself."""
    with pytest.raises(urllib.error.HTTPError) as refusal:
        get(f"{misbehaving.url_for(mode)}/api/v1/query")
    assert refusal.value.code == status


@pytest.mark.parametrize("mode", sorted(UNANSWERED))
def test_it_gives_no_http_answer(misbehaving: MisbehavingServer, mode: str) -> None:
    """No status line comes, or the connection fails."""
    with pytest.raises((OSError, HTTPException)):
        get(f"{misbehaving.url_for(mode)}/api/v1/query", timeout=1)


@pytest.mark.parametrize("mode", sorted(NO_JSON))
def test_it_answers_200_with_nothing_usable(misbehaving: MisbehavingServer, mode: str) -> None:
    """The status is fine and the beginning of the body is no JSON document."""
    with local_opener().open(f"{misbehaving.url_for(mode)}/api/v1/query", timeout=PATIENCE) as answer:
        assert answer.status == 200
        with pytest.raises((ValueError, HTTPException)):
            json.loads(answer.read(5 if mode == "drip" else 100_000))


def test_another_present_for_one_process() -> None:
    """A process with its clock elsewhere sees that time, and certificates made then are valid then."""
    require("faketime")
    moment = datetime(2026, 11, 19, 7, 30, tzinfo=UTC)
    tells = "from datetime import datetime, UTC; print(datetime.now(UTC).isoformat())"
    said = run([sys.executable, "-c", tells], env=clock_at(moment))
    assert said.startswith("2026-11-19T07:3")


def test_a_certificate_made_in_the_past(tmp_path: Path) -> None:
    """Its validity begins when it says it was made."""
    require("faketime")
    pair = Authority.make(tmp_path, made_at=datetime(2026, 11, 19, 7, 30, tzinfo=UTC)).issue("past")
    assert "Nov 19 07:30" in run(["openssl", "x509", "-noout", "-startdate", "-in", pair.certificate])


def test_up_records_what_down_stops(tmp_path: Path) -> None:
    """`scripts/servers up` leaves them running; `down` ends exactly these."""
    require("node-exporter", "nginx")
    running = Running(tmp_path / "run")
    running.up(["node-exporter", "nginx"])
    entries = running.entries()
    assert [entry.server for entry in entries] == ["node-exporter", "nginx"]
    assert all(entry.is_alive() for entry in entries)
    with pytest.raises(ServerError, match="already running"):
        running.up(["nginx"])
    running.down()
    assert not any(entry.is_alive() for entry in entries)
    assert running.describe().startswith("nothing is running")
