"""Who answers for a service, over all of its slices."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from connectors.kubernetes.judging import TOGETHER, Morning
from tests.connectors.kubernetes.canned import NOW

MORNING = Morning(NOW, NOW - timedelta(hours=12))
NOBODY = ("web", "Nothing behind it: its selector matches no running pod", "watch")


def part(
    ready: int = 0, not_ready: int = 0, terminating: int = 0, family: str = "IPv4", **row: Any
) -> dict[str, Any]:
    tally = {"ready": ready, "not_ready": not_ready, "terminating": terminating}
    place = {"namespace": "shop", "name": "web-abc", "service": "web", "address_type": family, "ports": ["80/TCP"]}
    return {**place, **tally, **row}


def service(*selector: str, name: str = "web", external_name: str | None = None) -> dict[str, Any]:
    return {"namespace": "shop", "name": name, "selector": list(selector), "external_name": external_name}


def told(
    slices: list[dict[str, Any]], *services: dict[str, Any], whole: bool = True
) -> list[tuple[str, str, str]]:
    tables = {"endpointslices": slices, "services": list(services)}
    found = TOGETHER["endpointslices"](tables, MORNING, whole=whole)
    return [(one.name, one.what, one.severity.value) for one in found]


@pytest.mark.parametrize(
    ("slices", "what"),
    [
        ([part(ready=3), part(not_ready=1)], None),
        ([part(ready=2), part(not_ready=2, family="IPv6")], None),
        ([part(not_ready=2), part(not_ready=1)], "Nothing to answer: none of 3 endpoints is ready"),
        (
            [part(not_ready=2), part(not_ready=2, family="IPv6")],
            "Nothing to answer: none of 2 endpoints is ready",
        ),
        ([part(terminating=2), part()], "Soon nothing to answer: its last endpoints are terminating (2)"),
        ([part()], None),
    ],
    ids=["another port", "another family", "none in both", "none in both families", "ending", "no selector"],
)
def test_the_slices_of_a_service_are_added_up(slices: list[dict[str, Any]], what: str | None) -> None:
    assert [said for _, said, _ in told(slices)] == ([what] if what else [])


def test_a_service_whose_selector_fits_nobody_stands_out_with_an_empty_slice_and_with_none() -> None:
    assert told([part()], service("app=wbe")) == [NOBODY]
    assert told([], service("app=wbe")) == [NOBODY]


def test_a_service_that_chooses_nobody_by_itself_does_not_stand_out() -> None:
    assert told([part()], service()) == []
    assert told([], service("app=web", external_name="db.example.com")) == []


def test_what_labels_or_fields_leave_out_is_not_taken_for_absent() -> None:
    assert told([], service("app=web"), whole=False) == []


def test_services_of_one_name_in_two_namespaces_are_two() -> None:
    assert told([part(ready=1), part(not_ready=1, namespace="mail")]) == [
        ("web", "Nothing to answer: none of 1 endpoints is ready", "failing")
    ]
