"""In what a look's stretch of time differs from the walk's, in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from vistas.formatting.times import say_length, say_own_window
from vistas.routine import Look
from vistas.snapshot import Window

WALK = Window.ending(datetime(2026, 11, 23, 8, tzinfo=UTC), timedelta(hours=12))


@pytest.mark.parametrize(
    ("own", "take", "said"),
    [
        ({}, "range", ""),
        ({"window": "12h"}, "range", ""),
        ({"window": "7d"}, "range", "over 7 days"),
        ({"offset": "7d"}, "range", "the same hours, 7 days earlier"),
        ({"offset": "1d"}, "range", "the same hours, 1 day earlier"),
        ({"offset": "3h"}, "range", "3 hours earlier"),
        ({"window": "36h", "offset": "1w"}, "range", "over 36 hours, 7 days earlier"),
        ({"window": "7d", "offset": "1d"}, "instant", "1 day earlier"),
    ],
)
def test_it_is_said_in_words(own: dict[str, Any], take: str, said: str) -> None:
    look = Look(look="a", title="A", source="s", take=take, query=("x",), **own)
    assert say_own_window(look, WALK.of_look(look.window, look.offset), WALK) == said


def test_what_was_not_shifted_is_not_said_to_be() -> None:
    """A tool that tells only the present was asked about that."""
    look = Look.model_validate({"look": "a", "title": "A", "source": "s", "take": "pods", "offset": "7d"})
    assert say_own_window(look, WALK, WALK) == ""


@pytest.mark.parametrize(
    ("seconds", "said"), [(90, "90 seconds"), (5400, "90 minutes"), (86_400, "1 day"), (129_600, "36 hours")]
)
def test_length_is_said_in_one_unit(seconds: int, said: str) -> None:
    assert say_length(timedelta(seconds=seconds)) == said
