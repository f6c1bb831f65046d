"""Variables: what was chosen in queries, filters and words; escaped so that a matcher means just that."""

from __future__ import annotations

import re
from typing import Any

import promql_parser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vistas.redaction import MASK, Redactor
from vistas.routine import Look, Routine, Variable
from vistas.routine.file import read_routine, write_routine
from vistas.routine.variables import references, resolved_query

values = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
"""Whatever can be typed: quotes, backslashes, backticks, line breaks, `$` and `{`."""


def routine(*looks: dict[str, Any], variables: list[dict[str, Any]], **stop: str) -> Routine:
    words = {"question": "How is $namespace?", "why": "w", "normal": "n", "plainly": "$namespace, plainly"}
    named = [{"look": f"l{place}", "title": "L", "source": "s", **look} for place, look in enumerate(looks)]
    stops = [{"stop": "one", "title": "One", **words, **stop, "looks": named}]
    return Routine.model_validate(
        {"routine": "r", "title": "Shop", "about": "a", "variables": variables, "stops": stops}
    )


def asked(query: str, **namespace: Any) -> dict[str, Any]:
    return {"take": "range", "query": query, **namespace}


def matcher(query: str) -> tuple[str, str]:
    """The operator and the value of the one matcher, as a parser of PromQL reads it."""
    selector = promql_parser.parse(query)
    assert isinstance(selector, promql_parser.VectorSelector)
    [found] = selector.matchers.matchers
    return str(found.op), found.value


def chosen(name: str = "v", *told: str, **more: Any) -> Variable:
    return Variable(variable=name, chosen=told, is_resolved=True, **more)


@given(values, st.sampled_from(['up{{a="{}"}}', "up{{a='{}'}}", "up{{a=`{}`}}"]))
def test_any_value_is_matched_as_it_is(value: str, form: str) -> None:
    """In each of the three kinds of quotes."""
    query = resolved_query(form.format("$v"), [chosen("v", value)])
    assert matcher(query)[1] == value


@given(st.lists(values, min_size=1, max_size=4), values, st.sampled_from(['"{}"', "'{}'", "`{}`"]))
def test_a_regular_expression_matches_just_what_was_chosen(told: list[str], other: str, quoted: str) -> None:
    query = resolved_query("up{a=~" + quoted.format("${v}") + "}", [chosen("v", *told, several=True)])
    pattern = matcher(query)[1]
    for value in {*told, other}:
        assert (re.fullmatch(pattern, value) is not None) == (value in told)


@given(values)
def test_a_form_asks_for_a_pattern_where_one_value_can_be_chosen(value: str) -> None:
    pattern = matcher(resolved_query('up{a=~"x-${v:regex}"}', [chosen("v", value)]))[1]
    assert re.fullmatch(pattern, f"x-{value}")


def test_what_is_no_variable_stays_and_so_do_comments() -> None:
    """`$1` of label_replace, macros, and a reference in a comment."""
    query = 'label_replace(up{a="$v"}, "b", "$1", "c", "(.*)") # $v\n* $__range'
    assert resolved_query(query, [chosen("v", "x")]) == query.replace('"$v"', '"x"')
    assert references("$1 ${a:csv} $b_c ${d} $") == {"a", "b_c", "d"}


def test_everything_is_resolved_and_nothing_is_asked_unresolved() -> None:
    made = routine(
        asked('a{n="$namespace"}', title="Of $namespace", name="{{pod}} in $namespace", text="In $namespace."),
        {"take": "pods", "where": {"namespace": "$namespace"}},
        {"take": "range", "queries": [{"name": "in $namespace", "query": 'b{n="${namespace}"}'}]},
        variables=[{"variable": "namespace", "default": "shop"}],
    )
    walked = made.choosing({"namespace": ("ops",)})
    first, second, third = walked.stops[0].looks
    assert (first.query, first.title, first.name) == (('a{n="ops"}',), "Of ops", "{{pod}} in ops")
    assert first.text == "In ops."
    assert second.where == {"namespace": "ops"}
    assert (third.queries[0].name, third.queries[0].query) == ("in ops", 'b{n="ops"}')
    assert (walked.stops[0].question, walked.stops[0].plainly) == ("How is ops?", "ops, plainly")
    assert walked.name == "Shop · ops"
    assert walked.digest == made.digest
    assert walked.choosing({"namespace": ("other",)}) == walked
    assert made.choosing({}).name == "Shop · shop"


def test_several_are_a_list_in_a_filter_and_short_in_words() -> None:
    made = routine(
        {"take": "pods", "where": {"namespace": "$namespace"}},
        variables=[{"variable": "namespace", "several": True, "every": ".+"}],
    )
    walked = made.choosing({"namespace": tuple("abcde")})
    assert walked.stops[0].looks[0].where == {"namespace": "a,b,c,d,e"}
    assert walked.name == "Shop · a, b, c and 2 more"
    everything = made.choosing({})
    assert everything.stops[0].looks[0].where == {}
    assert (everything.name, everything.stops[0].question) == ("Shop", "How is all?")


@pytest.mark.parametrize(
    ("variable", "told", "says"),
    [
        ({}, {}, "namespace needs a value"),
        ({}, {"namespace": ()}, "namespace needs a value"),
        ({}, {"namespace": ("a", "b")}, "namespace takes one value, not 2"),
        ({"several": True}, {"namespace": ("x" * 200,) * 12}, "longer than 2,000 characters with what was chosen"),
    ],
)
def test_what_cannot_be_walked_says_why(variable: dict[str, Any], told: Any, says: str) -> None:
    made = routine(asked('a{n=~"$namespace"}'), variables=[{"variable": "namespace", **variable}])
    with pytest.raises(ValueError, match=says):
        made.choosing(told)


@given(st.lists(values, min_size=1, max_size=9, unique=True))
def test_what_was_chosen_can_be_kept_and_read(told: list[str]) -> None:
    """Whatever its length: words are cut to what a routine may have."""
    made = routine(
        asked("up", title="$namespace" * 20, text="$namespace " * 180),
        variables=[{"variable": "namespace", "several": True}],
        why="$namespace " * 180,
    )
    walked = made.choosing({"namespace": tuple(told)})
    assert Routine.model_validate_json(walked.model_dump_json()) == walked


def test_a_secret_that_was_chosen_is_kept_nowhere() -> None:
    made = routine(
        asked('a{mail="$namespace"}', title="Of $namespace"), variables=[{"variable": "namespace", "default": "a"}]
    )
    mask = Redactor(b"k" * 32).begin().text
    kept = made.choosing({"namespace": ("ann@example.org",)}).masked(mask)
    assert "ann@" not in kept.model_dump_json()
    assert "ann@" not in kept.name
    assert MASK in kept.stops[0].looks[0].query[0]
    assert not kept.stops[0].looks[0].is_whole
    assert kept.digest == made.digest
    harmless = made.choosing({"namespace": ("shop",)})
    assert harmless.masked(mask) == harmless


def test_a_routine_of_before_reads_and_is_walked_as_it_is() -> None:
    """What a store kept before there were variables, windows and several queries."""
    before = (
        '{"routine":"r","title":"R","about":"a","version":1,"minutes":10,"window":"12h","stops":[{"stop":"s",'
        '"title":"S","question":"q","why":"w","normal":"n","plainly":"p","looks":[{"look":"l","title":"L",'
        '"source":"prometheus","take":"range","query":["up{a=\\"$x\\"}"],"where":{},"draw":null,"unit":"number",'
        '"name":null,"normal_below":null,"normal_above":null}]}]}'
    )
    read = Routine.model_validate_json(before)
    assert read.choosing({"x": ("y",)}) == read
    assert read.stops[0].looks[0].query == ('up{a="$x"}',)
    assert read.name == "R"
    assert read_routine(write_routine(read), "r.yaml") == read


def test_two_looks_that_differ_in_what_was_chosen_ask_differently() -> None:
    made = routine(asked('a{n="$namespace"}'), variables=[{"variable": "namespace"}])
    looks: list[Look] = [made.choosing({"namespace": (each,)}).stops[0].looks[0] for each in ("a", "b")]
    assert looks[0].question != looks[1].question
