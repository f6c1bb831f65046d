"""The wheel is fair: its odds are what the page says, what came up lately is less likely, and a pass is free."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vistas.errors import PracticeError
from vistas.practice import Notebook, Notebooks
from vistas.practice.landscape import Part, PartKind
from vistas.practice.notebook import Stamp
from vistas.practice.wheel import CameUp, PlaceInVista, Wheel, spinning
from vistas.practice.wheel.entries import (
    Filled,
    Passed,
    QuestionAdded,
    SteppedOn,
    TakenOff,
    TurnAnswered,
    WalkBegun,
    WheelEntry,
)
from vistas.vista import new_id

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
Wheels = Notebook[Wheel, WheelEntry]


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - the same every time, on purpose


def part(name: str, sort: PartKind = PartKind.WORKLOAD) -> Part:
    return Part(sort=sort, name=name)


PARTS = tuple(
    part(f"shop/{name}") for name in ("accounts", "checkout", "search", "storefront", "thumbs", "parser")
)
names = st.lists(st.text("abcdefgh", min_size=1, max_size=6), min_size=1, max_size=40, unique=True)


@pytest.fixture
def wheels(notebooks: Notebooks) -> Wheels:
    return notebooks.wheels


def begun(wheels: Wheels, parts: tuple[Part, ...] = PARTS) -> UUID:
    return wheels.begin("Monday's wheel", Filled(parts=parts), by="Ada", at=NOW)


def spun(wheels: Wheels, journal: UUID, chance: Random, minutes: int = 0) -> None:
    at = NOW + timedelta(minutes=minutes)
    spinning.spin(wheels, journal, seen=wheels.read(journal).turn_id, by="Ada", at=at, chance=chance)


# --- the odds


@given(names, st.sets(st.text("abcdefgh", min_size=1, max_size=6)))
def test_odds_sum_to_one_and_leave_nobody_out(texts: list[str], lately: set[str]) -> None:
    """And what came up lately is never more likely than what did not."""
    parts = [part(text) for text in texts]
    keys = {part(text).key for text in lately}
    chances = dict(spinning.odds(parts, keys))
    assert sum(chances.values()) == pytest.approx(1.0)
    assert min(chances.values()) > 0
    fresh = [chance for each, chance in chances.items() if each.key not in keys]
    known = [chance for each, chance in chances.items() if each.key in keys]
    assert not fresh or not known or max(known) == pytest.approx(spinning.RECENT_WEIGHT * min(fresh))
    assert len({round(chance, 12) for chance in fresh}) <= 1
    assert len({round(chance, 12) for chance in known}) <= 1


def test_a_wheel_of_which_all_came_up_is_even_again() -> None:
    chances = spinning.odds(PARTS, {each.key for each in PARTS})
    assert [chance for _, chance in chances] == pytest.approx([1 / 6] * 6)


@given(st.lists(st.tuples(st.integers(0, 1000), st.sampled_from("abcdefghijkl")), max_size=30))
def test_lately_is_the_last_few_spins_of_whatever_wheel(spins: list[tuple[int, str]]) -> None:
    told = [CameUp(NOW + timedelta(minutes=minute), frozenset({key})) for minute, key in spins]
    ordered = [key for _, key in sorted(spins, key=lambda each: each[0])]
    assert spinning.recent_keys(told) == frozenset(ordered[-spinning.RECENT_SPINS :])


def test_what_comes_up_is_as_frequent_as_the_page_says() -> None:
    """Chi-square over 12,000 seeded spins with five degrees of freedom: below the 99 % quantile, 15.09."""
    chances = spinning.odds(PARTS, {PARTS[1].key, PARTS[4].key})
    chance, spins = seeded(20261123), 12_000
    counted = Counter(spinning.land(chances, chance).part for _ in range(spins))
    square = sum((counted[each] - share * spins) ** 2 / (share * spins) for each, share in chances)
    assert square < 15.09
    assert counted[PARTS[1]] < counted[PARTS[0]] / 3


def test_a_wheel_that_only_said_it_was_even_would_be_found_out() -> None:
    """The same measure, held against odds that are not those of the draw."""
    even = spinning.odds(PARTS, ())
    uneven = spinning.odds(PARTS, {PARTS[1].key})
    chance, spins = seeded(20261123), 12_000
    counted = Counter(spinning.land(uneven, chance).part for _ in range(spins))
    assert sum((counted[each] - share * spins) ** 2 / (share * spins) for each, share in even) > 15.09


@given(st.integers())
def test_the_same_chance_lands_at_the_same_place_well_inside_its_segment(seed: int) -> None:
    chances = spinning.odds(PARTS, ())
    landed = spinning.land(chances, seeded(seed))
    assert landed == spinning.land(chances, seeded(seed))
    assert spinning.EDGE <= landed.at <= 1 - spinning.EDGE
    assert landed.chance == pytest.approx(1 / 6)


# --- one spin


def test_of_two_who_press_at_once_one_spins(wheels: Wheels) -> None:
    """And both see the same turn."""
    journal = begun(wheels)
    ready, seen = threading.Barrier(6), []

    def press(number: int) -> None:
        ready.wait()
        turn = spinning.spin(wheels, journal, seen=None, by=f"p{number}", at=NOW, chance=seeded(number))
        seen.append(turn.id)

    threads = [threading.Thread(target=press, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    turns = wheels.read(journal).turns
    assert len(turns) == 1
    assert set(seen) == {turns[0].id}


def test_who_pressed_on_an_older_page_sees_the_spin_that_was(wheels: Wheels) -> None:
    journal = begun(wheels)
    spun(wheels, journal, seeded(1))
    turn = spinning.spin(wheels, journal, seen=None, by="Bea", at=NOW, chance=seeded(2))
    assert wheels.read(journal).turns == (turn,)
    assert turn.by == "Ada"


def test_what_is_written_at_the_same_moment_does_not_keep_the_wheel_from_turning(wheels: Wheels) -> None:
    journal = begun(wheels)
    stop = threading.Event()

    def ask() -> None:
        number = 0
        while not stop.is_set():
            question = part(f"why {number}?", PartKind.QUESTION)
            wheels.write(journal, QuestionAdded(question=question), by="Bea", at=NOW)
            number += 1
            stop.wait(0.005)

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        for number in range(5):
            spun(wheels, journal, seeded(number), number)
    finally:
        stop.set()
        asking.join()
    assert len(wheels.read(journal).turns) == 5


def test_an_empty_wheel_says_what_to_do(wheels: Wheels) -> None:
    journal = begun(wheels, ())
    with pytest.raises(PracticeError, match="fill it from the landscape"):
        spun(wheels, journal, seeded(1))


def test_what_came_up_on_an_earlier_wheel_is_less_likely_on_this_one(wheels: Wheels) -> None:
    spun(wheels, begun(wheels, PARTS[:1]), seeded(1))
    journal = begun(wheels)
    spun(wheels, journal, seeded(1), 1)
    (turn,) = wheels.read(journal).turns
    chances = dict(turn.what.odds)
    assert chances[PARTS[0]] == pytest.approx(spinning.RECENT_WEIGHT * chances[PARTS[1]])


def test_who_put_themselves_on_comes_up_by_the_same_rule(wheels: Wheels) -> None:
    journal = begun(wheels)
    for name in ("Ada", "Bea"):
        wheels.write(journal, SteppedOn(), by=name, at=NOW)
    spun(wheels, journal, seeded(3))
    first = wheels.read(journal).turns[0].who
    spun(wheels, journal, seeded(4), 1)
    second = wheels.read(journal).turns[1].who
    assert first is not None
    assert second is not None
    assert dict(second.odds)[first.part] == pytest.approx(0.2)
    wheels.write(journal, SteppedOn(on=False), by="Ada", at=NOW)
    assert wheels.read(journal).people == ("Bea",)


def test_what_was_taken_off_does_not_come_up(wheels: Wheels) -> None:
    journal = begun(wheels, PARTS[:2])
    wheels.write(journal, TakenOff(part=PARTS[0]), by="Ada", at=NOW)
    for number in range(12):
        spun(wheels, journal, seeded(number), number)
    assert {turn.what.part for turn in wheels.read(journal).turns} == {PARTS[1]}
    wheels.write(journal, TakenOff(part=PARTS[0], off=False), by="Bea", at=NOW)
    assert wheels.read(journal).segments == PARTS[:2]


# --- a pass is free


@given(st.lists(st.booleans(), min_size=1, max_size=12), st.integers(0, 2**32))
def test_a_pass_changes_nothing_for_what_comes_next(passes: list[bool], seed: int) -> None:
    """Two wheels that turn alike, with some spins passed on one and none on the other, stay alike."""
    patient, passing, chance = Wheel(parts=PARTS), Wheel(parts=PARTS), seeded(seed)
    for number, passed in enumerate(passes, start=1):
        stamp = Stamp(number, NOW + timedelta(minutes=number), "Ada")
        odds = [spinning.odds(each.segments, spinning.recent_keys(each.came_up)) for each in (patient, passing)]
        assert odds[0] == odds[1]
        spun = spinning.decide(patient, spinning.recent_keys(patient.came_up), chance)
        patient, passing = spun.apply(patient, stamp), spun.apply(passing, stamp)
        if passed:
            passing = Passed(turn=spun.id).apply(passing, Stamp(number, NOW, None))
    assert [turn.passed for turn in passing.turns] == passes
    assert passing.came_up == patient.came_up


def test_a_pass_holds_no_name(wheels: Wheels) -> None:
    """Neither whose it was nor to whom the wheel had pointed."""
    journal = begun(wheels)
    wheels.write(journal, SteppedOn(), by="Bea", at=NOW)
    spun(wheels, journal, seeded(1))
    turn = wheels.read(journal).turns[0]
    wheels.write(journal, Passed(turn=turn.id), by=None, at=NOW)
    assert wheels.history(journal)[-1].stamp.by is None
    passed = wheels.read(journal).turns[0]
    assert (passed.passed, passed.who) == (True, None)
    assert not passed.is_open


# --- answers


def test_an_answer_sent_twice_is_there_once(wheels: Wheels) -> None:
    journal = begun(wheels)
    spun(wheels, journal, seeded(1))
    turn = wheels.read(journal).turns[0]
    answered = TurnAnswered(id=new_id(), turn=turn.id, text="I would ring", whom="platform on-call")
    wheels.write(journal, answered, answered, by="Bea", at=NOW)
    (answer,) = wheels.read(journal).turns[0].answers
    assert (answer.by, answer.text, answer.whom, answer.shows) == (
        "Bea",
        "I would ring",
        "platform on-call",
        False,
    )


def test_a_walk_on_the_spot_is_kept_with_the_turn(wheels: Wheels) -> None:
    journal = begun(wheels)
    spun(wheels, journal, seeded(1))
    turn, vista = wheels.read(journal).turns[0], new_id()
    went = WalkBegun(turn=turn.id, vista=vista)
    wheels.write(journal, went, went, by="Bea", at=NOW)
    assert [(walk.vista, walk.walker) for walk in wheels.read(journal).turns[0].walks] == [(vista, "Bea")]
    place = PlaceInVista(vista=vista, stop="errors", title="Errors")
    wheels.write(journal, TurnAnswered(id=new_id(), turn=turn.id, places=(place,)), by="Bea", at=NOW)
    assert wheels.read(journal).turns[0].answers[0].shows


def test_an_entry_about_a_turn_that_is_not_there_does_nothing(wheels: Wheels) -> None:
    journal = begun(wheels)
    before = wheels.read(journal)
    wheels.write(journal, Passed(turn=new_id()), TurnAnswered(id=new_id(), turn=new_id()), by="Ada", at=NOW)
    assert wheels.read(journal) == before
