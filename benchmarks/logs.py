"""Access logs: `vistas logs --json` beside GoAccess and a compiled-`re` loop, on ordinary files of two lengths."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.access_log import Format, access_log
from benchmarks.gathering import gathering_memory
from benchmarks.processes import Ran, programs_in_turn, run
from benchmarks.result import Disagreement, Finding, Measured, Missing, Target, times_as_long
from tests.servers.fetch import MissingServer, library_environment, program

OURS, GOACCESS, LOOP = "vistas logs", "GoAccess", "compiled re"
GOACCESS_FORMATS: dict[Format, list[str]] = {
    "combined": ["--log-format=COMBINED"],
    "ingress-nginx": [
        '--log-format=%h - %^ [%d:%t %^] "%r" %s %b "%R" "%u" %^ %T [%v] %^',
        "--date-format=%d/%b/%Y",
        "--time-format=%T",
    ],
}
"""As its manual says for these formats."""


@dataclass(frozen=True)
class Log:
    written_as: Format
    lines: int
    path: Path


Contender = Callable[[Log], Ran]


def measure(rounds: int, small: bool) -> list[Finding]:
    short, long, two_gigabytes = (2_000, 16_000, 24_000) if small else (500_000, 4_000_000, 6_400_000)
    contenders, findings = _contenders()
    formats: tuple[Format, ...] = ("ingress-nginx", "combined")
    for written_as in formats:
        shorter, longer = (_compare(written_as, lines, rounds, contenders) for lines in (short, long))
        findings += [*shorter.values(), *longer.values()]
        findings += _faster(written_as, longer)
        findings.append(_flat(written_as, shorter[OURS], longer[OURS]))
    return findings + gathering_memory(access_log("ingress-nginx", two_gigabytes), two_gigabytes)


def _contenders() -> tuple[dict[str, Contender], list[Finding]]:
    contenders: dict[str, Contender] = {LOOP: _loop, OURS: _ours}
    try:
        return {GOACCESS: partial(_goaccess, program("goaccess"))} | contenders, []
    except MissingServer as missing:
        return contenders, [Missing(GOACCESS, str(missing))]


def _compare(written_as: Format, lines: int, rounds: int, contenders: dict[str, Contender]) -> dict[str, Measured]:
    log = Log(written_as, lines, access_log(written_as, lines))
    _warm(log.path)
    task = f"{lines:,} lines, {written_as}"
    starts = {name: partial(contender, log) for name, contender in contenders.items()}
    return programs_in_turn(task, rounds, starts, amount=lines, unit="lines")


def _warm(path: Path) -> None:
    """Bring the file into memory, for whoever is first as for the others."""
    with path.open("rb") as file:
        while file.read(1 << 24):
            pass


def _goaccess(binary: Path, log: Log) -> Ran:
    """One run as its user would start it: everything it reports, no look-ups of names, no progress shown."""
    quietly = ["--no-global-config", "--no-progress", "-o", "json"]
    ran = run([binary, log.path, *GOACCESS_FORMATS[log.written_as], *quietly], library_environment(binary))
    counted = json.loads(ran.output)["general"]
    return _agreed(log, ran, counted["valid_requests"] + counted["failed_requests"])


def _loop(log: Log) -> Ran:
    ran = run([sys.executable, Path(__file__).with_name("regex_loop.py"), log.written_as, log.path])
    return _agreed(log, ran, json.loads(ran.output)["requests"])


def _ours(log: Log) -> Ran:
    ran = run([sys.executable, "-m", "vistas.command_line", "logs", log.path, "--json"])
    counted: dict[str, Any] = json.loads(ran.output)
    return _agreed(log, ran, sum(counted["status"].values()))


def _agreed(log: Log, ran: Ran, counted: int) -> Ran:
    if counted != log.lines:
        raise Disagreement(f"{log.path.name} has {log.lines:,} requests; {counted:,} were counted")
    return ran


def _faster(written_as: Format, measured: dict[str, Measured]) -> list[Finding]:
    promised = {GOACCESS: 15, LOOP: 5}
    return [
        Target(
            f"{written_as}: lines/s of {name}", times_as_long(measured[name], measured[OURS]), "at least", limit
        )
        for name, limit in promised.items()
        if name in measured
    ]


def _flat(written_as: Format, shorter: Measured, longer: Measured) -> Target:
    if not shorter.own_bytes or not longer.own_bytes:
        raise Disagreement("a process ended before its memory was looked at")
    grown = f"{longer.amount:,} lines beside {shorter.amount:,}"
    return Target(f"{written_as}: memory for {grown}", longer.own_bytes / shorter.own_bytes, "at most", 1.5)
