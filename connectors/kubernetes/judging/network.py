"""What stands out about services, ingresses and what the cluster said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from connectors.kubernetes.judging.finding import Finding, Morning, Seen, Severity, facts, times

ADDRESS_PATIENCE = timedelta(minutes=10)
OFTEN = 5
"""An event that came less often is left to the events look."""


def _finding(
    kind: str, seen: Seen, what: str, since: datetime | None, severity: Severity, *details: str | None
) -> Finding:
    return Finding(kind, seen["namespace"], seen["name"], what, since, severity, facts(*details))


def judge_service(service: Seen, morning: Morning) -> Iterator[Finding]:
    if service["waiting_for_address"] and morning.older(began := morning.began(service), ADDRESS_PATIENCE):
        yield _finding("Service", service, "Waits for an address", began, Severity.WATCH)


def judge_ingress(ingress: Seen, morning: Morning) -> Iterator[Finding]:
    if not ingress["address"] and morning.older(began := morning.began(ingress), ADDRESS_PATIENCE):
        hosts = ", ".join(ingress["hosts"])
        yield _finding("Ingress", ingress, "No controller has given it an address", began, Severity.WATCH, hosts)


def judge_event(event: Seen, morning: Morning) -> Iterator[Finding]:
    if event["type"] == "Warning" and event["count"] >= OFTEN and morning.is_recent(event["last"]):
        what = f"{event['reason']}, reported {times(event['count'])}"
        seen = {**event, "name": event["object"]}
        yield _finding(event["kind"], seen, what, event["first"], Severity.WATCH, event["message"])
