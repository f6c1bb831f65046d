"""A dashboard as a team has one: rows, of which some are folded, a namespace to choose, and words of its own."""

from __future__ import annotations

from tests.vistas.importing.dashboards.case import Tree, classic, fields, last, panel, row, steps, target

REQUESTS = 'sum by (service) (rate(http_requests_total{namespace="$namespace"}[$__rate_interval]))'
FAILED = 'sum by (service) (rate(http_requests_total{namespace="$namespace",code=~"5.."}[$__rate_interval]))'
SLOWEST = "histogram_quantile(0.99, sum by (le, service) (rate(http_request_seconds_bucket[$__rate_interval])))"
MEMORY = 'sum by (pod) (container_memory_working_set_bytes{namespace="$namespace"})'


def shop() -> Tree:
    namespace = {
        "name": "namespace",
        "label": "Namespace",
        "type": "query",
        "query": "label_values(kube_namespace_labels, namespace)",
        "current": {"value": "shop"},
    }
    few = steps((None, "green"), (0.01, "red"))
    tree = classic(
        row("Front door", 0),
        panel(
            "Requests",
            "timeseries",
            target(REQUESTS, "{{service}}"),
            y=1,
            **fields(unit="reqps"),
            description="Who is served, and how much. A line that ends is a door that closed.",
        ),
        panel(
            "Share that failed",
            "timeseries",
            target(f"{FAILED} / {REQUESTS}", "{{service}}"),
            y=1,
            x=12,
            description="Above one in a hundred somebody will write to us.",
            **fields(unit="percentunit", **few),
        ),
        row("Pace", 10),
        panel("Slowest of a hundred", "timeseries", target(SLOWEST, "{{service}}"), y=11, **fields(unit="s")),
        panel(
            "Received and sent",
            "timeseries",
            target("sum(rate(node_network_receive_bytes_total[5m]))", "received"),
            target("sum(rate(node_network_transmit_bytes_total[5m]))", "sent", "B"),
            y=11,
            x=12,
            **fields(unit="Bps"),
        ),
        row("Workloads", 20),
        panel("Memory", "timeseries", target(MEMORY, "{{pod}}"), y=21, **fields(unit="bytes")),
        panel(
            "Restarts",
            "stat",
            target("sum(increase(kube_pod_container_status_restarts_total[1h]))"),
            y=21,
            x=12,
            **last(),
        ),
        panel("Logs", "logs", target('{namespace="$namespace"}'), y=29, datasource={"type": "loki", "uid": "l"}),
        *(
            row(title, 40 + number, *(panel(f"{title}: {what}", y=41) for what in ("used", "waiting", "errors")))
            for number, title in enumerate(("Caches", "Queues", "Databases", "Machines"))
        ),
        variables=(namespace,),
        time={"from": "now-12h", "to": "now"},
    )
    return {**tree, "title": "Shop overview"}
