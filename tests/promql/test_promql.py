"""Every query of the built-in routines is read by a PromQL parser that is not ours."""

from __future__ import annotations

import promql_parser
import pytest

from vistas.routine.file import built_in_routines

QUERIES = [
    pytest.param(query, id=f"{routine.routine}/{stop.stop}/{look.look}/{place}")
    for routine in built_in_routines()
    for stop, look in routine.looks()
    for place, query in enumerate(look.query)
]


@pytest.mark.parametrize("query", QUERIES)
def test_query_is_promql(query: str) -> None:
    promql_parser.parse(query)


def test_parser_refuses_what_is_no_promql() -> None:
    with pytest.raises(ValueError, match="unclosed left parenthesis"):
        promql_parser.parse("sum by (job (up)")
