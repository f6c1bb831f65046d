"""Why a query has no answer, as a real Prometheus and a real VictoriaMetrics let it be found out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from connectors.prometheus import PrometheusSource
from tests.servers import Prometheus, Series, VictoriaMetrics
from tests.servers.fixtures import require
from vistas.redaction import Redactor
from vistas.routine import Look
from vistas.snapshot import Absence, GapReason, Snapshot, Window
from vistas.source import Deadline

pytestmark = pytest.mark.live

REDACTOR = Redactor(b"k" * 32)
REQUESTS = "nginx_ingress_controller_requests"
HERE = [
    {"__name__": REQUESTS, "exported_namespace": "front", "status": "200"},
    {"__name__": REQUESTS, "exported_namespace": "back", "status": "502"},
    {"__name__": "up", "job": "node"},
]


def source(url: str) -> PrometheusSource:
    return PrometheusSource.from_settings("shop", {"url": url}, REDACTOR)


def series() -> list[Series]:
    now = datetime.now(UTC).timestamp()
    return [Series(each, [(now - 15 * ago, 1.0 + ago) for ago in range(20, 0, -1)]) for each in HERE]


@pytest.fixture(scope="module", params=["prometheus", "victoria-metrics"])
def tool(request: pytest.FixtureRequest) -> Iterator[PrometheusSource]:
    require(request.param)
    with Prometheus() if request.param == "prometheus" else VictoriaMetrics() as server:
        server.remote_write(series())
        yield source(server.url)


def taken(tool: PrometheusSource, *queries: str) -> Snapshot:
    look = Look.model_validate(
        {"look": "it", "title": "It", "source": "prometheus", "take": "range", "query": queries}
    )
    window = Window.ending(datetime.now(UTC), timedelta(hours=1))
    return tool.take("here", look, window, Deadline(timedelta(seconds=20)))


ABSENT = {
    "up == 0": [],
    f'{REQUESTS}{{exported_namespace="front", status="502"}}': [],
    f'{REQUESTS}{{exported_namespace="front"}} > 1e9': [],
    f'sum(rate({REQUESTS}{{exported_namespace="shop"}}[5m]))': [
        Absence(REQUESTS, "exported_namespace", "=", "shop")
    ],
    f'{REQUESTS}{{exported_namespace="front", status=~"4.."}}': [Absence(REQUESTS, "status", "=~", "4..")],
    f'{REQUESTS}{{ingress="shop", status!="418"}}': [Absence(REQUESTS, "ingress")],
    f'{REQUESTS}{{status!~".+"}}': [Absence(REQUESTS, "status", "!~", ".+")],
    'up{job="node"} / on (job) gone_total': [Absence("gone_total")],
}


@pytest.mark.parametrize("query", ABSENT)
def test_a_metric_a_label_and_a_value_that_are_not_there_are_told_apart(
    tool: PrometheusSource, query: str
) -> None:
    """Where all that it reads is there, nothing is absent: that nothing meets it is news, and often good."""
    snapshot = taken(tool, query)
    assert snapshot.frame is not None
    assert snapshot.frame.rows == 0
    assert list(snapshot.provenance.absent) == ABSENT[query]


def test_where_no_alternative_exists_each_is_named(tool: PrometheusSource) -> None:
    snapshot = taken(tool, 'kube_old{a="b"}', "kube_older")
    assert snapshot.gap is not None
    assert snapshot.gap.reason is GapReason.NOT_HERE
    assert list(snapshot.provenance.absent) == [Absence("kube_old"), Absence("kube_older")]


def test_what_answers_is_not_looked_into(tool: PrometheusSource) -> None:
    assert taken(tool, "up or gone_total").provenance.absent == ()
