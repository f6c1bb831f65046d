"""Walks side by side: two ways through the stops, or as many as there are walkers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples
from tests.strategies import vistas
from vistas.mornings.ways import Ways, Where, lane_names, side_by_side, where
from vistas.mornings.ways.aligning import aligned
from vistas.routine import Look, Routine
from vistas.snapshot import Window
from vistas.vista import Detour, Step, Vista, Walk, new_id
from vistas.vista.notice import Anchor, Notice, NoticeKind, Stretch, TableRow, WholeStop

THURSDAY = datetime(2026, 11, 19, 7, 30, tzinfo=UTC)
FRIDAY = THURSDAY + timedelta(days=1)
ways_through = st.lists(st.sampled_from("abcde"), max_size=7)


def routine() -> Routine:
    looks = [{"look": "l", "title": "L", "source": "s", "take": "pods"}]
    words = {"question": "?", "why": "w", "normal": "n", "plainly": "p", "looks": looks}
    stops = [{"stop": slug, "title": slug.upper(), **words} for slug in "abcde"]
    return Routine.model_validate({"routine": "r", "title": "R", "about": "a", "stops": stops})


def walk(way: Sequence[str], *, by: str = "Maya", begun: datetime = THURSDAY, each: float = 60) -> Walk:
    """So many seconds at each stop; nobody knows when they left the last."""
    arrived = [begun + timedelta(seconds=each * place) for place in range(len(way) + 1)]
    steps = [Step(stop, arrived[place], arrived[place + 1]) for place, stop in enumerate(way)]
    return Walk(new_id(), by, (*steps[:-1], *(replace(step, left_at=None) for step in steps[-1:])))


def vista(*walks: Walk, begun: datetime = THURSDAY, notices: Sequence[Notice] = ()) -> Vista:
    window = Window.ending(begun, timedelta(hours=12))
    return Vista(new_id(), routine(), window, "Maya", begun, walks=walks, notices=tuple(notices))


def notice(stop: str, at: datetime, *, by: str = "Maya", anchor: Anchor | None = None) -> Notice:
    return Notice(
        id=new_id(),
        stop=stop,
        author=by,
        kind=NoticeKind.NOTICED,
        text="x",
        written_at=at,
        anchor=anchor or WholeStop(),
    )


def stretch(start: datetime, minutes: int = 30) -> Stretch:
    return Stretch(look="l", source="s", start=start, end=start + timedelta(minutes=minutes))


def seen(*walks: Walk, notices: Sequence[Notice] = ()) -> Ways:
    """Walks of one morning."""
    together = vista(*walks, notices=notices)
    return side_by_side([(together, each) for each in walks])


def test_height_is_time_by_the_longest_way() -> None:
    ways = seen(walk("abc", each=60), walk("ab", by="Jonas", each=30))
    maya, jonas = ways.lanes
    assert [round(stay.bottom - stay.top, 3) for stay in maya.stays] == [0.429, 0.429, 0.143]
    assert [round(stay.top, 3) for stay in jonas.stays] == [0, 0.214]
    assert [stay.stayed for stay in jonas.stays] == [timedelta(seconds=30), None]
    assert [stay.title for stay in jonas.stays] == ["A", "B"]


def test_stops_that_both_have_are_joined_and_those_out_of_order_cross() -> None:
    ways = seen(walk("abcd"), walk("dabc", by="Jonas"))
    assert [(join.stop, join.in_order) for join in ways.joins] == [
        ("a", True),
        ("b", True),
        ("c", True),
        ("d", False),
    ]


def test_what_one_or_both_have_is_said_in_words() -> None:
    notices = [notice("a", THURSDAY), notice("a", THURSDAY, by="Jonas"), notice("b", THURSDAY, by="Jonas")]
    ways = seen(walk("abc"), walk("abd", by="Jonas"), notices=notices)
    assert [(where(each, ways.lanes, UTC), each.stops) for each in ways.stood] == [
        ("where both", ("a", "b")),
        ("where Maya", ("c",)),
        ("where Jonas", ("d",)),
    ]
    assert ways.noticed == (Where((0, 1), ("a",)), Where((1,), ("b",)))
    assert [join.both_noticed for join in ways.joins] == [True, False]


def test_in_a_room_each_walker_has_a_lane() -> None:
    ways = seen(walk("abc"), walk("ab", by="Jonas"), walk("ac", by="Ines"))
    assert [(where(each, ways.lanes, UTC), each.stops) for each in ways.stood] == [
        ("where all", ("a",)),
        ("where Maya and Jonas", ("b",)),
        ("where Maya and Ines", ("c",)),
    ]
    assert {(join.left, join.right) for join in ways.joins} == {(0, 1), (1, 2)}


def test_a_notice_stands_where_its_author_was_when_they_wrote_it() -> None:
    written = [
        notice("a", THURSDAY + timedelta(seconds=150)),
        notice("e", THURSDAY),
        notice("b", THURSDAY, by="Jo"),
    ]
    (lane,) = seen(walk("aba"), notices=written).lanes
    assert [len(stay.noticed) for stay in lane.stays] == [0, 0, 1]
    (noticed,) = lane.stays[2].noticed
    assert lane.stays[2].top < noticed.top <= lane.stays[2].bottom
    assert lane.besides == (written[1],)


def test_a_detour_stands_within_its_stay() -> None:
    look = Look(look="pods", title="Pods of search", source="s", take="pods")
    taken = Detour("b", look, "Maya", THURSDAY + timedelta(seconds=80))
    theirs = replace(taken, walker="Jonas")
    way = walk("abc")
    walked = replace(vista(way), detours=(taken, theirs))
    (lane,) = side_by_side([(walked, way)]).lanes
    assert [len(stay.asides) for stay in lane.stays] == [0, 1, 0]
    (aside,) = lane.stays[1].asides
    assert aside.bottom - aside.top == pytest.approx((lane.stays[1].bottom - lane.stays[1].top) * 2 / 3)


def test_notices_of_the_same_data_are_joined() -> None:
    mine = notice("a", THURSDAY, anchor=TableRow(look="l", source="s", key={"pod": "cart-1"}))
    theirs = notice("a", THURSDAY, by="Jonas", anchor=TableRow(look="l", source="s", key={"pod": "cart-1"}))
    others = [
        notice("a", THURSDAY, by="Jonas", anchor=TableRow(look="l", source="s", key={"pod": "cart-2"})),
        notice("b", THURSDAY, by="Jonas", anchor=theirs.anchor),
        notice("a", THURSDAY, by="Jonas"),
    ]
    ways = seen(walk("ab"), walk("ab", by="Jonas"), notices=[mine, theirs, *others])
    assert [(each.left_notice, each.right_notice) for each in ways.same] == [(mine.id, theirs.id)]


@pytest.mark.parametrize(("hours", "joined"), [(0, True), (2, False)])
def test_of_two_mornings_the_same_time_of_day_is_the_same_thing(hours: int, joined: bool) -> None:
    backup = stretch(THURSDAY - timedelta(hours=4))
    again = stretch(FRIDAY - timedelta(hours=4 + hours))
    one, other = walk("a"), walk("a", by="Jonas", begun=FRIDAY)
    thursday = vista(one, notices=[notice("a", THURSDAY, anchor=backup)])
    friday = vista(other, begun=FRIDAY, notices=[notice("a", FRIDAY, by="Jonas", anchor=again)])
    assert bool(side_by_side([(thursday, one), (friday, other)]).same) == joined


@pytest.mark.parametrize(
    ("lanes", "names"),
    [
        ([("Maya", THURSDAY), ("Jonas", THURSDAY)], ("Maya", "Jonas")),
        ([("Maya", THURSDAY), ("Jonas", FRIDAY)], ("Maya, Thursday 19 November", "Jonas, Friday 20 November")),
        (
            [("Maya", THURSDAY), ("Maya", THURSDAY + timedelta(hours=1))],
            ("Maya, Thursday 19 November, 07:30", "Maya, Thursday 19 November, 08:30"),
        ),
    ],
)
def test_a_lane_is_named_as_shortly_as_can_be(lanes, names: tuple[str, ...]) -> None:
    walks = [walk("a", by=by, begun=begun) for by, begun in lanes]
    assert lane_names(side_by_side([(vista(each), each) for each in walks]).lanes, UTC) == names


def test_days_are_told_where_names_do_not_suffice() -> None:
    one, other = walk("ab"), walk("ac", begun=FRIDAY)
    ways = side_by_side([(vista(one), one), (vista(other, begun=FRIDAY), other)])
    said = [where(each, ways.lanes, UTC) for each in ways.stood]
    assert said == ["where both", "where Maya, Thursday 19 November", "where Maya, Friday 20 November"]


def test_nobody_walked() -> None:
    assert side_by_side([]) == Ways((), (), (), (), (), {})
    assert seen(walk("")).lanes == ()


@given(ways_through)
def test_a_way_is_aligned_with_itself_at_each_stop(way: list[str]) -> None:
    assert aligned(way, way) == [(place, place) for place in range(len(way))]


@given(ways_through, ways_through)
def test_aligning_is_the_same_the_other_way_round(one: list[str], other: list[str]) -> None:
    pairs = aligned(one, other)
    assert aligned(other, one) == [(right, left) for left, right in pairs]
    assert all(one[left] == other[right] for left, right in pairs)
    assert [sorted(places) for places in zip(*pairs, strict=True)] == [
        list(each) for each in zip(*pairs, strict=True)
    ]


@given(ways_through, ways_through)
def test_no_common_way_is_longer(one: list[str], other: list[str]) -> None:
    def is_within(way: Sequence[str], whole: Sequence[str]) -> bool:
        left = iter(whole)
        return all(stop in left for stop in way)

    def parts(way: Sequence[str]) -> list[list[str]]:
        return [[stop for place, stop in enumerate(way) if chosen >> place & 1] for chosen in range(2 ** len(way))]

    assert len(aligned(one, other)) == max(len(part) for part in parts(one) if is_within(part, other))


@given(vistas())
@examples(20)
def test_a_walk_with_itself_has_all_in_common(any_vista: Vista) -> None:
    for each in any_vista.walks:
        ways = side_by_side([(any_vista, each), (any_vista, each)])
        assert ways.lanes[0] == ways.lanes[1]
        assert all(join.in_order and join.left_stay == join.right_stay for join in ways.joins)
        assert len(ways.joins) == len(each.steps)
        assert [common.lanes for common in ways.stood] == [(0, 1)]
        assert {common.lanes for common in ways.noticed} <= {(0, 1)}


@given(vistas(), vistas())
@examples(20)
def test_the_other_way_round_it_is_the_mirror(one: Vista, other: Vista) -> None:
    walks = [(each, each.walks[0]) for each in (one, other) if each.walks]
    ways, mirror = side_by_side(walks), side_by_side(walks[::-1])
    assert mirror.lanes == ways.lanes[::-1]
    joins = {(join.right_stay, join.left_stay, join.in_order, join.both_noticed) for join in mirror.joins}
    assert joins == {(join.left_stay, join.right_stay, join.in_order, join.both_noticed) for join in ways.joins}
    same = {(each.right_notice, each.left_notice) for each in mirror.same}
    assert same == {(each.left_notice, each.right_notice) for each in ways.same}


@given(vistas())
@examples(20)
def test_all_lies_within_the_picture_and_its_stay(any_vista: Vista) -> None:
    for lane in side_by_side([(any_vista, each) for each in any_vista.walks]).lanes:
        for stay in lane.stays:
            assert 0 <= stay.top <= stay.bottom <= 1
            assert all(stay.top <= each.top <= each.bottom <= stay.bottom for each in stay.asides)
            assert all(stay.top <= each.top <= stay.bottom for each in stay.noticed)
