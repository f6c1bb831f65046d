"""The map of a first look: what several, one, or nobody marked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from vistas.practice.walk.overlap import overlap, people_at, seen_on
from vistas.vista.notice import Anchor, LogPattern, Notice, NoticeKind, Stretch, TableRow, WholeStop

DAWN = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
CART, SHOP = {"app": "cart"}, {"app": "shop"}


def stretch(start: int, end: int, *series: dict[str, str], look: str = "rate") -> Stretch:
    begin, ends = (DAWN + timedelta(minutes=each) for each in sorted((start, end)))
    return Stretch(look=look, source="prometheus", series=series, start=begin, end=ends)


def row(name: str) -> TableRow:
    return TableRow(look="pods", source="cluster", key={"name": name})


def notice(author: str, anchor: Anchor) -> Notice:
    return Notice(
        id=uuid4(), stop="load", author=author, kind=NoticeKind.NOTICED, text="!", anchor=anchor, written_at=DAWN
    )


minutes = st.integers(0, 60)
series = st.lists(st.sampled_from([CART, SHOP]), max_size=2)
stretches = st.builds(lambda one, other, of: stretch(one, other, *of), minutes, minutes, series)
patterns = st.builds(lambda said: LogPattern(look="log", source="ingress", pattern=said), st.sampled_from("ab"))
anchors = st.one_of(stretches, st.builds(row, st.sampled_from("ab")), patterns, st.just(WholeStop()))
written = st.lists(st.builds(notice, st.sampled_from(("Maya", "Tomás", "Ines")), anchors), max_size=10)


@given(anchors, anchors)
def test_overlapping_goes_both_ways(one: Anchor, other: Anchor) -> None:
    assert overlap(one, other) == overlap(other, one)


@given(anchors)
def test_what_hangs_on_data_overlaps_itself_and_a_whole_stop_nothing(anchor: Anchor) -> None:
    assert overlap(anchor, anchor) == (not isinstance(anchor, WholeStop))


def test_stretches_need_a_time_and_a_series_in_common() -> None:
    assert overlap(stretch(0, 10, CART), stretch(10, 20, CART, SHOP))
    assert not overlap(stretch(0, 10, CART), stretch(11, 20, CART))
    assert not overlap(stretch(0, 10, CART), stretch(0, 10, SHOP))
    assert overlap(stretch(0, 10), stretch(5, 5, SHOP))
    assert not overlap(stretch(0, 10), stretch(0, 10, look="errors"))


@given(written)
def test_nobody_counts_twice_and_everybody_counts_themselves(notices: list[Notice]) -> None:
    placed = {each.id for each in notices if not isinstance(each.anchor, WholeStop)}
    people = people_at(notices)
    assert set(people) == placed
    assert all(1 <= number <= len({each.author for each in notices}) for number in people.values())


@given(written)
def test_a_place_that_several_share_is_told_once_and_never_as_one_persons(notices: list[Notice]) -> None:
    for seen in seen_on(("rate", "pods", "log"), notices):
        assert not any(overlap(one, other) for one in seen.several for other in seen.one)
        for shared in seen.several:
            assert len({each.author for each in notices if overlap(each.anchor, shared)}) > 1


def test_a_look_that_nobody_marked_is_told_too() -> None:
    """And twice by the same person is not several."""
    notices = [
        notice("Maya", row("a")),
        notice("Maya", row("a")),
        notice("Maya", stretch(0, 10)),
        notice("Ines", stretch(5, 15)),
    ]
    rate, pods, log = seen_on(("rate", "pods", "log"), notices)
    assert (rate.several, rate.one) == ((stretch(5, 10),), ())
    assert (len(pods.several), len(pods.one)) == (0, 1)
    assert not log.several
    assert not log.one
