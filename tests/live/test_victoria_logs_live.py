"""A VictoriaLogs where a Loki, or a Prometheus, is meant to be: each path of theirs is unknown to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connectors.ingress import IngressSource
from connectors.log_engines.lines import nanoseconds
from connectors.prometheus import PrometheusSource
from tests.connectors.ingress.lines import ingress_line
from tests.servers import VictoriaLogs
from tests.servers.fixtures import require_current
from vistas.connecting import recognise, try_out
from vistas.extensions.discovery import Machine
from vistas.redaction import Redactor
from vistas.source import Deadline, Source

pytestmark = pytest.mark.live

REDACTOR = Redactor(b"k" * 32)


@pytest.fixture(scope="module")
def victoria_logs() -> Iterator[VictoriaLogs]:
    require_current("victoria-logs")
    with VictoriaLogs() as server:
        yield server


def test_what_answers_is_told_to_be_something_else(victoria_logs: VictoriaLogs) -> None:
    loki = {"url": victoria_logs.url, "selector": '{job="ingress"}'}
    door = IngressSource.from_settings("door", {"loki": loki}, REDACTOR)
    main = PrometheusSource.from_settings("main", {"url": victoria_logs.url}, REDACTOR)
    sources: list[tuple[Source, str, str]] = [
        (door, "unsupported path", "a gateway may have a path prefix"),
        (main, "no Prometheus API under it", "a VictoriaMetrics cluster is asked under /select/0/prometheus"),
    ]
    for source, message, hint in sources:
        health = source.check(Deadline(timedelta(seconds=30)))
        assert not health.ok
        assert message in health.message
        assert hint in health.hint
        assert "VictoriaLogs cannot be asked like" in health.hint
        assert "write victoria_logs in place of loki" in health.hint


def test_it_is_recognised_with_its_streams(victoria_logs: VictoriaLogs, tmp_path: Path) -> None:
    """By its address, or that of its page; the stream that is a controller's is proposed."""
    now = datetime.now(UTC)
    for app in ("shop", "ingress-nginx"):
        victoria_logs.push([(nanoseconds(now), ingress_line(now))], {"app": app, "node": "a"})
    machine = Machine({}, tmp_path, tmp_path, tmp_path)
    for pasted in (victoria_logs.url, f"{victoria_logs.url}/select/vmui/?#/?query=*"):
        best, *_ = try_out(recognise(pasted, machine).offers, REDACTOR, Deadline(timedelta(seconds=20)))
        table = {"url": victoria_logs.url, "selector": '{app="ingress-nginx"}'}
        assert best.offer.table == {"type": "ingress", "victoria_logs": table}
        assert best.told.tool == "VictoriaLogs"
        assert best.told.contents == "2 labels: app and node"
