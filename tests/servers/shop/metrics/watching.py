"""What Prometheus tells about itself and its targets, and the alerts it evaluated."""

from collections.abc import Iterator

from tests.servers.shop.alerts import Alert, alerts
from tests.servers.shop.inventory import NODES
from tests.servers.shop.metrics.series import Counter, Gauge, Metric, constant, wobble
from tests.servers.shop.story import CHECKOUT_ROLLED_OUT, Shape

TARGETS = {
    "node-exporter": (*NODES,),
    "kubelet": (*NODES,),
    "ingress-nginx": ("127.0.0.21:10254", "127.0.0.22:10254"),
    "kube-state-metrics": ("127.0.0.23:8080",),
    "checkout": ("127.0.0.24:9102", "127.0.0.25:9102"),
    "prometheus": ("127.0.0.26:9090",),
    "alertmanager": ("127.0.0.27:9093",),
}
SCRAPES_TAKE = {"kubelet": 0.21, "kube-state-metrics": 0.34, "ingress-nginx": 0.06}
"""Seconds by job; the others are quick."""
OWN = {"job": "prometheus", "instance": TARGETS["prometheus"][0]}
RINGS = {"job": "alertmanager", "instance": TARGETS["alertmanager"][0]}


def metrics() -> Iterator[Metric]:
    for job, instances in TARGETS.items():
        for number, instance in enumerate(instances):
            target = {"job": job, "instance": instance}
            yield Gauge("up", target, _answers(job, number))
            yield Gauge("scrape_duration_seconds", target, _takes(job, instance))
    yield Gauge("prometheus_config_last_reload_successful", OWN, constant(1))
    yield Counter("prometheus_rule_evaluation_failures_total", {**OWN, "rule_group": "shop"}, constant(0.0))
    yield Counter("prometheus_notifications_dropped_total", OWN, constant(0.0))
    yield Gauge("prometheus_tsdb_head_series", OWN, lambda t: 61_400 * wobble("series", t, 0.01))
    yield Counter("prometheus_tsdb_head_samples_appended_total", OWN, lambda t: 2_040 * wobble("samples", t, 0.01))
    yield Gauge("alertmanager_config_last_reload_successful", RINGS, constant(1))
    for integration in ("email", "webhook"):
        labels = {**RINGS, "integration": integration}
        yield Counter("alertmanager_notifications_total", labels, constant(0.004))
        yield Counter("alertmanager_notifications_failed_total", {**labels, "reason": "other"}, constant(0.0))
    for alert in alerts():
        yield from _rings(alert)


def _answers(job: str, number: int) -> Shape:
    """The crashing checkout pod is a target that does not answer."""
    return lambda moment: float(not (job == "checkout" and number == 1 and moment >= CHECKOUT_ROLLED_OUT))


def _takes(job: str, instance: str) -> Shape:
    return lambda moment: SCRAPES_TAKE.get(job, 0.012) * wobble(f"{job}{instance}", moment, 0.15)


def _rings(alert: Alert) -> Iterator[Metric]:
    def in_state(state: str) -> Shape:
        return lambda moment: 1.0 if alert.state(moment) == state else None

    for state in ("pending", "firing"):
        if state == "firing" or alert.patience:
            yield Gauge("ALERTS", {**alert.labels, "alertstate": state}, in_state(state))
    yield Gauge("ALERTS_FOR_STATE", alert.labels, lambda t: alert.began if alert.state(t) else None)
