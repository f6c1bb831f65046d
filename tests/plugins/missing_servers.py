"""What a run says at its end of servers that are not on this machine, whichever of its workers missed them."""

from __future__ import annotations

from typing import Any

import pytest

NOTED: set[str] = set()
"""Names of servers that a test would have needed."""
_TOLD = "missing_servers"


class MissingServers:
    """A pytest plugin: one loud line for everything that was missing."""

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        told = getattr(session.config, "workeroutput", None)
        if told is not None:
            told[_TOLD] = sorted(NOTED)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """A worker of `pytest-xdist` is done."""
        NOTED.update(getattr(node, "workeroutput", {}).get(_TOLD, ()))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        from tests.servers.fetch import remedy

        if NOTED:
            what_to_do = remedy(sorted(NOTED))
            terminalreporter.write_line(f"TESTS DID WITHOUT REAL SERVERS: {what_to_do}", red=True, bold=True)
            NOTED.clear()
