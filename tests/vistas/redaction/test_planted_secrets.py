"""The real command line, with a secret planted wherever there can be one: it comes out nowhere."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.connectors.http.answering import AnsweringServer, Received, Reply, told
from tests.connectors.kubernetes.canned import kubeconfig
from vistas.command_line import run

SECRETS = {
    "bearer": "blue-fox-jumps-one",
    "basic": "red-fox-sleeps-two",
    "header": "grey-fox-runs-three",
    "database": "lazy-dog-barks-four",
    "query": "old-dog-dreams-five",
    "log": "wild-dog-howls-six",
    "bug": "small-cat-purrs-seven",
    "cluster": "fat-cat-eats-eight",
    "webhook": "shy-cat-hides-nine",
    "setting": "tall-owl-calls-ten",
    "label": "grey-owl-hoots-eleven",
}
"""No rule takes these words for secrets; where they stand makes them such."""

pytestmark = pytest.mark.slow("every way out of the app")
SETTINGS = """
data = "data"
person = "ann"
routines = "routines"
[chat]
webhook_file = "secrets/webhook"
[sources.metrics]
type = "prometheus"
url = "{url}"
bearer_token_file = "secrets/bearer"
[sources.rings]
type = "alertmanager"
url = "{url}"
username = "ann"
password_env = "ANNS_PASSWORD"
headers = {{ X-Door = {{ file = "secrets/header" }} }}
[sources.cluster]
type = "kubernetes"
kubeconfig = "secrets/kubeconfig"
[sources.door]
type = "ingress"
files = ["secrets/access.log"]
[sources.strange]
type = "strange"
"""
LOOKS = [
    {"source": "metrics", "take": "instant", "query": f'up{{password="{SECRETS["query"]}"}}'},
    {"source": "metrics", "take": "range", "query": f'up{{u="https://a:{SECRETS["query"]}@b.example"}}'},
    {"source": "metrics", "take": "alerts"},
    {"source": "rings", "take": "alerts"},
    {"source": "cluster", "take": "pods"},
    {"source": "door", "take": "requests"},
    {"source": "door", "take": "lines"},
    {"source": "door", "take": "routes"},
    {"source": "strange", "take": "range", "query": f"password={SECRETS['query']}"},
    {"source": "nobody", "take": "range", "query": f"token={SECRETS['query']}"},
]
STRANGE = f"""
import logging
import threading
import warnings

SECRET = "{SECRETS["bug"]}"

class Strange:
    type, takes, at_once = "strange", frozenset({{"range"}}), 1

    def __init__(self, name):
        self.name = name

    @classmethod
    def from_settings(cls, name, settings, redactor):
        warnings.warn(f"password={{SECRET}}")
        return cls(name)

    def take(self, stop, look, window, deadline):
        logging.getLogger("strange").error("password=%s", SECRET)
        other = threading.Thread(target=self.stumble)
        other.start()
        other.join()
        self.stumble()

    def check(self, deadline):
        self.stumble()

    def stumble(self):
        try:
            {{}}[SECRET]
        except KeyError as error:
            raise ValueError(SECRET) from error
"""


def answer(request: Received) -> Reply:
    """Alerts are refused, and the refusal quotes what it refuses; everything else is answered."""
    if request.path.endswith("/query"):
        labels = {"job": "shop", "api_token": SECRETS["label"]}
        return told({"status": "success", "data": vector(labels), "warnings": [f"password={SECRETS['label']}"]})
    sent = "; ".join(f"{name}: {value}" for name, value in request.headers.items())
    token = request.headers.get("Authorization", "").rpartition(" ")[2]
    return Reply(json.dumps({"message": f"no {token} here", "error": f"{token} ({sent})"}).encode(), 403)


def vector(labels: dict[str, str]) -> dict[str, object]:
    return {"resultType": "vector", "result": [{"metric": labels, "value": [1, "1"]}]}


class Tool(AnsweringServer):
    def answer(self, request: Received) -> Reply:
        self.received.append(request)
        return answer(request)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A workspace full of secrets; what holds them on purpose lies in `secrets`."""
    secrets, packages, routines = tmp_path / "secrets", tmp_path / "secrets" / "packages", tmp_path / "routines"
    for each in (secrets, packages, routines):
        each.mkdir()
    (secrets / "bearer").write_text(SECRETS["bearer"])
    (secrets / "header").write_text(SECRETS["header"])
    (secrets / "webhook").write_text(f"https://chat.example/services/{SECRETS['webhook']}")
    _write_log(secrets / "access.log")
    _install(packages)
    stop = dict.fromkeys(("title", "question", "why", "normal", "plainly"), "x")
    looks = [{"look": f"l{place}", "title": "One", **look} for place, look in enumerate(LOOKS)]
    routine = {"routine": "all", "title": "All", "about": "a", "stops": [{**stop, "stop": "s", "looks": looks}]}
    (secrets / "all.yaml").write_text(json.dumps(routine))
    with Tool() as tool:
        kubeconfig(secrets, tool.url, {"token": SECRETS["cluster"]})
        (tmp_path / "vistas.toml").write_text(SETTINGS.format(url=tool.url))
        yield tmp_path


def _write_log(path: Path) -> None:
    minute = datetime.now(UTC) - timedelta(minutes=5)
    secret = SECRETS["log"]
    lines = [
        f'192.0.2.7 - - [{minute:%d/%b/%Y:%H:%M:%S} +0000] "GET /a?key={secret} HTTP/1.1" 200 9 "-" "curl"',
        f'192.0.2.7 - - [{minute:%d/%b/%Y:%H:%M:%S} +0000] "GET /b HTTP/1.1" 200 9 "https://x/?t={secret}" "curl"',
        f"something else: password={secret}",
        f"Authorization: Bearer {secret}",
    ]
    path.write_text("\n".join(lines) + "\n")


def _install(packages: Path) -> None:
    (packages / "strange_tools.py").write_text(STRANGE)
    about = packages / "strange_tools-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: strange-tools\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[morning_vistas.sources]\nstrange = strange_tools:Strange\n")


def vistas(folder: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VISTAS_")}
    planted = {"PYTHONPATH": str(folder / "secrets" / "packages"), "ANNS_PASSWORD": SECRETS["basic"]}
    return subprocess.run(
        [sys.executable, "-m", "vistas.command_line", *arguments],
        cwd=folder,
        env=kept | planted | environ,
        capture_output=True,
        text=True,
        check=False,
    )


def found_in(text: str) -> list[str]:
    pair = base64.b64encode(f"ann:{SECRETS['basic']}".encode()).decode()
    return [name for name, secret in {**SECRETS, "pair": pair}.items() if secret in text]


def insist(folder: Path, ran: subprocess.CompletedProcess[str], code: int) -> None:
    assert found_in(ran.stdout) == []
    assert found_in(ran.stderr) == []
    assert "Traceback" not in ran.stderr
    assert ran.returncode == code, ran.stderr
    for path in folder.rglob("*"):
        if path.is_file() and folder / "secrets" not in path.parents:
            assert found_in(path.read_bytes().decode("latin-1")) == [], path


def test_check_tells_how_everything_is_and_no_secret(folder: Path) -> None:
    for arguments in (("check",), ("check", "--json")):
        ran = vistas(folder, *arguments)
        insist(folder, ran, 1)
        assert "The strange connector could not handle that answer (ValueError)." in ran.stdout
        assert "answered 403" in ran.stdout


def test_a_gathering_is_kept_listed_shown_and_exported_without_a_secret(folder: Path) -> None:
    """One look after another goes wrong, and the morning is there all the same."""
    ran = vistas(folder, "gather", "secrets/all.yaml", "--json", "--out", "morning.vista")
    insist(folder, ran, 1)
    outcome = json.loads(ran.stdout)
    states = {look["look"]: (look["state"], look["reason"]) for look in outcome["looks"]}
    assert states["l0"] == ("frame", None)
    assert states["l5"] == ("frame", None)
    assert "could not handle" in states["l8"][1]
    assert "ValueError" in ran.stderr
    insist(folder, vistas(folder, "gather", "secrets/all.yaml"), 1)
    listed = vistas(folder, "list")
    insist(folder, listed, 0)
    assert "All" in listed.stdout
    insist(folder, vistas(folder, "show", outcome["vista"]), 0)
    for ending in ("html", "md"):
        insist(folder, vistas(folder, "export", outcome["vista"], "--to", f"out.{ending}"), 0)
        assert (folder / f"out.{ending}").stat().st_size


@pytest.fixture
def called(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """Exit code and stderr of the command line in this process, with variables set."""
    for name in [name for name in os.environ if name.startswith("VISTAS_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(folder)
    _without_strangers(folder / "vistas.toml")

    def call(*arguments: str, **environ: str) -> tuple[int, str]:
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        code = run(arguments)
        written = capsys.readouterr()
        assert found_in(written.out + written.err) == []
        return code, written.err

    return call


def _without_strangers(settings: Path) -> None:
    settings.write_text(settings.read_text().replace('[sources.strange]\ntype = "strange"\n', ""))


@pytest.mark.parametrize(
    "database",
    [
        f"postgresql://svc:{SECRETS['database']}@127.0.0.1:1/vistas",
        f"postgresql://svc:p@{SECRETS['database']}:x@127.0.0.1/vistas",
        f"nodatabase://svc:{SECRETS['database']}@db/vistas",
        f"sqlite:///v.db?timeout={SECRETS['database']}",
        f"sqlite:////dev/null/v.db?timeout={SECRETS['database']}",
        f"svc:{SECRETS['database']}@db/vistas",
    ],
)
def test_a_database_that_cannot_be_opened(called: Callable[..., tuple[int, str]], database: str) -> None:
    code, complaint = called("list", VISTAS_STORE__DATABASE=database)
    assert code == 2
    assert complaint.startswith("vistas: ")
    code, _ = called("check", VISTAS_STORE__DATABASE=database)
    assert code == (1 if "://" in database else 2)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VISTAS_GATHER__DEADLINE", SECRETS["setting"]),
        ("VISTAS_REDACTION__ALSO", json.dumps([f"{SECRETS['setting']}("])),
        ("VISTAS_SOURCES__METRICS__URL", f"https://ann:{SECRETS['setting']}@metrics.example"),
        ("VISTAS_SOURCES__METRICS__PASSWORD", SECRETS["setting"]),
        ("VISTAS_SOURCES__METRICS__HEADERS", json.dumps({f"X-Door: {SECRETS['setting']}": ""})),
        ("VISTAS_SOURCES__METRICS__HEADERS", json.dumps({"Authorization": SECRETS["setting"]})),
        ("VISTAS_SERVER__PORT", SECRETS["setting"]),
        ("VISTAS_SOURCES", f"password={SECRETS['setting']}"),
    ],
)
def test_a_setting_that_is_wrong(called: Callable[..., tuple[int, str]], name: str, value: str) -> None:
    code, complaint = called("list", **{name: value})
    assert code == 2
    assert len(complaint.splitlines()) == 1
