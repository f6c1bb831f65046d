"""Access logs made after public bug reports: `vistas logs FILE --json` tells what a person sees in each."""

from __future__ import annotations

import json
import tomllib
from bisect import bisect_left
from pathlib import Path
from typing import Any

import pytest

from vistas.command_line import run
from vistas.requests.summary import BOUNDS

FOLDER = Path(__file__).parents[2] / "cases" / "logs"
CASES: dict[str, dict[str, Any]] = tomllib.loads((FOLDER / "expected.toml").read_text(encoding="utf-8"))
FILES = {path.stem: path for path in FOLDER.glob("*.log")}
ONE_BUCKET = 1
"""How far a latency may be from what the lines say: it is told from buckets."""


def test_every_file_has_its_expectation() -> None:
    assert set(FILES) == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_case_is_read_as_a_person_reads_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Requests by status and route, what is set aside, what fits nothing; the median where one is expected."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    case = CASES[name]
    run(["logs", str(FILES[name]), "--json", *case.get("options", [])])
    said = json.loads(capsys.readouterr().out)
    counted = {key: said[key] for key in ("requests", "set_aside", "unparsed")}
    counted["set_aside"] = _total(counted["set_aside"])
    assert counted == {key: case.get(key, 0) for key in counted}
    assert said["status"] == case.get("statuses", {})
    assert {row["route"] for row in said["routes"]} == set(case.get("routes", []))
    median = said["latency_seconds"]["p50"]
    assert (median is None) == ("p50" not in case)
    assert median is None or abs(_bucket(median) - _bucket(case["p50"])) <= ONE_BUCKET


def _bucket(seconds: float) -> int:
    return bisect_left(BOUNDS, seconds)


def _total(set_aside: int | dict[str, int]) -> int:
    return set_aside if isinstance(set_aside, int) else sum(set_aside.values())
