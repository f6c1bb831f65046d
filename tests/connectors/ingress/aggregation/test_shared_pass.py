"""Looks that ask for the same share one pass, for half a minute and no longer."""

from datetime import timedelta

import pytest

from connectors.ingress.aggregation.one_pass import LogPass
from connectors.ingress.aggregation.shared_pass import KEPT, LIFETIME, SharedPasses
from connectors.ingress.aggregation.summarising import SummaryScope
from connectors.ingress.aggregation.summary import Summary
from connectors.taking import Unobtainable
from tests.connectors.ingress.lines import MORNING
from vistas.snapshot import GapReason, Window
from vistas.source import Deadline


def in_time() -> Deadline:
    return Deadline(timedelta(seconds=60))


WHOLE = LogPass(Summary.nothing(), None, (), complete=True)


def hour(number: int) -> SummaryScope:
    return SummaryScope(Window.ending(MORNING + timedelta(hours=number), timedelta(hours=1)))


class Logs:
    """Counts how often it is read; `outcome` is what comes of it, `now` the time."""

    def __init__(self, outcome: LogPass | Unobtainable = WHOLE) -> None:
        self.read: list[SummaryScope] = []
        self.outcome = outcome
        self.now = 0.0
        self.passes = SharedPasses(self._make, clock=lambda: self.now)

    def _make(self, scope: SummaryScope, deadline: Deadline) -> LogPass:
        self.read.append(scope)
        if isinstance(self.outcome, Unobtainable):
            raise self.outcome
        return self.outcome

    def ask(self, scope: SummaryScope) -> LogPass:
        return self.passes.get(scope, in_time())


def test_same_scope_is_read_once() -> None:
    logs = Logs()
    assert logs.ask(hour(1)) is logs.ask(hour(1))
    assert logs.read == [hour(1)]


def test_other_scope_is_read_for_itself() -> None:
    """Another window, or another route, is another pass."""
    logs = Logs()
    for scope in (hour(1), hour(2), SummaryScope(hour(1).window, "/orders")):
        logs.ask(scope)
    assert len(logs.read) == 3


@pytest.mark.parametrize(("later", "reads"), [(LIFETIME - 1, 1), (LIFETIME, 2)])
def test_pass_grows_old(later: float, reads: int) -> None:
    logs = Logs()
    logs.ask(hour(1))
    logs.now += later
    logs.ask(hour(1))
    assert len(logs.read) == reads


def test_failure_is_not_kept() -> None:
    """The next to ask tries anew."""
    logs = Logs(Unobtainable(GapReason.NOT_HERE, "There is no file."))
    with pytest.raises(Unobtainable):
        logs.ask(hour(1))
    logs.outcome = WHOLE
    assert logs.ask(hour(1)) is WHOLE


def test_pass_that_was_cut_short_is_not_kept() -> None:
    logs = Logs(LogPass(Summary.nothing(), None, (), complete=False))
    logs.ask(hour(1))
    logs.ask(hour(1))
    assert len(logs.read) == 2


def test_few_passes_are_kept() -> None:
    """Memory is bounded: the oldest pass makes room."""
    logs = Logs()
    for number in range(KEPT + 1):
        logs.ask(hour(number))
    logs.ask(hour(KEPT))
    assert len(logs.read) == KEPT + 1
    logs.ask(hour(0))
    assert len(logs.read) == KEPT + 2
