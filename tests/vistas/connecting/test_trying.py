"""What is pasted, tried on small servers that answer as the tools' documentation says."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.connectors.http.answering import AnsweringServer, Received, Reply, told
from vistas.connecting import Credentials, Tried, how_it_feels, in_a_sentence, recognise, try_out, why_not
from vistas.extensions.discovery import Machine, Standing, found_here
from vistas.redaction import Redactor
from vistas.source import Deadline

REDACTOR = Redactor(b"k" * 32)
JOBS = ["api", "blackbox", "ingress-nginx", "kube-state-metrics", "node_exporter"]
FAMILIES = ["kube_pod_info", "nginx_ingress_controller_requests"]
COMBINED = '203.0.113.9 - - [30/Nov/2026:{}:00 +0000] "GET /?token=s3cr3t HTTP/1.1" 200 12 "-" "curl"\n'


def success(data: object) -> Reply:
    return told({"status": "success", "data": data})


def a_prometheus(prefix: str = "") -> AnsweringServer:
    server = AnsweringServer()
    api = f"{prefix}/api/v1"
    server.answers[f"{api}/status/buildinfo"] = success({"version": "3.16.0"})
    server.answers[f"{api}/label/job/values"] = success(JOBS)
    server.answers[f"{api}/label/__name__/values"] = success(FAMILIES)
    server.answers[f"{api}/series"] = success([{"__name__": "any"}])
    return server


def a_loki(*apps: str) -> AnsweringServer:
    server = AnsweringServer()
    server.answers["/loki/api/v1/status/buildinfo"] = told({"version": "3.6.1"})
    server.answers["/loki/api/v1/labels"] = success(["app", "namespace", "__stream_shard__"])
    server.answers["/loki/api/v1/label/app/values"] = success(list(apps))
    return server


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine({}, tmp_path / "home", tmp_path, tmp_path / "root")


def tried(
    pasted: str, machine: Machine, credentials: Credentials | None = None, seconds: float = 5
) -> list[Tried]:
    read = recognise(pasted, machine)
    deadline = Deadline(timedelta(seconds=seconds))
    return list(try_out(read.offers, REDACTOR, deadline, credentials=credentials or read.credentials))


def test_a_prometheus_says_what_it_is_and_has(machine: Machine) -> None:
    with a_prometheus() as server:
        best, *others = tried(f"  {server.url}/graph?g0.expr=up#x ", machine)
    assert best.offer.table == {"type": "prometheus", "url": server.url}
    assert in_a_sentence(best) == "Prometheus 3.16.0, 5 jobs: ingress-nginx, kube-state-metrics, api and 2 more"
    assert [part.name for part in best.told.parts] == ["ingress-nginx", "kube-state-metrics"]
    assert how_it_feels(best.told).startswith("answers in ")
    assert {each.told.standing for each in others} == {Standing.SOMETHING_ELSE}


@pytest.mark.parametrize("prefix", ["/prometheus", "/select/0/prometheus"])
def test_it_is_found_below_a_usual_prefix(machine: Machine, prefix: str) -> None:
    with a_prometheus(prefix) as server:
        best = tried(server.url, machine)[0]
    assert best.offer.table["url"] == f"{server.url}{prefix}"


def test_without_a_scheme_the_one_that_answers_is_taken(machine: Machine) -> None:
    with a_prometheus("/mon") as server:
        best = tried(f"127.0.0.1:{server.port}/mon/targets", machine)[0]
    assert best.offer.table["url"] == f"{server.url}/mon"


def test_an_alertmanager(machine: Machine) -> None:
    alert = {"labels": {"alertname": "A"}, "status": {"state": "active"}, "startsAt": "2026-11-30T05:00:00Z"}
    with AnsweringServer() as server:
        server.answers["/api/v2/status"] = told({"versionInfo": {"version": "0.35.0"}})
        server.answers["/api/v2/alerts"] = told([alert])
        server.answers["/api/v2/silences"] = told([])
        best = tried(f"{server.url}/#/alerts", machine)[0]
    assert in_a_sentence(best) == "Alertmanager 0.35.0, 1 alert, no silences"


def test_a_loki_and_which_of_its_streams(machine: Machine) -> None:
    """A controller is known by its name; where there is none, somebody has to say."""
    with a_loki("shop", "ingress-nginx") as server:
        best = tried(server.url, machine)[0]
    selector = '{app="ingress-nginx"}'
    assert best.offer.table == {"type": "ingress", "loki": {"url": server.url, "selector": selector}}
    assert in_a_sentence(best) == "Loki 3.6.1, 2 labels: app and namespace"
    with a_loki("shop", "cart") as server:
        best = tried(server.url, machine)[0]
    assert best.told.missing[0].choices == ('{app="shop"}', '{app="cart"}')
    assert "selector" not in best.offer.table["loki"]


def test_who_asks_is_said_where_it_is_wanted(machine: Machine) -> None:
    """A refusal says so; with the token it answers, and nothing that was typed is left in what is kept."""
    with a_prometheus() as server:
        answers = dict(server.answers)

        def guarded(path: str) -> object:
            def answer(request: Received) -> Reply:
                known = request.headers.get("Authorization") in ("Bearer t0ken", "Basic bWU6cHc=")
                found = answers[path]
                assert isinstance(found, Reply)
                return found if known else Reply(b"who are you?", 401, "text/plain")

            return answer

        server.answers = {path: guarded(path) for path in answers}  # type: ignore[misc]
        first = tried(server.url, machine)[0]
        assert (first.told.standing, first.offer.finder) == (Standing.SIGN_IN, "prometheus")
        second = tried(server.url, machine, Credentials(token="t0ken"))[0]
        third = tried(f"http://me:pw@127.0.0.1:{server.port}", machine)[0]
        wrong = tried(server.url, machine, Credentials(token="wr0ng-one"))
    assert second.told.answers
    assert third.told.answers
    assert second.offer == third.offer == replace(first.offer, table={"type": "prometheus", "url": server.url})
    assert "wr0ng-one" not in repr(wrong)


def test_whose_data_is_said_where_several_share_a_tool(machine: Machine) -> None:
    with AnsweringServer() as server:
        nobody = Reply(b"no org id\n", 401, "text/plain")
        server.answers = dict.fromkeys(["/api/v1/status/buildinfo", "/loki/api/v1/labels"], nobody)
        found = {each.offer.finder: each.told for each in tried(server.url, machine) if each.told.missing}
    assert {told.standing for told in found.values()} == {Standing.TENANT}
    assert {finder: told.missing[0].key for finder, told in found.items()} == {
        "prometheus": ("headers", "X-Scope-OrgID"),
        "loki": ("loki", "tenant"),
    }


def test_credentials_stay_with_the_host_that_was_typed(machine: Machine) -> None:
    with AnsweringServer() as other, AnsweringServer() as server:
        away = Reply(b"", 302, headers={"Location": f"{other.url}/sign-in"})
        server.answers["/api/v1/status/buildinfo"] = away
        best = tried(server.url, machine, Credentials("me", "pw"))[0]
        assert best.told.standing is Standing.SIGN_IN
        assert other.received == []


def test_credentials_go_to_https_alone_where_no_scheme_was_said(machine: Machine) -> None:
    with AnsweringServer() as server:
        found = tried(f"127.0.0.1:{server.port}", machine, Credentials(token="t0ken"))
        assert server.received == []
    assert not any(each.told.answers for each in found)


def test_what_answers_and_is_none_of_ours(machine: Machine) -> None:
    with AnsweringServer() as server:
        read = recognise(server.url, machine)
        message, hint = why_not(read, try_out(read.offers, REDACTOR, Deadline(timedelta(seconds=5))))
    assert (
        message == f"Something answers at {server.url}, but no Alertmanager, Loki, Prometheus or VictoriaLogs "
        "that could be asked."
    )
    assert "prefix" in hint


def test_what_is_refused(machine: Machine) -> None:
    with AnsweringServer() as server:
        server.answers["/api/v2/status"] = Reply(b"not you", 403, "text/plain")
        best = tried(server.url, machine)[0]
    assert (best.told.standing, best.offer.finder) == (Standing.REFUSED, "alertmanager")


def test_what_hangs_is_slow_and_in_time(machine: Machine) -> None:
    woken = threading.Event()

    def answer(_: Received) -> Reply:
        woken.wait(20)
        return Reply()

    with AnsweringServer() as server:
        server.answers = {f"{path}/api/v2/status": answer for path in ("", "/alertmanager")}
        server.answers |= {"/loki/api/v1/labels": answer, "/select/logsql/stream_field_names": answer}
        prefixes = ("", "/prometheus", "/select/0/prometheus")
        server.answers |= {f"{path}/api/v1/status/buildinfo": answer for path in prefixes}
        found = tried(server.url, machine, seconds=0.5)
        woken.set()
    assert {each.told.standing for each in found} == {Standing.SLOW}


def test_nothing_listens(machine: Machine) -> None:
    assert {each.told.standing for each in tried("http://127.0.0.1:1", machine)} == {Standing.UNREACHABLE}


@pytest.mark.parametrize("pasted", ["", "   ", "hello world", "ftp://x", "javascript:alert(1)", "http://", "a\0b"])
def test_what_means_nothing(machine: Machine, pasted: str) -> None:
    read = recognise(pasted, machine)
    assert read.offers == ()
    assert why_not(read, ())[1].startswith("Paste an address")


def log(path: Path, *times: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(COMBINED.format(time) for time in times))
    return path


def test_a_log_its_folder_and_its_pattern(machine: Machine) -> None:
    path = log(machine.folder / "logs" / "access.log", "05:40", "05:59")
    log(path.with_name("access.log.1"), "04:00")
    for pasted in ("logs/access.log", str(path), f"{path.parent}/access.log*", "logs", str(path.parent)):
        (best,) = tried(pasted, machine)
        assert in_a_sentence(best) == "NGINX log, 3 lines, 2026-11-30 04:00–05:59 UTC, format nginx-combined", (
            pasted
        )
        assert "s3cr3t" not in repr(best)
    assert recognise("~/x.log", machine).offers[0].table["files"] == [f"{machine.home}/x.log"]


def test_what_is_no_log_and_what_is_not_there(machine: Machine) -> None:
    (machine.folder / "notes.txt").write_text("milk\n")
    assert tried("notes.txt", machine)[0].told.standing is Standing.SOMETHING_ELSE
    gone = tried("./gone.log", machine)[0].told
    assert (gone.standing, gone.message) == (Standing.UNREACHABLE, f"There is no file {machine.folder}/gone.log.")


def kubeconfig(path: Path, *contexts: str) -> Path:
    named = [{"name": name, "context": {"cluster": "c", "user": "u"}} for name in contexts]
    clusters = [{"name": "c", "cluster": {"server": "https://127.0.0.1:1"}}]
    path.parent.mkdir(parents=True, exist_ok=True)
    told = {
        "apiVersion": "v1",
        "kind": "Config",
        "contexts": named,
        "clusters": clusters,
        "current-context": "shop",
    }
    path.write_text(json.dumps(told))
    return path


def test_the_contexts_of_a_kubeconfig(machine: Machine) -> None:
    """The current one first; by the file, or by a context's name."""
    path = kubeconfig(machine.home / ".kube" / "config", "other", "shop")
    shop = {"type": "kubernetes", "kubeconfig": str(path), "context": "shop"}
    read = recognise("~/.kube/config", machine)
    assert [offer.table.get("context") for offer in read.offers if offer.finder == "kubernetes"] == ["shop"]
    assert [offer.table["context"] for offer in read.others] == ["other"]
    (named,) = recognise("shop", machine).offers
    assert named.table == shop
    assert tried("shop", machine)[0].told.standing is Standing.UNREACHABLE


def test_several_kubeconfigs_are_named_by_the_environment(machine: Machine) -> None:
    one, two = (kubeconfig(machine.folder / name, name) for name in ("one", "two"))
    both = replace(machine, environ={"KUBECONFIG": f"{one}:{two}"})
    assert [offer.table for offer in found_here(both, asking=False)] == [
        {"type": "kubernetes", "context": "one"},
        {"type": "kubernetes", "context": "two"},
    ]


def test_what_lies_about_here(machine: Machine) -> None:
    assert found_here(machine, asking=False) == ()
    path = log(machine.root / "var" / "log" / "nginx" / "access.log", "05:40")
    log(path.with_name("access.log.1"), "04:40")
    account = machine.root / "var/run/secrets/kubernetes.io/serviceaccount/token"
    account.parent.mkdir(parents=True)
    account.write_text("x")
    inside = replace(machine, environ={"KUBERNETES_SERVICE_HOST": "10.0.0.1"})
    found = {offer.finder: offer.table for offer in found_here(inside, asking=False)}
    assert found == {"files": {"type": "ingress", "files": [f"{path}*"]}, "kubernetes": {"type": "kubernetes"}}


def test_a_recording(machine: Machine) -> None:
    from vistas.workspace import bundled

    best = tried(str(bundled()[0]), machine)[0]
    assert best.offer.table == {"type": "recording", "file": str(bundled()[0])}
    assert in_a_sentence(best).startswith("recording, ")


@pytest.fixture(autouse=True)
def nothing_left(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """What is typed in is lent to a try, and nothing of it stays on the disk."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    yield
    assert list((tmp_path / "tmp").iterdir()) == []
