"""What a vista's snapshots show is read out of them: each part once, by the name a person knows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vistas.sharing.making import routine as routine_of
from tests.vistas.sharing.making import snapshot, vista
from vistas.practice.landscape import LONGEST, MOST, Part, PartKind, landscape, parts_of
from vistas.routine import Look
from vistas.sharing import read_bundle
from vistas.snapshot import Frame, FrameKind, Gap, GapReason
from vistas.vista import Vista
from vistas.workspace import bundled


def seen(take: str, content: Frame | Gap) -> Vista:
    look = Look(look="it", title="It", source="kubernetes", take=take)
    return replace(vista(), routine=routine_of(look), snapshots=(snapshot(look, content),), detours=())


def table(**columns: list[Any]) -> Frame:
    return Frame(FrameKind.OBJECTS, pl.DataFrame(columns))


def keys(found: tuple[Part, ...]) -> list[str]:
    return [part.key for part in found]


@pytest.mark.parametrize(
    ("take", "frame", "told"),
    [
        (
            "deployments",
            table(namespace=["shop", "shop"], name=["cart", "cart"]),
            ["workload:shop/cart"],
        ),
        (
            "pods",
            table(namespace=["a", "a"], owner_kind=["Deployment", "Job"], owner=["web", "once"]),
            ["workload:a/web"],
        ),
        (
            "stands-out",
            table(kind=["Pod", "Node", "StatefulSet"], namespace=["a", None, "a"], name=["p", "n1", "db"]),
            ["node:n1", "workload:a/db"],
        ),
        (
            "ingresses",
            table(hosts=[["www.example", "*"], ["www.example", "shop.example"]]),
            ["ingress host:www.example", "ingress host:shop.example"],
        ),
        ("certificates", table(hosts=[["www.example"], ["*"]]), ["ingress host:www.example"]),
        (
            "changes",
            table(kind=["Deployment", "Application"], namespace=["a", "argocd"], name=["web", "shop"]),
            ["workload:a/web"],
        ),
        ("alerts", table(alert=["Watchdog", "Down", "Down"]), ["alert rule:Watchdog", "alert rule:Down"]),
        ("rules", table(rule=["Down", "job:rate5m"], type=["alerting", "recording"]), ["alert rule:Down"]),
        ("targets", table(job=["node", None, "node"]), ["scrape job:node"]),
        ("nodes", table(name=["n1", "n2"]), ["node:n1", "node:n2"]),
        (
            "routes",
            table(host=["www.example", "_", ""], service=["s", "s", "s"], route=["/", "/a", "/b"]),
            ["route:www.example /", "ingress host:www.example", "route:_ /a", "route:s /b"],
        ),
        ("events", table(name=["n1"]), []),
        ("ingresses", table(hosts=["not", "lists"]), []),
        ("deployments", table(name=["no namespace"]), []),
    ],
)
def test_parts_are_read_out_of_a_look(take: str, frame: Frame, told: list[str]) -> None:
    assert keys(parts_of(seen(take, frame))) == told


def test_labels_of_series_name_parts() -> None:
    labels = [
        [{"name": "job", "value": "kubelet"}, {"name": "node", "value": "n1"}],
        [{"name": "deployment", "value": "cart"}, {"name": "exported_namespace", "value": "shop"}],
        [{"name": "deployment", "value": "nowhere"}],
    ]
    made = seen("range", Frame(FrameKind.SERIES, pl.DataFrame({"labels": labels})))
    assert keys(parts_of(made)) == ["scrape job:kubelet", "node:n1", "workload:shop/cart"]


def test_a_gap_names_nothing() -> None:
    assert parts_of(seen("nodes", Gap(GapReason.REFUSED, "No."))) == ()


def test_more_of_one_sort_than_anybody_reads_are_left_out() -> None:
    made = seen("nodes", table(name=[f"n{number}" for number in range(MOST + 50)]))
    assert len(parts_of(made)) == MOST


@given(st.lists(st.one_of(st.none(), st.text(max_size=300)), max_size=20))
def test_no_name_that_a_tool_gives_breaks_it(texts: list[str | None]) -> None:
    frame = Frame(FrameKind.OBJECTS, pl.DataFrame({"name": texts}, schema={"name": pl.String}))
    for part in parts_of(seen("nodes", frame)):
        assert 0 < len(part.name) <= LONGEST
        assert part.name == part.name.strip()


def test_the_recordings_show_a_whole_landscape() -> None:
    """Every sort of the wheel is there from the start, with no tool connected."""
    found = landscape(read_bundle(path) for path in bundled())
    assert {part.sort for part in found} == set(PartKind) - {PartKind.QUESTION, PartKind.PERSON}
    assert Part(sort=PartKind.WORKLOAD, name="shop/checkout") in found
    assert len(set(found)) == len(found)


def test_the_parts_of_one_stop() -> None:
    morning = read_bundle(bundled()[-1])
    nodes = {"node:lantern-1", "node:lantern-2", "node:lantern-3"}
    assert set(keys(parts_of(morning, stop="ground"))) == nodes | {"scrape job:node-exporter"}
    assert parts_of(morning, stop="nowhere") == ()
