"""No answer is waited for longer than its deadline, whatever holds it up.

Name resolution, the TLS handshake, a header that comes a byte at a time, a credential plugin: none of them can be
given a whole-call time limit. So they happen in a thread of their own, which is left behind when the time is over.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from functools import partial
from typing import Generic, TypeVar

from connectors.taking import Unobtainable
from vistas import spare_threads
from vistas.snapshot import GapReason
from vistas.source import Deadline

T = TypeVar("T")

GLANCE = 0.1
"""Seconds between two glances at the deadline: how soon a cancelled look notices."""
AHEAD = 16
"""How many pieces may wait for the reader."""


class _End:
    """The producer is done; `failure` is what stopped it, if anything did."""

    def __init__(self, failure: BaseException | None) -> None:
        self.failure = failure


def arriving(deadline: Deadline, produce: Callable[[threading.Event], Iterator[T]], *, what: str) -> Iterator[T]:
    """The items of `produce` as they come. Unobtainable when the deadline passes first.

    `produce` runs in another thread; the event it is given is set when nobody reads its items any more.
    """
    items: queue.Queue[T | _End] = queue.Queue(AHEAD)
    abandoned = threading.Event()

    def hand_over(item: T | _End) -> None:
        while not abandoned.is_set():
            try:
                items.put(item, timeout=GLANCE)
            except queue.Full:
                continue
            return

    def work() -> None:
        failure: BaseException | None = None
        try:
            for item in produce(abandoned):
                hand_over(item)
                if abandoned.is_set():
                    break
        except Exception as wrong:  # noqa: BLE001 - raised again in the thread that waits
            failure = wrong
        hand_over(_End(failure))

    spare_threads.begin(f"kubernetes-{what}", work)
    try:
        yield from _received(items, deadline, what)
    finally:
        abandoned.set()


def _received(items: queue.Queue[T | _End], deadline: Deadline, what: str) -> Iterator[T]:
    while True:
        try:
            item = items.get(timeout=min(GLANCE, deadline.remaining()) or 0.001)
        except queue.Empty:
            if deadline.passed:
                raise out_of_time(deadline, what) from None
            continue
        if isinstance(item, _End):
            if item.failure is not None:
                raise item.failure
            return
        yield item
        if deadline.passed:
            raise out_of_time(deadline, what)


class Errand(Generic[T]):
    """One piece of work, begun at once in a thread of its own, and its result whenever somebody wants it.

    The event that `work` is given is set when nobody waits for its result any more.
    """

    def __init__(self, deadline: Deadline, work: Callable[[threading.Event], T], *, what: str) -> None:
        self._deadline = deadline
        self._what = what
        self._abandoned = threading.Event()
        self._outcome: Future[T] = Future()
        spare_threads.begin(f"kubernetes-{what}", partial(self._run, work))

    def _run(self, work: Callable[[threading.Event], T]) -> None:
        try:
            self._outcome.set_result(work(self._abandoned))
        except Exception as wrong:  # noqa: BLE001 - raised again in the thread that waits
            self._outcome.set_exception(wrong)

    def result(self) -> T:
        """What `work` returns. Unobtainable when the deadline passes first."""
        while not self._deadline.passed:
            if wait([self._outcome], timeout=min(GLANCE, self._deadline.remaining())).done:
                return self._outcome.result()
        self.abandon()
        raise out_of_time(self._deadline, self._what)

    def abandon(self) -> None:
        """Let the work end as soon as it can."""
        self._abandoned.set()


def within(deadline: Deadline, work: Callable[[], T], *, what: str) -> T:
    """What `work` returns. Unobtainable when the deadline passes first."""
    return Errand(deadline, lambda _: work(), what=what).result()


def out_of_time(deadline: Deadline, what: str) -> Unobtainable:
    if deadline.cancelled:
        return Unobtainable(GapReason.CANCELLED, f"The look was cancelled while waiting for {what}.")
    return Unobtainable(
        GapReason.TOO_SLOW,
        f"The time was over before {what} had come.",
        "Give it longer (gather.deadline), narrow it to a namespace, or see whether the API server is struggling.",
    )
