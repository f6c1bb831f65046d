"""`vistas gather` as a script calls it: the console script, real tools, and each of them going wrong by itself."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.servers import MisbehavingServer
from tests.servers.fixtures import require
from tests.servers.landscape import CRASHING, VISITS, Landscape
from tests.servers.landscape import landscape as running_landscape
from tests.waiting import Stopwatch
from vistas.sharing import read_bundle
from vistas.vista import Vista

pytestmark = pytest.mark.live

VISTAS = Path(sys.executable).with_name("vistas")
DEADLINE = 12.0
GRACE = 8.0
"""Seconds that writing down what came may take beside the deadline."""
START = 60.0
"""Seconds that the interpreter may take to start, import and end, on a machine that does other things as well."""
MEBIBYTE = 1 << 20
MEMORY = 1024 * MEBIBYTE
SOURCES = ("prometheus", "cluster", "front-door")
ALL_OF_IT = len(VISITS)

GLANCE = """\
routine: glance
title: A glance
about: Two looks at each kind of tool.
window: 1h
stops:
  - stop: glance
    title: Glance
    question: Does everything answer?
    why: To know.
    normal: It does.
    plainly: One look around.
    looks:
      - {look: up, title: Up, source: prometheus, take: instant, query: up}
      - {look: load, title: Load, source: prometheus, take: range, query: node_load1}
      - {look: pods, title: Pods, source: kubernetes, take: pods}
      - {look: namespaces, title: Namespaces, source: kubernetes, take: namespaces}
      - {look: requests, title: Requests, source: ingress, take: requests}
      - {look: routes, title: Routes, source: ingress, take: routes}
"""

WAYS_TO_GO_WRONG = {
    "refuse": ("unreachable", "Nothing answers at|Nothing listens at"),
    "500": ("refused|unreachable|garbled|answer not understood", "500"),
    "html": ("answer not understood", "HTML|sign in|Sign in|page"),
    "half": ("answer not understood", "JSON|breaks off|cut"),
    "hang": ("too slow", "answer|Time ran out|come"),
    "drip": ("too slow", "still sending|Time ran out|come"),
    "endless": ("too much data|too slow", "larger|still sending|more than|time"),
}
"""How a tool goes wrong: which reason is given, and words of which one is in what is said."""


@dataclass(frozen=True)
class Outcome:
    """What a script sees. `memory` is the most that the process held at once, in bytes."""

    code: int
    watch: Stopwatch
    memory: int
    said: dict[str, Any]
    complaints: str

    def states(self) -> dict[str, set[str]]:
        """Whether each source's looks are frames or gaps."""
        return {
            source: {look["state"] for look in self.said["looks"] if look["source"] == source}
            for source in SOURCES
        }

    def reasons(self, source: str) -> list[str]:
        return [look["reason"] for look in self.said["looks"] if look["source"] == source]


@pytest.fixture(scope="module")
def landscape() -> Iterator[Landscape]:
    require("prometheus", "etcd", "kube-apiserver", "nginx")
    with running_landscape() as made:
        yield made


@pytest.fixture(scope="module")
def wrong() -> Iterator[MisbehavingServer]:
    with MisbehavingServer() as server:
        yield server


@pytest.fixture
def gather(tmp_path: Path) -> Callable[..., Outcome]:
    """`vistas gather …` with these settings, in an empty folder, as a process of its own."""
    (tmp_path / "glance.yaml").write_text(GLANCE)

    def called(settings: Path, *arguments: str, prefix: tuple[str, ...] = ()) -> Outcome:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("VISTAS_")}
        environment |= {"VISTAS_CONFIG": str(settings), "VISTAS_DATA": str(tmp_path / "data")}
        out, err = tmp_path / "out", tmp_path / "err"
        command = [*prefix, str(VISTAS), "gather", *arguments, "--json"]
        with out.open("wb") as said, err.open("wb") as complained, Stopwatch() as watch:
            process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=said, stderr=complained)
            _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        kibibytes = 1 if sys.platform == "darwin" else 1024
        text = out.read_text()
        assert text, err.read_text()
        return Outcome(process.returncode, watch, used.ru_maxrss * kibibytes, json.loads(text), err.read_text())

    return called


def glance(gather: Callable[..., Outcome], settings: Path, **how: Any) -> Outcome:
    return gather(settings, "glance.yaml", "--deadline", f"{DEADLINE:g}s", **how)


def expect_gaps_of_only(source: str, outcome: Outcome) -> None:
    """One source's looks are gaps, in time and in little memory; everybody else's are frames."""
    assert outcome.states() == {each: {"gap"} if each == source else {"frame"} for each in SOURCES}
    assert (outcome.code, outcome.complaints) == (1, "")
    assert outcome.said["took_seconds"] - outcome.watch.held_up < DEADLINE + GRACE
    assert outcome.watch.seconds < DEADLINE + GRACE + START
    assert outcome.memory < MEMORY


def kubeconfig_for(url: str, path: Path) -> Path:
    """A kubeconfig whose one cluster is at `url`."""
    config = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": "shop", "cluster": {"server": url}}],
        "users": [{"name": "viewer", "user": {"token": "a-token"}}],
        "contexts": [{"name": "shop", "context": {"cluster": "shop", "user": "viewer"}}],
        "current-context": "shop",
    }
    path.write_text(json.dumps(config))
    return path


def test_the_landscape_becomes_a_vista_with_frames_of_all_three(
    landscape: Landscape, gather: Callable[..., Outcome], tmp_path: Path
) -> None:
    """The file holds what was told, and what it tells is what is there: the crashing pod, every visit.

    It shows the same again by itself, with no tool in sight.
    """
    outcome = gather(landscape.settings, "landscape", "--out", "m.vista")
    with (tmp_path / "m.vista").open("rb") as file:
        vista = read_bundle(file)
    frames = {snapshot.source for snapshot in vista.snapshots if snapshot.frame and snapshot.frame.rows}
    assert frames == set(SOURCES)
    assert rows_of(vista, "front-door", "requests")["requests"].sum() >= ALL_OF_IT
    assert any(CRASHING in str(row) for row in rows_of(vista, "workloads", "stands-out").rows())
    failed = [look for look in outcome.said["looks"] if look["reason"] and not is_calm(look["reason"])]
    assert (outcome.code, failed, outcome.complaints) == (0, [], "")
    assert outcome.memory < MEMORY
    shown = [look["rows"] for stop in show(tmp_path / "m.vista")["stops"] for look in stop["looks"]]
    assert shown == [look["rows"] for look in outcome.said["looks"]]


def show(vista: Path) -> dict[str, Any]:
    environment = {**os.environ, "VISTAS_DATA": str(vista.parent / "data")}
    command = [str(VISTAS), "show", str(vista), "--json"]
    told: dict[str, Any] = json.loads(
        subprocess.run(command, cwd=vista.parent, env=environment, capture_output=True, check=True).stdout
    )
    return told


def rows_of(vista: Vista, stop: str, look: str) -> Any:
    (frame,) = (each.frame for each in vista.at(stop) if each.look == look)
    assert frame
    return frame.data


def is_calm(reason: str) -> bool:
    """Nobody exports that metric here: it is told, and it is no failure."""
    return reason.startswith("nothing to look at here: ")


def test_what_is_told_as_json_is_a_stable_shape(landscape: Landscape, gather: Callable[..., Outcome]) -> None:
    """For scripts: every look of the routine in its order, each with the same keys."""
    said = glance(gather, landscape.settings).said
    assert said.keys() == {"vista", "routine", "chosen", "window", "took_seconds", "looks"}
    assert said["routine"] == "glance"
    start, end = (datetime.fromisoformat(said["window"][side]) for side in ("from", "to"))
    assert end - start == timedelta(hours=1)
    keys = ("stop", "look", "source", "state", "rows", "took_seconds", "reason")
    assert {tuple(look) for look in said["looks"]} == {keys}
    assert [(look["source"], look["look"], look["state"], look["reason"]) for look in said["looks"]] == [
        ("prometheus", "up", "frame", None),
        ("prometheus", "load", "frame", None),
        ("cluster", "pods", "frame", None),
        ("cluster", "namespaces", "frame", None),
        ("front-door", "requests", "frame", None),
        ("front-door", "routes", "frame", None),
    ]
    assert [look["look"] for look in said["looks"] if not look["rows"] or look["took_seconds"] < 0] == []


@pytest.mark.parametrize("way", WAYS_TO_GO_WRONG)
@pytest.mark.parametrize("source", ["prometheus", "cluster"])
def test_a_tool_that_goes_wrong_costs_its_own_looks_and_nothing_else(
    source: str,
    way: str,
    landscape: Landscape,
    wrong: MisbehavingServer,
    gather: Callable[..., Outcome],
    tmp_path: Path,
) -> None:
    """Exit 1 within the deadline, with a reason that says what happened."""
    url = wrong.url_for(way)
    tables = {
        "prometheus": {"type": "prometheus", "url": url},
        "cluster": {"type": "kubernetes", "kubeconfig": str(kubeconfig_for(url, tmp_path / "kubeconfig"))},
    }
    outcome = glance(gather, landscape.write_settings(f"{source}-{way}.toml", **{source: tables[source]}))
    expect_gaps_of_only(source, outcome)
    reason, words = WAYS_TO_GO_WRONG[way]
    for said in outcome.reasons(source):
        assert any(said.startswith(f"{each}: ") for each in reason.split("|")), said
        assert any(each in said for each in words.split("|")), said
        assert_for_humans(said)


def assert_for_humans(said: str) -> None:
    """A sentence or two: no class names, no addresses of objects, no pools, no traces."""
    assert len(said) < 300
    assert not any(sign in said for sign in ("Error(", "Exception", "object at 0x", "Pool(", "Traceback", "errno"))
    assert said.endswith((".", "!", "?", "”")), said


def a_missing_file(folder: Path, _: Path) -> Path:
    return folder / "nowhere.log"


def a_folder(folder: Path, _: Path) -> Path:
    return folder


def a_file_nobody_may_read(folder: Path, log: Path) -> Path:
    path = folder / "locked.log"
    shutil.copy(log, path)
    path.chmod(0)
    return path


def a_link_to_itself(folder: Path, _: Path) -> Path:
    path = folder / "circle.log"
    path.symlink_to(path)
    return path


def a_pipe_that_nobody_fills(folder: Path, _: Path) -> Path:
    path = folder / "pipe.log"
    os.mkfifo(path)
    return path


def a_gzip_cut_off_at_once(folder: Path, log: Path) -> Path:
    path = folder / "access.log.1.gz"
    path.write_bytes(gzip.compress(log.read_bytes())[:12])
    return path


def a_file_that_is_no_log(folder: Path, _: Path) -> Path:
    path = folder / "core.log"
    path.write_bytes(os.urandom(100_000))
    return path


WAYS_OF_LOGS = [
    (a_missing_file, "unreachable: There is no file"),
    (a_folder, "is a folder, not a log file"),
    (a_file_nobody_may_read, "refused: The app is not allowed to read"),
    (a_link_to_itself, "unreachable: "),
    (a_pipe_that_nobody_fills, "too slow: Nothing had come through "),
    (a_gzip_cut_off_at_once, "answer not understood: "),
    (a_file_that_is_no_log, "is not a log: it is binary"),
]


@pytest.mark.parametrize(("make", "says"), WAYS_OF_LOGS, ids=[make.__name__ for make, _ in WAYS_OF_LOGS])
def test_logs_that_cannot_be_read_cost_their_own_looks_and_nothing_else(
    make: Callable[[Path, Path], Path],
    says: str,
    landscape: Landscape,
    gather: Callable[..., Outcome],
    tmp_path: Path,
) -> None:
    """A path that was named and leads to nothing is no calm emptiness: exit 1, and it says which path."""
    path = make(tmp_path, landscape.nginx.access_log)
    table = {"type": "ingress", "files": [str(path)]}
    settings = landscape.write_settings(f"{make.__name__}.toml", **{"front-door": table})
    outcome = glance(gather, settings, prefix=powerless() if make is a_file_nobody_may_read else ())
    expect_gaps_of_only("front-door", outcome)
    for said in outcome.reasons("front-door"):
        assert says in said
        assert_for_humans(said)


def powerless() -> tuple[str, ...]:
    """What makes a program heed the permissions of files even where the tests run as root."""
    if os.geteuid() != 0:
        return ()
    setpriv = shutil.which("setpriv")
    assert setpriv, "as root this test needs setpriv, of Debian's util-linux"
    return (setpriv, "--bounding-set=-dac_override,-dac_read_search", "--")


def test_logs_that_are_cut_off_give_what_is_left_of_them(
    landscape: Landscape, gather: Callable[..., Outcome], tmp_path: Path
) -> None:
    """Half a compressed file is half the truth: frames, with a warning beside them that names the file."""
    packed = gzip.compress(landscape.nginx.access_log.read_bytes(), compresslevel=0)
    path = tmp_path / "access.log.1.gz"
    path.write_bytes(packed[: len(packed) * 2 // 3])
    table = {"type": "ingress", "files": [str(path)]}
    settings = landscape.write_settings("cut-off.toml", **{"front-door": table})
    outcome = gather(settings, "glance.yaml", "--out", "m.vista")
    assert (outcome.code, outcome.states()["front-door"]) == (0, {"frame"})
    with (tmp_path / "m.vista").open("rb") as file:
        vista = read_bundle(file)
    assert 0 < rows_of(vista, "glance", "requests")["requests"].sum() < ALL_OF_IT
    (warnings,) = {each.provenance.warnings for each in vista.snapshots if each.source == "front-door"}
    assert any("access.log.1.gz ends too early" in warning for warning in warnings)


@contextmanager
def paused(landscape: Landscape, source: str) -> Iterator[None]:
    server = {"prometheus": landscape.prometheus, "cluster": landscape.kube_api}[source]
    server.pause()
    try:
        yield
    finally:
        server.resume()


@pytest.mark.parametrize("source", ["prometheus", "cluster"])
def test_a_real_tool_that_hangs_costs_its_own_looks_and_nothing_else(
    source: str, landscape: Landscape, gather: Callable[..., Outcome]
) -> None:
    """The kernel takes the connection, and nobody ever answers on it."""
    with paused(landscape, source):
        outcome = glance(gather, landscape.settings)
    expect_gaps_of_only(source, outcome)
    assert all(said.startswith("too slow: ") for said in outcome.reasons(source))


def test_when_everything_is_stopped_there_are_only_gaps(
    landscape: Landscape, gather: Callable[..., Outcome]
) -> None:
    """The last test of this file: it takes the whole landscape away."""
    landscape.stop()
    outcome = glance(gather, landscape.settings)
    assert outcome.states() == {source: {"gap"} for source in SOURCES}
    assert outcome.code == 1
    for source in SOURCES:
        for said in outcome.reasons(source):
            assert said.startswith("unreachable: ")
            assert_for_humans(said)
