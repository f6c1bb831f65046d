"""A test with real servers or a browser that fails is tried once more, and never silently.

Why, and what a second try may not hide: `docs/decisions/0012-a-second-try-is-told.md`.
"""

from __future__ import annotations

from collections.abc import Generator

import pytest

MARKS = ("live", "browser")
HUNG = "from pytest-timeout"
"""How the error of a test that took too long ends. Its time is up for a second try as well."""


def is_real(item: pytest.Item) -> bool:
    """Whether a test needs something that is not ours: a server, a browser."""
    return any(item.get_closest_marker(mark) for mark in MARKS)


class SecondTries:
    """A pytest plugin over `pytest-rerunfailures`: which tests, and what the end of a run says about them."""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            if is_real(item) and not item.get_closest_marker("flaky"):
                item.add_marker(pytest.mark.flaky(reruns=1, rerun_except=[HUNG]))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> Generator[None]:
        """After all else that a run says."""
        yield
        first: list[pytest.TestReport] = terminalreporter.stats.get("rerun", [])
        if not first:
            return
        failed_again = {
            report.nodeid for outcome in ("failed", "error") for report in terminalreporter.stats.get(outcome, [])
        }
        tests = list(dict.fromkeys(report.nodeid for report in first))
        terminalreporter.write_sep("=", f"TESTS THAT NEEDED A SECOND TRY: {len(tests)}", yellow=True, bold=True)
        for report in first:
            then = "failed again" if report.nodeid in failed_again else "then passed"
            terminalreporter.write_line(f"{report.nodeid} ({report.when}), {then}: {_error(report)}", yellow=True)


def _error(report: pytest.TestReport) -> str:
    """The error as one line."""
    crash = getattr(report.longrepr, "reprcrash", None)
    return " ".join((crash.message if crash else report.longreprtext).split())
