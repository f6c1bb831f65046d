"""Small series, what each query of the built-in routines makes of them, and promtool as the judge.

A case in the YAML files beside this names one look or several (`routine.stop.look`), some text that only one of
their alternatives contains (`query`), what it is about, series in promtool's notation with a sample a minute, a
time, and the samples that are right at that time: by their labels, rounded to a millionth.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from vistas.promql import metric_names
from vistas.routine import Look
from vistas.routine.file import built_in_routines

FOLDER = Path(__file__).parent
ROUNDED = "round(({query}), 0.000001) # {name}"
"""promtool compares numbers exactly, and tells of a failure nothing but its expression."""
_TOLD = re.compile(r'(?m)^ +expr: "(?P<expression>(?:[^"\\]|\\.)*)", time: .*,\n(?P<what>(?: {8}.*\n?)*)')


@dataclass(frozen=True)
class Case:
    """What one alternative of a look gives for `series` at the time `at`."""

    look: str
    alternative: int
    query: str
    about: str
    series: Mapping[str, str]
    at: str
    gives: Mapping[str, float]

    @property
    def name(self) -> str:
        return f"{self.look} {self.alternative + 1}: {self.about}"

    @property
    def metrics(self) -> frozenset[str]:
        """Every metric that the query reads or the series carry."""
        return metric_names(self.query).union(series.partition("{")[0] for series in self.series)


@cache
def looks() -> dict[str, Look]:
    """Every look of the built-in routines that has a query, by `routine.stop.look`."""
    every = ((routine, stop, look) for routine in built_in_routines() for stop, look in routine.looks())
    return {f"{routine.routine}.{stop.stop}.{look.look}": look for routine, stop, look in every if look.query}


@cache
def cases() -> tuple[Case, ...]:
    """All of them, one for each look that a case names."""
    files = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yaml")))
    return tuple(case for file in files for written in file for case in _cases(written))


def _cases(written: dict[str, object]) -> Iterator[Case]:
    named, text = written["look"], str(written.get("query", ""))
    for look in named if isinstance(named, list) else [named]:
        ((place, query),) = [(place, query) for place, query in enumerate(looks()[look].query) if text in query]
        yield Case(look, place, query, written["case"], written["series"], written["at"], written["gives"])


def packed(many: Iterable[Case]) -> list[list[Case]]:
    """Cases in groups that share no metric: opening a database for each group is what takes promtool its time."""
    groups: list[tuple[set[str], list[Case]]] = []
    for case in many:
        fitting = (each for each in groups if each[0].isdisjoint(case.metrics))
        if (found := next(fitting, None)) is None:
            groups.append(found := (set(), []))
        found[0].update(case.metrics)
        found[1].append(case)
    return [group for _, group in groups]


def as_rules_test(many: Iterable[Case]) -> str:
    """A file for `promtool test rules`; JSON is YAML."""
    tests = [_group(group) for group in packed(many)]
    return json.dumps({"evaluation_interval": "1m", "tests": tests}, indent=1)


def _group(group: list[Case]) -> dict[str, object]:
    series = [{"series": series, "values": values} for case in group for series, values in case.series.items()]
    return {"interval": "1m", "input_series": series, "promql_expr_test": [_expectation(case) for case in group]}


def _expectation(case: Case) -> dict[str, object]:
    return {
        "expr": ROUNDED.format(query=case.query, name=case.name),
        "eval_time": case.at,
        "exp_samples": [{"labels": labels, "value": value} for labels, value in case.gives.items()],
    }


def judge(promtool: Path, many: Iterable[Case], directory: Path) -> dict[str, str]:
    """What promtool says against each case, by the case's name; AssertionError where it cannot read the cases."""
    file = directory / "looks.json"
    file.write_text(as_rules_test(many), encoding="utf-8")
    ran = subprocess.run([promtool, "test", "rules", file], capture_output=True, text=True, check=False)
    told = {_name(found["expression"]): found["what"] for found in _TOLD.finditer(ran.stderr)}
    assert bool(told) == bool(ran.returncode), ran.stdout + ran.stderr
    return told


def _name(expression: str) -> str:
    return str(json.loads(f'"{expression}"')).partition(" # ")[2]
