"""One way of having a range query's answer as a table: `python -m benchmarks.range_read WAY URL QUERY END HOURS`.

It gets everything ready, and then reads the range once for each line on its standard input. Each answer is a line
of JSON: how many samples there were, seconds of the wall clock, seconds of user and system time.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from vistas.snapshot import Window

PATIENCE = timedelta(minutes=2)

Way = Callable[[], int]
"""Reads the range; how many samples it holds."""


def vistas(url: str, query: str, window: Window) -> Way:
    """A look at a range, to the frame."""
    from connectors.prometheus import PrometheusSource
    from vistas.redaction import Redactor
    from vistas.routine import Look
    from vistas.source import Deadline

    source = PrometheusSource.from_settings("prometheus", {"url": url}, Redactor(b"k" * 32))
    look = Look(look="range", title="Range", source="prometheus", take="range", query=(query,))

    def way() -> int:
        frame = source.take("stop", look, window, Deadline(PATIENCE)).frame
        return int(frame.data["values"].list.len().sum()) if frame else 0

    return way


def client(url: str, query: str, window: Window) -> Way:
    """The client library's pandas table."""
    from prometheus_api_client import MetricRangeDataFrame, PrometheusConnect

    from connectors.prometheus.step import grid

    connect, moments = PrometheusConnect(url), grid(window)
    step = str(int(moments.step.total_seconds()))

    def way() -> int:
        return len(MetricRangeDataFrame(connect.custom_query_range(query, moments.start, moments.end, step)))

    return way


def body(url: str, query: str, window: Window) -> Way:
    """The answer's bytes by `requests`, over a kept connection: as far as any Python client has to go."""
    fetch = _fetching(url, query, window)
    samples = _count(fetch())

    def way() -> int:
        fetch()
        return samples

    return way


def parsed(url: str, query: str, window: Window) -> Way:
    """The answer as Python objects by `requests` and `orjson`, of which no table is made."""
    fetch = _fetching(url, query, window)
    return lambda: _count(fetch())


def _fetching(url: str, query: str, window: Window) -> Callable[[], bytes]:
    import requests

    from connectors.prometheus.step import grid

    session, moments = requests.Session(), grid(window)
    session.headers["Accept-Encoding"] = "identity"  # on one machine, packing takes longer than it saves
    bounds = (moments.start.timestamp(), moments.end.timestamp(), int(moments.step.total_seconds()))
    form = {"query": query} | dict(zip(("start", "end", "step"), map(str, bounds), strict=True))

    def fetch() -> bytes:
        answer = session.post(f"{url}/api/v1/query_range", data=form, timeout=PATIENCE.total_seconds())
        answer.raise_for_status()
        return answer.content

    return fetch


def _count(answer: bytes) -> int:
    import orjson

    return sum(len(series["values"]) for series in orjson.loads(answer)["data"]["result"])


WAYS = {"vistas": vistas, "client": client, "body": body, "parsed": parsed}


def main() -> None:
    name, url, query, end, hours = sys.argv[1:]
    window = Window.ending(datetime.fromtimestamp(float(end), UTC), timedelta(hours=float(hours)))
    way = WAYS[name](url, query, window)
    way()
    print("ready", flush=True)
    for _ in sys.stdin:
        began, used = time.perf_counter(), time.process_time()
        samples = way()
        print(json.dumps([samples, time.perf_counter() - began, time.process_time() - used]), flush=True)


if __name__ == "__main__":
    main()
