"""What holds of every comparison, whatever was seen."""

from __future__ import annotations

import math
from collections import Counter
from datetime import timedelta

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import (
    frames,
    line_frames,
    looks,
    object_frames,
    pod_frames,
    pod_series_frames,
    request_frames,
    series_frames,
    vistas,
)
from tests.vistas.mornings.comparison.mornings import BACK, CLOCK, NIGHT, THURSDAY, compared, look
from vistas.mornings.comparison import Change, ChangeKind, Clock, Difference, compare_frames, compare_vistas
from vistas.mornings.comparison.over_time.levels import Morning
from vistas.mornings.comparison.over_time.series import paired
from vistas.mornings.comparison.tables.joining import NOW, Joined, join
from vistas.routine import Look
from vistas.snapshot import Frame
from vistas.vista import Vista

MIRRORED = {
    ChangeKind.NEW: ChangeKind.GONE,
    ChangeKind.GONE: ChangeKind.NEW,
    ChangeKind.CHANGED: ChangeKind.CHANGED,
}
SAME = Clock.of(CLOCK.then, CLOCK.then, timedelta())
EVENING = THURSDAY - NIGHT

pairs = (
    st.tuples(series_frames(), series_frames())
    | st.tuples(pod_series_frames(EVENING), pod_series_frames(EVENING + timedelta(days=1)))
    | st.tuples(object_frames(), object_frames())
    | st.tuples(pod_frames(), pod_frames())
    | st.tuples(request_frames(), request_frames())
    | st.tuples(line_frames(), line_frames())
)


@given(frames, looks)
def test_a_look_is_not_different_from_itself(frame: Frame, at: Look) -> None:
    found = compare_frames(frame, frame, at, SAME)
    assert (found.changes, found.is_different, found.incomparable) == ((), False, "")


@given(vistas())
def test_a_vista_is_not_different_from_itself(vista: Vista) -> None:
    """What was a gap, or never gathered, cannot be compared, with itself neither."""
    found = compare_vistas(vista, vista)
    assert not found.is_different
    assert found.only_then == found.only_now == ()
    gaps = sum(snapshot.gap is not None for snapshot in vista.snapshots)
    assert len(found.incomparable) >= gaps


@given(pairs, looks)
def test_the_way_back_is_the_mirror_of_the_way_there(pair: tuple[Frame, Frame], at: Look) -> None:
    then, now = pair
    there, back = compare_frames(then, now, at, CLOCK), compare_frames(now, then, at, BACK)
    assert (there.new, there.gone, there.changed) == (back.gone, back.new, back.changed)
    assert there.unchanged == back.unchanged
    assert facts(there) == Counter(mirrored(change) for change in back.changes)


def facts(difference: Difference) -> Counter[object]:
    return Counter(told(change) for change in difference.changes)


def told(change: Change) -> object:
    cells = frozenset((cell.column, repr(cell.then), repr(cell.now)) for cell in change.cells)
    return change.kind, frozenset(change.about.items()), float(f"{change.magnitude:.6g}"), cells


def mirrored(change: Change) -> object:
    cells = frozenset((cell.column, repr(cell.now), repr(cell.then)) for cell in change.cells)
    return MIRRORED[change.kind], frozenset(change.about.items()), float(f"{change.magnitude:.6g}"), cells


@given(pairs, looks)
def test_what_is_new_or_gone_comes_before_what_moved_and_the_most_different_first(
    pair: tuple[Frame, Frame], at: Look
) -> None:
    changes = compare_frames(*pair, at, CLOCK).changes
    assert all(math.isfinite(change.magnitude) and change.sentence for change in changes)
    order = [(change.kind is ChangeKind.CHANGED, -change.magnitude) for change in changes]
    assert order == sorted(order)


@given(st.tuples(object_frames(), object_frames()) | st.tuples(pod_frames(), pod_frames()))
def test_a_difference_of_tables_makes_one_into_the_other(pair: tuple[Frame, Frame]) -> None:
    then, now = pair
    joined = join(then, now)
    assert joined is not None
    assert rows(applied(then.data, joined)) == rows(now.data)


def applied(then: pl.DataFrame, joined: Joined) -> pl.DataFrame:
    """`then` without what is gone, the cells of its other rows changed as it is told, and what is new."""
    kept = rows(then) - rows(joined.gone)
    assert rows(joined.before) == kept
    told = joined.side_by_side()
    changed = [told[name].alias(name.removeprefix(NOW)) for name in told.columns if name.startswith(NOW)]
    return pl.concat([joined.before.with_columns(changed), joined.new])


def rows(data: pl.DataFrame) -> Counter[str]:
    return Counter(map(repr, data.rows()))


@given(object_frames(), object_frames())
def test_what_is_told_of_plain_names_makes_one_set_into_the_other(then: Frame, now: Frame) -> None:
    """By names alone: what was there, without what is gone, with what is new, is what is there."""
    found = compared(then, now)
    names = Counter(then.data["name"].to_list())
    for change in found.changes:
        names[change.about["name"]] += {ChangeKind.NEW: 1, ChangeKind.GONE: -1, ChangeKind.CHANGED: 0}[change.kind]
    assert +names == Counter(now.data["name"].to_list())


@given(pod_series_frames(EVENING), pod_series_frames(EVENING + timedelta(days=1)))
def test_every_series_is_in_one_pair(then: Frame, now: Frame) -> None:
    found = list(paired(Morning(then, CLOCK.then).series(), Morning(now, CLOCK.now).series()))
    before = sorted(place for pair in found if pair.then for place in pair.then.places)
    after = sorted(place for pair in found if pair.now for place in pair.now.places)
    assert (before, after) == (list(range(then.rows)), list(range(now.rows)))


@given(pod_frames(), pod_frames())
def test_every_pod_counts_once(then: Frame, now: Frame) -> None:
    """A pod of an owner that is on both sides is never told as gone or new by its own name."""
    owners = [
        {(row["namespace"], row["owner"]) for row in frame.data.rows(named=True) if row["owner"]}
        for frame in (then, now)
    ]
    for change in compared(then, now, look("pods")).changes:
        if change.kind is not ChangeKind.CHANGED and "owner" in change.about:
            assert (change.about["namespace"], change.about["owner"]) not in owners[0] & owners[1]
