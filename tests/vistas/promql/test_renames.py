"""Queries with newer names: what became of a metric, a label or a function, and all else as it stood."""

from __future__ import annotations

import promql_parser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples
from vistas.promql import metric_names
from vistas.promql.renames import Way, for_functions, for_label, for_metrics, for_value, guesses
from vistas.promql.renames.tables import LABELS, RENAMES

WRITTEN = {
    "sum by (node) (kube_pod_container_resource_requests_cpu_cores)": (
        'sum by (node) (kube_pod_container_resource_requests{resource="cpu"})'
    ),
    'kube_node_status_allocatable_memory_bytes{node=~"a.+"}  # all': (
        'kube_node_status_allocatable{resource="memory", node=~"a.+"}  # all'
    ),
    "100 * (1 - avg by (instance) (irate(node_cpu{mode='idle'}[5m])))": (
        "100 * (1 - avg by (instance) (irate(node_cpu_seconds_total{mode='idle'}[5m])))"
    ),
    "1 - (node_memory_MemFree + node_memory_Cached) / node_memory_MemTotal": (
        "1 - (node_memory_MemFree_bytes + node_memory_Cached_bytes) / node_memory_MemTotal_bytes"
    ),
    "rate(node_disk_io_time_ms[5m]) / 1000": "(1000 * rate(node_disk_io_time_seconds_total[5m])) / 1000",
    "node_disk_read_time_ms": "(1000 * node_disk_read_time_seconds_total)",
    "histogram_quantile(0.99, sum by (le) (rate(apiserver_request_latencies_bucket[5m]))) / 1e6": (
        "(1e6 * histogram_quantile(0.99, sum by (le) (rate(apiserver_request_duration_seconds_bucket[5m])))) / 1e6"
    ),
    'kubelet_pod_start_latency_microseconds{quantile="0.99", node="a"}': (
        '(1e6 * histogram_quantile(0.99, rate(kubelet_pod_start_duration_seconds_bucket{node="a"}[5m])))'
    ),
    "rate(kubelet_pod_worker_latency_microseconds_sum[5m]) / kubelet_pod_worker_latency_microseconds_count": (
        "(1e6 * rate(kubelet_pod_worker_duration_seconds_sum[5m])) / kubelet_pod_worker_duration_seconds_count"
    ),
    'sum by (hpa) (kube_hpa_status_current_replicas{hpa="shop"})': (
        "sum by (horizontalpodautoscaler) "
        '(kube_horizontalpodautoscaler_status_current_replicas{horizontalpodautoscaler="shop"})'
    ),
    'kube_node_status_ready{condition="true"}': 'kube_node_status_condition{condition="Ready", status="true"}',
    "sum(rate(coredns_dns_request_count_total[1m])) by (zone)": (
        "sum(rate(coredns_dns_requests_total[1m])) by (zone)"
    ),
    "sum by (backend) (rate(traefik_backend_requests_total{code=~'5..'}[5m]))": (
        "sum by (service) (rate(traefik_service_requests_total{code=~'5..'}[5m]))"
    ),
    "sum(rate(apiserver_request_count[5m])) by (code)": "sum(rate(apiserver_request_total[5m])) by (code)",
}
REPLACED = {
    'sum by (ingress) (rate(nginx_ingress_controller_requests{status=~"5.."}[5m]))': [
        'sum by (service) (rate(traefik_service_requests_total{code=~"5.."}[5m]))',
        'sum by (envoy_cluster_name) (rate(envoy_cluster_upstream_rq{envoy_response_code=~"5.."}[5m]))',
        'sum by (proxy) (rate(haproxy_backend_http_responses_total{code="5xx"}[5m]))',
        'sum by (route) (rate(kong_http_requests_total{code=~"5.."}[5m]))',
    ],
    'rate(nginx_ingress_controller_requests{exported_namespace="shop"}[5m])': [],
    'rate(nginx_ingress_controller_requests{exported_namespace!=""}[5m])': [
        "rate(traefik_service_requests_total[5m])",
        "rate(envoy_cluster_upstream_rq[5m])",
        "rate(haproxy_backend_http_responses_total[5m])",
        "rate(kong_http_requests_total[5m])",
    ],
}


@pytest.mark.parametrize("query", WRITTEN)
def test_a_query_is_written_with_the_newer_name_and_keeps_its_unit(query: str) -> None:
    first = for_metrics(query, metric_names(query))[0]
    assert first.query == WRITTEN[query]
    assert "probably updated" in first.why
    promql_parser.parse(first.query)


@pytest.mark.parametrize("query", REPLACED)
def test_of_a_retired_product_its_followers_are_offered_as_far_as_they_can_tell_the_same(query: str) -> None:
    """One that cannot tell a namespace apart is none for a query that asks for one."""
    found = for_metrics(query, metric_names(query))
    assert [each.query for each in found] == REPLACED[query]
    assert all(each.origin and each.origin.way is Way.REPLACED for each in found)


def test_a_quantile_of_a_summary_over_time_has_no_counterpart() -> None:
    query = 'avg_over_time(kubelet_pod_start_latency_microseconds{quantile="0.5"}[1h])'
    assert for_metrics(query, metric_names(query)) == ()


def test_a_label_is_renamed_where_it_is_asked_for_and_where_it_groups() -> None:
    query = 'sum by (pod_name) (rate(container_cpu_usage_seconds_total{pod_name=~"shop.*"}[5m]))'
    (found,) = for_label(query, "container_cpu_usage_seconds_total", "pod_name")
    assert found.query == 'sum by (pod) (rate(container_cpu_usage_seconds_total{pod=~"shop.*"}[5m]))'
    assert for_label(query, "shop_orders", "pod_name") == ()


def test_a_value_is_guessed_by_those_that_there_are() -> None:
    found = for_value('up{job="node-exporter"}', "up", "job", "node-exporter", ["node_exporter", "shop", "etcd"])
    assert [each.query for each in found] == ['up{job="node_exporter"}']
    assert found[0].is_guess


def test_functions_have_newer_names_too() -> None:
    (found,) = for_functions("holt_winters(up[1h], 0.5, 0.5) > 1")
    assert found.query == "double_exponential_smoothing(up[1h], 0.5, 0.5) > 1"


def test_what_no_table_knows_is_guessed_among_metrics_of_the_same_family() -> None:
    existing = ["shop_orders_waiting", "shop_orders_created_total", "node_orders_waiting_total", "shop_up"]
    found = guesses("sum(shop_orders_waiting_total) > 5", ["shop_orders_waiting_total"], existing)
    assert [each.query for each in found][:1] == ["sum(shop_orders_waiting) > 5"]
    assert all(each.is_guess and "guess" in each.why for each in found)
    assert not any("node_" in each.query for each in found)


def test_every_row_says_where_it_is_written_down_and_leads_to_another_name() -> None:
    for each in (*RENAMES, *LABELS):
        assert each.origin.project
        assert each.origin.version
        assert each.origin.source
        assert each.new != each.old
    assert len({(each.old, each.new) for each in RENAMES}) == len(RENAMES)


old_names = st.sampled_from(
    [(each.old, suffix) for each in RENAMES for suffix in ("", "_sum", "_bucket", "_count")]
)
shapes = st.sampled_from(
    [
        "{}",
        "sum by (status, pod, host) (rate({}[5m]))",
        '{}{{a="b", quantile="0.9", status=~"5..", ingress!=""}}',
        "histogram_quantile(0.9, sum(rate({}[1m])) by (le))",
        "{} offset 5m / on (job) group_left (x) up",
        "delta({}[1h:5m]) or vector(0)",
    ]
)


@given(old_names, shapes)
@examples(300)
def test_whatever_is_suggested_can_be_asked(name: tuple[str, str], shape: str) -> None:
    query = shape.format("".join(name))
    for found in for_metrics(query, metric_names(query)):
        promql_parser.parse(found.query)
        assert "".join(name) not in metric_names(found.query)
