"""A stranger's bundle takes neither all memory nor all time, whether it is refused or opened.

It is brought in, shown and exported in a process of its own, whose memory and processor time are measured. Time is
held against an ordinary bundle's in the same run, since machines differ and are busy.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest

from tests.vistas.sharing.hostile import MOST, TOO_MUCH, as_many_requests_as_there_may_be
from vistas.command_line import WRONG_USE
from vistas.workspace import bundled

MEBIBYTES_AT_MOST = 300
TIMES_AN_ORDINARY_ONE = 4
PROGRAM = """
import json, sys, time
from pathlib import Path
from vistas.command_line import run

def peak():
    told = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in told if "VmHWM" in line).split()[1]) / 1024

for command in json.loads(sys.argv[1]):
    begun = time.process_time()
    code = run(command)
    print("\\n" + json.dumps({"code": code, "seconds": time.process_time() - begun, "mebibytes": peak()}))
"""

pytestmark = [
    pytest.mark.skipif(
        not Path("/proc/self/status").exists(), reason="only Linux tells the most memory that a program has had"
    ),
    pytest.mark.slow("each is a process that opens as much as a bundle may hold"),
]


@dataclass(frozen=True)
class Run:
    """`mebibytes` is the most memory that the process has had until then."""

    code: int
    seconds: float
    mebibytes: float


def runs(folder: Path, commands: Sequence[Sequence[str]]) -> list[Run]:
    """The commands one after the other in one process, as somebody calls them in `folder`."""
    environment = {**os.environ, "VISTAS_DATA": str(folder / "data")}
    program = [sys.executable, "-c", PROGRAM, json.dumps(commands)]
    done = subprocess.run(program, check=True, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)
    return [Run(**json.loads(line)) for line in done.stdout.splitlines() if line.startswith('{"code"')]


def everything_done_with(file: Path) -> list[list[str]]:
    path = str(file)
    exports = [["export", path, "--to", f"exported{ending}"] for ending in (".html", ".md")]
    return [["import", path], ["show", path], *exports]


@pytest.fixture(scope="module")
def ordinary(tmp_path_factory: pytest.TempPathFactory) -> float:
    """The seconds that it takes to bring in an ordinary bundle, and to show and export it."""
    done = runs(tmp_path_factory.mktemp("ordinary"), everything_done_with(bundled()[0]))
    return sum(run.seconds for run in done)


def test_bundles_of_too_much_are_refused(ordinary: float, tmp_path: Path) -> None:
    """One after the other in one process, so that the memory is that of the greediest."""
    for make in TOO_MUCH:
        (tmp_path / f"{make.__name__}.vista").write_bytes(make().getvalue())
    found = runs(tmp_path, [["import", f"{make.__name__}.vista"] for make in TOO_MUCH])
    for make, run in zip(TOO_MUCH, found, strict=True):
        assert run.code == WRONG_USE, make.__name__
        assert run.seconds < TIMES_AN_ORDINARY_ONE * ordinary, make.__name__
        assert run.mebibytes < MEBIBYTES_AT_MOST, make.__name__


@pytest.mark.parametrize("make", MOST, ids=lambda make: make.__name__)
def test_a_bundle_of_as_much_as_there_may_be_is_opened(
    make: Callable[[], BytesIO], ordinary: float, tmp_path: Path
) -> None:
    path = tmp_path / "large.vista"
    path.write_bytes(make().getvalue())
    found = runs(tmp_path, everything_done_with(path))
    assert [run.code for run in found] == [0] * 4
    assert sum(run.seconds for run in found) < TIMES_AN_ORDINARY_ONE * ordinary
    assert found[-1].mebibytes < MEBIBYTES_AT_MOST


def test_as_many_requests_as_there_may_be_are_opened(ordinary: float, tmp_path: Path) -> None:
    """No attack but some days of a busy front door, which can be written to a file: so it can be brought in."""
    path = tmp_path / "busy.vista"
    path.write_bytes(as_many_requests_as_there_may_be().getvalue())
    found = runs(tmp_path, [["import", str(path)], ["show", str(path)]])
    assert [run.code for run in found] == [0, 0]
    assert sum(run.seconds for run in found) < TIMES_AN_ORDINARY_ONE * ordinary
    assert found[-1].mebibytes < MEBIBYTES_AT_MOST
