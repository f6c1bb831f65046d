"""A few hours of a small cluster's metrics as OpenMetrics text, for a Prometheus under test.

Deliberately plain: a handful of series with a known shape each, so that a test can say what it
expects. The shop of the bundled recordings is made elsewhere.
"""

import math
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

STEP = timedelta(seconds=30)
Shape = Callable[[float], float]
"""A value by the hours that have passed since the beginning."""

GAUGES: dict[str, Shape] = {
    'node_load1{instance="node-1"}': lambda hours: 1 + math.sin(hours),
    'node_load1{instance="node-2"}': lambda hours: 0.5,
    'node_memory_MemTotal_bytes{instance="node-1"}': lambda hours: 8e9,
    'node_memory_MemAvailable_bytes{instance="node-1"}': lambda hours: 6e9 - 5e8 * hours,
    'kube_pod_container_status_restarts_total{namespace="shop",pod="parser-0",container="parser"}': math.floor,
    'temperature_celsius{room="not a number"}': lambda hours: math.nan,
    'temperature_celsius{room="endless"}': lambda hours: math.inf,
    'temperature_celsius{room="<b>hostile</b> & [odd](http://127.0.0.1/)"}': lambda hours: 20.0,
}
COUNTERS: dict[str, Shape] = {
    'nginx_ingress_controller_requests_total{ingress="shop",status="200"}': lambda hours: 36_000 * hours,
    'nginx_ingress_controller_requests_total{ingress="shop",status="502"}': lambda hours: 360 * max(0, hours - 2),
}


def openmetrics(*, until: datetime, hours: float = 3.0) -> Iterator[str]:
    """The lines of a file for `promtool tsdb create-blocks-from openmetrics`, every 30 s up to `until`."""
    begin = until - timedelta(hours=hours)
    moments = [begin + number * STEP for number in range(int(timedelta(hours=hours) / STEP) + 1)]
    for series, shape in {**GAUGES, **COUNTERS}.items():
        for moment in moments:
            value = shape((moment - begin) / timedelta(hours=1))
            yield f"{series} {_number(value)} {moment.timestamp():.3f}\n"
    yield "# EOF\n"


def _number(value: float) -> str:
    if math.isfinite(value):
        return repr(float(value))
    return "NaN" if math.isnan(value) else "+Inf"
