"""`vistas gather landscape` from real servers of all three kinds, and with each of them going wrong."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.servers import KubeApi, MisbehavingServer, Nginx, Prometheus
from vistas.command_line import run
from vistas.routine_file import find_routine

pytestmark = pytest.mark.live

DEADLINE = 10
OF_EACH = {
    kind: {(stop.stop, look.look) for stop, look in find_routine("landscape").looks() if look.source == kind}
    for kind in ("prometheus", "kubernetes", "ingress")
}
MODES = ["refuse", "hang", "500", "html", "half", "endless"]

Looks = list[dict[str, Any]]
Gather = Callable[..., tuple[int, Looks]]


@pytest.fixture
def tables(prometheus: Prometheus, kube_api: KubeApi, nginx: Nginx) -> dict[str, dict[str, Any]]:
    """Three sources that are well, as vistas.toml would have them."""
    for path in ("/", "/", "/missing", "/checkout"):
        try:
            urllib.request.urlopen(nginx.url + path, timeout=5).close()
        except urllib.error.HTTPError as answer:
            answer.close()
    return {
        "metrics": {"type": "prometheus", "url": prometheus.url},
        "cluster": {"type": "kubernetes", "kubeconfig": str(kube_api.kubeconfig)},
        "door": {"type": "ingress", "files": [str(nginx.access_log)]},
    }


@pytest.fixture
def gather(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Gather:
    """Exit code and looks of a gathering from these sources, also written to m.vista."""

    def gathered(tables: Mapping[str, Mapping[str, Any]]) -> tuple[int, Looks]:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("VISTAS_DATA", str(tmp_path / "data"))
        written = "".join(
            f"[sources.{name}]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in table.items())
            for name, table in tables.items()
        )
        (tmp_path / "vistas.toml").write_text(written)
        code = run(["gather", "landscape", "--out", "m.vista", "--json", "--deadline", f"{DEADLINE}s"])
        return code, json.loads(capsys.readouterr().out)["looks"]

    return gathered


def failed(looks: Looks) -> set[tuple[str, str]]:
    """The looks that could not be gathered; one whose metric nobody exports here is not among them."""
    return {
        (look["stop"], look["look"])
        for look in looks
        if look["state"] == "gap" and not look["reason"].startswith("nothing to look at here: ")
    }


def test_landscape_is_gathered_from_all_three(
    tables: dict[str, dict[str, Any]], gather: Gather, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Frames from every source, in a file that shows them again by itself."""
    code, looks = gather(tables)
    assert (code, failed(looks)) == (0, set())
    frames = {look["source"] for look in looks if look["state"] == "frame" and look["rows"]}
    assert frames == {"metrics", "cluster", "door"}
    assert run(["show", "m.vista", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert [look["rows"] for stop in shown["stops"] for look in stop["looks"]] == [look["rows"] for look in looks]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("wrong", ["metrics", "cluster"])
def test_tool_that_goes_wrong_is_a_gap_in_time(
    wrong: str,
    mode: str,
    tables: dict[str, dict[str, Any]],
    gather: Gather,
    misbehaving: MisbehavingServer,
    kube_api: KubeApi,
    tmp_path: Path,
) -> None:
    """Exit 1 within the deadline, a gap for each of its looks, and everybody else's as ever."""
    url = misbehaving.url_for(mode)
    if wrong == "metrics":
        tables["metrics"]["url"] = url
    else:
        tables["cluster"]["kubeconfig"] = str(kubeconfig_for(url, kube_api, tmp_path))
    started = time.monotonic()
    code, looks = gather(tables)
    assert time.monotonic() - started < DEADLINE + 5
    assert (code, failed(looks)) == (1, OF_EACH[tables[wrong]["type"]])


def kubeconfig_for(url: str, kube_api: KubeApi, folder: Path) -> Path:
    """The administrator's kubeconfig, but for a server at `url`."""
    config = yaml.safe_load(kube_api.kubeconfig.read_text())
    for cluster in config["clusters"]:
        cluster["cluster"] = {"server": url}
    path = folder / "kubeconfig"
    path.write_text(yaml.safe_dump(config))
    return path


def test_logs_that_are_not_there_are_gaps(
    tables: dict[str, dict[str, Any]], gather: Gather, tmp_path: Path
) -> None:
    tables["door"]["files"] = [str(tmp_path / "nowhere.log")]
    code, looks = gather(tables)
    gaps = {(look["stop"], look["look"]) for look in looks if look["source"] == "door" and look["state"] == "gap"}
    assert (code, gaps) == (1, OF_EACH["ingress"])
    assert failed(looks) <= OF_EACH["ingress"]
