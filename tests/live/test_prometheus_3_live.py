"""What only a Prometheus of today says: UTF-8 names, native histograms, infos, newer PromQL, answers cut short."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connectors.prometheus import PrometheusSource
from tests.servers import Prometheus, Series
from tests.servers.fixtures import require_current
from tests.waiting import eventually
from vistas.redaction import Redactor
from vistas.routine import Look
from vistas.snapshot import GapReason, Snapshot, Window
from vistas.source import Deadline

pytestmark = pytest.mark.live

FEATURES = "promql-experimental-functions,promql-extended-range-selectors,promql-duration-expr"
SCRAPES_TWICE = """\
global: {scrape_interval: 1s}
scrape_configs:
  - job_name: classic
    static_configs: [{targets: ["127.0.0.1:@PORT@"]}]
  - job_name: native
    convert_classic_histograms_to_nhcb: true
    static_configs: [{targets: ["127.0.0.1:@PORT@"]}]
"""
BOUNDS = {0.1, 0.2, 0.4, 1.0, 3.0, 8.0, 20.0, 60.0, 120.0}
"""Those of Prometheus' own histogram of what it is asked."""
LATENCY = 'prometheus_http_request_duration_seconds{handler="/metrics", job="native"}'


@pytest.fixture(scope="module")
def server() -> Iterator[Prometheus]:
    """Scrapes itself, its histograms once as they are and once as native ones; holds metrics of OpenTelemetry."""
    require_current("prometheus")
    with Prometheus(config=SCRAPES_TWICE, flags=[f"--enable-feature={FEATURES}"]) as server:
        now = datetime.now(UTC).timestamp()
        for pod in ("shop-1", "shop-2"):
            requests = {"__name__": "http.server.requests", "k8s.pod.name": pod, "näme": "ü"}
            told = {"__name__": "target_info", "job": "classic", "instance": f"127.0.0.1:{server.port}"}
            server.remote_write(
                [
                    Series(requests, [(now - back, 600.0 - back) for back in range(300, 0, -15)]),
                    *([Series({**told, "service.version": "3"}, [(now - 5, 1.0)])] if pod == "shop-1" else []),
                ]
            )
        yield server


@pytest.fixture
def prometheus(server: Prometheus) -> PrometheusSource:
    return source(server.url)


def source(url: str, **settings: Any) -> PrometheusSource:
    return PrometheusSource.from_settings("shop", {"url": url, **settings}, Redactor(b"k" * 32))


def take(prometheus: PrometheusSource, kind: str, *query: str) -> Snapshot:
    look = Look(look="a-look", title="A look", source="shop", take=kind, query=query)
    window = Window.ending(datetime.now(UTC), timedelta(minutes=10))
    return prometheus.take("a-stop", look, window, Deadline(timedelta(seconds=60)))


def rows(snapshot: Snapshot) -> list[dict[str, Any]]:
    assert snapshot.frame is not None, snapshot.gap
    return snapshot.frame.data.to_dicts()


def labels(row: dict[str, Any]) -> dict[str, str]:
    return {label["name"]: label["value"] for label in row["labels"]}


def test_names_may_be_any_text(prometheus: PrometheusSource) -> None:
    """As OpenTelemetry writes them: with dots, in quotes; labels too."""
    found = [labels(row) for row in rows(take(prometheus, "range", '{"http.server.requests"}'))]
    assert [one["k8s.pod.name"] for one in found] == ["shop-1", "shop-2"]
    assert found[0]["näme"] == "ü"
    narrowed = 'sum by ("k8s.pod.name") (rate({"http.server.requests", "k8s.pod.name"="shop-2"}[1m]))'
    assert [labels(row) for row in rows(take(prometheus, "instant", narrowed))] == [{"k8s.pod.name": "shop-2"}]


def test_good_news_of_such_a_name_is_no_missing_metric(prometheus: PrometheusSource) -> None:
    assert rows(take(prometheus, "instant", '{"http.server.requests"} < 0')) == []
    missing = take(prometheus, "instant", '{"http.server.errors"} > 0').gap
    assert missing is not None
    assert missing.reason is GapReason.NOT_HERE
    assert "http.server.errors" in missing.message


def test_bounds_of_classic_histograms_are_written_as_numbers(prometheus: PrometheusSource) -> None:
    """`le="1.0"`, however it is exposed; both ways of asking for a quantile say the same."""
    classic = LATENCY.replace("native", "classic").replace("_seconds{", "_seconds_bucket{")
    bounds = eventually(lambda: [labels(row)["le"] for row in _found(prometheus, classic)])
    assert {"0.1", "1.0", "+Inf"} <= set(bounds)
    assert "1" not in bounds


def test_native_histograms_with_custom_buckets_are_kept_with_their_bounds(prometheus: PrometheusSource) -> None:
    """What was a classic histogram when it was scraped has its bounds still."""
    [row] = eventually(lambda: [one for one in _found(prometheus, LATENCY) if one["histograms"]])
    [histogram] = row["histograms"]
    bounds = {bucket["upper"] for bucket in histogram["buckets"]}
    assert bounds
    assert bounds <= BOUNDS
    assert sum(bucket["count"] for bucket in histogram["buckets"]) == histogram["count"] > 0
    [drawn] = eventually(lambda: _found(prometheus, LATENCY, "range"))
    assert drawn["histograms"][-1]["count"] >= 1
    assert {bucket["upper"] for one in drawn["histograms"] for bucket in one["buckets"]} <= BOUNDS
    quantile = f"histogram_quantile(0.5, {LATENCY})"
    assert 0 < rows(take(prometheus, "instant", quantile))[0]["values"][0] <= 0.1


def _found(prometheus: PrometheusSource, query: str, kind: str = "instant") -> list[dict[str, Any]]:
    frame = take(prometheus, kind, query).frame
    return frame.data.to_dicts() if frame else []


def test_what_is_known_of_a_target_may_be_joined(prometheus: PrometheusSource) -> None:
    """`info()` reads target_info without naming it, so its absence is not reported either."""
    query = 'info(up{job="classic"}, {"service.version"=~".+"})'
    [row] = eventually(lambda: _found(prometheus, query))
    assert labels(row)["service.version"] == "3"
    assert rows(take(prometheus, "instant", 'info(up{job="classic"}) == 17')) == []


def test_an_info_about_the_query_is_told_and_is_no_missing_part(prometheus: PrometheusSource) -> None:
    """An empty answer with a remark is good news all the same."""
    eventually(lambda: _found(prometheus, "up"))
    snapshot = take(prometheus, "instant", "rate(up[1m]) > 1e9")
    assert rows(snapshot) == []
    [remark] = snapshot.provenance.warnings
    assert remark.startswith("PromQL info: metric might not be a counter")


@pytest.mark.parametrize(
    "query",
    [
        'increase(prometheus_http_requests_total{handler="/metrics"}[1m] anchored) > 1e12',
        'rate(prometheus_http_requests_total{handler="/metrics"}[1m] smoothed) > 1e12',
        'rate(prometheus_http_requests_total{handler="/metrics"}[max_of(step() * 4, 1m)] offset (1s + 1s)) > 1e12',
    ],
)
def test_words_of_newer_promql_are_no_metrics_that_are_missing(prometheus: PrometheusSource, query: str) -> None:
    eventually(lambda: _found(prometheus, "prometheus_http_requests_total"))
    snapshot = take(prometheus, "instant", query)
    assert rows(snapshot) == []
    assert [said for said in snapshot.provenance.warnings if "Missing" in said] == []


def test_an_answer_cut_short_by_a_limit_says_so(server: Prometheus) -> None:
    limited = take(source(server.url, parameters={"limit": "1"}), "instant", '{"http.server.requests"}')
    assert len(rows(limited)) == 1
    assert any("limit" in said for said in limited.provenance.warnings), limited.provenance.warnings


def test_a_query_that_is_too_much_for_it_is_refused_in_its_words() -> None:
    require_current("prometheus")
    with Prometheus(flags=["--query.max-samples=10"]) as small:
        gap = take(source(small.url), "range", "sum_over_time(vector(1)[10m:1s])").gap
    assert gap is not None
    assert "too many samples" in gap.message


def test_its_version_is_the_release_s(prometheus: PrometheusSource) -> None:
    health = prometheus.check(Deadline(timedelta(seconds=60)))
    assert health.ok
    assert health.details["version"].startswith("3.")
