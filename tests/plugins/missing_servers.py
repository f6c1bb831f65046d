"""What a run says at its end of servers that are not on this machine, whichever of its workers missed them."""

from __future__ import annotations

from typing import Any

import pytest

NOTED: set[str] = set()
"""Names of servers that a test would have needed."""
NOT_FOR_HERE: set[str] = set()
"""Names of servers that a test would have needed and that cannot be had on this machine."""
_TOLD, _NOT_FOR_HERE = "missing_servers", "servers_not_for_here"


class MissingServers:
    """A pytest plugin: one loud line for everything that was missing, and one for what cannot be had."""

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        told = getattr(session.config, "workeroutput", None)
        if told is not None:
            told[_TOLD], told[_NOT_FOR_HERE] = sorted(NOTED), sorted(NOT_FOR_HERE)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """A worker of `pytest-xdist` is done."""
        told = getattr(node, "workeroutput", {})
        NOTED.update(told.get(_TOLD, ()))
        NOT_FOR_HERE.update(told.get(_NOT_FOR_HERE, ()))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        from tests.servers.current import version_of, why_without_go
        from tests.servers.fetch import remedy

        if NOTED:
            what_to_do = remedy(sorted(NOTED))
            terminalreporter.write_line(f"TESTS DID WITHOUT REAL SERVERS: {what_to_do}", red=True, bold=True)
            NOTED.clear()
        if NOT_FOR_HERE:
            untested = ", ".join(f"{name} {version_of(name)}" for name in sorted(NOT_FOR_HERE))
            terminalreporter.write_line(f"UNTESTED HERE, for {why_without_go()}: {untested}", yellow=True)
            NOT_FOR_HERE.clear()
