"""`${name:form}`: how what was chosen stands in a query."""

from __future__ import annotations

import pytest

from vistas.routine import Variable, references, resolved_query

ONE = Variable(variable="v")
SEVERAL = Variable(variable="v", several=True, every=".*")
TWO = ("a.b", 'c"d')


@pytest.mark.parametrize(
    ("variable", "chosen", "written", "asked"),
    [
        (ONE, ("a.b",), "$v", "a.b"),
        (ONE, ("a.b",), "${v:regex}", r"a\\.b"),
        (ONE, ("a|b",), "${v:raw}", "a|b"),
        (SEVERAL, TWO, "$v", r"(a\\.b|c\"d)"),
        (SEVERAL, TWO, "${v:regex}", r"(a\\.b|c\"d)"),
        (SEVERAL, TWO, "${v:pipe}", 'a.b|c"d'),
        (SEVERAL, TWO, "${v:csv}", 'a.b,c"d'),
        (SEVERAL, TWO, "${v:raw}", 'a.b,c"d'),
        (SEVERAL, (), "${v:pipe}", ".*"),
        (SEVERAL, TWO, "${v:lucene}", "${v:lucene}"),
    ],
)
def test_form_says_how_it_is_written(
    variable: Variable, chosen: tuple[str, ...], written: str, asked: str
) -> None:
    """As Grafana does it; a form that is not known leaves the text as it is."""
    assert resolved_query(written, [variable.model_copy(update={"chosen": chosen})]) == asked


def test_name_is_found_in_every_form() -> None:
    assert references('x{a=~"$v", b=~"${w}", c=~"${x:pipe}", d="$1"}') == {"v", "w", "x"}
