"""Queries with newer names in place of those that are gone."""

from __future__ import annotations

import promql_parser
import pytest

from vistas.promql import metric_names
from vistas.promql.renames import alike, renamed
from vistas.promql.renames.tables import RENAMES

CPU = "container_cpu_usage_seconds_total"


@pytest.mark.parametrize(
    ("query", "metric", "newer"),
    [
        (
            'sum(kube_pod_container_resource_requests_cpu_cores{namespace="shop"})',
            "kube_pod_container_resource_requests_cpu_cores",
            'sum(kube_pod_container_resource_requests{namespace="shop",resource="cpu"})',
        ),
        (
            '1 - avg by (instance) (rate(node_cpu{mode="idle"}[5m])) # of each machine',
            "node_cpu",
            '1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[5m])) # of each machine',
        ),
        (
            "histogram_quantile(0.99, sum by (le) (rate(apiserver_request_latencies_bucket[5m])))",
            "apiserver_request_latencies_bucket",
            (
                "(histogram_quantile(0.99, sum by (le) (rate(apiserver_request_duration_seconds_bucket[5m]))))"
                " * 1000000"
            ),
        ),
        (
            "count(kube_node_status_ready{condition='true'})",
            "kube_node_status_ready",
            "count(kube_node_status_condition{status='true',condition=\"Ready\"})",
        ),
    ],
)
def test_a_metric_has_its_newer_name_and_what_belongs_to_it(query: str, metric: str, newer: str) -> None:
    assert next(renamed(query, metrics=[metric])).query == newer


def test_labels_are_renamed_where_series_are_chosen_and_where_they_are_grouped() -> None:
    query = f'sum by (pod_name) (rate({CPU}{{container_name!="POD"}}[5m]))'
    made = next(renamed(query, labels=[(CPU, "pod_name"), (CPU, "container_name")]))
    assert made.query == f'sum by (pod) (rate({CPU}{{container!="POD"}}[5m]))'
    assert made.labels == (("pod_name", "pod"),)


def test_whoever_may_have_followed_is_offered_one_after_the_other() -> None:
    query = 'sum by (ingress) (rate(nginx_ingress_controller_requests{status=~"5..",host="a"}[5m]))'
    made = [each.query for each in renamed(query, metrics=["nginx_ingress_controller_requests"])]
    assert made == [
        'sum by (service) (rate(traefik_service_requests_total{code=~"5.."}[5m]))',
        'sum by (envoy_cluster_name) (rate(envoy_cluster_upstream_rq{envoy_response_code=~"5.."}[5m]))',
        'sum by (proxy) (rate(haproxy_backend_http_responses_total{code="5xx"}[5m]))',
        'sum by (route) (rate(kong_http_requests_total{code=~"5.."}[5m]))',
    ]


def test_a_summary_that_became_a_histogram_has_no_newer_query() -> None:
    """Its quantiles are gone: what was asked has to be asked otherwise."""
    gone = "kubelet_pod_worker_latency_microseconds"
    assert not list(renamed(f'{gone}{{quantile="0.9"}}', metrics=[gone]))


def test_nothing_is_offered_for_what_no_table_knows() -> None:
    assert not list(renamed("rate(shop_orders_total[5m])", metrics=["shop_orders_total"]))


def test_a_function_has_its_newer_name() -> None:
    (made,) = renamed("holt_winters(a[1h], 0.3, 0.3)")
    assert made.query == "double_exponential_smoothing(a[1h], 0.3, 0.3)"


@pytest.mark.parametrize("rename", RENAMES, ids=lambda each: f"{each.old} {each.new}")
def test_whatever_is_renamed_the_query_can_be_read_and_names_the_newer_metric(rename: object) -> None:
    old = rename.old  # type: ignore[attr-defined]
    for made in renamed(f'sum(rate({old}{{a="b"}}[5m]))', metrics=[old]):
        promql_parser.parse(made.query)
        assert old not in metric_names(made.query)
        assert 'a="b"' in made.query


def test_guesses_are_of_the_same_family_and_the_likest_first() -> None:
    names = ["node_load1", "node_load5", "node_cpu_seconds_total", "go_load5"]
    assert alike("node_load_5", names)[0] == "node_load5"
    assert alike("shop_orders", names) == ()
