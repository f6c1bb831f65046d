"""Work in a thread of its own: its result, its failure, or the end of the time, whichever comes first."""

from __future__ import annotations

import os
import threading

import pytest

from connectors.kubernetes.api.deadline import Errand, within
from connectors.kubernetes.connections import OpenConnection
from connectors.taking import Unobtainable
from tests.connectors.kubernetes.canned import seconds
from tests.waiting import LATE, PATIENCE, Stopwatch
from vistas.snapshot import GapReason


def test_work_begins_before_anybody_waits_for_it() -> None:
    begun = threading.Event()
    errand = Errand(seconds(60), lambda _: begun.set(), what="a sign")
    assert begun.wait(PATIENCE)
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

    def work(line: OpenConnection) -> None:
        if line.wait(10 * PATIENCE):
            let_go.set()

    with Stopwatch() as watch, pytest.raises(Unobtainable) as caught:
        Errand(seconds(0.2), work, what="a slow thing").result()
    assert watch.seconds < LATE
    assert caught.value.gap.reason is GapReason.TOO_SLOW
    assert let_go.wait(PATIENCE)


def in_which_thread() -> threading.Thread:
    return within(seconds(60), threading.current_thread, what="a thread")


def test_work_that_hangs_holds_nobody_up() -> None:
    """Whatever is begun meanwhile has a thread of its own."""
    done, hanging = threading.Event(), 5
    everyone_is_in = threading.Barrier(hanging + 1)
    errands = [
        Errand(seconds(60), lambda _: (everyone_is_in.wait(LATE), done.wait(LATE)), what="what hangs")
        for _ in range(hanging)
    ]
    everyone_is_in.wait(LATE)
    try:
        assert in_which_thread().name == "kubernetes-a thread"
    finally:
        done.set()
    assert all(errand.result()[1] for errand in errands)


def test_a_thread_ends_with_its_work_and_keeps_no_program_from_ending() -> None:
    thread = in_which_thread()
    assert thread.daemon
    thread.join(LATE)
    assert not thread.is_alive()


def test_work_after_work_is_done() -> None:
    """One piece begins while the thread of the last one ends."""
    assert [within(seconds(60), lambda: number, what="a number") for number in range(500)] == [*range(500)]  # noqa: B023


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forked processes here")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_process_waits_for_no_thread_of_its_parent() -> None:
    in_which_thread().join(LATE)
    child = os.fork()
    if child == 0:
        os._exit(0 if in_which_thread().name == "kubernetes-a thread" else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
