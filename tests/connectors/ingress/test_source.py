"""An ingress source over real files: what each look says, what it costs, and what is never kept."""

import gzip
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from connectors.ingress import IngressSource
from connectors.ingress.aggregation.side_by_side import BY_CONTROLLER
from connectors.ingress.origins import blocks
from tests.connectors.ingress.lines import (
    KLOG_INFO,
    KLOG_WARNING,
    MORNING,
    NGINX_ERROR,
    cri,
    ingress_line,
    json_line,
    minutes,
)
from vistas.errors import SettingsError
from vistas.redaction import Redactor
from vistas.routine import Look
from vistas.snapshot import FrameKind, GapReason, Snapshot, Window
from vistas.source import Deadline, build_source

WINDOW = Window(MORNING, MORNING + timedelta(hours=1))
NIGHT = [
    ingress_line(MORNING - minutes(5), request="GET /before HTTP/1.1"),
    ingress_line(MORNING + minutes(1), request="GET /orders/17?token=hunter2 HTTP/1.1", user="ann"),
    ingress_line(MORNING + minutes(2), request="GET /orders/18 HTTP/1.1", seconds="2.500", client="203.0.113.10"),
    ingress_line(
        MORNING + minutes(3),
        request="POST /pay HTTP/1.1",
        status="502",
        service="shop-pay-80",
        seconds="0.300",
        upstream="10.0.0.2:80, 10.0.0.3:80 0, 0 0.100, 0.200 502, 502",
    ),
    ingress_line(MORNING + minutes(3), request="GET /none HTTP/1.1", status="404"),
    json_line(MORNING + minutes(4), path="/orders/19"),
    KLOG_INFO,
    KLOG_WARNING,
    NGINX_ERROR,
    "a line from 203.0.113.77 with password=hunter2",
]


def write(path: Path, lines: Sequence[str]) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines))
    return path


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return write(tmp_path / "access.log", NIGHT)


def source_of(*files: Path | str, **settings: Any) -> IngressSource:
    redactor = Redactor(b"a key for these tests")
    return IngressSource.from_settings("edge", {"files": [str(file) for file in files], **settings}, redactor)


def patience(seconds: float = 60) -> Deadline:
    return Deadline(timedelta(seconds=seconds))


def look(what: str, **where: str) -> Look:
    return Look(look="a-look", title="A look", source="edge", take=what, where=where)


def taken(source: IngressSource, what: str, window: Window = WINDOW, **where: str) -> Snapshot:
    return source.take("front-door", look(what, **where), window, patience())


def rows(snapshot: Snapshot) -> list[dict[str, Any]]:
    assert snapshot.frame is not None, snapshot.gap
    return snapshot.frame.data.rows(named=True)


def test_requests(log: Path) -> None:
    """One row a minute, host, service, status and latency bucket, and nothing but the window."""
    snapshot = taken(source_of(log), "requests")
    assert snapshot.frame is not None
    assert snapshot.frame.kind == FrameKind.REQUESTS
    assert snapshot.frame.data.schema == pl.Schema(
        {
            "minute": pl.Datetime("ms", "UTC"),
            "host": pl.String,
            "service": pl.String,
            "status": pl.Int16,
            "latency_le": pl.Float64,
            "requests": pl.UInt64,
            "controller": pl.String,
            "retried": pl.UInt64,
        }
    )
    assert rows(snapshot)[2] == {
        "minute": MORNING + minutes(3),
        "host": "",
        "service": "shop-pay-80",
        "status": 502,
        "latency_le": 0.315,
        "requests": 1,
        "controller": "ingress-nginx",
        "retried": 1,
    }
    assert snapshot.frame.data["requests"].sum() == 5
    assert snapshot.provenance.obtained == WINDOW
    assert snapshot.provenance.query == (
        f"requests from {log}: 10 lines, 5 requests, 1 outside the window, "
        "2 controller, 1 nginx, 1 in no known format"
    )


def test_routes(log: Path) -> None:
    routes = {row["route"]: row for row in rows(taken(source_of(log), "routes", service="shop-web-80"))}
    assert set(routes) == {"/orders/:id", "/none"}
    assert (routes["/orders/:id"]["requests"], routes["/none"]["errors_4xx"]) == (2, 1)
    assert routes["/orders/:id"]["p99_seconds"] == pytest.approx(2.5, rel=0.26)
    assert routes["/orders/:id"]["response_bytes"] == 24


def test_slowest(log: Path) -> None:
    first = rows(taken(source_of(log), "slowest"))[0]
    assert (first["route"], first["seconds"], first["at"]) == ("/orders/:id", 2.5, MORNING + minutes(2))


def test_upstreams(log: Path) -> None:
    """Every attempt counts where it was made; all but a request's last were retried."""
    found = {row["upstream"]: row for row in rows(taken(source_of(log), "upstreams"))}
    assert found["10.0.0.2:80"] | {"p95_seconds": None} == {
        "host": "",
        "service": "shop-pay-80",
        "upstream": "10.0.0.2:80",
        "attempts": 1,
        "failures": 1,
        "retried": 1,
        "errors_502": 1,
        "errors_503": 0,
        "errors_504": 0,
        "p95_seconds": None,
    }
    assert (found["10.0.0.3:80"]["retried"], found["10.0.0.1:8080"]["failures"]) == (0, 0)


def test_clients_are_pseudonyms(log: Path) -> None:
    """Equal clients stay equal, in every format; the share is of the requests looked at."""
    clients = rows(taken(source_of(log), "clients"))
    assert [(row["requests"], row["share_ratio"]) for row in clients] == [(4, 0.8), (1, 0.2)]
    assert all(row["client"].startswith("visitor-") for row in clients)


def test_lines(log: Path) -> None:
    """Failed requests, complaints and what fitted nothing, each with one redacted sample."""
    snapshot = taken(source_of(log), "lines")
    assert snapshot.frame is not None
    assert snapshot.frame.kind == FrameKind.LINES
    patterns = {row["pattern"]: row for row in rows(snapshot)}
    assert patterns["502 POST /pay shop-pay-80"]["sample"] == "502 POST /pay shop-pay-80 in 0.3 s"
    assert patterns["502 POST /pay shop-pay-80"]["first"] == MORNING + minutes(3)
    assert any(pattern.startswith("W controller.go") for pattern in patterns)
    assert any(pattern.startswith("[error] connect() failed") for pattern in patterns)
    assert any(pattern.startswith("a line from <ip>") for pattern in patterns)
    assert len(patterns) == 4


@pytest.mark.parametrize("what", sorted(IngressSource.takes - BY_CONTROLLER.keys()))
def test_nothing_personal_is_kept(log: Path, what: str) -> None:
    """No address of a client, no user, no referrer, no query value, no password, in any column."""
    snapshot = taken(source_of(log), what)
    assert snapshot.frame is not None
    kept = str(snapshot.frame.data.rows()) + str(snapshot.provenance)
    for secret in ("203.0.113", "hunter2", "4111", "ann", "else.example", "curl"):
        assert secret not in kept
    assert snapshot.provenance.redacted["client"] >= 2


def test_where_route(log: Path) -> None:
    """A prefix of the folded route; every look can have it."""
    source = source_of(log)
    assert [row["requests"] for row in rows(taken(source, "clients", route="/orders"))] == [2, 1]
    snapshot = taken(source, "requests", route="/orders")
    assert snapshot.frame is not None
    assert snapshot.frame.data["requests"].sum() == 3


@pytest.mark.parametrize(
    ("status", "requests"), [("5xx", 1), ("404", 1), ("4xx, 5xx", 2), ("200", 3), ("1xx", 0), ("0", 0)]
)
def test_where_status(log: Path, status: str, requests: int) -> None:
    snapshot = taken(source_of(log), "requests", status=status)
    assert snapshot.frame is not None
    assert snapshot.frame.data["requests"].sum() == requests


def test_where_host(log: Path) -> None:
    assert [row["route"] for row in rows(taken(source_of(log), "routes", host="shop.example"))] == ["/orders/:id"]


@pytest.mark.parametrize(
    ("what", "where", "says"),
    [
        ("requests", {"status": "bad"}, "'bad' is not a status."),
        ("requests", {"status": "\u0665xx"}, "'\u0665xx' is not a status."),
        ("requests", {"pod": "x"}, "Ingress logs cannot be filtered by pod."),
        ("pods", {}, "Ingress logs cannot answer 'pods'."),
    ],
)
def test_what_cannot_be_asked(log: Path, what: str, where: dict[str, str], says: str) -> None:
    gap = taken(source_of(log), what, **where).gap
    assert gap is not None
    assert (gap.reason, gap.message) == (GapReason.NOT_HERE, says)
    assert gap.hint


def test_rotated_compressed_and_wrapped_files_add_up(tmp_path: Path) -> None:
    write(tmp_path / "access.log", [ingress_line(MORNING + minutes(30))])
    write(tmp_path / "access.log.1", [cri(ingress_line(MORNING + minutes(20)))])
    (tmp_path / "access.log.2.gz").write_bytes(gzip.compress(f"{ingress_line(MORNING + minutes(10))}\n".encode()))
    snapshot = taken(source_of(f"{tmp_path}/access.log*"), "requests")
    assert [row["minute"] for row in rows(snapshot)] == [MORNING + minutes(at) for at in (10, 20, 30)]


def test_window_obtained_where_logs_begin_late(tmp_path: Path) -> None:
    log = write(tmp_path / "access.log", [ingress_line(MORNING + minutes(20))])
    snapshot = taken(source_of(log), "requests")
    assert snapshot.provenance.obtained == Window(MORNING + minutes(20), WINDOW.end)


def test_old_file_is_not_read_through(tmp_path: Path) -> None:
    """A large file that ends before the window is looked at only at its ends; so is one that begins after it."""
    filler = [ingress_line(MORNING - timedelta(days=2), request=f"GET /{'x' * 4000} HTTP/1.1")] * 2200
    old = write(tmp_path / "access.log.1", filler)
    write(tmp_path / "access.log", [ingress_line(MORNING + minutes(1))])
    snapshot = taken(source_of(old, tmp_path / "access.log"), "requests")
    assert ": 1 lines, 1 requests" in snapshot.provenance.query
    assert snapshot.provenance.obtained == WINDOW
    early = Window(WINDOW.start - timedelta(days=9), WINDOW.start - timedelta(days=8))
    assert (
        ": 1 lines, 0 requests, 1 outside"
        in taken(source_of(f"{tmp_path}/access.log*"), "requests", early).provenance.query
    )


def test_empty_file_is_a_quiet_morning(tmp_path: Path) -> None:
    snapshot = taken(source_of(write(tmp_path / "access.log", [])), "requests")
    assert rows(snapshot) == []


def test_unknown_format_is_a_gap_except_for_its_lines(tmp_path: Path) -> None:
    source = source_of(write(tmp_path / "app.log", ["something else"] * 3))
    gap = taken(source, "requests").gap
    assert gap is not None
    assert (gap.reason, gap.message) == (
        GapReason.GARBLED,
        "None of the 3 lines is in a known access-log format.",
    )
    lines = taken(source, "lines")
    assert [(row["pattern"], row["lines"], row["first"]) for row in rows(lines)] == [("something else", 3, None)]
    assert "3 of 3 lines match no known format" in lines.provenance.warnings[0]


def test_named_dialect_takes_no_other(log: Path) -> None:
    source = source_of(log, dialect="ingress-nginx-json")
    snapshot = taken(source, "requests")
    assert snapshot.frame is not None
    assert snapshot.frame.data["host"].to_list() == ["shop.example"]
    assert "6 of 10 lines match no known format" in snapshot.provenance.warnings[0]


def test_cut_off_compressed_file_is_a_warning(tmp_path: Path) -> None:
    lines = "".join(
        f"{ingress_line(MORNING, request=f'GET /{os.urandom(9).hex()} HTTP/1.1')}\n" for _ in range(500)
    )
    log = tmp_path / "access.log.gz"
    log.write_bytes(gzip.compress(lines.encode())[:-200])
    snapshot = taken(source_of(log), "requests")
    assert snapshot.frame is not None
    assert 0 < snapshot.frame.data["requests"].sum() < 500
    assert snapshot.provenance.warnings[0] == f"{log} ends too early: its compressed data is cut off."


def test_looks_share_one_pass(log: Path) -> None:
    """Six looks at once read the log once: what is appended meanwhile is in none of them."""
    source = source_of(log)
    with ThreadPoolExecutor(6) as people:
        together = list(people.map(lambda what: taken(source, what), sorted(source.takes - BY_CONTROLLER.keys())))
    with log.open("a") as more:
        more.write(f"{ingress_line(MORNING + minutes(5))}\n")
    together.append(taken(source, "requests"))
    assert {snapshot.provenance.query.partition(": ")[2] for snapshot in together} == {
        "10 lines, 5 requests, 1 outside the window, 2 controller, 1 nginx, 1 in no known format"
    }
    later = Window(WINDOW.start, WINDOW.end + minutes(1))
    assert ": 11 lines" in taken(source, "requests", later).provenance.query


def test_time_over_before_the_first_line(log: Path) -> None:
    gap = source_of(log).take("front-door", look("requests"), WINDOW, patience(0)).gap
    assert gap is not None
    assert gap.reason == GapReason.TOO_SLOW


class Passing(Deadline):
    """A deadline that passes, or is called off, when it has been looked at so many times."""

    def __init__(self, looks: int, *, called_off: bool = False) -> None:
        super().__init__(timedelta(seconds=60))
        self._looks = looks
        self._called_off = called_off

    def remaining(self) -> float:
        self._looks -= 1
        return 60.0 if self._looks > 0 else 0.0

    @property
    def cancelled(self) -> bool:
        return self._called_off and self._looks <= 0


@pytest.fixture
def many_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(blocks, "BLOCK", 1000)
    monkeypatch.setattr("connectors.ingress.origins.files.BLOCK", 1000)
    return write(tmp_path / "access.log", [ingress_line(MORNING + timedelta(seconds=n)) for n in range(600)])


@pytest.mark.slow("it waits for a deadline")
def test_time_over_in_the_middle(many_blocks: Path) -> None:
    """What was read is kept, with how far it reaches; and the next to ask tries anew."""
    source = source_of(many_blocks)
    snapshot = source.take("front-door", look("requests"), WINDOW, Passing(10))
    assert snapshot.frame is not None
    read = snapshot.frame.data["requests"].sum()
    assert 0 < read < 600
    assert snapshot.provenance.warnings == (
        f"Time ran out after {read:,} lines: the rest of the logs was not read.",
    )
    obtained = snapshot.provenance.obtained
    assert obtained == Window(MORNING, MORNING + timedelta(seconds=int(read) - 1))
    whole = taken(source, "requests").frame
    assert whole is not None
    assert whole.data["requests"].sum() == 600


def test_called_off_in_the_middle(many_blocks: Path) -> None:
    snapshot = source_of(many_blocks).take("front-door", look("requests"), WINDOW, Passing(10, called_off=True))
    assert snapshot.gap is not None
    assert snapshot.gap.reason == GapReason.CANCELLED


@pytest.mark.slow("it waits for a deadline")
def test_waiting_for_anothers_pass_ends_too(many_blocks: Path) -> None:
    """Who waits for a pass and is called off does not wait for its end."""
    source, begun, finish = source_of(many_blocks), threading.Event(), threading.Event()

    class Slow(Deadline):
        @property
        def passed(self) -> bool:
            begun.set()
            finish.wait(20)
            return False

    with ThreadPoolExecutor(1) as other:
        first = other.submit(source.take, "front-door", look("routes"), WINDOW, Slow(timedelta(seconds=60)))
        begun.wait(20)
        off = threading.Event()
        off.set()
        gap = source.take(
            "front-door", look("requests"), WINDOW, Deadline(timedelta(seconds=60), cancelled=off)
        ).gap
        finish.set()
        assert first.result().frame is not None
    assert gap is not None
    assert gap.reason == GapReason.CANCELLED


def test_check_of_good_logs(tmp_path: Path) -> None:
    log = write(tmp_path / "access.log", [ingress_line(datetime.now(UTC) - minutes(3))])
    health = source_of(log).check(patience())
    assert health.ok
    assert health.message == "1 log of ingress-nginx; the newest request is 3 minutes old."
    assert health.details["logs"] == str(log)


@pytest.mark.parametrize(
    ("lines", "well", "says"),
    [
        ([], True, "The logs are there, but hold no requests yet."),
        (["what"], False, "The logs are not in a known format."),
    ],
)
def test_check_of_odd_logs(tmp_path: Path, lines: list[str], well: bool, says: str) -> None:
    health = source_of(write(tmp_path / "x.log", lines)).check(patience())
    assert (health.ok, health.message) == (well, says)


def test_check_of_no_logs(tmp_path: Path) -> None:
    health = source_of(tmp_path / "none.log").check(patience())
    assert not health.ok
    assert health.hint


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({}, "sources.edge: set one of files"),
        ({"files": ["x"], "pods": {}}, "sources.edge: set one of files"),
        ({"files": [""]}, "sources.edge.files.0"),
        ({"files": ["x"], "dialect": "apache"}, "sources.edge.dialect: there are auto, custom, ingress-nginx"),
        ({"files": ["x"], "timezone": "Mars"}, "sources.edge.timezone: write a zone"),
        ({"files": ["x"], "max_byte": 5}, "sources.edge.max_byte is not a setting"),
        (
            {"pods": {"lables": {}}},
            "sources.edge.pods.lables is not a setting; known are container",
        ),
        (
            {"pods": {"labels": {"app": "x"}, "selector": "y"}},
            "sources.edge.pods: write either selector, or labels",
        ),
        ({"files": ["x"], "at_once": 0}, "sources.edge.at_once"),
    ],
)
def test_wrong_settings_name_the_key(settings: dict[str, Any], says: str) -> None:
    with pytest.raises(SettingsError) as raised:
        IngressSource.from_settings("edge", settings, Redactor(b"key"))
    assert says in str(raised.value)


def test_labels_become_a_selector() -> None:
    settings = {"pods": {"labels": {"app": "ingress", "tier": "edge"}}}
    source = IngressSource.from_settings("edge", settings, Redactor(b"key"))
    (pods,) = source.settings.pods
    assert pods.selector == "app=ingress,tier=edge"


def test_is_found_by_entry_point(log: Path) -> None:
    source = build_source("edge", {"type": "ingress", "files": [str(log)]}, Redactor(b"key"))
    assert isinstance(source, IngressSource)


def test_import_is_light() -> None:
    """Heavy libraries wait until a log is read."""
    script = (
        "import sys, connectors.ingress; from vistas.redaction import Redactor;"
        "connectors.ingress.IngressSource.from_settings('edge', {'files': ['x']}, Redactor(b'key'));"
        "assert not {'polars', 'kubernetes', 'numpy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
