"""The log engines of today, started once for a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers import VictoriaLogs
from tests.servers.fixtures import require_current


@pytest.fixture(scope="module")
def victoria_logs() -> Iterator[VictoriaLogs]:
    require_current("victoria-logs")
    with VictoriaLogs() as server:
        yield server
