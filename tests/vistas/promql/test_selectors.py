"""Which metrics a query speaks of, and what usually exports them."""

import promql_parser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vistas.promql import exporters_of, metric_names
from vistas.promql.selectors import KEYWORDS

QUERIES = {
    "up == 0": {"up"},
    "sum by (ingress, exported_namespace) (rate(nginx_ingress_controller_requests[5m]))": {
        "nginx_ingress_controller_requests"
    },
    "1 - avg without (cpu) (sum without (mode) (rate(node_cpu_seconds_total{mode=~'idle|iowait'}[5m])))": {
        "node_cpu_seconds_total"
    },
    "sum(rate(http_requests_total[5m])) by (up, job) / ignoring (code) group_left (a) rps": {
        "http_requests_total",
        "rps",
    },
    'label_replace(a{x="b_metric"}, "dst", "$1", "src", "(.*)") unless on (dst) c offset 1h': {"a", "c"},
    'histogram_quantile(0.99, sum by (le) (rate(d_bucket{ingress!=""}[1h:5m] @ end())))': {"d_bucket"},
    '{__name__="up", job="x"} or {"metric.with.dots", a="b"}': {"up", "metric.with.dots"},
    '{__name__=~"node_.*"}': set(),
    "time() - vector(1e-5) * NaN + Inf > bool 0x1F": set(),
    "job:up:count > 24 * 60 * 60 # and not this": {"job:up:count"},
    'predict_linear(node_filesystem_avail_bytes{fstype!="}"}[6h], 24 * 60 * 60) < 0': {
        "node_filesystem_avail_bytes"
    },
    "topk by (job) (10, scrape_duration_seconds)": {"scrape_duration_seconds"},
    'count_values("version", build_info)': {"build_info"},
    "increase(a[5m] anchored) + fill(0) rate(b[max_of(step(), 5m)] smoothed)": {"a", "b"},
}


@pytest.mark.parametrize(("query", "names"), QUERIES.items(), ids=list(QUERIES))
def test_a_query_speaks_of_its_metrics_and_of_nothing_else(query: str, names: set[str]) -> None:
    """Labels, matchers, functions, keywords, strings and durations are no metrics."""
    assert metric_names(query) == names


def metrics_of(expression: object) -> set[str]:
    """The metric names of a parsed query, by a real PromQL parser."""
    if isinstance(expression, promql_parser.VectorSelector):
        return {expression.name} if expression.name else set()
    children = [getattr(expression, name, None) for name in ("expr", "lhs", "rhs", "vector_selector", "param")]
    found = {name for child in children if child is not None for name in metrics_of(child)}
    return found.union(*(metrics_of(argument) for argument in getattr(expression, "args", ())))


names = st.from_regex(r":?[a-z_][a-z0-9_:]{0,12}", fullmatch=True).filter(lambda name: name not in KEYWORDS)
selectors = st.builds(
    lambda name, value, kind: f"{name}{kind}".replace("VALUE", value),
    names,
    st.sampled_from(["x", "a b", "{", "}", "by (z)", "#"]),
    st.sampled_from(["", '{a="VALUE"}', "{a!='VALUE', b=\"\"}"]),
)
expressions = st.recursive(
    selectors,
    lambda inner: st.one_of(
        st.builds("sum by (job, instance) ({})".format, inner),
        st.builds("max({}) without (le)".format, inner),
        st.builds("({}) / on (job) group_left (x) ({})".format, inner, inner),
        st.builds("abs({}) > bool 5".format, inner),
        st.builds("{} offset 5m".format, selectors),
        st.builds("rate({}[5m])".format, selectors),
        st.builds("({}) or vector(0)".format, inner),
    ),
    max_leaves=6,
)


@given(expressions)
def test_names_agree_with_a_real_parser(query: str) -> None:
    """Whatever is nested in whatever."""
    assert metric_names(query) == metrics_of(promql_parser.parse(query))


def test_prefixes_tell_who_exports() -> None:
    """The longest fitting prefix decides; an unknown one says nothing."""
    assert exporters_of(["kube_pod_info", "kube_job_failed"]) == ("kube-state-metrics",)
    assert exporters_of(["nginx_ingress_controller_requests"])[0].startswith("ingress-nginx")
    assert exporters_of(["nginx_ingress_nginxplus_server_zone_requests"]) == ("F5 NGINX Ingress Controller",)
    assert exporters_of(["slo:current_burn_rate:ratio"])[0].endswith("Sloth")
    assert exporters_of(["my_own_metric"]) == ()
