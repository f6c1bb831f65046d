"""What rang at the shop, in the words of its alerting rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.servers.shop import story
from tests.servers.shop.inventory import MEDIA_HOST, Pod, pods
from tests.servers.shop.story import HOUR

NEVER = float("inf")


@dataclass(frozen=True)
class Alert:
    """One alert: its condition held from `began` until `ended`, and it fired once it had held for `patience`."""

    name: str
    severity: str
    summary: str
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
        Alert("Watchdog", "none", "Alerting works.", story.BEGIN, 0),
        Alert(
            "CertificateExpiresSoon",
            "warning",
            f"The certificate of {MEDIA_HOST} expires in less than a week.",
            story.MEDIA_CERTIFICATE_EXPIRES - 7 * story.DAY,
            HOUR,
            about={"host": MEDIA_HOST},
        ),
        Alert(
            "ManyServerErrors",
            "critical",
            "More than 5 % of the requests to search fail.",
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
            story.CHECKOUT_ROLLED_OUT + 90,
            900,
            about=_names(crashing),
        ),
        Alert(
            "RolloutStuck",
            "warning",
            "The rollout of checkout has made no progress for ten minutes.",
            story.CHECKOUT_ROLLED_OUT + 600,
            600,
            about=checkout,
        ),
    )


def _names(pod: Pod) -> dict[str, str]:
    return {"namespace": pod.workload.namespace, "pod": pod.name, "container": pod.workload.name}
