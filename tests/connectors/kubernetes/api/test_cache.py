"""One fetch for many, for a moment, within bounds."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from connectors.kubernetes.api.cache import ExpiringCache
from connectors.taking import Unobtainable
from tests.connectors.kubernetes.canned import seconds
from vistas.snapshot import GapReason
from vistas.source import Deadline


class Fetching:
    """Fetches texts slowly and counts."""

    def __init__(self, delay: float = 0.0, failure: Unobtainable | None = None) -> None:
        self.delay, self.failure, self.times = delay, failure, 0
        self._lock = threading.Lock()

    def __call__(self) -> str:
        with self._lock:
            self.times += 1
        time.sleep(self.delay)
        if self.failure:
            raise self.failure
        return "fetched"


def test_many_who_ask_at_once_share_one_fetch() -> None:
    shelf, fetch = ExpiringCache[str](len), Fetching(0.1)
    with ThreadPoolExecutor(20) as pool:
        got = list(pool.map(lambda _: shelf.get("pods", seconds(60), fetch), range(20)))
    assert got == ["fetched"] * 20
    assert fetch.times == 1


def test_what_is_old_is_fetched_again() -> None:
    now = 0.0
    shelf, fetch = ExpiringCache[str](len, lifetime=5, clock=lambda: now), Fetching()
    for now, times in ((0.0, 1), (4.9, 1), (5.1, 2)):  # noqa: B007 - it is the shelf that looks at the clock
        shelf.get("pods", seconds(60), fetch)
        assert fetch.times == times


def test_the_oldest_makes_room() -> None:
    shelf, fetch = ExpiringCache[str](len, room=2 * len("fetched")), Fetching()
    for key in ("nodes", "pods", "jobs", "pods", "jobs"):
        shelf.get(key, seconds(60), fetch)
    assert fetch.times == 3
    shelf.get("nodes", seconds(60), fetch)
    assert fetch.times == 4


def test_what_is_larger_than_the_shelf_is_handed_over_and_not_kept() -> None:
    shelf, fetch = ExpiringCache[str](len, room=3), Fetching()
    assert shelf.get("pods", seconds(60), fetch) == shelf.get("pods", seconds(60), fetch) == "fetched"
    assert fetch.times == 2


def test_a_failure_is_told_to_all_who_wait_and_not_kept() -> None:
    shelf = ExpiringCache[str](len)
    fetch = Fetching(1.0, Unobtainable(GapReason.REFUSED, "No.", "Ask."))
    with ThreadPoolExecutor(3) as pool:
        waiting = [pool.submit(shelf.get, "pods", seconds(60), fetch) for _ in range(3)]
    assert all(isinstance(each.exception(), Unobtainable) for each in waiting)
    assert fetch.times == 1
    assert shelf.get("pods", seconds(60), Fetching()) == "fetched"


def test_who_waits_is_not_held_longer_than_their_own_deadline() -> None:
    shelf = ExpiringCache[str](len)
    fetch, is_let_go = Fetching(), threading.Event()
    first = threading.Thread(target=shelf.get, args=("pods", seconds(60), lambda: is_let_go.wait(60) and fetch()))
    first.start()
    with pytest.raises(Unobtainable) as caught:
        shelf.get("pods", Deadline(timedelta(seconds=0.2)), Fetching())
    assert first.is_alive(), "it was given up before the first had fetched"
    assert caught.value.gap.reason is GapReason.TOO_SLOW
    is_let_go.set()
    first.join()


def test_who_has_more_time_than_the_first_fetches_for_themselves() -> None:
    shelf = ExpiringCache[str](len)
    hurried = Fetching(0.1, Unobtainable(GapReason.CANCELLED, "Called off."))
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(shelf.get, "pods", seconds(60), hurried)
        while not hurried.times:
            time.sleep(0.005)
        assert shelf.get("pods", seconds(60), Fetching()) == "fetched"
        assert isinstance(first.exception(), Unobtainable)
