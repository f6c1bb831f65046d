"""Gathering: every look becomes a snapshot in time, whatever its source does."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest

from tests.waiting import PATIENCE
from vistas.gathering.gather import gather, plan, take_one
from vistas.redaction import Redactor
from vistas.routine import Look, Routine
from vistas.snapshot import Frame, FrameKind, Gap, GapReason, Provenance, Snapshot, Window
from vistas.source import Deadline, Health

HALF = timedelta(hours=12)
WINDOW = Window.ending(datetime(2026, 11, 23, 8, tzinfo=UTC), HALF)
REDACTOR = Redactor(b"k" * 32)


class Reel:
    """A source in memory that behaves as told; a real implementation of the protocol."""

    type = "reel"
    takes = frozenset({"range"})
    present: frozenset[str] = frozenset()

    def __init__(
        self,
        name: str = "reel",
        *,
        kind: str = "reel",
        at_once: int = 2,
        delay: float = 0.0,
        until: threading.Event | None = None,
    ) -> None:
        self.name, self.at_once, self.delay, self.until = name, at_once, delay, until
        self.type = kind
        self.asked: list[str] = []
        self.busy, self.busiest, self._lock = 0, 0, threading.Lock()

    @classmethod
    def from_settings(cls, name: str, settings: Any, redactor: Redactor) -> Reel:
        return cls(name)

    def take(self, stop: str, look: Look, window: Window, deadline: Deadline) -> Snapshot:
        with self._lock:
            self.asked.append(look.query[0] if look.query else look.take)
            self.busy += 1
            self.busiest = max(self.busy, self.busiest)
        time.sleep(self.delay)
        if self.until:
            self.until.wait(PATIENCE)
        with self._lock:
            self.busy -= 1
        frame = Frame(FrameKind.OBJECTS, pl.DataFrame({"name": ["a"], "mail": ["ann@example.org"]}), key=("name",))
        provenance = Provenance(self.name, self.type, look.take, window, datetime.now(UTC), timedelta())
        return Snapshot(stop, look.look, frame, provenance)

    def check(self, deadline: Deadline) -> Health:
        return Health(True, "fine")


class Broken(Reel):
    def take(self, stop: str, look: Look, window: Window, deadline: Deadline) -> Snapshot:
        raise LookupError("a bug")


def routine(*queries: str, source: str = "reel") -> Routine:
    stops = [
        {
            "stop": f"s{place}",
            "title": "Stop",
            "question": "?",
            "why": "w",
            "normal": "n",
            "plainly": "p",
            "looks": [{"look": "one", "title": "One", "source": source, "take": "range", "query": query}],
        }
        for place, query in enumerate(queries)
    ]
    return Routine.model_validate({"routine": "r", "title": "R", "about": "a", "stops": stops})


def within(seconds: float, cancelled: threading.Event | None = None) -> Deadline:
    return Deadline(timedelta(seconds=seconds), cancelled=cancelled)


def test_every_look_in_walking_order() -> None:
    """Snapshots come back in the order of the routine, whichever answered first."""
    taken = gather(routine("a", "b", "c"), [Reel()], WINDOW, deadline=within(60), redactor=REDACTOR)
    assert [snapshot.stop for snapshot in taken] == ["s0", "s1", "s2"]
    assert all(snapshot.frame for snapshot in taken)


def test_identical_queries_are_asked_once() -> None:
    """The same question to the same source is asked once and answers both looks."""
    reel = Reel()
    taken = gather(routine("a", "a", "b"), [reel], WINDOW, deadline=within(60), redactor=REDACTOR)
    assert sorted(reel.asked) == ["a", "b"]
    assert len(taken) == 3


def test_looks_have_windows_of_their_own() -> None:
    """Longer, earlier, or both; what asks the same over the same is asked once."""
    asked = routine("a", "a", "a", "a")
    own: list[dict[str, timedelta]] = [{}, {"window": 14 * HALF}, {"offset": 14 * HALF}, {"offset": 14 * HALF}]
    stops = [
        stop.model_copy(update={"looks": tuple(look.model_copy(update=its) for look in stop.looks)})
        for stop, its in zip(asked.stops, own, strict=True)
    ]
    reel = Reel()
    asked = asked.model_copy(update={"stops": tuple(stops)})
    taken = gather(asked, [reel], WINDOW, deadline=within(60), redactor=REDACTOR)
    earlier = Window(WINDOW.start - 14 * HALF, WINDOW.end - 14 * HALF)
    assert [each.provenance.asked for each in taken] == [
        WINDOW,
        Window.ending(WINDOW.end, 14 * HALF),
        earlier,
        earlier,
    ]
    assert len(reel.asked) == 3
    [gap] = take_one("s", asked.stops[2].looks[0], [], WINDOW, deadline=within(60), redactor=REDACTOR)
    assert gap.provenance.asked == earlier


def test_what_tells_the_present_is_asked_about_the_present() -> None:
    """Nothing earlier is feigned for a tool that has no past."""
    reel = Reel()
    reel.present = frozenset({"range"})
    look = routine("a").stops[0].looks[0].model_copy(update={"offset": HALF})
    [taken] = take_one("s", look, [reel], WINDOW, deadline=within(60), redactor=REDACTOR)
    assert taken.provenance.asked == WINDOW


def test_bounded_per_source() -> None:
    """No more than `at_once` looks are taken from one source at the same time."""
    reel = Reel(at_once=2, delay=0.05)
    gather(routine(*"abcdef"), [reel], WINDOW, deadline=within(60), redactor=REDACTOR)
    assert reel.busiest == 2


def test_first_stop_is_asked_first() -> None:
    reel = Reel(at_once=1)
    gather(routine(*"abcdef"), [reel], WINDOW, deadline=within(60), redactor=REDACTOR)
    assert reel.asked == list("abcdef")


@pytest.mark.slow("it waits for a deadline")
def test_a_source_that_hangs_becomes_gaps_within_the_deadline() -> None:
    """A source that ignores its deadline costs its own looks only, and no time beyond the deadline."""
    let_go = threading.Event()
    slow, quick = Reel("slow", kind="slow", until=let_go), Reel("reel")
    both = routine("a", "b")
    hanging = both.stops[0].looks[0].model_copy(update={"source": "slow"})
    both = both.model_copy(
        update={"stops": (both.stops[0].model_copy(update={"looks": (hanging,)}), both.stops[1])}
    )
    first, second = gather(both, [slow, quick], WINDOW, deadline=within(4), redactor=REDACTOR)
    assert slow.busy == 1, "nobody waits for it to end"
    let_go.set()
    assert isinstance(first.content, Gap)
    assert first.content.reason is GapReason.TOO_SLOW
    assert second.frame is not None


def test_cancelled_looks_say_so() -> None:
    cancelled, let_go = threading.Event(), threading.Event()
    threading.Timer(0.1, cancelled.set).start()
    hangs = Reel(until=let_go)
    (only,) = gather(routine("a"), [hangs], WINDOW, deadline=within(PATIENCE, cancelled), redactor=REDACTOR)
    let_go.set()
    assert isinstance(only.content, Gap)
    assert only.content.reason is GapReason.CANCELLED


def test_a_look_nobody_can_answer_says_how_to_connect() -> None:
    (only,) = gather(routine("a", source="loki"), [Reel()], WINDOW, deadline=within(60), redactor=REDACTOR)
    assert isinstance(only.content, Gap)
    assert only.content.reason is GapReason.NO_SOURCE
    assert "[sources.loki]" in only.content.hint


def test_a_type_means_every_source_of_it_and_a_name_just_that_one() -> None:
    east, west = Reel("east"), Reel("west")
    assert [item.source for item in plan(routine("a"), [east, west])] == [east, west]
    assert [item.source for item in plan(routine("a", source="west"), [east, west])] == [west]


def test_redaction_is_the_last_line_before_anybody_sees_it() -> None:
    """What a source forgot to mask is masked and counted."""
    (only,) = gather(routine("a"), [Reel()], WINDOW, deadline=within(60), redactor=REDACTOR)
    assert only.frame is not None
    assert "ann@example.org" not in only.frame.data["mail"][0]
    assert sum(only.provenance.redacted.values()) == 1


def test_a_bug_in_a_source_is_the_gap_of_its_look() -> None:
    """Nothing is raised; the others arrive as ever, and what the bug says is told nowhere."""
    arrived: list[str] = []
    both = [Broken("broken"), Reel("sound", delay=0.05)]
    broken, sound = gather(
        routine("a"),
        both,
        WINDOW,
        deadline=within(60),
        redactor=REDACTOR,
        arrived=lambda snapshot, progress: arrived.append(f"{progress.source} {progress.done}/{progress.total}"),
    )
    assert sorted(arrived) == ["broken 1/1", "sound 1/1"]
    assert broken.gap == Gap(
        GapReason.GARBLED,
        "The reel connector could not handle that answer (LookupError).",
        "This is a bug in the connector, not in the tool; the log says where it happened.",
    )
    assert sound.frame is not None


def test_what_gather_itself_says_is_masked() -> None:
    """The query of a gap, a source's name in it, and a filter, go where frames go."""
    query = 'up{address="https://ann:hunter2@shop.example"}'
    let_go = threading.Event()
    connected = [Broken(), Reel("slow", kind="slow", until=let_go)]
    for source in ("reel", "slow", "nobody"):
        (only,) = gather(routine(query, source=source), connected, WINDOW, deadline=within(1), redactor=REDACTOR)
        assert only.gap is not None
        assert "hunter2" not in repr(only)
        assert only.provenance.redacted == {"url password": 1}
    let_go.set()


def test_a_detour_is_one_look_by_itself() -> None:
    look = routine("a").stops[0].looks[0]
    (only,) = take_one("s9", look, [Reel()], WINDOW, deadline=within(60), redactor=REDACTOR)
    assert (only.stop, only.look) == ("s9", "one")
