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

    from connectors.prometheus_step import grid

    connect, moments = PrometheusConnect(url), grid(window)
    step = str(int(moments.step.total_seconds()))

    def way() -> int:
        return len(MetricRangeDataFrame(connect.custom_query_range(query, moments.start, moments.end, step)))

    return way


WAYS = {"vistas": vistas, "client": client}


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
