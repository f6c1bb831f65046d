"""docs/routines.md is right: its example is a routine, and its tables name everything there is."""

from __future__ import annotations

import re
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import yaml

from vistas.promql import metric_names
from vistas.routine import Drawing, Look, Unit, Variable
from vistas.routine.file import built_in_routines, read_routine
from vistas.source import ENTRY_POINTS

PAGE = (Path(__file__).parents[2] / "docs" / "routines.md").read_text(encoding="utf-8")


def row(first: str) -> set[str]:
    """What is in backticks in the table row that begins with `first`."""
    (found,) = re.findall(rf"(?m)^\| `{first}`[^|]*\|(.*)\|$", PAGE)
    return set(re.findall(r"`([^`]+)`", found))


def test_example_is_a_routine() -> None:
    (example,) = re.findall(r"(?s)```yaml\n(.*?)```", PAGE)
    assert read_routine(example, "docs/routines.md").routine == "checkout"


def test_every_key_of_a_look_is_told() -> None:
    for key in Look.model_fields:
        assert f"`{key}`" in PAGE


def test_every_key_of_a_variable_is_told() -> None:
    for key in set(Variable.model_fields) - {"chosen", "is_resolved"}:
        assert f"`{key}`" in PAGE[PAGE.index("## What is chosen when a walk begins") :]


def test_pieces_of_routines_are_right() -> None:
    """Those of looks in one look each, those of variables in a routine."""
    whole = yaml.safe_load(re.findall(r"(?s)```yaml\n(.*?)```", PAGE)[0])
    for piece in re.findall(r"(?s)```\n((?:queries|draw|variables):.*?)```", PAGE):
        told = yaml.safe_load(piece)
        look = {"look": "l", "title": "L", "source": "s", "take": "range"}
        stop = {**whole["stops"][0], "looks": [look if "variables" in told else {**look, **told}]}
        variables = told.get("variables", [])
        read_routine(yaml.safe_dump({**whole, "stops": [stop], "variables": variables}), "piece")


@pytest.mark.parametrize("kind", ["prometheus", "alertmanager", "kubernetes", "ingress"])
def test_every_take_is_told(kind: str) -> None:
    (entry,) = entry_points(group=ENTRY_POINTS, name=kind)
    assert row(kind) == entry.load().takes


def test_every_drawing_and_unit_is_told() -> None:
    assert row("draw") == {drawing.value for drawing in Drawing}
    assert row("unit") == {unit.value for unit in Unit}


def test_metrics_that_are_named_are_read_by_a_built_in_routine() -> None:
    """Whoever finds the metric of their own door there finds it in the looks as well."""
    (table,) = re.findall(r"(?ms)^\| \| is read from \|$(.*?)^$", PAGE)
    named = set(re.findall(r"`([a-z]\w*[_:][\w:]+)`", table))
    looks = (look for routine in built_in_routines() for _, look in routine.looks())
    assert named
    assert named <= {name for look in looks for query in look.query for name in metric_names(query)}
