"""Waits for no answer longer than its deadline.

Name resolution, the TLS handshake, a header that arrives byte by byte, a credential plugin: none of them has a
timeout for the whole call. So they run in a thread of their own, whose connection is closed when time is up.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from threading import Thread
from typing import Generic, TypeVar

from connectors.kubernetes.connections import OpenConnection
from connectors.taking import Unobtainable
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


def arriving(deadline: Deadline, produce: Callable[[OpenConnection], Iterator[T]], *, what: str) -> Iterator[T]:
    """The items of `produce` as they come. Unobtainable when the deadline passes first.

    `produce` runs in another thread; the line it is given is cut when nobody reads its items any more.
    """
    items: queue.Queue[T | _End] = queue.Queue(AHEAD)
    line = OpenConnection()

    def hand_over(item: T | _End) -> None:
        while not line.is_cut:
            try:
                items.put(item, timeout=GLANCE)
            except queue.Full:
                continue
            return

    def work() -> None:
        failure: BaseException | None = None
        try:
            with line.in_use():
                for item in produce(line):
                    hand_over(item)
                    if line.is_cut:
                        break
        except Exception as wrong:  # noqa: BLE001 - raised again in the thread that waits
            failure = wrong
        hand_over(_End(failure))

    Thread(target=work, name=f"kubernetes-{what}", daemon=True).start()
    try:
        yield from _received(items, deadline, what)
    finally:
        line.cut()


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

    The line that `work` is given is cut when nobody waits for its result any more.
    """

    def __init__(self, deadline: Deadline, work: Callable[[OpenConnection], T], *, what: str) -> None:
        self._deadline = deadline
        self._what = what
        self._line = OpenConnection()
        self._outcome: Future[T] = Future()
        Thread(target=self._run, args=(work,), name=f"kubernetes-{what}", daemon=True).start()

    def _run(self, work: Callable[[OpenConnection], T]) -> None:
        try:
            with self._line.in_use():
                outcome = work(self._line)
        except Exception as wrong:  # noqa: BLE001 - raised again in the thread that waits
            self._outcome.set_exception(wrong)
        else:
            self._outcome.set_result(outcome)

    def result(self) -> T:
        """What `work` returns. Unobtainable when the deadline passes first."""
        while not self._deadline.passed:
            if wait([self._outcome], timeout=min(GLANCE, self._deadline.remaining())).done:
                return self._outcome.result()
        self.abandon()
        raise out_of_time(self._deadline, self._what)

    def abandon(self) -> None:
        """Let the work end as soon as it can."""
        self._line.cut()


def within(deadline: Deadline, work: Callable[[], T], *, what: str) -> T:
    """What `work` returns. Unobtainable when the deadline passes first."""
    return Errand(deadline, lambda _: work(), what=what).result()


def out_of_time(deadline: Deadline, what: str) -> Unobtainable:
    if deadline.cancelled:
        return Unobtainable(GapReason.CANCELLED, f"The look was cancelled while waiting for {what}.")
    return Unobtainable(
        GapReason.TOO_SLOW,
        f"Time ran out before {what} had arrived.",
        "Allow more time (gather.deadline), narrow it to a namespace, or check on the API server.",
    )
