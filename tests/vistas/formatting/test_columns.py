"""What columns say of themselves."""

from __future__ import annotations

import polars as pl
import pytest

from vistas.formatting.columns import heading, informative, row_keys, unit_of
from vistas.routine import Unit


@pytest.mark.parametrize(
    ("name", "said", "unit"),
    [
        ("age_seconds", "Age", Unit.SECONDS),
        ("memory_limit_bytes", "Memory limit", Unit.BYTES),
        ("ready_ratio", "Ready", Unit.RATIO),
        ("name", "Name", Unit.NUMBER),
        ("days_left", "Days left", Unit.NUMBER),
        ("_", "_", Unit.NUMBER),
    ],
)
def test_the_unit_stands_in_the_name_and_not_in_the_head(name, said, unit):
    """The last word of a name is its unit; cells carry it, so heads do without."""
    assert (heading(name), unit_of(name)) == (said, unit)


def test_what_is_empty_throughout_tells_nothing():
    """Neither blanks, nor empty texts, nor empty lists; a zero is a value."""
    data = pl.DataFrame(
        {"zero": [0, 0], "gone": [None, None], "blank": ["", None], "none": [[], []], "one": [[], ["x"]]}
    )
    assert informative(data) == ["zero", "one"]


def test_a_second_unit_of_the_same_tells_nothing_more():
    data = pl.DataFrame({"ready": ["1/2"], "ready_ratio": [0.5], "restart": [1], "restart_age_seconds": [2.0]})
    assert informative(data) == ["ready", "restart"]


def test_without_rows_every_column_stays():
    assert informative(pl.DataFrame({"name": [], "node": []})) == ["name", "node"]


def test_rows_are_known_by_texts():
    """Numbers as text and blanks as an empty one, so that a row is found again whatever its types were."""
    data = pl.DataFrame({"code": [404, 500], "zone": ["a", None], "more": [1, 2]})
    assert row_keys(data, ("code", "zone")) == [{"code": "404", "zone": "a"}, {"code": "500", "zone": ""}]
    assert row_keys(data, ()) == []
