"""Dates of a panel are seconds times 1000; here they are the seconds."""

from __future__ import annotations

import pytest

from tests.vistas.importing.small import changed, dashboard, look, panel
from vistas.routine import Unit


def a_panel(expr: str, unit: str = "dateTimeAsIso") -> dict[str, object]:
    return panel("stat", expr, fieldConfig={"defaults": {"unit": unit}})


@pytest.mark.parametrize(
    ("expr", "seconds"),
    [
        ("(up) * 1000", "up"),
        ("node_boot_time_seconds * 1000", "node_boot_time_seconds"),
        ('node_boot_time_seconds{a=") or b"}*1000', 'node_boot_time_seconds{a=") or b"}'),
        ("max by (job) (x{y='1'} offset 5m) * 1000", "max by (job) (x{y='1'} offset 5m)"),
        ("(a - b) * 1000", "a - b"),
        ("(a or b)\n* 1000", "a or b"),
        ("(a) offset 5m * 1000", "(a) offset 5m"),
    ],
)
@pytest.mark.parametrize("unit", ["dateTimeAsIso", "dateTimeFromNow"])
def test_seconds_that_are_multiplied_are_dates(expr: str, seconds: str, unit: str) -> None:
    tree = dashboard(a_panel(expr, unit))
    assert look(tree).query == (seconds,)
    assert look(tree).unit is Unit.DATES
    assert any("multiplies seconds by 1000" in told for told in changed(tree))


@pytest.mark.parametrize(
    "expr", ["up", "a + b * 1000", "(a) * (b) * 1000", "a or b * 1000", "1000 * a", "x_milliseconds", "a * 10000"]
)
def test_what_is_something_else_is_asked_as_it_is(expr: str) -> None:
    tree = dashboard(a_panel(expr))
    assert look(tree).query == (expr,)
    assert look(tree).unit is Unit.NUMBER
    assert "dates in milliseconds are written as plain numbers" in changed(tree)


def test_what_is_no_date_is_multiplied_as_it_is() -> None:
    assert look(dashboard(a_panel("(up) * 1000", "ms"))).query == ("(up) * 1000",)
