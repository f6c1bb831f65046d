"""What rang at the shop, in the words of its alerting rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.servers.shop import story
from tests.servers.shop.inventory import MEDIA_HOST, Pod, pods
from tests.servers.shop.story import HOUR

NEVER = float("inf")
CERTIFICATE = "(min by (host) (nginx_ingress_controller_ssl_expire_time_seconds @ {at}) - {at}) / 86400 < 7"
SERVER_ERRORS = (
    'sum by (ingress, exported_namespace) (rate(nginx_ingress_controller_requests{{status=~"5.."}}[5m] @ {at}))'
    " / sum by (ingress, exported_namespace) (rate(nginx_ingress_controller_requests[5m] @ {at})) > 0.05"
)
OUT_OF_MEMORY = (
    "sum by (namespace, pod, container) (increase(kube_pod_container_status_restarts_total[1h] @ {at})) > 0"
    " and on (namespace, pod, container)"
    ' kube_pod_container_status_last_terminated_reason{{reason="OOMKilled"}} @ {at} == 1'
)
CRASH_LOOP = (
    "max by (namespace, pod, container)"
    ' (max_over_time(kube_pod_container_status_waiting_reason{{reason="CrashLoopBackOff"}}[5m] @ {at})) >= 1'
)
STUCK = (
    "sum by (namespace, deployment)"
    " (kube_deployment_spec_replicas @ {at} - kube_deployment_status_replicas_updated @ {at}) > 0"
)


@dataclass(frozen=True)
class Alert:
    """One alert: its condition held from `began` until `ended`, and it fired once it had held for `patience`."""

    name: str
    severity: str
    summary: str
    expression: str
    """Its rule's PromQL; `{at}` stands for the moment at which the rule looks, in Unix seconds."""
    began: float
    patience: float
    ended: float = NEVER
    about: Mapping[str, str] = field(default_factory=dict)

    @property
    def labels(self) -> dict[str, str]:
        return {"alertname": self.name, "severity": self.severity, **self.about}

    def state(self, moment: float) -> str | None:
        """`pending` or `firing`; None while its condition does not hold."""
        if not self.began <= moment < self.ended:
            return None
        return "firing" if moment >= self.began + self.patience else "pending"


def alerts() -> tuple[Alert, ...]:
    """Everything that rang in the story, oldest first."""
    checkout = {"namespace": "shop", "deployment": "checkout"}
    crashing = next(pod for pod in pods() if not pod.starts)
    return (
        Alert("Watchdog", "none", "Alerting works.", "vector(1)", story.BEGIN, 0),
        Alert(
            "CertificateExpiresSoon",
            "warning",
            f"The certificate of {MEDIA_HOST} expires in less than a week.",
            CERTIFICATE,
            story.MEDIA_CERTIFICATE_EXPIRES - 7 * story.DAY,
            HOUR,
            about={"host": MEDIA_HOST},
        ),
        Alert(
            "ManyServerErrors",
            "critical",
            "More than 5 % of the requests to search fail.",
            SERVER_ERRORS,
            story.SEARCH_BREAKS + 60,
            300,
            story.SEARCH_RECOVERS + 300,
            {"ingress": "search", "exported_namespace": "shop"},
        ),
        *(
            Alert(
                "OutOfMemory",
                "warning",
                "A container was killed because it ran out of memory.",
                OUT_OF_MEMORY,
                kill,
                0,
                kill + HOUR,
                _names(pod),
            )
            for pod in pods()
            if pod.workload.name == "parser"
            for kill in pod.restarts(story.SECOND_MORNING)
        ),
        Alert(
            "PodCrashLooping",
            "warning",
            "A container crashes again and again.",
            CRASH_LOOP,
            story.CHECKOUT_ROLLED_OUT + 90,
            900,
            about=_names(crashing),
        ),
        Alert(
            "RolloutStuck",
            "warning",
            "The rollout of checkout has made no progress for ten minutes.",
            STUCK,
            story.CHECKOUT_ROLLED_OUT + 600,
            600,
            about=checkout,
        ),
    )


def rules(moment: float) -> dict[str, Any]:
    """The alerting rules as a rule file's content, looking at one moment instead of the present."""
    by_name = {alert.name: alert for alert in alerts()}
    return {"groups": [{"name": "shop", "rules": [_rule(alert, moment) for alert in by_name.values()]}]}


def _rule(alert: Alert, moment: float) -> dict[str, Any]:
    return {
        "alert": alert.name,
        "expr": alert.expression.format(at=f"{moment:.0f}"),
        "for": f"{alert.patience:.0f}s",
        "labels": {"severity": alert.severity},
        "annotations": {"summary": alert.summary},
    }


def _names(pod: Pod) -> dict[str, str]:
    return {"namespace": pod.workload.namespace, "pod": pod.name, "container": pod.workload.name}
