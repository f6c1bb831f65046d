"""Real proxies in their default log formats: what the connector counts is what the client did, to the request."""

import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from connectors.ingress.aggregation.one_pass import Task
from connectors.ingress.aggregation.summarising import SummaryScope
from connectors.ingress.aggregation.summary import Summary
from connectors.ingress.dialects import load_dialects
from connectors.ingress.origins.from_files import gather_files
from connectors.ingress.reading.parsing import Parser
from tests.live.proxies import PROXIES, Drive, Entry, drive
from tests.servers.fixtures import require
from tests.servers.proxies.backend import SLOW_SECONDS
from tests.servers.proxies.driving import Exchange
from vistas.redaction import Redactor
from vistas.source import Deadline

pytestmark = pytest.mark.live

Driven = Callable[[str], Drive]

LOGS = [(name, log) for name, proxy in PROXIES.items() for log in proxy.logs]
each_log = pytest.mark.parametrize(("name", "log"), LOGS, ids=list(map("/".join, LOGS)))
CONTROLLERS = {
    ("nginx", "ingress.log"): "ingress-nginx",
    ("nginx", "combined.log"): "NGINX",
    ("nginx", "f5.log"): "F5 NGINX",
    ("nginx", "kong.log"): "Kong",
    ("traefik", "traefik.log"): "Traefik",
    ("traefik-json", "traefik.log"): "Traefik",
    ("caddy", "caddy.log"): "Caddy",
    ("envoy", "envoy.log"): "Envoy",
    ("envoy", "istio.log"): "Istio",
    ("envoy", "gateway.log"): "Envoy Gateway",
    ("haproxy", "haproxy.log"): "HAProxy",
    ("haproxy-https", "haproxy.log"): "HAProxy",
}
UNTIMED = {("nginx", "combined.log"), ("nginx", "f5.log"), ("nginx", "kong.log")}
SAY_RETRIES = {("nginx", "ingress.log"), ("haproxy", "haproxy.log"), ("haproxy-https", "haproxy.log")}
"""Traefik has a field for them, which its retry middleware has not filled since version 2."""
WITHOUT_CLIENT = {("envoy", "envoy.log")}
"""Envoy's default line has the `x-forwarded-for` that it was sent, and nobody's address."""
LOGS_LATER = 1.0
"""Seconds that a busy machine may take from the end of an answer to the end that is logged."""
WHOLE_SECONDS = {("nginx", "ingress.log"), ("traefik", "traefik.log")}


def read(log: Path) -> Summary:
    """Everything in a log, as the engine sees it, its dialects told by themselves."""
    task = Task(
        scope=SummaryScope(),
        max_bytes=1 << 30,
        new_parser=lambda: Parser(load_dialects(), ZoneInfo("UTC"), datetime.now(UTC)),
        redaction=Redactor(b"a key for these tests").begin(),
        deadline=Deadline(timedelta(seconds=60)),
    )
    return gather_files([str(log)], task).summary


def holds(log: Path, requests: int) -> bool:
    return log.exists() and log.stat().st_size > 0 and read(log).counts.requests >= requests


@pytest.fixture(scope="module")
def driven(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driven]:
    """A proxy by its name, used and stopped when a test first asks for it; its logs do not change after that."""

    @cache
    def drive_once(name: str) -> Drive:
        require(name.partition("-")[0])
        return drive(PROXIES[name], tmp_path_factory.mktemp(name), holds)

    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("TZ", "UTC")  # HAProxy's clock is the machine's, and does not say which
        yield drive_once


summary_of = cache(read)


def routes(log: Path) -> pl.DataFrame:
    return summary_of(log).tables["routes"]


def counted(table: pl.DataFrame) -> Counter[Entry]:
    rows = table.group_by("method", "route", "status").agg(pl.col("requests").sum())
    return Counter({(method, route, status): requests for method, route, status, requests in rows.iter_rows()})


@each_log
def test_requests_are_what_the_client_did(driven: Driven, name: str, log: str) -> None:
    """Every request once, under its method, route and status; none that the proxy does not log."""
    done = driven(name)
    assert counted(routes(done.logs[log])) == done.entries


@each_log
def test_every_line_is_accounted_for(driven: Driven, name: str, log: str) -> None:
    """What a proxy writes beside its requests is set aside by its kind, and nothing is left over."""
    done = driven(name)
    counts = summary_of(done.logs[log]).counts
    assert counts.lines == done.logs[log].read_bytes().count(b"\n")
    assert (counts.unparsed, counts.requests) == (0, done.entries.total())
    assert counts.lines == counts.requests + counts.set_aside.total()


@each_log
def test_the_product_is_told_by_its_lines(driven: Driven, name: str, log: str) -> None:
    """It stands beside each request of the log."""
    controllers = routes(driven(name).logs[log])["controller"].cast(pl.String)
    assert controllers.unique().to_list() == [CONTROLLERS[name, log]]


@each_log
def test_latency_is_what_the_client_waited(driven: Driven, name: str, log: str) -> None:
    """At least what the backend took and no more than the client saw; and a request's time is that of its end."""
    done = driven(name)
    (row,) = routes(done.logs[log]).filter(pl.col("route") == "/slow").rows(named=True)
    (slow,) = (each for each in done.exchanges if each.route == "/slow")
    if (name, log) in UNTIMED:
        assert row["slowest_seconds"] is None
        return
    assert SLOW_SECONDS - 0.01 <= row["slowest_seconds"] <= slow.seconds + LOGS_LATER
    resolution = 1.0 if (name, log) in WHOLE_SECONDS else 0.01
    ended = row["slowest_at"].timestamp()
    assert slow.began + SLOW_SECONDS - resolution <= ended <= slow.began + slow.seconds + resolution + LOGS_LATER


@each_log
def test_attempts_made_again_are_counted_where_the_format_says(driven: Driven, name: str, log: str) -> None:
    """As many as the backend saw and the configuration allows; a format that does not say gives no number."""
    done = driven(name)
    table = routes(done.logs[log])
    found = dict(table.group_by("route").agg(pl.col("retried").sum()).iter_rows())
    if (name, log) in SAY_RETRIES:
        assert Counter(found) == done.attempts_again
    else:
        assert table["retried"].null_count() == table.height


@each_log
def test_clients_are_told_apart(driven: Driven, name: str, log: str) -> None:
    """One of them speaks IPv6. Who they are is a pseudonym."""
    done = driven(name)
    clients = summary_of(done.logs[log]).tables["clients"]
    found = sorted(clients.group_by("client").agg(pl.col("requests").sum())["requests"].to_list())
    six = sum(each.route == "/six" for each in done.exchanges)
    here = done.entries.total()
    expected = [here] if (name, log) in WITHOUT_CLIENT else [six, here - six]
    assert found == [requests for requests in expected if requests]


@each_log
def test_nothing_personal_is_kept(driven: Driven, name: str, log: str) -> None:
    """Neither a token nor a user, neither an address nor where somebody came from."""
    tables = summary_of(driven(name).logs[log]).tables
    kept = " ".join(str(table.rows()) for table in tables.values())
    for secret in ("hunter2", "YW5uIG9", "ann of ops", "else.example", "me=ann", "book=1984"):
        assert secret not in kept
    assert not {"127.0.0.1", "::1"} & set(tables["clients"]["client"].cast(pl.String))


def test_all_of_them_in_one_stream(driven: Driven, tmp_path: Path) -> None:
    """Line by line in no order, with everything else that the proxies say: each is told apart still."""
    drives = [(name, log, driven(name)) for name, log in LOGS]
    lines = [line for _, log, done in drives for line in done.logs[log].read_bytes().splitlines(keepends=True)]
    lines.sort(key=zlib.crc32)
    mixed = tmp_path / "mixed.log"
    mixed.write_bytes(b"".join(lines))
    summary = read(mixed)
    assert summary.counts.unparsed == 0
    for controller in set(CONTROLLERS.values()):
        theirs = [done.entries for name, log, done in drives if CONTROLLERS[name, log] == controller]
        table = summary.tables["routes"].filter(pl.col("controller").cast(pl.String) == controller)
        assert counted(table) == sum(theirs, Counter()), controller


def test_proxies_answer_the_same(driven: Driven) -> None:
    """What is asked of all of them is answered by the backend alike, so that their logs can be compared."""

    def served(exchange: Exchange) -> tuple[str, str, int | None] | None:
        ordinary = exchange.what == "request" and exchange.route not in ("/", "/refused")
        return (exchange.method, exchange.route, exchange.status) if ordinary else None

    answers = {name: Counter(map(served, driven(name).exchanges)) for name in PROXIES}
    for name, answered in answers.items():
        del answered[None]
        assert answered == answers["nginx"], name
