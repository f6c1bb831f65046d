"""The access logs that are made for measuring."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import access_log as making
from benchmarks import regex_loop

pytestmark = pytest.mark.slow("programs of others")

LINES = 5_000
RETRIED = re.compile(r"\d, \d{3} [0-9a-f]{32}$")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("written_as", ["ingress-nginx", "combined"])
def test_a_log_is_the_same_each_time_and_made_once(cache: Path, written_as: making.Format) -> None:
    path = making.access_log(written_as, LINES)
    first = path.read_bytes()
    assert first.count(b"\n") == LINES
    made_at = path.stat().st_mtime_ns
    assert making.access_log(written_as, LINES).stat().st_mtime_ns == made_at
    path.unlink()
    assert making.access_log(written_as, LINES).read_bytes() == first
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.usefixtures("cache")
def test_a_log_is_as_uneven_as_life() -> None:
    """Times ascend; most requests succeed, some are retried, refused, given up or none at all."""
    path = making.access_log("ingress-nginx", 40_000)
    log = regex_loop.ingress_nginx(str(path))
    statuses = log["status"]
    assert isinstance(statuses, dict)
    assert {"200", "304", "404", "499", "502"} < statuses.keys()
    assert 0.6 < statuses["200"] / 40_000 < 0.9
    lines = path.read_text().splitlines()
    assert 4_500 < len({line.split(" ", 1)[0] for line in lines}) <= making.CLIENTS
    assert 50 < sum(RETRIED.search(line) is not None for line in lines) < 250


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize("written_as", ["ingress-nginx", "combined"])
def test_the_loop_and_our_command_count_the_same(written_as: making.Format) -> None:
    """What is measured beside each other is the same work."""
    path = making.access_log(written_as, LINES)
    counted = {"ingress-nginx": regex_loop.ingress_nginx, "combined": regex_loop.combined}[written_as](str(path))
    command = [sys.executable, "-m", "vistas.command_line", "logs", str(path), "--json"]
    ours = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert counted["unparsed"] == ours["unparsed"] == 0
    assert Counter(counted["status"]) == Counter(ours["status"])
