"""From many findings to one table: most serious first, alike ones told together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.kubernetes.judging import KNOWN, Finding, Morning, Severity
from connectors.kubernetes.kinds import KINDS
from connectors.kubernetes.stands_out import (
    ALIKE,
    CROWD,
    USUALLY,
    kinds_named,
    look_through,
    one_each,
    rank,
    together,
)
from connectors.kubernetes.tables import make_table
from connectors.kubernetes.views import View
from connectors.taking import Unobtainable
from vistas.snapshot import GapReason

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
MORNING = Morning(NOW, NOW - timedelta(hours=12))

FINDINGS = st.builds(
    Finding,
    kind=st.sampled_from(["Pod", "Node"]),
    namespace=st.sampled_from(["shop", "mail"]),
    name=st.text("ab", min_size=1, max_size=3),
    what=st.sampled_from(["Keeps crashing", "Was evicted"]),
    since=st.none() | st.integers(0, 40).map(lambda hours: NOW - timedelta(hours=hours)),
    severity=st.sampled_from(Severity),
    family=st.sampled_from(["", "Deployment checkout", "Deployment front"]),
)


@given(st.lists(FINDINGS))
def test_the_most_serious_come_first_and_of_those_the_newest(findings: list[Finding]) -> None:
    ranked = rank(findings)
    order = [list(Severity).index(one.severity) for one in ranked]
    assert order == sorted(order)
    for severity in Severity:
        ages = [one.since for one in ranked if one.severity is severity and one.since]
        assert ages == sorted(ages, reverse=True)


@given(st.lists(FINDINGS, max_size=60))
def test_telling_together_loses_nobody(findings: list[Finding]) -> None:
    assert sum(one.stands_for or 1 for one in together(findings)) == len(findings)


@given(st.lists(FINDINGS))
def test_each_thing_has_one_row(findings: list[Finding]) -> None:
    found = one_each(findings)
    names = [(one.kind, one.namespace, one.name) for one in found]
    assert len(names) == len(set(names)) == len({(one.kind, one.namespace, one.name) for one in findings})


def test_of_one_thing_the_most_serious_is_said_first() -> None:
    cordoned = Finding("Node", "", "node-b", "Takes no new pods (cordoned)", None, Severity.WATCH, "in eu-1a")
    pressed = Finding("Node", "", "node-b", "Is low on memory", NOW, Severity.FAILING, "in eu-1a")
    [row] = one_each([cordoned, pressed])
    assert row == Finding(
        "Node", "", "node-b", "Is low on memory; takes no new pods (cordoned)", NOW, Severity.FAILING, "in eu-1a"
    )


def crash(name: str, since: datetime, family: str = "Deployment checkout") -> Finding:
    return Finding("Pod", "shop", name, "Keeps crashing", since, Severity.FAILING, "on node-a", family)


def test_a_crowd_of_one_family_is_one_row_named_after_the_latest() -> None:
    crowd = [crash(f"checkout-{number}", NOW - timedelta(minutes=number)) for number in range(ALIKE + 2)]
    [row] = together(crowd)
    assert row.name == "checkout-0"
    others = ", ".join(f"shop/checkout-{number}" for number in range(1, ALIKE + 2))
    assert row.details == f"and {ALIKE + 1} more of Deployment checkout: {others} · on node-a"
    assert row.stands_for == ALIKE + 2


def node(number: int, what: str = "Is not ready") -> Finding:
    return Finding("Node", "", f"node-{number}", what, None, Severity.FAILING, f"in zone {number}")


def test_many_of_any_family_with_the_same_complaint_are_one_row_with_a_count() -> None:
    [row] = together([node(number) for number in range(40)])
    assert row.stands_for == 40
    assert row.details == "and 39 more like it: node-1, node-2, node-3, node-4, node-5, … · in zone 0"
    assert len(together([node(number) for number in range(CROWD)])) == CROWD


def test_many_families_with_the_same_complaint_are_one_row_too() -> None:
    crowd = [crash(f"web-{number}", NOW, f"ReplicaSet rs-{number % 9}") for number in range(40)]
    [row] = together(crowd)
    assert row.stands_for == 40
    assert row.details.startswith("and 39 more like it: ")


def test_a_number_makes_no_other_complaint_and_a_word_does() -> None:
    starting = [node(number, f"Has been starting for {number} minutes") for number in range(CROWD + 1)]
    assert len(together(starting)) == 1
    assert len(together([node(number, f"Is low on {word}") for number, word in enumerate("abcdefgh")])) == 8


def test_a_few_are_told_one_by_one() -> None:
    few = [crash(f"checkout-{number}", NOW) for number in range(ALIKE)]
    assert together(few) == few


def test_a_query_names_kinds_in_any_form() -> None:
    assert kinds_named(()) == USUALLY
    assert kinds_named(("pods deployments, nodes",)) == ("pods", "deployments", "nodes")
    assert kinds_named(("pods", "nodes pods")) == ("pods", "nodes")
    assert kinds_named(("events",)) == ("events",)


def test_a_kind_that_nobody_judges_is_named_with_those_that_are() -> None:
    with pytest.raises(Unobtainable) as caught:
        kinds_named(("pods secrets",))
    assert "secrets" in caught.value.gap.message
    assert "deployments" in caught.value.gap.hint


def test_every_kind_is_judged() -> None:
    assert set(KNOWN) == set(KINDS)


def empty(kind: str) -> View:
    return View(make_table(KINDS[kind].columns, ()), f"GET {kind}")


def test_where_nothing_stands_out_the_table_is_empty() -> None:
    seen = look_through(("pods", "nodes"), empty, MORNING, at_once=2)
    assert (seen.findings, seen.warnings, seen.asked) == ((), (), "GET pods · GET nodes")


def refusing(kind: str) -> View:
    raise Unobtainable(GapReason.REFUSED, f"The account may not list {kind}.", "Add the rule.")


def test_a_list_that_is_missing_is_a_warning_that_names_it() -> None:
    def see(kind: str) -> View:
        return refusing(kind) if kind == "nodes" else empty(kind)

    seen = look_through(("pods", "nodes"), see, MORNING, at_once=2)
    assert seen.warnings == ("Not checked: nodes. The account may not list nodes.",)


def test_what_is_not_installed_is_no_warning() -> None:
    def see(kind: str) -> View:
        if kind == "gateways":
            raise Unobtainable(GapReason.NOT_HERE, "The cluster has no gateways.")
        return empty(kind)

    assert look_through(("pods", "gateways"), see, MORNING, at_once=1).warnings == ()


def test_where_no_list_can_be_had_the_first_real_reason_is_the_reason() -> None:
    def see(kind: str) -> View:
        if kind == "gateways":
            raise Unobtainable(GapReason.NOT_HERE, "The cluster has no gateways.")
        return refusing(kind)

    with pytest.raises(Unobtainable) as caught:
        look_through(("gateways", "pods"), see, MORNING, at_once=2)
    assert caught.value.gap.reason is GapReason.REFUSED
    assert "may not list pods" in caught.value.gap.message


def test_warnings_of_the_lists_are_passed_on_once() -> None:
    def see(kind: str) -> View:
        return View(pl.DataFrame(), kind, ("The list changed.",))

    assert look_through(("pods", "nodes"), see, MORNING, at_once=2).warnings == ("The list changed.",)
