"""The browser writes values as everything else does: units.js says what vistas/formatting/values.py says."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route

from vistas.formatting.values import format_value
from vistas.routine import Unit

MODULES = Path(__file__).parents[2] / "dashboards" / "components" / "browser"
SIZES = (
    *(0.0, 1e-9, 4.2e-7, 0.000_25, 0.001, 0.0123, 0.34, 0.5, 0.98765, 0.9999),
    *(1.0, 1.005, 1.5, 2.345, 9.995, 12.5, 59.96, 99.95, 119.99, 120.0, 340.0, 500.0, 999.4, 999.6),
    *(1000.0, 1023.9, 1024.0, 1234.5, 7199.0, 7200.0, 9999.0, 10_000.0, 12_345.6, 86_400.0, 172_800.0),
    *(1_048_576.0, 5e6, 1.5e9, 3.3e12, 8e15, 1e18, 1e21, 6.02e23, 1e300),
    *(1_788_256_800.0, 1_795_073_459.9, 2_208_988_800.0, 253_370_764_799.0, 253_370_764_800.0),
)


def serve(route: Route) -> None:
    """A module by its name, to a page of any origin."""
    name = route.request.url.rpartition("/")[2]
    headers = {"Access-Control-Allow-Origin": "*", "Content-Type": "text/javascript; charset=utf-8"}
    route.fulfill(body=(MODULES / name).read_text(encoding="utf-8"), headers=headers)


@pytest.mark.parametrize("unit", Unit)
def test_a_value_reads_the_same_in_the_browser_as_in_an_export(unit: Unit, browser_page: Page) -> None:
    """From nothing to the largest, on both sides of zero and of every limit where a unit changes."""
    values = [sign * size for size in SIZES for sign in (1, -1)]
    browser_page.route("http://modules.test/*", serve)
    browser_page.goto("about:blank")
    written = browser_page.evaluate(
        """async ({values, unit}) => {
            const {format} = await import('http://modules.test/units.js');
            return [...values, NaN, Infinity, -Infinity].map((value) => format(value, unit));
        }""",
        {"values": values, "unit": unit.value},
    )
    every = [*values, float("nan"), float("inf"), float("-inf")]
    assert dict(zip(map(str, every), written, strict=True)) == {
        str(each): format_value(each, unit) for each in every
    }
