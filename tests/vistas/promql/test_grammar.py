"""What is taken for PromQL without a Prometheus is what promql-parser takes for it."""

from __future__ import annotations

import re
import time

import promql_parser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples
from vistas.promql.grammar import why_not_promql
from vistas.routine.file import built_in_routines

QUERIES = sorted({query for routine in built_in_routines() for _, look in routine.looks() for query in look.query})
PIECES = sorted({piece for query in QUERIES for piece in re.findall(r'"[^"]*"|[\w:.]+|[^\s\w]+?', query)})
MORE = [
    "offset",
    "5m",
    "@",
    "[",
    "]",
    "{",
    "}",
    "(",
    ")",
    "by",
    "on",
    "bool",
    "group_left",
    "start",
    "1e3",
    "0x1f",
]
FINE = [
    "up", "1 + 1", "-x ^ 2", "x[5m:]", "max_over_time(x[1h:5m] offset -1d)", "x @ end() offset 5m",
    "x @ 1700000000",
    "sum without (a,) (x)", "sum(x) by (a)", "topk(5, x)", "count_values('v', x)", "x == bool 1", "1 > bool 0",
    "x / on (a) group_left (b) y", "x and ignoring (a) y", '{__name__=~"a.+"}', '{"http.requests", a="b"}',
    "label_replace(x, 'a', '$1', 'b', '(.*)')", "label_join(x, 'a', ',')",
    "hour()", "round(x, 5)",
    "round(x)", '{a=~"[[:alpha:]]+"}',
    ":node_memory:sum", "sum(count)", "avg", "inf - NaN", "SUM(x) OR y", "x # why", "time() - 5", "`text`",
    "quantile_over_time(0.9, x[1d12h])", "histogram_quantile(0.99, sum by (le) (rate(x_bucket[5m])))",
]  # fmt: skip


@pytest.mark.parametrize("query", FINE)
def test_what_is_promql_is_not_doubted(query: str) -> None:
    promql_parser.parse(query)
    assert why_not_promql(query) == ""


def test_regular_expression_of_many_repetitions_is_not_tried() -> None:
    begun = time.process_time()
    assert why_not_promql('{a=~"((((a?){1000}){1000}){1000}){1000}"}') == ""
    assert why_not_promql('{a=~"(a?){999999999}"}') == ""
    assert time.process_time() - begun < 1


def test_four_digits_in_a_regular_expression_are_no_repetition() -> None:
    assert why_not_promql('{fstype!~"tmpfs|iso9660"}') == "has a selector that asks for every series there is"
    assert why_not_promql('{fstype=~"tmpfs|iso9660"}') == ""


def test_no_query_of_our_own_is_doubted() -> None:
    assert [query for query in QUERIES if why_not_promql(query)] == []


@examples(300)
@given(st.sampled_from(QUERIES), st.integers(0, 2), st.floats(0, 1), st.sampled_from(PIECES + MORE))
def test_broken_query_is_doubted(query: str, how: int, where: float, piece: str) -> None:
    """One of ours with a piece taken out, put in or replaced: what nobody doubts is still PromQL."""
    parts = re.findall(r'"[^"]*"|[\w:.]+|[^\s\w]+?|\s+', query)
    place = int(where * (len(parts) - 1))
    parts[place : place + (how != 2)] = [] if how == 0 else [f" {piece} "]
    broken = "".join(parts)
    if not why_not_promql(broken):
        promql_parser.parse(broken)
