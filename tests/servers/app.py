"""The app itself as a server: on the recordings alone, with a store of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers.ports import free_port
from tests.servers.process import ServerError

READY_WITHIN = 60.0


OPEN = (sys.executable, "-m", "vistas.command_line", "open", "--no-browser")


@dataclass(frozen=True)
class RunningApp:
    address: str
    pid: int
    data: Path


@contextmanager
def app(command: Sequence[str] = OPEN) -> Iterator[str]:
    """Its address, once it answers. `command` is given `--port` as well. ServerError when it does not start."""
    with running_app(command) as running:
        yield running.address


@contextmanager
def running_app(command: Sequence[str] = OPEN, *, settings: Path | None = None) -> Iterator[RunningApp]:
    """As `app`, with its process and where it keeps its data; on live tools where there are `settings`."""
    with tempfile.TemporaryDirectory() as home:
        port = free_port()
        env = {name: value for name, value in os.environ.items() if not name.startswith("VISTAS_")}
        env |= {"VISTAS_DATA": f"{home}/data", "VISTAS_PERSON": "Maya", "VISTAS_SAMPLES": "false"}
        if settings:
            env |= {"VISTAS_CONFIG": str(settings)}
        running = subprocess.Popen(
            [*command, f"--port={port}"], env=env, cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            yield RunningApp(_wait(running, f"http://127.0.0.1:{port}"), running.pid, Path(home, "data"))
        finally:
            running.terminate()
            running.wait()


def _wait(running: subprocess.Popen[bytes], address: str) -> str:
    ends = time.monotonic() + READY_WITHIN
    while not _answers(address):
        if running.poll() is not None or time.monotonic() > ends:
            raise ServerError(f"the app did not start within {READY_WITHIN:.0f} s")
        time.sleep(0.02)
    return address


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False
