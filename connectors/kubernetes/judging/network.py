"""What stands out about services, their endpoints, ingresses, gateways, routes and what the cluster said."""

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


def judge_endpointslice(endpoints: Seen, _: Morning) -> Iterator[Finding]:
    """A service's endpoints usually fit in one slice; each slice without a ready one stands for itself."""
    if endpoints["not_ready"] and not endpoints["ready"]:
        seen = {**endpoints, "name": endpoints["service"] or endpoints["name"]}
        what = f"Nobody to answer: none of {endpoints['not_ready']} endpoints is ready"
        yield _finding("Service", seen, what, None, Severity.FAILING, ", ".join(endpoints["ports"]))


def judge_ingress(ingress: Seen, morning: Morning) -> Iterator[Finding]:
    if not ingress["address"] and morning.older(began := morning.began(ingress), ADDRESS_PATIENCE):
        hosts = ", ".join(ingress["hosts"])
        yield _finding("Ingress", ingress, "No controller gave it an address", began, Severity.WATCH, hosts)


def judge_gateway(gateway: Seen, morning: Morning) -> Iterator[Finding]:
    if gateway["message"] or False in {gateway["accepted"], gateway["programmed"]}:
        what = f"Is not working ({gateway['reason']})"
        yield _finding("Gateway", gateway, what, gateway["since"], Severity.FAILING, gateway["message"])
    else:
        yield from _unclaimed("Gateway", gateway, morning)


def judge_httproute(route: Seen, morning: Morning) -> Iterator[Finding]:
    hosts = ", ".join(route["hosts"])
    if False in {route["accepted"], route["resolved"]}:
        what = f"Is not working ({route['reason']})"
        yield _finding("HTTPRoute", route, what, route["since"], Severity.FAILING, route["message"], hosts)
    else:
        yield from _unclaimed("HTTPRoute", route, morning)


def _unclaimed(kind: str, seen: Seen, morning: Morning) -> Iterator[Finding]:
    if seen["accepted"] is None and morning.older(began := morning.began(seen), ADDRESS_PATIENCE):
        yield _finding(kind, seen, "No controller has taken it", began, Severity.WATCH)


def judge_event(event: Seen, morning: Morning) -> Iterator[Finding]:
    if event["type"] == "Warning" and event["count"] >= OFTEN and morning.lately(event["last"]):
        what = f"{event['reason']}, said {times(event['count'])}"
        seen = {**event, "name": event["object"]}
        yield _finding(event["kind"], seen, what, event["first"], Severity.WATCH, event["message"])
