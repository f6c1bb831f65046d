"""Gateways and HTTPRoutes: every condition of every parent and listener counts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from connectors.kubernetes.judging import JUDGES, Morning
from connectors.kubernetes.kinds import KINDS
from tests.connectors.kubernetes.canned import NOW

MORNING = Morning(NOW, NOW - timedelta(hours=12))
WEEKS_AGO = "2026-11-01T06:00:00Z"
FINE = {"Accepted": "True", "ResolvedRefs": "True"}
PUBLIC, INTERNAL = {"name": "public", "namespace": "infra"}, {"name": "internal", "namespace": "infra"}


def conditions(since: str = WEEKS_AGO, **said: str) -> list[dict[str, Any]]:
    return [
        {"type": kind, "status": status, "reason": "Because", "message": f"of {kind}", "lastTransitionTime": since}
        for kind, status in said.items()
    ]


def parent(reference: dict[str, str], **said: str) -> dict[str, Any]:
    return {"parentRef": reference, "conditions": conditions(**said)}


def told(kind: str, spec: dict[str, Any], status: dict[str, Any], generation: int = 1) -> list[str]:
    metadata = {"name": "web", "namespace": "shop", "creationTimestamp": WEEKS_AGO, "generation": generation}
    [row] = KINDS[kind].rows({"metadata": metadata, "spec": spec, "status": status}, NOW)
    return [f"{one.severity}: {one.what}" for one in JUDGES[kind](row, MORNING)]


def route(*parents: dict[str, Any], wanted: tuple[dict[str, str], ...] = (PUBLIC, INTERNAL)) -> list[str]:
    return told("httproutes", {"parentRefs": list(wanted)}, {"parents": list(parents)})


def test_a_route_is_fine_where_all_of_its_parents_are() -> None:
    assert route(parent(PUBLIC, **FINE), parent(INTERNAL, **FINE)) == []


def test_one_parent_that_refuses_is_enough() -> None:
    assert route(parent(PUBLIC, **FINE), parent(INTERNAL, Accepted="False", ResolvedRefs="True")) == [
        "failing: Is not working (Because)"
    ]


def test_a_parent_that_says_nothing_is_named() -> None:
    assert route(parent(PUBLIC, **FINE)) == ["watch: Has not been accepted by infra/internal"]


def test_what_is_said_of_a_parent_that_the_route_has_no_more_does_not_count() -> None:
    gone = parent({"name": "gone"}, Accepted="False")
    assert route(parent(PUBLIC, **FINE), gone, wanted=(PUBLIC,)) == []


def test_a_parent_in_the_same_namespace_may_be_named_with_it_or_without() -> None:
    assert route(parent({"name": "own", "namespace": "shop"}, **FINE), wanted=({"name": "own"},)) == []


def test_undecided_for_weeks_stands_out() -> None:
    assert route(parent(PUBLIC, Accepted="Unknown"), wanted=(PUBLIC,)) == [
        "watch: Undecided for 22 days (Accepted)"
    ]


def test_undecided_for_a_moment_does_not() -> None:
    just_now = {"parentRef": PUBLIC, "conditions": conditions(since="2026-11-23T05:59:00Z", Accepted="Unknown")}
    assert route(just_now, wanted=(PUBLIC,)) == []


def test_an_unfamiliar_condition_is_told_as_unknown() -> None:
    assert route(parent(PUBLIC, **FINE, Sparkling="True"), wanted=(PUBLIC,)) == [
        "unknown: Says Sparkling=True: not known to be good or bad"
    ]


def test_a_change_that_the_controller_has_not_looked_at_stands_out() -> None:
    old = [{**one, "observedGeneration": 1} for one in conditions(**FINE)]
    status = {"parents": [{"parentRef": PUBLIC, "conditions": old}]}
    assert told("httproutes", {"parentRefs": [PUBLIC]}, status, generation=2) == [
        "watch: Its controller has not seen its latest change"
    ]


def test_a_gateway_that_nobody_set_any_condition_of_has_not_been_taken() -> None:
    """The conditions that stand there by default are of the year 1970."""
    default = conditions(since="1970-01-01T00:00:00Z", Accepted="Unknown", Programmed="Unknown")
    assert told("gateways", {}, {"conditions": default}) == ["watch: No controller has accepted it"]


def test_one_listener_in_conflict_is_told() -> None:
    listeners = [
        {"name": "one", "conditions": conditions(**FINE)},
        {"name": "two", "conditions": conditions(Conflicted="True", **FINE)},
    ]
    status = {"conditions": conditions(Accepted="True", Programmed="True"), "listeners": listeners}
    assert told("gateways", {}, status) == ["failing: Works only partly (Because)"]
