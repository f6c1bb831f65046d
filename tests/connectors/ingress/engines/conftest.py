"""The log engines of today, started once for a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers import VictoriaLogs
from tests.servers.fixtures import require_current
from tests.servers.logs.clickhouse import ClickHouse


@pytest.fixture(scope="module")
def victoria_logs() -> Iterator[VictoriaLogs]:
    require_current("victoria-logs")
    with VictoriaLogs() as server:
        yield server


@pytest.fixture(scope="module")
def clickhouse() -> Iterator[ClickHouse]:
    with ClickHouse() as server:
        server.create("otel_logs")
        yield server
        server.run("DROP TABLE otel_logs")
