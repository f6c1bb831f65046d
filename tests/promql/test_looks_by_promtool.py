"""What the queries of the built-in routines work out, on small series, by the promtool of a real Prometheus."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import promql_parser
import pytest

from tests.promql import Case, cases, judge, looks
from tests.servers.fetch import program
from tests.servers.fixtures import require
from vistas.formatting.values import series_names

COMPUTING = [
    (look, place)
    for look, written in looks().items()
    for place, query in enumerate(written.query)
    if not isinstance(promql_parser.parse(query), promql_parser.VectorSelector)
]
SEVERAL = [case for case in cases() if len(case.gives) > 1]


@pytest.fixture(scope="module")
def promtool() -> Path:
    require("prometheus")
    return program("prometheus", "promtool")


@pytest.fixture(scope="module")
def verdict(promtool: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return judge(promtool, cases(), tmp_path_factory.mktemp("promtool"))


@pytest.mark.live
@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_query_gives_what_is_right(case: Case, verdict: dict[str, str]) -> None:
    assert verdict.get(case.name, "") == ""


@pytest.mark.live
def test_what_is_wrong_is_told_with_its_case(promtool: Path, tmp_path: Path) -> None:
    """One wrong number among right ones is found, and nothing else is."""
    wrong, *right = [case for case in cases() if case.gives][:9]
    told = judge(promtool, [*right, replace(wrong, gives=dict.fromkeys(wrong.gives, 0.123))], tmp_path)
    assert list(told) == [wrong.name]
    assert "1.23E-01" in told[wrong.name]


@pytest.mark.parametrize(("look", "place"), COMPUTING)
def test_every_alternative_that_computes_has_a_case_that_gives_something(look: str, place: int) -> None:
    """Anything beyond a bare selector; a case that expects nothing is met by a query that never gives anything."""
    assert [case.name for case in cases() if (case.look, case.alternative) == (look, place) and case.gives]


def test_no_two_cases_are_called_the_same() -> None:
    names = [case.name for case in cases()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("case", SEVERAL, ids=lambda case: case.name)
def test_series_of_a_look_are_told_apart_by_their_names(case: Case) -> None:
    """The names that people read are made of labels that the query keeps."""
    sets = [dict(re.findall(r'(\w+)="([^"]*)"', labels)) for labels in case.gives]
    names = series_names(sets, looks()[case.look].name)
    assert len(set(names)) == len(names)
    assert all(name.strip(" /") for name in names)
