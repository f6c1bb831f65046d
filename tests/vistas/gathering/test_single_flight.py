"""What many ask for at once is made once, and nobody waits longer than they have time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from tests.waiting import eventually
from vistas.gathering.single_flight import NotInTime, SingleFlight
from vistas.source import Deadline


def in_time() -> Deadline:
    return Deadline(timedelta(seconds=60))


class Work:
    """Counts how often it is done. It goes on once it `may`, and then gives `outcome` or raises it."""

    def __init__(self, outcome: str | Exception = "made", *, at_once: bool = True) -> None:
        self.outcome, self.times = outcome, 0
        self.may = threading.Event()
        self._lock = threading.Lock()
        if at_once:
            self.may.set()

    def __call__(self) -> str:
        with self._lock:
            self.times += 1
        assert self.may.wait(60)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome

    @property
    def is_under_way(self) -> bool:
        return self.times > 0


class Waiting(Deadline):
    """A minute, and whether somebody has begun to wait under it."""

    def __init__(self) -> None:
        super().__init__(timedelta(seconds=60))
        self.has_begun = False

    def remaining(self) -> float:
        self.has_begun = True
        return super().remaining()


def flights(
    *,
    lifetime: float = 60,
    room: int = 100,
    keeps: Callable[[str], bool] = lambda _: True,
    clock: Callable[[], float] = lambda: 0.0,
) -> SingleFlight[str, str]:
    """Of texts, which are as large as they are long; a ConnectionError is a matter of the one who asked."""
    return SingleFlight(
        lifetime=lifetime,
        room=room,
        size_of=len,
        keeps=keeps,
        is_own=lambda failure: isinstance(failure, ConnectionError),
        clock=clock,
    )


def test_many_who_ask_at_once_share_one_piece_of_work() -> None:
    shared, work, patience = flights(), Work(at_once=False), [Waiting() for _ in range(20)]
    with ThreadPoolExecutor(20) as pool:
        asked = [pool.submit(shared.get, "a", work, each) for each in patience]
        assert eventually(lambda: sum(each.has_begun for each in patience) == 19)
        work.may.set()
    assert {each.result() for each in asked} == {"made"}
    assert work.times == 1


def test_nobody_waits_for_what_others_ask_for() -> None:
    shared, slow = flights(), Work(at_once=False)
    with ThreadPoolExecutor(1) as pool:
        waits = pool.submit(shared.get, "a", slow, in_time())
        assert eventually(lambda: slow.is_under_way)
        assert shared.get("b", Work("other"), in_time()) == "other"
        slow.may.set()
    assert waits.result() == "made"


@pytest.mark.parametrize(("later", "times"), [(0.0, 1), (59.9, 1), (60.0, 2), (600.0, 2)])
def test_it_serves_for_its_lifetime(later: float, times: int) -> None:
    now = 0.0
    shared, work = flights(clock=lambda: now), Work()
    shared.get("a", work, in_time())
    now = later
    shared.get("a", work, in_time())
    assert work.times == times


def test_the_lifetime_begins_when_it_is_made() -> None:
    now = 0.0
    shared, work = flights(clock=lambda: now), Work(at_once=False)
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(shared.get, "a", work, in_time())
        assert eventually(lambda: work.is_under_way)
        now = 100.0
        work.may.set()
        asked.result()
    now = 159.0
    shared.get("a", work, in_time())
    assert work.times == 1


def test_the_oldest_makes_room() -> None:
    now = 0.0
    shared, works = flights(room=8, clock=lambda: now), {key: Work() for key in "abc"}
    for key, work in works.items():
        now += 1
        shared.get(key, work, in_time())
    for key in "cba":
        shared.get(key, works[key], in_time())
    assert {key: work.times for key, work in works.items()} == {"a": 2, "b": 1, "c": 1}


def test_what_is_larger_than_the_room_is_handed_over_and_drives_nothing_out() -> None:
    shared, small, large = flights(room=8), Work(), Work("far too large")
    shared.get("small", small, in_time())
    assert {shared.get("large", large, in_time()) for _ in range(2)} == {"far too large"}
    shared.get("small", small, in_time())
    assert (small.times, large.times) == (1, 2)


def test_what_is_not_to_be_kept_still_serves_those_who_wait() -> None:
    shared, work, patience = flights(keeps=lambda _: False), Work(at_once=False), [Waiting() for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(shared.get, "a", work, each) for each in patience]
        assert eventually(lambda: sum(each.has_begun for each in patience) == 2)
        work.may.set()
        assert {each.result() for each in asked} == {"made"}
    assert work.times == 1
    shared.get("a", work, in_time())
    assert work.times == 2


@pytest.mark.parametrize("wrong", [ValueError("no"), TimeoutError("of the work itself, not of those who wait")])
def test_a_failure_reaches_everybody_who_waits_and_is_not_kept(wrong: Exception) -> None:
    shared, work, patience = flights(), Work(wrong, at_once=False), [Waiting() for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(shared.get, "a", work, each) for each in patience]
        assert eventually(lambda: sum(each.has_begun for each in patience) == 2)
        work.may.set()
    assert [each.exception() for each in asked] == [wrong] * 3
    assert work.times == 1
    assert shared.get("a", Work("anew"), in_time()) == "anew"


def test_a_failure_after_the_work_leaves_nobody_waiting() -> None:
    def size(_: str) -> int:
        raise ValueError

    shared = SingleFlight[str, str](lifetime=60, room=1, size_of=size)
    for _ in range(2):
        with pytest.raises(ValueError):
            shared.get("a", Work(), in_time())


def test_who_waits_does_the_work_where_the_first_failed_for_reasons_of_their_own() -> None:
    shared, theirs, ours = flights(), Work(ConnectionError("called off"), at_once=False), Work("ours")
    patience = Waiting()
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(shared.get, "a", theirs, in_time())
        assert eventually(lambda: theirs.is_under_way)
        second = pool.submit(shared.get, "a", ours, patience)
        assert eventually(lambda: patience.has_begun)
        theirs.may.set()
        assert second.result() == "ours"
    assert isinstance(first.exception(), ConnectionError)


def test_who_waits_goes_when_their_own_time_is_over() -> None:
    shared, work = flights(), Work(at_once=False)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(shared.get, "a", work, in_time())
        assert eventually(lambda: work.is_under_way)
        with pytest.raises(NotInTime):
            shared.get("a", Work(), Deadline(timedelta(seconds=0.05)))
        work.may.set()
    assert first.result() == "made"


def test_who_is_called_off_goes_at_once_whatever_grace_there_is() -> None:
    shared, work, called_off = flights(), Work(at_once=False), Waiting()
    with ThreadPoolExecutor(2) as pool:
        pool.submit(shared.get, "a", work, in_time())
        assert eventually(lambda: work.is_under_way)
        waits = pool.submit(shared.get, "a", Work(), called_off, grace=600)
        assert eventually(lambda: called_off.has_begun)
        called_off.cancel()
        assert isinstance(waits.exception(timeout=30), NotInTime)
        work.may.set()


def test_grace_is_given_to_work_that_is_being_wound_up() -> None:
    shared, work = flights(), Work(at_once=False)
    with ThreadPoolExecutor(2) as pool:
        pool.submit(shared.get, "a", work, in_time())
        assert eventually(lambda: work.is_under_way)
        waits = pool.submit(shared.get, "a", Work(), Deadline(timedelta(0)), grace=60)
        work.may.set()
        assert waits.result() == "made"
