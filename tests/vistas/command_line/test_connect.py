"""`vistas connect`: what it asks, what it says, what it writes, and with which exit code."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.connectors.http.answering import AnsweringServer, Received, Reply, told
from vistas.command_line import run

TOKEN = "t0ken-of-a-person"
LINE = '203.0.113.9 - - [30/Nov/2026:05:40:00 +0000] "GET / HTTP/1.1" 200 12 "-" "curl"\n'
WRITTEN = 'team = "Owls"  # ours\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, and a home of one's own."""
    for name in [name for name in os.environ if name.startswith("VISTAS_")]:
        monkeypatch.delenv(name)
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.delenv("KUBECONFIG", raising=False)
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def guarded(request: Received) -> Reply:
    if request.headers.get("Authorization") != f"Bearer {TOKEN}":
        return Reply(b"who are you?", 401, "text/plain")
    return told({"status": "success", "data": {"version": "3.16.0"} if "buildinfo" in request.path else ["api"]})


def a_prometheus() -> AnsweringServer:
    paths = ("status/buildinfo", "label/job/values", "label/__name__/values", "series")
    return AnsweringServer(**{f"/api/v1/{path}": guarded for path in paths})


def kept(folder: Path) -> dict[str, Any]:
    sources = tomllib.loads((folder / "vistas.toml").read_text())["sources"]
    assert isinstance(sources, dict)
    return sources


def test_all_is_said_and_nothing_is_asked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "vistas.toml").write_text(WRITTEN)
    (folder / "token").write_text(TOKEN)
    with a_prometheus() as server:
        assert run(["connect", server.url, "--name", "main", "--token-file", "token", "--yes"]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines()[0] == "✓ Prometheus 3.16.0, 1 job: api"
    assert f"Kept as main in {folder}/vistas.toml." in said.out
    assert TOKEN not in said.out + said.err
    assert (folder / "vistas.toml").read_text().startswith(WRITTEN)
    token_file = str(folder / "token")
    assert kept(folder) == {"main": {"type": "prometheus", "url": server.url, "bearer_token_file": token_file}}


def test_once_more_changes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "access.log").write_text(LINE)
    assert run(["connect", "access.log", "--yes"]) == 0
    written = (folder / "vistas.toml").read_bytes()
    assert run(["connect", "access.log", "--yes"]) == 0
    assert capsys.readouterr().out.endswith("It is connected already, as ingress.\n")
    assert (folder / "vistas.toml").read_bytes() == written


def test_without_yes_nothing_is_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "access.log").write_text(LINE)
    assert run(["connect", "access.log"]) == 2
    said = capsys.readouterr()
    assert said.out.startswith("✓ NGINX log, 1 line, ")
    assert "say --yes to keep it" in said.err
    assert list(folder.iterdir()) == [folder / "access.log"]


def test_what_does_not_answer_is_not_kept(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["connect", "http://127.0.0.1:1", "--yes"]) == 1
    assert capsys.readouterr().err.startswith("vistas: Nothing listens at http://127.0.0.1:1. Is it running")
    with a_prometheus() as server:
        assert run(["connect", server.url, "--yes"]) == 1
    assert "401" in capsys.readouterr().err
    assert list(folder.iterdir()) == []


def test_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "access.log").write_text(LINE)
    assert run(["connect", "access.log", "--yes", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["kept"] == {"name": "ingress", "file": f"{folder}/vistas.toml", "secrets": []}
    (found,) = said["found"]
    assert (found["type"], found["standing"], found["tool"]) == ("ingress", "answers", "NGINX log")
    assert run(["connect", "http://127.0.0.1:1", "--yes", "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["kept"], {each["standing"] for each in said["found"]}) == (None, {"unreachable"})


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Say what to connect"),
        (
            ["access.log", "--type", "prometheus"],
            "it cannot be of the type prometheus; what was named may be: files",
        ),
        (["access.log", "--name", "../up"], "is no name for a source"),
        (["access.log", "--name", "taken"], "there is a source taken already"),
        (["access.log", "--token-file", "nowhere"], "nowhere is not a file"),
        (["access.log", "--username", "me"], "say --password-file as well"),
        (["access.log", "--selector", '{app="x"}'], "--selector is not for what was named"),
        (["access.log", "--password", "pw"], "No such option"),
        (["access.log", "--context", "shop"], "there is no context shop in what was named"),
        (["access.log", "--tenant", "shop"], "--tenant is not for what was named"),
        (["http://127.0.0.1:1", "--ca-file", "nowhere"], "nowhere is not a file"),
    ],
)
def test_wrong_use(folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    (folder / "access.log").write_text(LINE)
    (folder / "vistas.toml").write_text('[sources.taken]\ntype = "prometheus"\nurl = "http://x"\n')
    before = (folder / "vistas.toml").read_bytes()
    assert run(["connect", *arguments, "--yes"]) == 2
    assert said in capsys.readouterr().err
    assert (folder / "vistas.toml").read_bytes() == before


def test_the_streams_of_a_victoria_logs_are_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = told({"values": [{"value": "app", "hits": "2"}]})
    values = told({"values": [{"value": "shop", "hits": "2"}]})
    paths = {"/select/logsql/stream_field_names": names, "/select/logsql/stream_field_values": values}
    with AnsweringServer(**paths) as server:
        said = ["--selector", '{app="door"}', "--name", "edge"]
        assert run(["connect", server.url, "--yes", *said]) == 0
        assert "VictoriaLogs" in capsys.readouterr().out
        table = {"url": server.url, "selector": '{app="door"}'}
        assert kept(folder) == {"edge": {"type": "ingress", "victoria_logs": table}}


def test_the_streams_of_a_loki_are_said_or_asked_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    server = AnsweringServer()
    server.answers["/loki/api/v1/labels"] = told({"status": "success", "data": ["app"]})
    server.answers["/loki/api/v1/label/app/values"] = told({"status": "success", "data": ["shop"]})
    with server:
        assert run(["connect", server.url, "--yes"]) == 2
        assert 'Say --selector such as {app="shop"}' in capsys.readouterr().err
        assert run(["connect", server.url, "--yes", "--selector", '{app="door"}']) == 0
    assert kept(folder) == {"loki": {"type": "ingress", "loki": {"url": server.url, "selector": '{app="door"}'}}}


def of_a_tenant(request: Received) -> Reply:
    if request.headers.get("X-Scope-OrgID") != "shop":
        return Reply(b"no org id", 401, "text/plain")
    return told({"status": "success", "data": ["app"]})


def test_a_tenant_is_said_or_asked_for(folder: Path) -> None:
    paths = ("/loki/api/v1/labels", "/loki/api/v1/label/app/values")
    with AnsweringServer(**dict.fromkeys(paths, of_a_tenant)) as server:
        said = ["--tenant", "shop", "--selector", '{app="door"}']
        assert run(["connect", server.url, *said, "--yes"]) == 0
        terminal = Terminal(folder, server.url, "--type", "loki", "--selector", '{app="x"}', "--name", "second")
        terminal.answer("Which tenant? It is sent as X-Scope-OrgID.:", "shop")
        terminal.answer("Keep it as second in", "y")
        assert terminal.end() == 0, terminal.said
    tables = {name: table["loki"] for name, table in kept(folder).items()}
    assert tables == {
        "loki": {"url": server.url, "tenant": "shop", "selector": '{app="door"}'},
        "second": {"url": server.url, "tenant": "shop", "selector": '{app="x"}'},
    }


def kubeconfig(path: Path, *contexts: str) -> None:
    config = {
        "kind": "Config",
        "contexts": [{"name": name, "context": {"cluster": "c", "user": "u"}} for name in contexts],
        "clusters": [{"name": "c", "cluster": {"server": "http://127.0.0.1:1"}}],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(config))


def test_of_a_kubeconfig_one_context_is_tried(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kubeconfig(folder / "kubeconfig", "eu", "us")
    assert run(["connect", "kubeconfig", "--context", "us", "--yes", "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert [each["table"]["context"] for each in said["found"]] == ["us"]
    terminal = Terminal(folder, "kubeconfig", "--type", "kubernetes")
    terminal.answer("2  kubeconfig: us\nNumber [1]:", "2")
    assert terminal.end() == 1


def test_where_several_answer_somebody_says_which(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    server = a_prometheus()
    server.answers = dict.fromkeys(server.answers, told({"status": "success", "data": ["api"]}))
    server.answers["/api/v1/status/buildinfo"] = told({"status": "success", "data": {"version": "3.16.0"}})
    server.answers["/alertmanager/api/v2/status"] = told({"versionInfo": {"version": "0.35.0"}})
    with server:
        assert run(["connect", server.url, "--yes"]) == 2
        assert "say --type with one of alertmanager, prometheus" in capsys.readouterr().err
        assert run(["connect", server.url, "--yes", "--type", "alertmanager"]) == 0
        assert run(["connect", server.url, "--yes", "--type", "prometheus"]) == 0
    urls = {name: table["url"] for name, table in kept(folder).items()}
    assert urls == {"alertmanager": f"{server.url}/alertmanager", "prometheus": server.url}


def test_settings_that_are_named_and_not_there_yet_are_made(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "access.log").write_text(LINE)
    monkeypatch.setenv("VISTAS_CONFIG", "mine.toml")
    assert run(["connect", "access.log", "--yes"]) == 0
    assert "ingress" in (folder / "mine.toml").read_text()


class Terminal:
    """`vistas connect` at a terminal, which is typed into when it asks."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self._here, there = pty.openpty()
        command = [sys.executable, "-m", "vistas.command_line", "connect", *arguments]
        self.process = subprocess.Popen(command, cwd=folder, stdin=there, stdout=there, stderr=there)
        os.close(there)
        self.said = ""

    def wait_for(self, text: str, *, since: int = 0) -> None:
        ends = time.monotonic() + 30
        while text not in self.said[since:]:
            assert time.monotonic() < ends, self.said
            self._read()

    def answer(self, question: str, typed: str) -> None:
        """Each question once, in the order in which they come."""
        self.wait_for(question)
        before, _, self.said = self.said.partition(question)
        self.seen = getattr(self, "seen", "") + before + question
        os.write(self._here, f"{typed}\n".encode())

    def _read(self) -> None:
        if select.select([self._here], [], [], 0.2)[0]:
            try:
                self.said += os.read(self._here, 4096).decode(errors="replace").replace("\r\n", "\n")
            except OSError:
                time.sleep(0.05)

    def end(self) -> int:
        while self.process.poll() is None:
            self._read()
        self._read()
        os.close(self._here)
        self.said = getattr(self, "seen", "") + self.said
        return self.process.returncode


def test_what_is_missing_is_asked_for_at_a_terminal(folder: Path) -> None:
    """A token is not shown while it is typed, and goes into a file of its own."""
    with a_prometheus() as server:
        terminal = Terminal(folder, server.url)
        terminal.answer("Token (empty: a user and a password):", TOKEN)
        terminal.answer("Name [prometheus]:", "main")
        terminal.answer("Keep it as main in", "y")
        assert terminal.end() == 0
    assert "✓ Prometheus 3.16.0, 1 job: api" in terminal.said
    assert TOKEN not in terminal.said
    assert kept(folder)["main"]["bearer_token_file"] == "secrets/main.token"
    assert (folder / "secrets" / "main.token").read_text() == f"{TOKEN}\n"


def test_a_wrong_token_is_not_kept(folder: Path) -> None:
    with a_prometheus() as server:
        terminal = Terminal(folder, server.url)
        terminal.answer("Token (empty: a user and a password):", "wr0ng-t0ken")
        assert terminal.end() == 1
    assert "401" in terminal.said
    assert "wr0ng-t0ken" not in terminal.said
    assert list(folder.iterdir()) == []


def test_no_is_an_answer(folder: Path) -> None:
    (folder / "access.log").write_text(LINE)
    terminal = Terminal(folder, "access.log")
    terminal.answer("Name [ingress]:", "")
    terminal.answer("Keep it as ingress in", "n")
    assert terminal.end() == 1
    assert "Nothing was changed." in terminal.said
    assert not (folder / "vistas.toml").exists()


def test_what_was_found_here_can_be_chosen(folder: Path) -> None:
    kubeconfig(folder.parent / "home" / ".kube" / "config", "shop")
    terminal = Terminal(folder)
    terminal.wait_for("kubeconfig: shop")
    number = next(line.split()[0] for line in terminal.said.splitlines() if "kubeconfig: shop" in line)
    terminal.answer("Number", number)
    assert terminal.end() == 1
    assert "vistas: " in terminal.said
