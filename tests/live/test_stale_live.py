"""A look that a real Prometheus no longer answers, since its exporter was upgraded and renamed the metric."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.servers import NodeExporter, NodeExporterOf2017, Prometheus
from tests.servers.fixtures import require
from tests.servers.ports import free_port
from vistas.gathering.gather import take_one
from vistas.gathering.morning import begin, gather_into
from vistas.mornings.stale import MOST, Why, find_stale, mendings, reason, with_look
from vistas.routine import Routine
from vistas.settings import load_settings
from vistas.snapshot import Window
from vistas.source import Deadline
from vistas.workspace import Workspace

pytestmark = pytest.mark.live

NEVER = "node_network_transmit_carrier"
"""The older name of what the older exporter did not export yet."""
ROUTINE = {
    "routine": "ground",
    "title": "The ground",
    "about": "What everything stands on.",
    "stops": [
        {
            "stop": "room",
            "title": "Room",
            "question": "Is there room?",
            "why": "w",
            "normal": "n",
            "plainly": "p",
            "looks": [
                {
                    "look": "memory",
                    "title": "Memory that is free",
                    "source": "prometheus",
                    "take": "range",
                    "query": "min by (job) (node_memory_MemAvailable)",
                    "unit": "bytes",
                },
                {"look": "load", "title": "Load", "source": "prometheus", "take": "range", "query": "node_load1"},
            ],
        }
    ],
}


@contextmanager
def exporting(exporter: NodeExporter, port: int) -> Iterator[None]:
    """Where the one before it was, as after an upgrade."""
    exporter.port = port
    with exporter:
        yield


def workspace(url: str, home: Path) -> Workspace:
    environ = {
        "VISTAS_DATA": str(home / "data"),
        "VISTAS_SOURCES__PROMETHEUS__TYPE": "prometheus",
        "VISTAS_SOURCES__PROMETHEUS__URL": url,
    }
    return Workspace.open(load_settings(environ, home))


def morning(workspace: Workspace, routine: Routine, window: Window, at: datetime) -> None:
    """Gathered over the window; written down as of `at`."""
    begun = begin(workspace, routine, window=window, author="Ana", now=at)
    gather_into(workspace, begun, deadline=Deadline(timedelta(seconds=20)))


def checked(url: str, home: Path) -> tuple[int, Any]:
    """What `vistas routines check --live --json` exits with and prints of a metric that never was there."""
    (home / "ground.yaml").write_text(json.dumps(ROUTINE).replace("node_memory_MemAvailable", NEVER))
    environ = {
        **os.environ,
        "VISTAS_DATA": str(home / "piped"),
        "VISTAS_GATHER__WINDOW": "1m",
        "VISTAS_SOURCES__PROMETHEUS__TYPE": "prometheus",
        "VISTAS_SOURCES__PROMETHEUS__URL": url,
    }
    command = [sys.executable, "-m", "vistas.command_line", "routines", "check", "--live", "--json", "ground.yaml"]
    ran = subprocess.run(command, env=environ, cwd=home, capture_output=True, timeout=60, check=False)
    return ran.returncode, json.loads(ran.stdout)


def until(true: Callable[[], bool], what: str) -> None:
    ends = time.monotonic() + 30
    while not true():
        assert time.monotonic() < ends, f"{what} within 30 s"
        time.sleep(0.2)


def answers(workspace: Workspace, routine: Routine, window: Window) -> bool:
    look = routine.stops[0].looks[0]
    taken = take_one(
        "room",
        look,
        workspace.sources,
        window,
        deadline=Deadline(timedelta(seconds=10)),
        redactor=workspace.redactor,
    )
    return any(each.frame is not None and each.frame.rows for each in taken)


def test_a_metric_that_an_upgraded_exporter_renamed_is_found_and_mended(tmp_path: Path) -> None:
    require("prometheus", "node-exporter", "node-exporter-of-2017")
    routine, port = Routine.model_validate(ROUTINE), free_port()
    scrapes = (
        "global: {scrape_interval: 1s, scrape_timeout: 1s}\n"
        f"scrape_configs: [{{job_name: node, static_configs: [{{targets: ['127.0.0.1:{port}']}}]}}]\n"
    )
    with Prometheus(config=scrapes) as prometheus:
        here = workspace(prometheus.url, tmp_path)
        started = datetime.now(UTC)
        with exporting(NodeExporterOf2017(), port):
            until(
                lambda: answers(here, routine, Window(started, datetime.now(UTC))), "the old exporter is scraped"
            )
            now = datetime.now(UTC)
            morning(here, routine, Window(started, now), now - timedelta(days=4))
        upgraded = datetime.now(UTC) + timedelta(seconds=2)
        with exporting(NodeExporter(), port):
            renamed = Routine.model_validate_json(
                routine.model_dump_json().replace("node_memory_MemAvailable", "node_memory_MemAvailable_bytes")
            )
            until(
                lambda: (
                    datetime.now(UTC) > upgraded + timedelta(seconds=2)
                    and answers(here, renamed, Window(upgraded, datetime.now(UTC)))
                ),
                "the new exporter is scraped",
            )
            window = Window(upgraded, datetime.now(UTC))
            for days in (3, 2, 1):
                morning(here, routine, window, datetime.now(UTC) - timedelta(days=days))

            (stale,) = find_stale(routine, here.store.traces("ground", most=MOST))
            assert (stale.look.look, stale.why, stale.mornings) == ("memory", Why.METRIC, 3)
            assert reason(stale) == "prometheus has no metric node_memory_MemAvailable any more."
            (mending,) = mendings(stale.look, stale.absent)
            assert "node_exporter was probably updated: since its version 0.16" in mending.happened
            code, printed = checked(prometheus.url, tmp_path)
            assert code == 1
            (finding,) = printed["findings"]
            assert (finding["look"], finding["status"]) == ("memory", "absent")
            assert finding["suggestion"]["queries"] == [f"min by (job) ({NEVER}_total)"]
            mended = here.versions.keep(with_look(routine, stale, mending.look), by="Ana", at=datetime.now(UTC))
            assert answers(here, mended, Window(upgraded, datetime.now(UTC)))
            assert not find_stale(mended, here.store.traces("ground", most=MOST))
