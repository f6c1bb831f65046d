"""Words while somebody types: what a letter costs at 100,000 series of a real Prometheus."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from benchmarks.result import Disagreement, Finding, Measured, Missing, Target
from connectors.prometheus import PrometheusSource
from tests.servers import Prometheus, Series
from tests.servers.fetch import MissingServer
from vistas.redaction import Redactor
from vistas.vocabulary import Question, Wanted, Words

AT_MOST = 0.1
AT_ONCE = 5_000
PARTS = ("http", "node", "kube", "queue", "cache", "mail", "shop", "disk", "proxy", "batch")
ENDINGS = ("requests_total", "errors_total", "duration_seconds_bucket", "bytes", "waiting", "temperature_celsius")


def measure(rounds: int, small: bool) -> list[Finding]:
    series = 1_000 if small else 100_000
    try:
        with _prometheus(series) as source:
            return list(_findings(source, series, rounds))
    except MissingServer as missing:
        return [Missing("completion", str(missing))]


@contextmanager
def _prometheus(series: int) -> Iterator[PrometheusSource]:
    """Half of the series are metrics of their own, half are one metric's."""
    with Prometheus() as server:
        for start in range(0, series, AT_ONCE):
            server.remote_write(_series(start, min(start + AT_ONCE, series)))
        redactor = Redactor(b"k" * 32)
        settings = {"url": server.url, "timeout": 60}
        yield PrometheusSource.from_settings("prometheus", settings, redactor)


def _series(start: int, end: int) -> Iterator[Series]:
    now = datetime.now(UTC).timestamp()
    for number in range(start, end):
        if number % 2:
            name = f"{PARTS[number % 10]}_{number}_{ENDINGS[number % 6]}"
            yield Series({"__name__": name, "job": f"job-{number % 50}"}, [(now, 1.0)])
        else:
            labels = {"__name__": "shop_orders_total", "pod": f"shop-{number}", "status": str(200 + number % 9)}
            yield Series(labels, [(now, 1.0)])


def _findings(source: PrometheusSource, series: int, rounds: int) -> Iterator[Finding]:
    task = f"{series:,} series"
    cold, warm, slowest = [], [], []
    for _ in range(rounds):
        words = Words(source.type, source, Redactor(b"k" * 32))
        first = [_seconds(words, question, series) for question in _first()]
        cold.append(max(first))
        letters = sorted(_seconds(words, question, series) for question in _typed())
        warm.append(letters[len(letters) // 2])
        slowest.append(letters[int(len(letters) * 0.95)])
    yield Measured(task, "the first letter, which asks Prometheus", tuple(cold))
    yield Measured(task, "a letter, median", tuple(warm))
    p95 = Measured(task, "a letter, 95th percentile", tuple(slowest))
    yield p95
    yield Target(f"{task}: a letter's answer, 95th percentile", p95.median * 1000, "at most", AT_MOST * 1000, "ms")


def _first() -> Iterator[Question]:
    """What has to be asked for before anything is known."""
    orders = '{__name__="shop_orders_total"}'
    yield Question(Wanted.METRICS, "s")
    yield Question(Wanted.LABELS, "", matching=orders)
    yield Question(Wanted.VALUES, "", "pod", orders)


def _typed() -> Iterator[Question]:
    """Letter by letter, also what nothing has."""
    orders = '{__name__="shop_orders_total"}'
    for text in ("shop_orders_total", "node_1_errors", "duration_seconds", "celsius", "99999", "nothing_like_it"):
        yield from (Question(Wanted.METRICS, text[:end]) for end in range(1, len(text) + 1))
    yield from (Question(Wanted.VALUES, "shop-12345"[:end], "pod", orders) for end in range(11))
    yield from (Question(Wanted.LABELS, "status"[:end], matching=orders) for end in range(7))


def _seconds(words: Words, question: Question, series: int) -> float:
    began = time.perf_counter()
    found = words.suggest(question)
    taken = time.perf_counter() - began
    if not found.words and question.typed in {"", "s", "shop"}:
        raise Disagreement(f"nothing was found for {question.typed!r} among {series} series")
    return taken
