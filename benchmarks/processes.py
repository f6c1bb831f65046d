"""A contender that is a program of its own: how long it takes, what it costs, how much memory it holds.

Linux alone: memory is read from `/proc/PID/status`. `VmHWM` there is the most a process ever held; what `wait4`
says of memory would count the parent that it was forked from.
"""

from __future__ import annotations

import os
import select
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.result import Measured

LOOKED_AT_EVERY = 0.02


class Failed(Exception):
    """A contender ended with an error, so that its time says nothing; the message is its last words."""


@dataclass(frozen=True)
class Ran:
    seconds: float
    cpu_seconds: float
    peak_bytes: int
    own_bytes: int
    """The most memory that no file stands behind, looked at fifty times a second."""
    output: str


def run(command: Sequence[str | Path], env: Mapping[str, str] | None = None, *, may_end_with: int = 0) -> Ran:
    """Run it in an empty folder, without the settings of whoever runs it.

    Failed where it ends otherwise than with 0 or `may_end_with`.
    """
    ours = {name: value for name, value in os.environ.items() if not name.startswith("VISTAS_")}
    with (
        tempfile.TemporaryDirectory() as folder,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as said,
    ):
        began = time.perf_counter()
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=said,
            cwd=folder,
            env={**ours, **(env or {})},
        )
        peak, own = _watch(process.pid)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, may_end_with):
            said.seek(0)
            words = said.read().decode("utf-8", "replace").strip()
            raise Failed(f"{Path(command[0]).name} ended with {process.returncode}: {words[-500:]}")
        out.seek(0)
        output = out.read().decode("utf-8", "replace")
    return Ran(seconds, used.ru_utime + used.ru_stime, peak, own, output)


def programs_in_turn(
    task: str, rounds: int, contenders: Mapping[str, Callable[[], Ran]], *, amount: int, unit: str
) -> dict[str, Measured]:
    """Run each once a round, A B C, A B C."""
    ran: dict[str, list[Ran]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, start in contenders.items():
            ran[name].append(start())
    return {
        name: Measured(
            task,
            name,
            seconds=tuple(each.seconds for each in each_round),
            cpu_seconds=tuple(each.cpu_seconds for each in each_round),
            amount=amount,
            unit=unit,
            peak_bytes=max(each.peak_bytes for each in each_round),
            own_bytes=max(each.own_bytes for each in each_round),
        )
        for name, each_round in ran.items()
    }


def cpu_seconds(pid: int) -> float:
    """User and system time of a process that runs, its threads included, those of its children left out."""
    counted = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(counted[11]) + int(counted[12])) / os.sysconf("SC_CLK_TCK")


def _watch(pid: int) -> tuple[int, int]:
    """The most memory it held, in all and of its own, once it has ended."""
    peak = own = 0
    handle = os.pidfd_open(pid)
    try:
        while not select.select([handle], [], [], LOOKED_AT_EVERY)[0]:
            held = _memory(pid)
            peak, own = max(peak, held.get("VmHWM", 0)), max(own, held.get("RssAnon", 0))
    finally:
        os.close(handle)
    return peak, own


def _memory(pid: int) -> dict[str, int]:
    """Bytes by the name of the line; a process that has just ended has none."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    parts = (line.split() for line in lines if line.endswith(" kB"))
    return {name.removesuffix(":"): int(number) << 10 for name, number, _ in parts}
