"""What stands out about Gateways and HTTPRoutes: every condition of every listener and parent counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from connectors.kubernetes.judging.finding import Finding, Morning, Seen, Severity, facts, span_in_words
from connectors.kubernetes.judging.workloads import UNNOTICED

PATIENCE = timedelta(minutes=10)
DECISIVE = {"Accepted=False", "Programmed=False", "ResolvedRefs=False", "Ready=False"}
IN_PART = {"PartiallyInvalid", "Conflicted"}
"""What it says holds, but for a rule or a listener."""

NOT_TAKEN = {"Pending", "NotReconciled"}
"""Why a condition is still undecided that no controller has looked at."""


def judge_gateway(gateway: Seen, morning: Morning) -> Iterator[Finding]:
    yield from _judge("Gateway", gateway, morning, "")


def judge_httproute(route: Seen, morning: Morning) -> Iterator[Finding]:
    yield from _judge("HTTPRoute", route, morning, ", ".join(route["hosts"]))
    missing, began = route["not_taken_by"], morning.began(route)
    if missing and route["accepted"] is not None and morning.older(began, PATIENCE):
        what = f"Has not been accepted by {', '.join(missing)}"
        yield _finding("HTTPRoute", route, what, began, Severity.WATCH)


def _finding(
    kind: str, seen: Seen, what: str, since: datetime | None, severity: Severity, *details: str | None
) -> Finding:
    return Finding(kind, seen["namespace"], seen["name"], what, since, severity, facts(*details))


def _judge(kind: str, seen: Seen, morning: Morning, about: str) -> Iterator[Finding]:
    wrong, since = set(seen["wrong"]), seen["since"]
    why = f" ({seen['reason']})" if seen["reason"] else ""
    if wrong & DECISIVE:
        yield _finding(kind, seen, f"Is not working{why}", since, Severity.FAILING, seen["message"], about)
    elif wrong & IN_PART:
        yield _finding(kind, seen, f"Works only partly{why}", since, Severity.FAILING, seen["message"], about)
    elif wrong:
        what = f"Reports {', '.join(seen['wrong'])}"
        yield _finding(kind, seen, what, since, Severity.WATCH, seen["message"], about)
    else:
        yield from _undecided(kind, seen, morning, about)
    if seen["unseen"]:
        yield _finding(kind, seen, UNNOTICED, None, Severity.WATCH, about)
    if seen["unclear"]:
        what = f"Says {', '.join(seen['unclear'])}: not known to be good or bad"
        yield _finding(kind, seen, what, None, Severity.UNKNOWN, about)


def _undecided(kind: str, seen: Seen, morning: Morning, about: str) -> Iterator[Finding]:
    began = morning.began(seen)
    if seen["undecided"]:
        since = seen["undecided_since"] or began
        if since is not None and morning.older(since, PATIENCE):
            what = f"Undecided for {span_in_words(morning.now - since)} ({', '.join(seen['undecided'])})"
            what = "No controller has accepted it" if seen["reason"] in NOT_TAKEN else what
            yield _finding(kind, seen, what, since, Severity.WATCH, seen["message"], about)
    elif seen["accepted"] is None and morning.older(began, PATIENCE):
        yield _finding(kind, seen, "No controller has accepted it", began, Severity.WATCH)
