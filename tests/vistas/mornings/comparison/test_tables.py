"""Tables of objects: what an on-call engineer reads of a rollout, a scale-down, a deletion."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import polars as pl
import pytest

from tests.vistas.mornings.comparison.mornings import (
    CLOCK,
    DAY,
    FRIDAY,
    THURSDAY,
    compared,
    look,
    pod,
    sentences,
    table,
)
from vistas.mornings.comparison import ChangeKind
from vistas.snapshot import Frame, FrameKind

OLD = ("checkout-6d8f9c7b5d-x2k4p", "checkout-6d8f9c7b5d-b7vz9")
NEW = ("checkout-zxghfjf2s-sghtb", "checkout-zxghfjf2s-c2494")


def test_a_rollout_is_one_change_of_its_owner() -> None:
    """New names do not make everything gone and new."""
    then = table(*(pod(name) for name in OLD))
    now = table(pod(NEW[0], images=["checkout:2"], status="CrashLoopBackOff", restarts=17), pod(NEW[1]))
    found = compared(then, now)
    (told,) = sentences(found)
    assert told == (
        "changed: shop/checkout (Deployment): images checkout:1, checkout:2, was checkout:1; "
        "status CrashLoopBackOff, Running, was Running; restarts 17, was 0."
    )
    assert found.changes[0].about == {"namespace": "shop", "owner_kind": "Deployment", "owner": "checkout"}
    assert found.notes == ("Pods that came and went are told together, by their owner.",)


def test_what_somebody_set_is_told_in_its_unit() -> None:
    then = table(*(pod(name, memory_limit_bytes=2.0**28) for name in OLD))
    now = table(pod(NEW[0], memory_limit_bytes=2.0**29), pod(NEW[1], memory_limit_bytes=2.0**29))
    assert sentences(compared(then, now)) == [
        "changed: shop/checkout (Deployment): memory limit 512\u202fMiB, was 256\u202fMiB."
    ]


def test_pods_that_only_have_other_names_are_as_they_were_and_it_is_said() -> None:
    found = compared(table(*(pod(name) for name in OLD)), table(*(pod(name) for name in NEW)))
    assert (found.changes, found.unchanged) == ((), 2)
    assert found.notes == ("2 pods had other names then, as after a rollout, and are otherwise as they were.",)


def test_a_deployment_with_fewer_pods_is_told_by_their_number() -> None:
    found = compared(table(*(pod(name) for name in OLD)), table(pod(OLD[0])))
    assert sentences(found) == ["changed: shop/checkout (Deployment): pods 1, was 2."]


def test_an_owner_that_vanished_is_gone_with_all_its_pods() -> None:
    found = compared(table(*(pod(name) for name in OLD), pod("web-0", "")), table(pod("web-0", "")))
    assert sentences(found) == ["gone: shop/checkout (Deployment) is gone; then: 2 pods, checkout:1, Running."]


def test_a_pod_of_nobody_is_told_by_its_name() -> None:
    found = compared(table(pod("debug", ""), pod("web-0", "")), table(pod("web-0", "", restarts=3)))
    assert sentences(found) == [
        "gone: shop/debug is gone; then: Running.",
        "changed: shop/web-0: restarts 3, was 0.",
    ]


def test_findings_of_pods_with_other_names_are_one_finding() -> None:
    """Without a column that names the owner, what stays of the name stands for it."""
    key = ("kind", "namespace", "name")
    rows = [
        {"kind": "Pod", "namespace": "shop", "name": name, "what": what}
        for name, what in ((OLD[0], "Restarted once"), (NEW[0], "Keeps crashing"))
    ]
    found = compared(table(rows[0], key=key), table(rows[1], key=key), look("stands-out"))
    assert sentences(found) == ["changed: Pod shop/checkout: what Keeps crashing, was Restarted once."]


def test_backends_are_told_by_their_service_where_their_addresses_changed() -> None:
    key = ("host", "service", "upstream")
    then = table({"host": "", "service": "cart", "upstream": "10.0.0.1:80", "failures": 0}, key=key)
    now = table({"host": "", "service": "cart", "upstream": "10.0.0.9:80", "failures": 40}, key=key)
    assert sentences(compared(then, now, look("upstreams"))) == ["changed: cart: failures 40, was 0."]


@pytest.mark.parametrize(
    ("column", "then", "now", "counts"),
    [
        ("restarts", 100, 101, True),
        ("desired", 10, 11, True),
        ("memory_limit_bytes", 1e9, 1.01e9, True),
        ("memory_bytes", 1e9, 1.2e9, False),
        ("memory_bytes", 1e9, 1.4e9, True),
        ("used_ratio", 0.001, 0.002, False),
        ("used_ratio", 0.4, 0.6, True),
        ("requests", 1000, 1900, False),
        ("requests", 1000, 2100, True),
        ("failures", 1, 8, False),
        ("errors_502", 0, 82, True),
        ("message", "restarted 16 times", "restarted 17 times", False),
        ("message", "restarted 16 times", "the image cannot be pulled", True),
        ("status", "Complete", "Stuck", True),
        ("images", ["checkout:3.8.1"], ["checkout:3.9.0"], True),
        ("paused", False, True, True),
        ("heard_from", THURSDAY, FRIDAY, False),
        ("deleting_since", None, FRIDAY, True),
        ("created", THURSDAY, FRIDAY, True),
        ("age_seconds", 3 * 86400.0, 4 * 86400.0, False),
        ("age_seconds", 3 * 86400.0, 600.0, True),
        ("last_restart_age_seconds", 600.0, 90_000.0, False),
        ("last_success_age_seconds", 21_600.0, 108_000.0, True),
        ("since_seconds", 60.0, 90_000.0, False),
    ],
)
def test_from_where_on_a_cell_counts(column: str, then: Any, now: Any, counts: bool) -> None:
    """`told` in the difference says so in words."""
    schema = {"name": pl.String} | ({column: pl.Datetime("ms", "UTC")} if now == FRIDAY else {})
    sides = [
        Frame(
            FrameKind.OBJECTS,
            pl.DataFrame([{"name": "a", column: cell}], schema_overrides=schema),
            key=("name",),
        )
        for cell in (then, now)
    ]
    assert compared(*sides).is_different is counts


def test_a_column_that_only_one_side_has_is_named_and_not_compared() -> None:
    found = compared(
        table({"name": "a", "old": 1}, key=("name",)), table({"name": "a", "fresh": 1}, key=("name",))
    )
    assert (found.is_different, found.unchanged) == (False, 1)
    assert found.notes == ("Not compared, since only one side has it so: fresh, old.",)


def test_rows_that_are_named_by_other_columns_cannot_be_compared() -> None:
    found = compared(table({"name": "a"}, key=("name",)), table({"name": "a"}, key=()))
    assert found.incomparable == "Its rows are named by other columns on each side."


def test_rows_without_a_key_are_the_same_where_all_in_them_is() -> None:
    found = compared(table({"a": 1}, {"a": 2}, key=()), table({"a": 2}, {"a": 3}, key=()))
    assert (found.new, found.gone, found.unchanged) == (1, 1, 1)


def test_what_sounds_most_serious_comes_first() -> None:
    key = ("alert", "labels")
    then = table({"alert": "Watchdog", "labels": "", "severity": "none", "summary": "All well."}, key=key)
    rows = [
        {"alert": "DiskSlow", "labels": "", "severity": "warning", "summary": "A disk is slow."},
        {"alert": "Down", "labels": 'service="cart"', "severity": "critical", "summary": "Nobody answers"},
    ]
    found = compared(then, table(*rows, key=key), look("alerts"))
    assert sentences(found) == [
        'new: Down (service="cart") rings now: Nobody answers.',
        "new: DiskSlow rings now: A disk is slow.",
        "gone: Watchdog rings no more; then: All well.",
    ]


def test_what_a_list_of_the_slowest_could_not_show_is_not_called_new() -> None:
    """Thursday's list ended at seven seconds: what took two was not on it, and may have been there."""
    key = ("route",)
    then = table({"route": "/a", "seconds": 9.0}, {"route": "/b", "seconds": 7.0}, key=key)
    now = table({"route": "/a", "seconds": 9.0}, {"route": "/c", "seconds": 2.0}, key=key)
    found = compared(then, now, look("slowest"))
    assert sentences(found) == ["gone: /b is not among the slowest any more; then: 7 s."]
    assert found.notes == ("Left out: 1 row that the other list, which ends above, could not have shown.",)


def test_more_changes_than_are_told_are_counted() -> None:
    then = table(*({"name": f"thing{number}", "status": "Ready"} for number in range(300)), key=("name",))
    now = table(*({"name": f"thing{number}", "status": "Lost"} for number in range(300)), key=("name",))
    found = compared(then, now)
    assert (found.changed, len(found.changes), found.left_out) == (300, 50, 250)
    assert {change.kind for change in found.changes} == {ChangeKind.CHANGED}


def test_the_clock_goes_both_ways() -> None:
    """What is younger than it was, was made anew; what is older only got older, whichever is called then."""
    young, old = (table({"name": "a", "age_seconds": age}, key=("name",)) for age in (600.0, 400_000.0))
    assert compared(old, young).is_different
    assert not compared(young, old).is_different
    assert CLOCK.elapsed == DAY == timedelta(days=1)


def test_a_state_that_is_part_of_the_key_weighs_as_well() -> None:
    key = ("type", "reason", "object")
    events = [
        {"type": "Normal", "reason": "Pulled", "object": "web-0", "message": "Pulled."},
        {"type": "Warning", "reason": "BackOff", "object": "web-0", "message": "Back-off."},
    ]
    nothing = Frame(FrameKind.OBJECTS, pl.DataFrame(events).clear(), key=key)
    found = compared(nothing, table(*events, key=key))
    assert [change.about["type"] for change in found.changes] == ["Warning", "Normal"]
