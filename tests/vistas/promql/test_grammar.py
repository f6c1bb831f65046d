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


NOT_KNOWN_TO_PROMQL_PARSER = re.compile(r"\b(start|end|step|range|max_of|min_of)\s*\(|\[[^\]]*[-+*/%^(]|[<>]/")
NEWER = [
    "rate(x[5m] anchored)", "increase(x[1h] offset 1d smoothed)", "x smoothed", "x[5m] anchored offset 1m",
    "rate(x[5m * 2])", "rate(x[max_of(step(), 5m)])", "x offset (1d + 1h)", "x offset -step()", "x[1h:step() / 2]",
    "x[-(5m - 1h)]", "x[2 ^ 3 ^ 2]", "x[range()]", "x[-5m + 10m]", "x offset 5m + y", "x[(5m)]",
    "x + fill(0) y", "x / on (a) group_left () fill_left(1) fill_right(-2) y", "x > bool fill(1h) y", "x + fill",
    "time() - start()", "end()", "step() * range()", "max_of(1, 2)", "min_of(time(), 5)",
    "integral(x[5m])", "integral(x[5m], 60)", "start_timestamp(x)", "histogram_quantiles(x, 'q', 0.5, 0.9)",
    "x </ 5", "x >/ 5",
]  # fmt: skip
"""What promql-parser does not know yet: Prometheus 3.4 and later, much of it behind a flag."""
WRONG = [
    "rate(x[5m] anchored smoothed)", "x[5m:1m] anchored", "(x) anchored", "rate(x[5m]) smoothed", "5 anchored",
    "x[-5m]", "x[5m +]", "x[max_of(5m)]", "x[step]", "x offset (1d", "x[5m:-1m]", "x[]", "x[y]", "x offset y",
    "x and fill(0) y", "x + fill(0) 5", "x + fill(y) z", "x + fill() z", "x + fill(0) fill_left(1) y",
    "start(5)", "max_of(1)", "max_of(x, y)", "integral(x)", "histogram_quantiles(x, 'q')",
    "x </ bool 5", "holt_winters(x[5m], 0.5, 0.5)",
]  # fmt: skip


@pytest.mark.parametrize("query", NEWER)
def test_what_is_newer_is_not_doubted(query: str) -> None:
    """A Prometheus of today says so as well: `tests/live/test_promql_live.py`."""
    assert why_not_promql(query) == ""


@pytest.mark.parametrize("query", WRONG)
def test_what_is_nearly_newer_is_doubted(query: str) -> None:
    assert why_not_promql(query)


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


def broken(query: str, how: int, where: float, piece: str) -> str:
    """With a piece taken out (0), replaced (1) or put in (2) at a share of its length."""
    parts = re.findall(r'"[^"]*"|[\w:.]+|[^\s\w]+?|\s+', query)
    place = int(where * (len(parts) - 1))
    parts[place : place + (how != 2)] = [] if how == 0 else [f" {piece} "]
    return "".join(parts)


@examples(300)
@given(st.sampled_from(QUERIES), st.integers(0, 2), st.floats(0, 1), st.sampled_from(PIECES + MORE))
def test_broken_query_is_doubted(query: str, how: int, where: float, piece: str) -> None:
    """One of ours with a piece taken out, put in or replaced: what nobody doubts is still PromQL."""
    made = broken(query, how, where, piece)
    if not why_not_promql(made) and not NOT_KNOWN_TO_PROMQL_PARSER.search(made):
        promql_parser.parse(made)
