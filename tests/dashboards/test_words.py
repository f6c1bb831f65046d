"""Times, spans and counts as they are said to a person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dashboards.ui import words
from vistas.snapshot import Window

NEW_YORK, LISBON = ZoneInfo("America/New_York"), ZoneInfo("Europe/Lisbon")
NOW = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hour", "says"),
    [
        (3, "Good evening"),
        (4, "Good morning"),
        (11, "Good morning"),
        (12, "Good afternoon"),
        (17, "Good afternoon"),
        (18, "Good evening"),
        (0, "Good evening"),
    ],
)
def test_greeting_follows_the_viewers_clock(hour: int, says: str) -> None:
    assert words.greeting(NOW.replace(hour=hour), ZoneInfo("UTC")) == says


def test_greeting_is_of_where_one_is() -> None:
    """Half past seven in London is half past two in New York."""
    assert words.greeting(NOW, LISBON) == "Good morning"
    assert words.greeting(NOW, NEW_YORK) == "Good evening"


@pytest.mark.parametrize(
    ("ago", "says"),
    [
        (timedelta(0), "Today"),
        (timedelta(hours=8), "Yesterday"),
        (timedelta(days=1), "Yesterday"),
        (timedelta(days=2), "Saturday"),
        (timedelta(days=6), "Tuesday"),
        (timedelta(days=7), "16 November 2026"),
        (timedelta(days=400), "19 October 2025"),
        (timedelta(days=-1), "24 November 2026"),
    ],
)
def test_days_are_said_as_people_say_them(ago: timedelta, says: str) -> None:
    """A weekday within the last week; a date where a weekday could be mistaken, and for what is to come."""
    assert words.day(NOW - ago, NOW, LISBON) == says


def test_midnight_is_the_viewers_own() -> None:
    """04:30 UTC is still last night in New York."""
    early = NOW.replace(hour=4)
    assert words.when(early, NOW, LISBON) == "Today, 04:30"
    assert words.when(early, NOW, NEW_YORK) == "Yesterday, 23:30"


def test_a_stretch_says_the_day_only_where_it_is_needed() -> None:
    assert words.stretch(NOW, NOW, LISBON) == "07:30"
    assert words.stretch(NOW, NOW + timedelta(hours=23), LISBON) == "07:30 \N{EN DASH} 06:30"
    assert words.stretch(NOW, NOW + timedelta(hours=24), LISBON) == "Mon 07:30 \N{EN DASH} Tue 07:30"


def test_a_window_says_its_zone_and_how_long_it_is() -> None:
    asked = Window.ending(NOW, timedelta(hours=12))
    assert words.window(asked, NEW_YORK) == "Sun 14:30 to Mon 02:30 EST (12h)"


def test_a_window_across_the_change_of_clocks_is_as_long_as_it_was() -> None:
    """The clock says thirteen hours and twelve have passed: the twelve are said."""
    asked = Window.ending(datetime(2026, 3, 29, 6, tzinfo=UTC), timedelta(hours=12))
    assert words.window(asked, LISBON) == "Sat 18:00 to Sun 07:00 WEST (12h)"


@pytest.mark.parametrize(
    ("number", "says"), [(0, "0 notices"), (1, "1 notice"), (2, "2 notices"), (1000, "1,000 notices")]
)
def test_counts_agree_with_their_noun(number: int, says: str) -> None:
    assert words.count(number, "notice") == says


def test_a_noun_with_its_own_plural() -> None:
    assert words.count(2, "stop by", "stops by") == "2 stops by"


@pytest.mark.parametrize(("number", "says"), [(0, "No"), (8, "Eight"), (12, "Twelve"), (13, "13"), (-1, "-1")])
def test_small_numbers_are_spelled(number: int, says: str) -> None:
    assert words.spelled(number) == says


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("A slow leak", "a-slow-leak"),
        ("../../etc/passwd\0", "etc-passwd"),
        ("Größe?", "gr-e"),
        ("日本", "vista"),
        ("x" * 61, "x" * 60),
    ],
)
def test_a_title_becomes_a_name_that_every_file_system_takes(title: str, name: str) -> None:
    assert words.file_name(title, "vista") == name
