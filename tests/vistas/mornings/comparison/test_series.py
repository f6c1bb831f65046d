"""Series on the same clock, days apart."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.vistas.mornings.comparison.mornings import (
    DAY,
    FRIDAY,
    NIGHT,
    THURSDAY,
    compared,
    labelled,
    look,
    sentences,
    series,
)
from vistas.mornings.comparison import ChangeKind, Clock
from vistas.snapshot import Window

SHARE = look("range", unit="ratio")
QUIET = [0.0002] * 60


def test_what_failed_then_and_does_not_now_says_when_it_was() -> None:
    failing = [0.0002] * 20 + [0.425] * 10 + [0.0002] * 30
    found = compared(series(THURSDAY, search=failing, cart=QUIET), series(FRIDAY, search=QUIET, cart=QUIET), SHARE)
    assert sentences(found) == ["changed: search: at most 0.02 %, was 42.5 % (06:50 to 06:59 then)."]
    assert (found.changed, found.unchanged) == (1, 1)


def test_what_came_and_went_is_not_told_as_one_stretch() -> None:
    peaks = [0.0002] * 10 + [0.4] + [0.0002] * 40 + [0.4] + [0.0002] * 8
    found = compared(series(THURSDAY, search=QUIET), series(FRIDAY, search=peaks), SHARE)
    assert sentences(found) == ["changed: search: at most 40 %, was 0.02 % (now and then, 06:40 to 07:21)."]


def test_days_are_told_where_a_window_is_longer_than_one() -> None:
    week = timedelta(days=7)
    clock = Clock.of(Window.ending(THURSDAY, week), Window.ending(FRIDAY, week), DAY)
    found = compared(series(THURSDAY, a=QUIET), series(FRIDAY, a=[0.4, 0.4, *QUIET]), SHARE, clock)
    assert sentences(found) == ["changed: a: at most 40 %, was 0.02 % (20 Nov 06:28 to 20 Nov 06:29)."]


def test_a_median_that_moved_is_told_as_typical() -> None:
    found = compared(series(THURSDAY, cart=[0.2] * 60), series(FRIDAY, cart=[0.27] * 60), SHARE)
    assert sentences(found) == ["changed: cart: typically 27 %, was 20 %."]


def test_what_moves_less_than_is_told_is_as_it_was() -> None:
    found = compared(series(THURSDAY, cart=[0.0001] * 60), series(FRIDAY, cart=[0.0049] * 60), SHARE)
    assert not found.is_different
    assert found.counted == (
        "Series in percent: the median moved by more than 20 %, the highest or lowest value by more than 50 %, "
        "and by 0.5 %; or it crossed what the look calls normal."
    )


@pytest.mark.parametrize(("unit", "size"), [("seconds", 1), ("milliseconds", 1e3), ("microseconds", 1e6)])
def test_times_are_compared_alike_whatever_they_were_counted_in(unit: str, size: float) -> None:
    at = look("range", unit=unit)
    then, now = (series(day, slow=[value * size] * 60) for day, value in ((THURSDAY, 0.1), (FRIDAY, 0.4)))
    found = compared(then, now, at)
    assert "typically 400 ms, was 100 ms; at most 400 ms, was 100 ms" in sentences(found)[0]
    assert "and by 20 ms;" in found.counted
    quiet = compared(series(THURSDAY, a=[0.001 * size] * 60), series(FRIDAY, a=[0.019 * size] * 60), at)
    assert not quiet.is_different


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("bits/s", "Series in bits/s: the median moved by more than 20 %"),
        ("per second", "Series in numbers per second: the median moved by more than 20 %"),
    ],
)
def test_what_counts_of_a_rate_is_told(unit: str, said: str) -> None:
    found = compared(series(THURSDAY, a=[9e6] * 60), series(FRIDAY, a=[9e6] * 60), look("range", unit=unit))
    assert found.counted.startswith(said)


def test_a_date_that_moved_counts_from_a_minute_on() -> None:
    """Their size says nothing: a fifth of the time since 1970 would be eleven years."""
    at, renewed = look("instant", unit="dates"), 1_795_073_400.0
    found = compared(
        series(THURSDAY, shop=[renewed - 86_400], cart=[renewed]),
        series(FRIDAY, shop=[renewed], cart=[renewed + 59]),
        at,
    )
    (said,) = sentences(found)
    assert said.endswith("19 Nov 2026, 07:30 UTC, was 18 Nov 2026, 07:30 UTC.")
    assert found.counted == ("Series in dates: moved by 60 s or more; or it crossed what the look calls normal.")


def test_the_date_that_moved_farthest_comes_first() -> None:
    then, day = 1_795_073_400.0, 86_400
    found = compared(
        series(THURSDAY, a=[then], b=[then]),
        series(FRIDAY, a=[then + day], b=[then - 30 * day]),
        look("instant", unit="dates"),
    )
    assert ["20 Oct 2026" in said for said in sentences(found)] == [True, False]


def test_what_crosses_its_normal_counts_before_it_moved_far() -> None:
    at = look("range", unit="ratio", normal_below=0.9)
    found = compared(series(THURSDAY, a=[0.5, 0.88]), series(FRIDAY, a=[0.5, 0.93]), at)
    assert [cell.column for cell in found.changes[0].cells] == ["highest"]


def test_only_the_hours_that_both_windows_cover_are_compared() -> None:
    """Friday's window began an hour later: what happened in Thursday's first hour has no counterpart."""
    clock = Clock.of(Window.ending(THURSDAY, NIGHT), Window.ending(FRIDAY, timedelta(hours=11)), DAY)
    early = [1.0] * 30 + [0.0002] * 690
    found = compared(series(THURSDAY, a=early), series(FRIDAY, a=[0.0002] * 660), SHARE, clock)
    assert not found.is_different
    assert found.notes == ("Compared from 20:30 to 07:30 UTC, which both windows cover.",)


def test_windows_of_other_hours_are_compared_whole_and_it_is_said() -> None:
    evening = Window.ending(FRIDAY - timedelta(hours=12), timedelta(hours=6))
    clock = Clock.of(evening, Window.ending(FRIDAY, timedelta(hours=6)), DAY / 2)
    assert clock.then == evening
    assert clock.note == "The two windows (6 h and 6 h) are of different times of day; each is compared whole."


def test_series_of_pods_with_other_names_are_compared_by_what_stays() -> None:
    then = labelled(THURSDAY, ({"namespace": "shop", "pod": "cart-6d8f9c7b5d-x2k4p"}, [1.0] * 9))
    now = labelled(FRIDAY, ({"namespace": "shop", "pod": "cart-zxghfjf2s-sghtb"}, [15.0] * 9))
    found = compared(then, now, look("range"))
    assert [change.about for change in found.changes] == [{"namespace": "shop", "pod": "cart"}]
    assert found.notes == ("1 series had other names then, as after a rollout: compared without pod.",)


def test_a_series_on_one_side_is_new_or_gone_with_its_highest_value() -> None:
    found = compared(series(THURSDAY, a=[3.0, 1.0], b=QUIET), series(FRIDAY, c=[7.0], b=QUIET), look("range"))
    assert sentences(found) == [
        "new: c is new: at most 7 (at 07:29).",
        "gone: a is gone; then: at most 3 (07:28 to 07:29).",
    ]


def test_a_series_that_fell_silent_is_not_called_gone() -> None:
    found = compared(series(THURSDAY, a=[3.0]), series(FRIDAY, a=[float("nan")]), look("range"))
    assert [(change.kind, change.sentence) for change in found.changes] == [
        (ChangeKind.CHANGED, "a: no data, was at most 3.")
    ]


@pytest.mark.parametrize(("now", "told"), [(5.35, ["changed: a: 5.35 d, was 6.35 d."]), (6.0, [])])
def test_a_countdown_is_told_when_it_comes_near(now: float, told: list[str]) -> None:
    """A single sample is of its moment, wherever that lies in the window."""
    then, later = labelled(FRIDAY, ({"host": "a"}, [6.35])), labelled(FRIDAY, ({"host": "a"}, [now]))
    assert sentences(compared(then, later, look("instant", unit="days"))) == told


def test_a_series_without_labels_is_called_as_its_look() -> None:
    found = compared(labelled(THURSDAY, ({}, [1.0] * 9)), labelled(FRIDAY, ({}, [9.0] * 9)), look("range"))
    assert sentences(found) == ["changed: What is there: typically 9, was 1; at most 9, was 1 (07:21 to 07:29)."]
