"""A routine written out as a dashboard and imported again asks the same, in the same order."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples
from vistas.exporting import export_dashboard
from vistas.importing import Thing, import_dashboards
from vistas.routine import Drawing, Look, NamedQuery, Routine, Stop, Unit, Variable, references
from vistas.routine.file import built_in_routines

SLUGS = st.from_regex(r"[a-z]{1,8}", fullmatch=True)
LINES = st.from_regex(r"[A-Za-z][A-Za-z0-9 ,.%<>&*_-]{0,30}", fullmatch=True).map(str.strip)
NAMES = ["namespace", "node", "instance_2"]
SPANS = st.integers(1, 9000).map(lambda minutes: timedelta(minutes=minutes))
MATCHERS = (
    *('a="b"', r'p=~"a\\.b|c"', 'namespace=~"$namespace"'),
    *('node=~"${node:regex}", x!="$1"', 'i=~"${instance_2}"'),
)
QUERIES = st.builds(
    "{}({}{{{}}}[5m]{}) {} 1".format,
    st.sampled_from(["rate", "max_over_time"]),
    st.from_regex(r"[a-z_]{1,12}", fullmatch=True),
    st.sampled_from(
        [
            'a="b"',
            'namespace=~"$namespace"',
            'node=~"${node:regex}", x!="$1"',
            'i=~"${instance_2}"',
            r'p=~"a\\.b|c"',
        ]
    ),
    st.sampled_from(["", " offset 1h"]),
    st.sampled_from(["+", "/", "> bool"]),
)
VALUES = st.from_regex(r"[a-z][a-z, ]{0,6}[a-z]", fullmatch=True)
OVER_TIME = [None, Drawing.LINES, Drawing.STACKED]
AT_A_MOMENT = [Drawing.NUMBERS, Drawing.BARS]


@st.composite
def looks(draw: st.DrawFn, name: str) -> Look:
    take = draw(st.sampled_from(["range", "instant"]))
    texts = draw(st.lists(QUERIES, min_size=1, max_size=4, unique=True))
    over_time = take == "range"
    asked: dict[str, Any] = {"query": (texts[0],), "name": draw(st.none() | st.just("{{namespace}}/{{pod}}"))}
    if len(texts) > 1:
        asked = {"queries": tuple(NamedQuery(name=f"{{{{a}}}} {n}", query=each) for n, each in enumerate(texts))}
    below, above = draw(st.sampled_from([(None, None), (80.0, None), (None, 0.5)]))
    return Look(
        look=name,
        title=draw(LINES),
        text=draw(st.none() | LINES),
        source="prometheus",
        take=take,
        window=draw(st.none() | SPANS) if over_time else None,
        offset=draw(st.none() | SPANS),
        draw=draw(st.sampled_from(OVER_TIME if over_time else AT_A_MOMENT)),
        unit=draw(st.sampled_from(list(Unit))),
        normal_below=below,
        normal_above=above,
        **asked,
    )


@st.composite
def variables(draw: st.DrawFn, name: str) -> Variable:
    several = draw(st.booleans())
    every = draw(st.none() | st.sampled_from([".+", ".*"]))
    if draw(st.booleans()):
        values = tuple(draw(st.lists(VALUES, min_size=2, max_size=5, unique=True)))
        default = values[:2] if several else values[:1]
        return Variable(variable=name, values=values, several=several, every=every, default=default)
    of = draw(st.none() | st.just('kube_pod_info{job="a"}'))
    default = ("shop",) if every is None else ()
    return Variable(variable=name, label="namespace", of=of, several=several, every=every, default=default)


@st.composite
def routines(draw: st.DrawFn) -> Routine:
    stops = []
    for number in range(draw(st.integers(1, 3))):
        count = draw(st.integers(1, 5))
        shown = tuple(draw(looks(f"look-{place}")) for place in range(count))
        words = {key: draw(LINES) for key in ("question", "why", "normal", "plainly")}
        stops.append(Stop(stop=f"stop-{number}", title=f"Stop {number}", looks=shown, **words))
    chosen = tuple(draw(variables(name)) for name in NAMES)
    asked = {name for stop in stops for look in stop.looks for query in look.asked for name in references(query)}
    return Routine(
        routine=draw(SLUGS),
        title=draw(LINES),
        about=draw(LINES),
        window=draw(SPANS),
        variables=tuple(each for each in chosen if each.variable in asked),
        stops=tuple(stops),
    )


def again(routine: Routine) -> Routine:
    (found,) = import_dashboards(json.dumps(export_dashboard(routine).dashboard), "out.json").dashboards
    assert [left for left in found.report.left if left.thing is not Thing.ANNOTATION] == []
    (only,) = found.routines
    return only


def test_words_come_back_as_they_were() -> None:
    stop = Stop(
        stop="a",
        title="A",
        question="Is __init__ <fine>?",
        why="`x` **y**",
        normal="1. [a](b)",
        plainly="5 % & more * less_than\n\n- dashes",
        looks=(a_look("A"), a_look("B")),
    )
    only = again(Routine(routine="a", title="A", about="B", stops=(stop,)))
    told = only.stops[0].plainly
    for words in (stop.question, stop.why, stop.normal, *stop.plainly.split("\n\n")):
        assert words in told
    assert [look.text for _, look in only.looks()] == ["*A* <b> [x]", "*B* <b> [x]"]


def a_look(title: str) -> Look:
    said = f"*{title}* <b> [x]"
    return Look(look=title.lower(), title=title, text=said, source="prometheus", take="range", query=("up",))


def of_looks(routine: Routine) -> list[tuple[object, ...]]:
    return [
        (
            *(look.take, look.asked, [each.name for each in look.queries], look.name, look.unit),
            *(look.window, look.offset, look.normal_below, look.normal_above, look.draw or Drawing.LINES),
        )
        for _, look in routine.looks()
    ]


@given(routines())
@examples(60)
def test_what_is_imported_again_asks_the_same(routine: Routine) -> None:
    imported = again(routine)
    assert [stop.title for stop in imported.stops] == [stop.title for stop in routine.stops]
    drawn_as_lines = [(*told[:-1], Drawing.LINES if told[-1] is None else told[-1]) for told in of_looks(imported)]
    assert drawn_as_lines == of_looks(routine)
    assert imported.window == routine.window
    assert list(map(chosen, imported.variables)) == list(map(chosen, routine.variables))


def chosen(variable: Variable) -> tuple[object, ...]:
    return (
        *(variable.variable, variable.name, variable.values, variable.label, variable.of),
        *(variable.several, variable.every, variable.default),
    )


@pytest.mark.parametrize("routine", built_in_routines(), ids=lambda routine: routine.routine)
def test_built_in_routines_are_written_out_whole(routine: Routine) -> None:
    """Every query, unit and order; where Grafana has no panels for anything, there is nothing to import."""
    exported = export_dashboard(routine)
    found = import_dashboards(json.dumps(exported.dashboard), "out.json").dashboards
    imported = [look for one in found for each in one.routines for _, look in each.looks()]

    def asked(looks: list[Look]) -> list[tuple[str, Unit]]:
        return [(query, look.unit) for look in looks for query in look.asked]

    queried = [look for _, look in routine.looks() if look.take in {"range", "instant"}]
    assert asked(imported) == asked(queried)
    places = [(panel["gridPos"]["y"], panel["gridPos"]["x"]) for panel in exported.dashboard["panels"]]
    assert places == sorted(set(places))
    shown = [panel["title"] for panel in exported.dashboard["panels"] if panel["type"] != "row" and panel["title"]]
    assert shown == [look.title for _, look in routine.looks()]
