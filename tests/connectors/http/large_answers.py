"""Answers of a Prometheus API that are large in one way each, and a program that reads one and tells its memory.

    python -m tests.connectors.http.large_answers URL TAKE      reads a small answer, then the large one below URL

It prints by how many bytes the second one raised the most memory that was ever held.
"""

import json
import re
import resource
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from tests.connectors.http.answering import Reply
from vistas.redaction import Redactor
from vistas.routine import Look
from vistas.snapshot import Window
from vistas.source import Deadline

NOW = 1_700_000_000
WINDOW = Window.ending(datetime.fromtimestamp(NOW + 3600, UTC), timedelta(hours=1))


def in_time() -> Deadline:
    return Deadline(timedelta(seconds=120))


LABELS = {"__name__": "http_requests_total", "namespace": "shop", "job": "web", "instance": "192.0.2.1:8080"}
BUCKETS = [[0, str(0.001 * 2**bound), str(0.002 * 2**bound), "5"] for bound in range(40)]
HISTOGRAM = {"count": "200", "sum": "12.5", "buckets": BUCKETS}


def few_long_series() -> Iterator[str]:
    for each in range(20):
        samples = [[NOW + second, str(each + second / 7)] for second in range(3600)]
        yield json.dumps({"metric": {**LABELS, "pod": f"web-{each}"}, "values": samples})


def series_of_their_own_times() -> Iterator[str]:
    for each in range(20):
        samples = [[NOW + second + each / 1000, str(each + second / 7)] for second in range(3600)]
        yield json.dumps({"metric": {**LABELS, "pod": f"web-{each}"}, "values": samples})


def many_short_series() -> Iterator[str]:
    for each in range(3600):
        yield json.dumps({"metric": {**LABELS, "pod": f"web-{each}"}, "values": [[NOW, "1"], [NOW + 60, "2"]]})


def tiny_series() -> Iterator[str]:
    for each in range(3600):
        yield json.dumps(
            {"metric": {"__name__": "up", "job": "node", "instance": f"node-{each}:9100"}, "values": [[NOW, "1"]]}
        )


def instant_series() -> Iterator[str]:
    for each in range(3600):
        yield json.dumps({"metric": {**LABELS, "pod": f"web-{each}"}, "value": [NOW, "1"]})


def histograms() -> Iterator[str]:
    for each in range(3):
        told = [[NOW + minute * 60, HISTOGRAM] for minute in range(60)]
        yield json.dumps({"metric": {**LABELS, "pod": f"web-{each}"}, "histograms": told})


def alerts() -> Iterator[str]:
    for each in range(3600):
        labels = {**LABELS, "alertname": "TooSlow", "severity": "page", "pod": f"web-{each}"}
        said = {"summary": f"web-{each} is slow", "runbook_url": "https://shop.example/runbooks/too-slow"}
        told = {"labels": labels, "annotations": said, "state": "firing", "activeAt": "2023-11-14T22:00:00Z"}
        yield json.dumps({**told, "value": "1"})


def rules() -> Iterator[str]:
    rule = {"type": "recording", "health": "ok", "query": "sum by (job) (up)", "labels": LABELS}
    when = {"evaluationTime": 0.000312, "lastEvaluation": "2023-11-14T22:13:00.123456789Z"}
    for each in range(360):
        held = [{"name": f"rule:{each}:{number}", **rule, **when} for number in range(10)]
        yield json.dumps({"name": f"group-{each}", "file": "/etc/rules.yaml", "rules": held})


def targets() -> Iterator[str]:
    for each in range(1000):
        found = {f"__meta_kubernetes_pod_label_{number}": f"value-{number}" for number in range(20)}
        yield json.dumps(
            {
                "labels": {**LABELS, "pod": f"web-{each}"},
                "discoveredLabels": found,
                "health": "up",
                "lastScrape": "2023-11-14T22:13:00Z",
                "lastScrapeDuration": 0.01,
                "scrapePool": "web",
                "scrapeUrl": f"http://192.0.2.1:8080/metrics?pod={each}",
            }
        )


MATRIX, VECTOR = '"resultType":"matrix","result":', '"resultType":"vector","result":'
SHAPES = {
    "few long series": ("range", "query_range", MATRIX, few_long_series),
    "series of their own times": ("range", "query_range", MATRIX, series_of_their_own_times),
    "many short series": ("range", "query_range", MATRIX, many_short_series),
    "tiny series": ("range", "query_range", MATRIX, tiny_series),
    "instant series": ("instant", "query", VECTOR, instant_series),
    "histograms": ("range", "query_range", MATRIX, histograms),
    "alerts": ("alerts", "alerts", '"alerts":', alerts),
    "rules": ("rules", "rules", '"groups":', rules),
    "targets": ("targets", "targets", '"activeTargets":', targets),
}
"""What a look takes, where it is answered, what stands before the list, and what the list holds."""


def body(shape: str, size: int) -> bytes:
    """An answer of that shape that is at least `size` bytes long, without the blanks that nobody sends."""
    _, _, opening, made = SHAPES[shape]
    some = [each.replace(", ", ",").replace(": ", ":") for each in made()]
    times = next(times for times in count(1) if times * sum(map(len, some)) >= size)
    return f'{{"status":"success","data":{{{opening}[{",".join(some * times)}]}}}}'.encode()


def replies(shape: str, size: int) -> dict[str, Reply]:
    """A small answer below `/small`, and a large one below `/large`."""
    path = SHAPES[shape][1]
    return {f"/small/api/v1/{path}": Reply(body(shape, 1)), f"/large/api/v1/{path}": Reply(body(shape, size))}


def take(url: str, kind: str) -> int:
    """The rows that the source finds."""
    from connectors.prometheus import PrometheusSource

    source = PrometheusSource.from_settings("shop", {"url": url, "timeout": 100}, Redactor(b"k" * 32))
    query = ("up",) if kind in ("range", "instant") else ()
    look = Look(look="a-look", title="A look", source="shop", take=kind, query=query)
    snapshot = source.take("a-stop", look, WINDOW, in_time())
    assert snapshot.frame, snapshot
    return snapshot.frame.rows


def most_held() -> int:
    """Bytes. What getrusage tells on Linux begins with what the parent held."""
    status = Path("/proc/self/status")
    if status.exists():
        return 1024 * int(re.findall(r"VmHWM:\s*(\d+) kB", status.read_text())[0])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    url, kind = sys.argv[1:]
    take(f"{url}/small", kind)
    before = most_held()
    take(f"{url}/large", kind)
    sys.stdout.write(str(most_held() - before))


if __name__ == "__main__":
    main()
