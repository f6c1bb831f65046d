"""What is called unusual, over simulated mornings of 40 looks with 10 series each, and over arbitrary ones."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.unusual_mornings import (
    false_findings,
    heavy_minutes,
    heavy_mornings,
    ordinary,
    rare_firsts,
    resembling,
    shifts_found,
)
from vistas.mornings.unusual.calibration import COMPARISONS, rows
from vistas.mornings.unusual.demanded import table
from vistas.mornings.unusual.distance import Scaling
from vistas.mornings.unusual.judging import FEWEST, judge

pytestmark = pytest.mark.slow("hundreds of simulated walks")

numbers = st.floats(-1e6, 1e6)


def scaling(comparisons: int, *, step: float = 0.001, logarithmic: bool = False) -> Scaling:
    return Scaling(np.full(comparisons, step), np.full(comparisons, logarithmic))


@st.composite
def mornings(draw: st.DrawFn, fewest: int = FEWEST, most: int = 14) -> tuple[list[float], list[list[float]]]:
    """Today's numbers, and a row of earlier ones for each."""
    earlier = draw(st.integers(fewest, most))
    row = st.lists(numbers | st.just(float("nan")), min_size=earlier, max_size=earlier)
    found = draw(st.lists(st.tuples(numbers, row), min_size=1, max_size=4))
    return [today for today, _ in found], [each for _, each in found]


@pytest.mark.parametrize("earlier", [7, 12, 20])
def test_ordinary_noise_shows_anything_in_at_most_one_walk_in_ten(earlier: int) -> None:
    counted = false_findings(ordinary, earlier=earlier, walks=400)
    assert sum(map(bool, counted)) <= 40


def test_so_it_does_over_twelve_hours() -> None:
    counted = false_findings(ordinary, earlier=12, hours=12, walks=60)
    assert sum(map(bool, counted)) <= 6


def test_mornings_that_resemble_the_one_before_hardly_show_more() -> None:
    counted = false_findings(resembling, earlier=9, walks=400)
    assert sum(map(bool, counted)) <= 1.5 * 40


@pytest.mark.parametrize(("draw", "walks"), [(heavy_minutes, 30), (heavy_mornings, 100)])
@pytest.mark.parametrize("earlier", [7, 12])
def test_heavy_tails_show_at_most_one_false_finding_a_walk(draw, walks: int, earlier: int) -> None:
    assert sum(false_findings(draw, earlier=earlier, walks=walks)) <= walks


def test_a_shift_of_eight_spreads_is_found_in_eight_walks_of_ten_at_twelve_mornings() -> None:
    assert shifts_found(earlier=12, walks=200) >= 0.8
    assert shifts_found(earlier=12, walks=8, hours=12, lasting=12) >= 0.8


def test_rare_things_are_new_in_at_most_one_walk_in_as_many_as_there_are_mornings() -> None:
    assert rare_firsts(earlier=9, walks=100) <= 0.1


@given(mornings(), st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_earlier_mornings_does_not_matter(found, random, logarithmic: bool) -> None:
    today, earlier = found
    order = list(range(len(earlier[0])))
    random.shuffle(order)
    how = scaling(len(today), logarithmic=logarithmic)
    one = judge(np.array(today), np.array(earlier), how)
    other = judge(np.array(today), np.array(earlier)[:, order], how)
    np.testing.assert_array_equal(one.distance, other.distance)


@given(mornings(), st.sampled_from([0.25, 2.0, 1024.0]))
def test_the_scale_of_differences_does_not_matter(found, by: float) -> None:
    today, earlier = found
    one = judge(np.array(today), np.array(earlier), scaling(len(today), step=1e-3))
    other = judge(np.array(today) * by, np.array(earlier) * by, scaling(len(today), step=1e-3 * by))
    np.testing.assert_array_equal(one.distance, other.distance)


@given(mornings(fewest=1, most=FEWEST - 1))
def test_too_few_mornings_find_nothing(found) -> None:
    today, earlier = found
    judged = judge(np.array(today), np.array(earlier), scaling(len(today)))
    assert not judged.distance.any()
    assert judged.comparisons == 0


@given(st.lists(numbers, min_size=1, max_size=5), st.integers(FEWEST, 20), st.booleans())
def test_the_same_each_morning_is_nothing(today: list[float], earlier: int, logarithmic: bool) -> None:
    same = np.repeat(np.array(today)[:, None], earlier, axis=1)
    assert not judge(np.array(today), same, scaling(len(today), logarithmic=logarithmic)).distance.any()


@given(mornings(), st.booleans())
def test_what_is_within_the_earlier_range_is_nothing(found, logarithmic: bool) -> None:
    _, earlier = found
    middle = np.nanmedian(np.array(earlier), axis=1)
    how = scaling(len(earlier), logarithmic=logarithmic)
    assert not judge(middle, np.array(earlier), how).distance.any()


def test_a_single_step_or_a_few_percent_are_no_distance_however_quiet_it_was() -> None:
    quiet = np.array([[0.002] * 12, [100.0] * 12])
    assert not judge(np.array([0.004, 110.0]), quiet, scaling(2)).distance.any()
    assert judge(np.array([0.02, 200.0]), quiet, scaling(2)).distance.all()


def test_where_most_mornings_have_none_no_distance_is_taken() -> None:
    mostly_zero = np.array([[0.0] * 8 + [1.0] * 4])
    assert judge(np.array([500.0]), mostly_zero, scaling(1)).comparisons == 0


def test_wild_mornings_ask_for_more_than_the_table() -> None:
    """A series that is far from usual on most mornings in turn with others: today's distance has company."""
    random = np.random.default_rng(4)
    earlier = random.normal(100, 1, (20, 12))
    today = random.normal(100, 1, 20)
    today[0] = 150
    assert judge(today, earlier, scaling(20)).distance[0] > 0
    for morning in range(1, 12):
        earlier[morning, morning] = 200
    assert not judge(today, earlier, scaling(20)).distance.any()


def test_the_table_is_what_the_command_writes() -> None:
    """One of its rows, from fewer draws: so within a few percent."""
    ((number, width, found),) = rows((12,), seed=5, drawn=10_000)
    here = np.array([number])
    assert table().expected_range(here) == pytest.approx([width], rel=0.02)
    told = [float(table().demanded(here, each)[0]) for each in COMPARISONS]
    assert told == pytest.approx(found, rel=0.1)


@given(st.integers(7, 200), st.integers(1, 10**7))
def test_more_is_demanded_with_fewer_mornings_and_with_more_comparisons(mornings: int, comparisons: int) -> None:
    here = table().demanded(np.array([mornings]), comparisons)
    assert here >= table().demanded(np.array([mornings + 1]), comparisons)
    assert table().demanded(np.array([mornings]), comparisons * 2) >= here
