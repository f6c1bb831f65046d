"""Two vistas: of one routine, of two versions of it, of two routines."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from tests.vistas.mornings.comparison.mornings import FRIDAY, NIGHT, THURSDAY, series, snapshot, table
from vistas.mornings.comparison import LookAt, compare_vistas
from vistas.routine import Routine
from vistas.snapshot import Frame, FrameKind, Gap, GapReason, Snapshot, Window
from vistas.vista import Detour, Vista, new_id

WORDS = {"question": "Whom do we fail?", "why": "w", "normal": "n", "plainly": "p"}
UP = {"look": "up", "title": "Up", "source": "main", "take": "range", "query": "up"}
PODS = {"look": "pods", "title": "Pods", "source": "main", "take": "pods"}


def routine(version: int = 1, **stops: list[dict[str, Any]]) -> Routine:
    made = [
        {"stop": name, "title": name, **WORDS, "question": f"{name}?", "looks": at} for name, at in stops.items()
    ]
    return Routine.model_validate(
        {"routine": "dawn", "title": "Dawn", "about": "a", "version": version, "stops": made}
    )


def vista(of: Routine, end: datetime, *snapshots: Snapshot) -> Vista:
    return Vista(new_id(), of, Window.ending(end, NIGHT), "Maya", end, snapshots=snapshots)


def test_a_gap_is_not_called_gone() -> None:
    of = routine(errors=[UP])
    gap = Gap(GapReason.UNREACHABLE, "Nobody answered.")
    then = vista(of, THURSDAY, snapshot(series(THURSDAY, a=[1.0]), THURSDAY, at="up"))
    found = compare_vistas(then, vista(of, FRIDAY, snapshot(gap, FRIDAY, at="up")))
    (look,) = found.looks
    assert look.difference.incomparable == "There is no data now: unreachable. Nobody answered."
    assert (look.difference.changes, found.is_different, found.is_equal) == ((), False, False)


def test_what_was_never_gathered_cannot_be_compared() -> None:
    of = routine(errors=[UP])
    found = compare_vistas(
        vista(of, THURSDAY), vista(of, FRIDAY, snapshot(series(FRIDAY, a=[1.0]), FRIDAY, at="up"))
    )
    assert [look.difference.incomparable for look in found.looks] == ["It was not gathered then."]


def test_looks_that_were_renamed_and_moved_are_found_by_what_they_ask() -> None:
    old, fresh = routine(errors=[UP]), routine(2, weather=[{**UP, "look": "pulse", "title": "Pulse"}])
    then = vista(old, THURSDAY, snapshot(series(THURSDAY, a=[1.0]), THURSDAY, at="up"))
    now = vista(fresh, FRIDAY, snapshot(series(FRIDAY, a=[9.0]), FRIDAY, stop="weather", at="pulse"))
    found = compare_vistas(then, now)
    (look,) = found.looks
    assert (look.then.stop, look.then.look, look.now.stop, look.now.look) == ("errors", "up", "weather", "pulse")
    assert found.is_different
    assert found.notes == ("Two versions of one routine: 1 then, 2 now.",)
    assert [stop.stop for stop in found.stops] == ["weather"]


def test_a_renamed_stop_is_found_by_its_question() -> None:
    """Its look was given another query, so that nothing but the place says that it is the same."""
    renamed = routine(failures=[{**UP, "query": "up == 1"}])
    stop = renamed.stops[0].model_copy(update={"question": "errors?"})
    now = vista(renamed.model_copy(update={"stops": (stop,)}), FRIDAY)
    found = compare_vistas(vista(routine(errors=[UP]), THURSDAY), now)
    assert [(look.then.stop, look.now.stop) for look in found.looks] == [("errors", "failures")]


def test_what_only_one_looked_at_is_listed() -> None:
    then = vista(routine(errors=[UP, PODS]), THURSDAY)
    aside = Detour(
        "errors", routine(x=[{**UP, "look": "aside", "query": "down"}]).stops[0].looks[0], "Maya", FRIDAY
    )
    now = replace(vista(routine(errors=[UP]), FRIDAY), detours=(aside,))
    found = compare_vistas(then, now)
    assert found.only_then == (LookAt("errors", "pods", "Pods", "main"),)
    assert found.only_now == (LookAt("errors", "aside", "Up", "main"),)
    assert not found.is_equal


def test_one_look_of_several_sources_is_compared_source_by_source() -> None:
    def at(end: datetime, *sources: str) -> tuple[Snapshot, ...]:
        made = snapshot(series(end, a=[1.0]), end, at="up")
        return tuple(replace(made, provenance=replace(made.provenance, source=name)) for name in sources)

    of = routine(errors=[UP])
    found = compare_vistas(vista(of, THURSDAY, *at(THURSDAY, "b", "a")), vista(of, FRIDAY, *at(FRIDAY, "a", "c")))
    assert [(look.then.source, look.now.source) for look in found.looks] == [("a", "a"), ("b", "c")]


def test_a_look_that_gives_something_else_cannot_be_compared() -> None:
    of = routine(errors=[UP])
    then = vista(of, THURSDAY, snapshot(table({"name": "a"}, key=("name",)), THURSDAY, at="up"))
    found = compare_vistas(then, vista(of, FRIDAY, snapshot(series(FRIDAY, a=[1.0]), FRIDAY, at="up")))
    assert [each.difference.incomparable for each in found.looks] == [
        "It gave a table then and gives series over time now."
    ]


def test_frames_are_read_one_look_at_a_time_and_not_kept() -> None:
    """What is stored stays unread in the vistas themselves."""
    of = routine(errors=[UP])
    frame = series(THURSDAY, a=[1.0])
    stored = Frame.stored(FrameKind.SERIES, frame.encoded, rows=1, step=frame.step)
    then, now = (vista(of, end, snapshot(stored, end, at="up")) for end in (THURSDAY, FRIDAY))
    compare_vistas(then, now)
    assert "data" not in vars(stored)
