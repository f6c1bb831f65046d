"""Two routines, read beside each other in words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from vistas.routine import Look, Routine, Stop, Unit, Variable
from vistas.routine.difference import Kind, Mark, difference, in_lines, pieces, untouched
from vistas.routine.file import built_in_routines

ERRORS = """sum by (ingress) (rate(requests{status=~"5.."}[5m]))
  / sum by (ingress) (rate(requests[5m]))"""


def look(name: str, query: str = "up", **more: Any) -> Look:
    return Look(look=name, title=name.capitalize(), source="prometheus", take="range", query=(query,), **more)


def stop(name: str, *looks: Look, question: str = "") -> Stop:
    return Stop(
        stop=name,
        title=name.capitalize(),
        question=question or f"How is {name}?",
        why="Because.",
        normal="Quiet.",
        plainly="What it says.",
        looks=looks or (look(f"{name}-look", f"{name}_total"),),
    )


def routine(*stops: Stop, **more: Any) -> Routine:
    return Routine(routine="night", title="The night", about="What happened.", stops=stops, **more)


def told(earlier: Routine, later: Routine) -> list[str]:
    return list(in_lines(difference(earlier, later)))


def test_a_new_stop_says_where_it_stands_and_what_it_looks_at() -> None:
    deliveries = stop("deliveries", look("unlabelled", "a"), look("carrier", "b"))
    assert told(routine(stop("errors"), stop("pace")), routine(stop("errors"), deliveries, stop("pace"))) == [
        "new       Deliveries, as the second stop: How is deliveries?",
        "          Two looks: Unlabelled; Carrier",
    ]


def test_a_stop_that_moved_is_the_only_one_told() -> None:
    a, b, c, d = (stop(name) for name in ("front-door", "pace", "errors", "ground"))
    assert told(routine(a, b, c, d), routine(c, a, b, d)) == [
        "moved     Errors, comes before Front-door: first, not third"
    ]
    assert told(routine(a, b, c, d), routine(b, c, a, d)) == [
        "moved     Front-door, comes after Errors: third, not first"
    ]


def test_only_the_part_of_a_query_that_differs_is_marked() -> None:
    earlier = routine(stop("errors", look("share", ERRORS)))
    later = routine(stop("errors", look("share", ERRORS.replace("5m", "15m"))))
    assert told(earlier, later) == [
        "changed   Errors, Share, the query",
        '          sum by (ingress) (rate(requests{status=~"5.."}[[-5m-]{+15m+}]))',
        "            / sum by (ingress) (rate(requests[[-5m-]{+15m+}]))",
    ]


def test_what_a_person_wrote_stands_in_quotes_and_what_they_set_does_not() -> None:
    earlier = stop("pace", look("p95", unit=Unit.SECONDS))
    later = earlier.model_copy(
        update={
            "normal": "Below 0.8 s.",
            "looks": (look("p95", unit=Unit.MILLISECONDS, window=timedelta(days=7), normal_below=0.8),),
        }
    )
    assert told(routine(earlier), routine(later)) == [
        "changed   Pace, what normal looks like",
        "          was “Quiet.”",
        "          now “Below 0.8 s.”",
        "changed   Pace, P95, how far it looks back",
        "          was as far as the walk",
        "          now 7d",
        "changed   Pace, P95, the unit",
        "          was seconds",
        "          now milliseconds",
        "changed   Pace, P95, normal is at or below",
        "          was no line",
        "          now 0.8",
    ]


def test_a_stop_under_another_name_is_the_same_one() -> None:
    earlier = stop("horizon", look("quotas", "quota_used"))
    later = earlier.model_copy(update={"stop": "far-away", "title": "Far away"})
    assert [(change.kind, change.about) for change in difference(routine(earlier), routine(later))] == [
        (Kind.RENAMED, "title"),
        (Kind.RENAMED, "stop"),
    ]


def test_a_look_that_went_to_another_stop_is_neither_new_nor_left_out() -> None:
    quotas, disks, pods = look("quotas", "quota_used"), look("disks", "disk_used"), look("pods", "pods_ready")
    earlier = routine(stop("horizon", quotas, disks), stop("ground", pods))
    later = routine(stop("horizon", disks), stop("ground", pods, quotas))
    assert told(earlier, later) == ["moved     Ground, Quotas, stands here now, not at Horizon"]


def test_what_is_left_out_comes_last() -> None:
    earlier = routine(stop("errors"), stop("horizon"), stop("pace", look("p95", "a"), look("p99", "b")))
    later = routine(stop("errors"), stop("pace", look("p95", "a")))
    assert told(earlier, later) == [
        "left out  Pace, P99, the look",
        "left out  Horizon, How is horizon?",
        "          One look: Horizon-look",
    ]


def test_a_second_query_beside_the_first_names_the_first() -> None:
    earlier = look("traffic", "rate(in[5m])")
    later = Look.model_validate(
        {
            **earlier.model_dump(exclude={"query"}),
            "queries": [{"name": "in", "query": "rate(in[5m])"}, {"name": "out", "query": "rate(out[5m])"}],
        }
    )
    assert told(routine(stop("network", earlier)), routine(stop("network", later))) == [
        "renamed   Network, Traffic, how the query is named",
        "          was not at all",
        "          now in",
        "new       Network, Traffic, the query out",
        "          rate(out[5m])",
    ]


def test_variables_are_told_by_their_names() -> None:
    node = Variable(variable="node", label="node")
    earlier = routine(stop("ground"), variables=(node, Variable(variable="zone", values=("a", "b"))))
    later = routine(
        stop("ground"),
        variables=(
            node.model_copy(update={"several": True}),
            Variable(variable="namespace", objects="namespaces"),
        ),
    )
    assert told(earlier, later) == [
        "changed   $node, whether several can be chosen",
        "          was no",
        "          now yes",
        "new       $namespace can be chosen",
        "left out  $zone is not asked for",
    ]


def test_who_signed_it_and_its_own_name_are_no_differences() -> None:
    one = routine(stop("ground"))
    signed = one.model_copy(update={"version": 4, "by": "Mira", "because": "So.", "routine": "another"})
    assert difference(one, signed) == ()


def test_stops_that_are_as_they_were_are_counted() -> None:
    earlier = routine(stop("errors"), stop("pace"), stop("ground"))
    later = routine(stop("errors"), stop("pace", question="How fast?"), stop("ground"))
    assert [each.stop for each in untouched(difference(earlier, later), later)] == ["errors", "ground"]


@pytest.mark.parametrize("each", built_in_routines(), ids=lambda each: each.routine)
def test_what_comes_with_the_project_does_not_differ_from_itself(each: Routine) -> None:
    assert difference(each, each) == ()


def test_texts_are_compared_by_words_and_numbers() -> None:
    found = pieces("below one second", "below 0.8 s, mostly")
    assert [(piece.mark, piece.text) for piece in found] == [
        (Mark.SAME, "below "),
        (Mark.GONE, "one second"),
        (Mark.NEW, "0.8 s, mostly"),
    ]
