"""How a run of everything is shared out between workers of `pytest-xdist`.

A file stays with one worker, and so do all tests with the servers of `tests/live`: what they share is started
once. These come first, then the files of tests with a browser, being the longest; others fill up what is left.
"""

from __future__ import annotations

import os

import pytest
from xdist.scheduler import LoadScopeScheduling

TOGETHER = "tests/live/"
LONGEST_FIRST = (TOGETHER, "tests/browser/", "tests/benchmarks/")


def piece(nodeid: str) -> str:
    """What stays together with a test: its folder, where that shares servers, or its file."""
    return TOGETHER if nodeid.startswith(TOGETHER) else nodeid.split("::", 1)[0]


def turn(nodeid: str) -> int:
    """How early a test comes: the lower, the earlier."""
    firsts = (place for place, folder in enumerate(LONGEST_FIRST) if nodeid.startswith(folder))
    return next(firsts, len(LONGEST_FIRST))


class ByWhatIsShared(LoadScopeScheduling):
    """Hands out pieces in the order of the collected tests."""

    def _split_scope(self, nodeid: str) -> str:
        return piece(nodeid)


class TwoWorkers:
    """A pytest plugin that does nothing without workers."""

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_make_scheduler(self, config: pytest.Config, log: object) -> ByWhatIsShared:
        config.option.loadscopereorder = False
        return ByWhatIsShared(config, log)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        if "PYTEST_XDIST_WORKER" in os.environ:
            items.sort(key=lambda item: turn(item.nodeid))
