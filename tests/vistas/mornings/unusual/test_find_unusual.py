"""From frames to findings."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given

from tests.examples import examples
from tests.strategies import SERIES, vistas
from vistas.mornings.unusual import FEWEST, MOST, Compared, Finding, TooFew, find_unusual
from vistas.routine import Routine
from vistas.snapshot import Frame, FrameKind, Gap, GapReason, Provenance, Snapshot, Window
from vistas.vista import Vista, new_id

THURSDAY = datetime(2026, 11, 26, 8, tzinfo=UTC)
STEP = timedelta(minutes=5)
HOURS = 3

Values = Callable[[int], float]
"""The value of a series so many minutes before the window's end."""


def routine(unit: str = "ratio", query: str = "errors", name: str | None = None) -> Routine:
    look = {"look": "errors", "title": "Errors", "source": "prometheus", "take": "range", "query": query}
    stop = {
        "stop": "door",
        "title": "Door",
        "question": "?",
        "why": "w",
        "normal": "n",
        "plainly": "p",
        "looks": [{**look, "unit": unit, "name": name}],
    }
    return Routine.model_validate({"routine": "landscape", "title": "L", "about": "a", "stops": [stop]})


def frame(
    end: datetime, series: Mapping[str, Values], *, label: str = "host", step: timedelta | None = STEP
) -> Frame:
    before = [0] if step is None else range(HOURS * 60, -1, -5)
    rows = [
        {
            "labels": [{"name": label, "value": host}],
            "times": [end - timedelta(minutes=minutes) for minutes in before],
            "values": [value(minutes) for minutes in before],
        }
        for host, value in series.items()
    ]
    return Frame(FrameKind.SERIES, pl.DataFrame(rows, schema=SERIES), step=step)


def vista(back: int, content: Frame | Gap, planned: Routine | None = None) -> Vista:
    end = THURSDAY - timedelta(days=back)
    window = Window.ending(end, timedelta(hours=HOURS))
    about = Provenance("prometheus", "prometheus", "errors", window, end, timedelta(seconds=1))
    snapshot = Snapshot("door", "errors", content, about)
    return Vista(new_id(), planned or routine(), window, "Ines", end, snapshots=(snapshot,))


def morning(back: int, series: Mapping[str, Values], planned: Routine | None = None, **frames: object) -> Vista:
    return vista(back, frame(THURSDAY - timedelta(days=back), series, **frames), planned)


def level(of: float) -> Values:
    return lambda _: of


def usual(number: int = 12, planned: Routine | None = None) -> list[Vista]:
    """Between 6 and 7 % at cart, 50 % at search."""
    levels = (0.06 + 0.01 * (back % 5) / 4 for back in range(number))
    return [
        morning(7 * (back + 1), {"cart": level(here), "search": level(0.5)}, planned)
        for back, here in enumerate(levels)
    ]


def found(today: Vista, earlier: Sequence[Vista]) -> tuple[Finding, ...]:
    told = find_unusual(today, earlier, UTC)
    assert isinstance(told, Compared)
    return told.findings


def test_a_finding_says_where_and_against_what() -> None:
    risen = morning(0, {"cart": lambda before: 0.30 if 60 <= before < 120 else 0.065, "search": level(0.5)})
    (finding,) = found(risen, usual())
    assert finding.sentence == "higher than on any of the 12 earlier mornings (6 % to 7 %)"
    assert (finding.name, finding.value_text) == ("cart", "30 %")
    assert finding.hour == Window.ending(THURSDAY - timedelta(hours=1), timedelta(hours=1))
    assert finding.anchor.series == ({"host": "cart"},)


def test_lower_is_told_as_well() -> None:
    (finding,) = found(morning(0, {"search": level(0.2)}), usual())
    assert finding.sentence == "lower than on any of the 12 earlier mornings (always 50 %)"


def test_a_morning_like_the_others_has_nothing() -> None:
    told = find_unusual(morning(0, {"cart": level(0.066), "search": level(0.5)}), usual(), UTC)
    assert told == Compared(12, 2 * HOURS, (), 0)


def test_short_of_half_an_hour_the_median_stays() -> None:
    """A burst of twenty minutes is not what the hour was like."""
    burst = morning(0, {"cart": lambda before: 0.9 if before < 20 else 0.065})
    assert found(burst, usual()) == ()


@pytest.mark.parametrize("number", [0, 1, FEWEST - 1])
def test_too_few_mornings_are_told(number: int) -> None:
    told = find_unusual(morning(0, {"cart": level(0.9)}), usual(number), UTC)
    assert told == TooFew(number, FEWEST, weekend=False)
    assert str(FEWEST) in told.sentence


def test_the_sentence_of_too_few_is_english() -> None:
    assert TooFew(1, 7, weekend=True).sentence == (
        "There is 1 earlier weekend morning of these hours to compare with; it takes 7 to tell what is unusual."
    )
    assert TooFew(0, 7, weekend=False).sentence.startswith("There are no earlier weekday mornings")


def test_a_look_that_asks_something_else_now_is_not_compared() -> None:
    told = find_unusual(morning(0, {"cart": level(0.9)}, routine(query="other")), usual(), UTC)
    assert told == TooFew(0, FEWEST, weekend=False)


def test_mornings_on_which_the_source_was_silent_do_not_count() -> None:
    gap = Gap(GapReason.UNREACHABLE, "It did not answer.")
    silent = [vista(each, gap) for each in range(100, 107)]
    assert find_unusual(morning(0, {"cart": level(0.9)}), [*usual(6), *silent], UTC) == TooFew(6, FEWEST, False)
    (finding,) = found(morning(0, {"cart": level(0.9)}), [*usual(8), *silent])
    assert finding.mornings == 8


def test_a_gap_today_is_no_finding() -> None:
    gap = Gap(GapReason.UNREACHABLE, "It did not answer.")
    assert find_unusual(vista(0, gap), usual(), UTC) == Compared(12, 0, (), 0)


def test_at_most_five_are_told_the_most_distant_first() -> None:
    hosts = [f"h{place}" for place in range(8)]
    earlier = [morning(7 * (back + 1), {host: level(0.1 + back / 1e4) for host in hosts}) for back in range(12)]
    today = morning(0, {host: level(0.3 + place / 10) for place, host in enumerate(hosts)})
    told = find_unusual(today, earlier, UTC)
    assert isinstance(told, Compared)
    assert [each.name for each in told.findings] == ["h7", "h6", "h5", "h4", "h3"]
    assert (len(told.findings), told.found) == (MOST, 8)


def test_where_there_was_never_anything_the_first_is_told() -> None:
    """However short it was, since it is not about the median."""
    earlier = [morning(7 * (back + 1), {"cart": level(0.0), "search": level(0.5)}) for back in range(12)]
    today = morning(0, {"cart": lambda before: 0.031 if before == 90 else 0.0, "search": level(0.5)})
    (finding,) = found(today, earlier)
    assert finding.sentence == "nothing on any of the 12 earlier mornings"
    assert finding.value_text == "3.1 %"
    assert finding.hour.end == THURSDAY - timedelta(hours=1)


def test_where_there_was_something_once_nothing_is_told() -> None:
    levels = [0.0] * 11 + [0.01]
    earlier = [morning(7 * (back + 1), {"cart": level(here)}) for back, here in enumerate(levels)]
    assert found(morning(0, {"cart": level(0.03)}), earlier) == ()


def test_where_firsts_come_every_morning_one_more_is_not_told() -> None:
    hosts = [f"h{place}" for place in range(13)]
    earlier = [
        morning(7 * back, {host: level(0.03 * (place == back)) for place, host in enumerate(hosts)})
        for back in range(1, 13)
    ]
    assert found(morning(0, {host: level(0.03 * (host == "h0")) for host in hosts}), earlier) == ()


def test_a_series_that_was_not_there_had_nothing() -> None:
    today = {"cart": level(0.065), "search": level(0.5), "pay": level(0.02)}
    (finding,) = found(morning(0, today), usual())
    assert (finding.name, finding.sentence) == ("pay", "nothing on any of the 12 earlier mornings")


def test_a_pod_of_today_is_no_first() -> None:
    earlier = [morning(7 * (back + 1), {f"cart-{back}": level(0.5)}, label="pod") for back in range(12)]
    assert found(morning(0, {"cart-x": level(0.5)}, label="pod"), earlier) == ()


def test_what_is_measured_at_present_is_compared_whenever_it_was() -> None:
    earlier = [morning(7 * (back + 1), {"cart": level(0.06)}, step=None) for back in range(12)]
    (finding,) = found(morning(0, {"cart": level(0.3)}, step=None), earlier)
    assert finding.hour.end == THURSDAY


def test_numbers_that_are_none_are_left_out() -> None:
    today = morning(0, {"cart": lambda before: math.nan if before % 10 else math.inf})
    assert found(today, usual()) == ()


@given(vistas())
@examples(15)
def test_any_vista_is_like_itself(any_vista: Vista) -> None:
    told = find_unusual(any_vista, [any_vista] * 8, UTC)
    assert isinstance(told, Compared)
    assert told.findings == ()


def test_series_of_one_name_are_one() -> None:
    """Which no Prometheus gives, and a file may hold."""

    def twice(back: int, of: float) -> Vista:
        once = frame(THURSDAY - timedelta(days=back), {"cart": level(of)})
        return vista(back, Frame(once.kind, pl.concat([once.data, once.data]), step=once.step))

    (finding,) = found(twice(0, 0.3), [twice(back, 0.06) for back in range(1, 13)])
    assert finding.distance > 0


def test_dates_move_on_by_themselves_and_are_not_compared() -> None:
    planned = routine("dates")
    earlier = [morning(back, {"cart": level(1.79e9)}, planned) for back in range(1, 13)]
    assert find_unusual(morning(0, {"cart": level(1.8e9)}, planned), earlier, UTC) == Compared(12, 0, (), 0)
    assert found(
        morning(0, {"cart": level(3.6e9)}, routine("seconds")),
        [morning(back, {"cart": level(1.79e9)}, routine("seconds")) for back in range(1, 13)],
    )
