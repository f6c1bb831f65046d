"""What a real Prometheus and a real VictoriaMetrics have words for, as somebody who types is offered them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connectors.prometheus import PrometheusSource
from tests.servers import MisbehavingServer, Prometheus, Series, VictoriaMetrics
from tests.servers.fixtures import require
from tests.waiting import eventually
from vistas.errors import SourceError
from vistas.redaction import Redactor
from vistas.snapshot import Window
from vistas.source import Deadline
from vistas.vocabulary import HasWords, Question, Wanted, Words

pytestmark = pytest.mark.live


def in_time() -> Deadline:
    return Deadline(timedelta(minutes=10))


ITSELF = """\
scrape_configs:
  - job_name: itself
    scrape_interval: 1s
    static_configs: [{targets: ["127.0.0.1:@PORT@"]}]
"""


def series() -> list[Series]:
    now = datetime.now(UTC).timestamp()
    labels = [
        {"__name__": "shop_orders_total", "status": "200", "place": "Zürich"},
        {"__name__": "shop_orders_total", "status": "502", "place": 'a "b" \\ c'},
        {"__name__": "shop_waiting", "queue": "mail"},
    ]
    return [Series(each, [(now, 1.0)]) for each in labels]


def source(url: str, **settings: Any) -> PrometheusSource:
    return PrometheusSource.from_settings("shop", {"url": url, **settings}, Redactor(b"k" * 32))


def window() -> Window:
    return Window.ending(datetime.now(UTC) + timedelta(minutes=1), timedelta(hours=1))


@pytest.fixture(scope="module")
def prometheus() -> Iterator[PrometheusSource]:
    require(Prometheus.name)
    with Prometheus(config=ITSELF) as server:
        server.remote_write(series())
        yield source(server.url)


@pytest.fixture(scope="module")
def victoria() -> Iterator[PrometheusSource]:
    require(VictoriaMetrics.name)
    with VictoriaMetrics() as server:
        server.remote_write(series())
        shop = source(server.url)
        assert eventually(lambda: "shop_waiting" in shop.metric_names(window(), in_time()))
        yield shop


@pytest.fixture(params=["prometheus", "victoria"])
def shop(request: pytest.FixtureRequest) -> PrometheusSource:
    found: PrometheusSource = request.getfixturevalue(request.param)
    assert isinstance(found, HasWords)
    return found


def test_metrics_labels_and_values_are_those_that_are_there(shop: PrometheusSource) -> None:
    assert {"shop_orders_total", "shop_waiting"} <= set(shop.metric_names(window(), in_time()))
    orders = '{__name__="shop_orders_total"}'
    assert set(shop.label_names(orders, window(), in_time())) == {"__name__", "status", "place"}
    assert set(shop.label_values("place", orders, window(), in_time())) == {"Zürich", 'a "b" \\ c'}
    assert shop.label_values("queue", "", window(), in_time()) == ("mail",)
    assert shop.label_values("queue", orders, window(), in_time()) == ()
    assert shop.label_values("shop.queue", "", window(), in_time()) == ()


def test_what_a_metric_means_is_as_it_was_scraped(prometheus: PrometheusSource) -> None:
    scraped = "prometheus_http_request_duration_seconds"
    assert eventually(lambda: scraped in prometheus.metric_meanings(in_time()))
    assert eventually(lambda: f"{scraped}_count" in prometheus.metric_names(window(), in_time()))
    words = Words(prometheus.type, prometheus, Redactor(b"k" * 32))
    asked = Question(Wanted.METRICS, f"{scraped}_c")
    assert eventually(lambda: words.suggest(asked).words and words.suggest(asked).words[0].meaning)
    found = words.suggest(asked)
    assert [word.name for word in found.words] == [f"{scraped}_count"]
    assert (found.words[0].kind, found.all) == ("histogram", True)
    assert "latencies" in found.words[0].meaning


def test_a_selector_that_is_none_is_told_in_plain_words(prometheus: PrometheusSource) -> None:
    with pytest.raises(SourceError, match="parse"):
        prometheus.label_names("{{", window(), in_time())


def test_whatever_else_answers_there_is_nothing_to_suggest() -> None:
    with MisbehavingServer() as server:
        for mode in ("500", "401", "html", "half", "nonsense", "close", "refuse"):
            shop = source(server.url_for(mode))
            with pytest.raises(SourceError):
                shop.metric_names(window(), Deadline(timedelta(seconds=20)))
            words = Words(shop.type, shop, Redactor(b"k" * 32))
            assert words.suggest(Question(Wanted.METRICS)).words == ()
