"""Dashboards of every shape become what is right of them: each stop, look, variable and remark."""

from __future__ import annotations

import pytest

from tests.vistas.importing.dashboards.case import line
from tests.vistas.importing.dashboards.cases import CASES
from vistas.importing import Thing
from vistas.routine import Variable, write_span
from vistas.routine.file import read_routine, write_routine


def choice(variable: Variable) -> str:
    """`pod of pod in kube_pod_info, several, every .+, at first a`."""
    where = f"of {variable.label}{f' in {variable.of}' if variable.of else ''}" if variable.label else "typed"
    said = [f"{variable.variable} {'from ' + ' '.join(variable.values) if variable.values else where}"]
    said += ["several"] if variable.several else []
    said += [f"every {variable.every}"] if variable.every is not None else []
    said += [f"at first {' '.join(variable.default)}"] if variable.default else []
    return ", ".join(said)


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize("name", CASES)
def test_dashboard_becomes_what_is_right_of_it(name: str) -> None:
    case = CASES[name]
    one = case.imported()
    (routine,) = one.routines
    assert {stop.title: [line(look) for look in stop.looks] for stop in routine.stops} == case.stops
    assert tuple(map(choice, routine.variables)) == case.variables
    assert sorted(each.reason for each in one.report.left) == sorted(case.left)
    assert sorted({each.reason for each in one.report.changed}) == sorted(case.changed)
    assert tuple(each.reason for each in one.report.unchecked) == case.doubts
    assert (write_span(routine.window), routine.title) == (case.window, "D")
    for key, said in case.texts.items():
        assert getattr(routine.stops[0], key) == said
    assert read_routine(write_routine(routine), "x") == routine
    asked = [query for _, look in routine.looks() for query in look.asked]
    assert one.report.carried[Thing.QUERY] == len(asked)
