"""Work in a thread of its own: its result, its failure, or the end of the time, whichever comes first."""

from __future__ import annotations

import threading
import time

import pytest

from connectors.kubernetes.patience import Errand, within
from connectors.taking import Unobtainable
from tests.connectors.kubernetes.canned import seconds
from tests.waiting import LATE
from vistas.snapshot import GapReason


def test_work_begins_before_anybody_waits_for_it() -> None:
    begun = threading.Event()
    errand = Errand(seconds(60), lambda _: begun.set(), what="a sign")
    assert begun.wait(LATE)
    errand.result()


def test_a_result_may_be_asked_for_again() -> None:
    errand = Errand(seconds(60), lambda _: 7, what="a number")
    assert (errand.result(), errand.result()) == (7, 7)


def test_what_the_work_raises_reaches_who_waits() -> None:
    def fail() -> None:
        raise TimeoutError("the work's own")

    with pytest.raises(TimeoutError, match="the work's own"):
        within(seconds(60), fail, what="nothing")


def test_the_deadline_ends_the_waiting_and_lets_go_of_the_work() -> None:
    let_go = threading.Event()

    def work(abandoned: threading.Event) -> None:
        if abandoned.wait(60):
            let_go.set()

    began = time.monotonic()
    with pytest.raises(Unobtainable) as caught:
        Errand(seconds(0.2), work, what="a slow thing").result()
    assert time.monotonic() - began < LATE
    assert caught.value.gap.reason is GapReason.TOO_SLOW
    assert let_go.wait(LATE)
