"""From an empty folder to a gathered morning: a real Prometheus, a real cluster and a log, by `vistas connect`."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.connectors.ingress.lines import ingress_line
from tests.servers import Alertmanager, KubeApi, Prometheus, VictoriaMetrics
from vistas.command_line import run
from vistas.connecting import StopPreview, preview, recognise
from vistas.extensions.discovery import Machine
from vistas.redaction import Redactor
from vistas.routine.file import built_in_routines
from vistas.source import Deadline

pytestmark = pytest.mark.live


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("VISTAS_")]:
        monkeypatch.delenv(name)
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_from_an_empty_folder_to_a_gathered_morning(
    folder: Path, prometheus: Prometheus, kube_api: KubeApi, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "access.log").write_text("".join(ingress_line() + "\n" for _ in range(50)))
    assert run(["connect", f"{prometheus.url}/graph", "--yes"]) == 0
    assert run(["connect", str(kube_api.kubeconfig), "--name", "cluster", "--yes"]) == 0
    assert run(["connect", "access.log", "--yes"]) == 0
    said = capsys.readouterr().out
    assert "✓ Prometheus 3." in said or "✓ Prometheus 2." in said
    assert "jobs: " in said
    assert "node_exporter  machines: CPU, memory, disks" in said
    assert "✓ Kubernetes 1." in said
    assert "1 node" in said
    assert "50 lines" in said
    assert run(["check", "--json"]) == 0
    checked = {each["what"]: each["well"] for each in json.loads(capsys.readouterr().out)}
    assert checked.items() >= {"prometheus": True, "cluster": True, "ingress": True}.items()
    assert run(["gather", "landscape", "--json"]) in (0, 1)
    looks = json.loads(capsys.readouterr().out)["looks"]
    answered = {look["source"] for look in looks if look["state"] == "frame"}
    assert answered >= {"prometheus", "cluster"}


def test_what_a_routine_would_show_with_it_alone(kube_api: KubeApi, prometheus: Prometheus) -> None:
    redactor, now, machine = Redactor(b"k" * 32), datetime.now(UTC), Machine.this()
    routine = built_in_routines()[0]
    shown: dict[str, dict[str, StopPreview]] = {}
    for pasted, finder in ((str(kube_api.kubeconfig), "kubernetes"), (prometheus.url, "prometheus")):
        offer = next(each for each in recognise(pasted, machine).offers if each.finder == finder)
        stops = preview(offer, routine, redactor, Deadline(timedelta(seconds=60)), now=now)
        shown[finder] = {stop.title: stop for stop in stops}
    assert [stop.title for stop in routine.stops] == list(shown["kubernetes"])
    assert shown["prometheus"]["Weather"].shows
    assert not shown["kubernetes"]["Weather"].shows
    assert shown["kubernetes"]["Weather"].needs == ("prometheus",)
    assert any(stop.shows for stop in shown["kubernetes"].values())


def test_relatives_of_prometheus_are_told_apart(
    folder: Path, alertmanager: Alertmanager, victoria_metrics: VictoriaMetrics, capsys: pytest.CaptureFixture[str]
) -> None:
    victoria_metrics.import_text('up{job="api"} 1\n')
    for url in (alertmanager.url, victoria_metrics.url):
        assert run(["connect", url.removeprefix("http://"), "--yes", "--json"]) == 0
    tables = {each["found"][0]["tool"].split()[0]: each["found"][0]["table"] for each in _told(capsys)}
    assert tables == {
        "Alertmanager": {"type": "alertmanager", "url": alertmanager.url},
        "VictoriaMetrics": {"type": "prometheus", "url": victoria_metrics.url},
    }
    assert (folder / "vistas.toml").read_text().count("[sources.") == 2


def _told(capsys: pytest.CaptureFixture[str]) -> list[dict[str, list[dict[str, object]]]]:
    decoder, text, found = json.JSONDecoder(), capsys.readouterr().out.strip(), []
    while text:
        told, end = decoder.raw_decode(text)
        found.append(told)
        text = text[end:].strip()
    return found
