"""Two controllers set side by side: a team's routes before and after it moved."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from connectors.ingress import IngressSource
from tests.connectors.ingress.lines import MORNING, combined_line, ingress_line, json_line, minutes
from vistas.redaction import Redactor
from vistas.routine import Look
from vistas.snapshot import FrameKind, GapReason, Snapshot, Window
from vistas.source import Deadline

WINDOW = Window(MORNING, MORNING + timedelta(hours=1))
RETRIED = "10.0.0.1:8080, 10.0.0.2:8080 0, 12 0.001, 0.009 502, 200"


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    """Half an hour through ingress-nginx, then half an hour through a plain nginx, which says less."""
    before = [
        *(ingress_line(MORNING + minutes(place), request="GET /orders/7 HTTP/1.1") for place in range(30)),
        ingress_line(MORNING + minutes(3), request="GET /orders/8 HTTP/1.1", upstream=RETRIED),
        ingress_line(MORNING + minutes(4), request="GET /old HTTP/1.1", status="502", seconds="2.000"),
    ]
    after = [combined_line(MORNING + minutes(30 + place), request="GET /orders/9 HTTP/1.1") for place in range(20)]
    (tmp_path / "nginx.log").write_text("".join(f"{line}\n" for line in before))
    (tmp_path / "new.log").write_text("".join(f"{line}\n" for line in after))
    return tmp_path


def taken(folder: Path, what: str, files: str = "*.log", **where: str) -> Snapshot:
    source = IngressSource.from_settings("door", {"files": str(folder / files)}, Redactor(b"k" * 32))
    look = Look(look="moved", title="Moved", source="door", take=what, where=where)
    return source.take("both", look, WINDOW, Deadline(timedelta(seconds=60)))


def rows(snapshot: Snapshot) -> list[dict[str, Any]]:
    assert snapshot.frame is not None, snapshot.gap
    return snapshot.frame.data.to_dicts()


def test_controllers_over_time(logs: Path) -> None:
    """A `requests` frame that tells them apart; what a format does not say is null, and said so."""
    snapshot = taken(logs, "controllers")
    assert snapshot.frame is not None
    assert snapshot.frame.kind is FrameKind.REQUESTS
    data = snapshot.frame.data
    assert dict(data.group_by("controller").agg(pl.col("requests").sum()).rows()) == {
        "ingress-nginx": 32,
        "NGINX": 20,
    }
    assert sum(row["retried"] for row in rows(snapshot) if row["controller"] == "ingress-nginx") == 1
    assert {row["retried"] for row in rows(snapshot) if row["controller"] == "NGINX"} == {None}
    assert snapshot.provenance.warnings == (
        "How long a request took is not reported by NGINX.",
        "Whether an attempt was retried is not reported by NGINX.",
    )


def test_totals_of_each_controller(logs: Path) -> None:
    before, after = rows(taken(logs, "controller-totals"))
    assert (before["controller"], before["requests"], before["retried"]) == ("ingress-nginx", 32, 1)
    assert before["5xx_percent"] == pytest.approx(100 / 32)
    assert before["again_percent"] == pytest.approx(100 / 32)
    assert 0.008 < before["p50_seconds"] < 0.0125
    assert (after["controller"], after["requests"], after["2xx_percent"]) == ("NGINX", 20, 100)
    assert (after["retried"], after["again_percent"], after["p50_seconds"]) == (None, None, None)
    assert before["share_ratio"] + after["share_ratio"] == pytest.approx(1)
    assert (before["first"], after["last"]) == (MORNING, MORNING + minutes(49))


def test_the_same_route_stands_in_adjacent_rows(logs: Path) -> None:
    """The busiest first, each through one controller and then through the other; hosts and services differ."""
    told = rows(taken(logs, "controller-routes"))
    assert [(row["route"], row["controller"], row["requests"]) for row in told] == [
        ("/orders/:id", "ingress-nginx", 31),
        ("/orders/:id", "NGINX", 20),
        ("/old", "ingress-nginx", 1),
    ]


def test_one_route_through_both(logs: Path) -> None:
    assert [row["requests"] for row in rows(taken(logs, "controller-totals", route="/orders"))] == [31, 20]


def test_one_controller_can_be_asked_for(logs: Path) -> None:
    """In every look, those of one controller's own included; however its name is written."""
    assert sum(row["requests"] for row in rows(taken(logs, "requests", controller="nginx"))) == 20
    assert [row["route"] for row in rows(taken(logs, "routes", controller="ingress-nginx"))] == [
        "/orders/:id",
        "/old",
    ]
    assert [row["controller"] for row in rows(taken(logs, "controller-totals", controller="nginx"))] == ["NGINX"]


@pytest.mark.parametrize("what", ["controllers", "controller-totals", "controller-routes"])
def test_one_controller_alone_is_a_gap_that_helps(logs: Path, what: str) -> None:
    """Nothing is amiss, there is just nothing to set beside it."""
    gap = taken(logs, what, "nginx.log").gap
    assert gap is not None
    assert (gap.reason, gap.message) == (GapReason.NOT_HERE, "Only one controller here: ingress-nginx.")
    assert gap.hint.startswith("Add the logs of the other one")
    quiet = taken(logs, what, status="599").gap
    assert quiet is not None
    assert quiet.message == "There are no requests here, so no controllers either."


@pytest.mark.parametrize("what", ["controllers", "controller-totals", "controller-routes"])
def test_nothing_personal_is_kept(tmp_path: Path, what: str) -> None:
    lines = [ingress_line(request="GET /u/ann@example.com?token=hunter2 HTTP/1.1"), combined_line(), json_line()]
    (tmp_path / "a.log").write_text("".join(f"{line}\n" for line in lines))
    snapshot = taken(tmp_path, what)
    kept = str(rows(snapshot)) + str(snapshot.provenance)
    assert [secret for secret in ("hunter2", "ann@", "203.0.113") if secret in kept] == []
