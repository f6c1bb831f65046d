"""What stands out about autoscalers, disruption budgets, volume claims and quotas."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from connectors.kubernetes.judging.finding import Finding, Morning, Seen, Severity, facts, lasting

BIND_PATIENCE = timedelta(minutes=10)
NEARLY_FULL = 0.9


def _finding(
    kind: str, seen: Seen, what: str, since: datetime | None, severity: Severity, *details: str | None
) -> Finding:
    return Finding(kind, seen["namespace"], seen["name"], what, since, severity, facts(*details))


def judge_hpa(hpa: Seen, _: Morning) -> Iterator[Finding]:
    """At a ceiling that is also the floor it is so by design."""
    target = f"{hpa['target_kind']} {hpa['target']}"
    measured = ", ".join(hpa["measured"])
    if hpa["message"]:
        what = f"Cannot scale ({hpa['reason']})"
        yield _finding("HPA", hpa, what, hpa["since"], Severity.FAILING, hpa["message"], target)
    elif hpa["at_ceiling"] and hpa["max"] > hpa["min"]:
        what = f"Has no room to grow: {hpa['desired']} of {hpa['max']}"
        yield _finding("HPA", hpa, what, hpa["since"] or hpa["last_scaled"], Severity.WATCH, measured, target)


def judge_pdb(pdb: Seen, _: Morning) -> Iterator[Finding]:
    if not pdb["expected"] or pdb["allowed_disruptions"]:
        return
    if pdb["healthy"] < pdb["desired_healthy"]:
        what = f"Fewer healthy pods than it promises: {pdb['healthy']} of {pdb['desired_healthy']}"
    else:
        what = "Lets no pod go: its nodes cannot be drained"
    yield _finding("PDB", pdb, what, pdb["since"], Severity.WATCH, pdb["budget"], pdb["message"])


def judge_pvc(claim: Seen, morning: Morning) -> Iterator[Finding]:
    since, storage = claim["created"], claim["storage_class"] and f"storage class {claim['storage_class']}"
    if claim["status"] == "Lost":
        yield _finding("PVC", claim, "Has lost its volume", None, Severity.FAILING, claim["volume"], storage)
    elif claim["status"] == "Pending" and morning.older(since, BIND_PATIENCE):
        what = f"Has been waiting for a volume for {lasting(morning.now - since)}"
        yield _finding("PVC", claim, what, since, Severity.WATCH, storage)
    elif claim["message"]:
        what = f"Reports {', '.join(claim['conditions'])}"
        yield _finding("PVC", claim, what, None, Severity.WATCH, claim["message"], storage)


def judge_quota(quota: Seen, _: Morning) -> Iterator[Finding]:
    share = quota["used_ratio"] or 0.0
    if share < NEARLY_FULL:
        return
    what = f"{'Is full' if share >= 1 else 'Is nearly full'}: {quota['resource']} at {share:.0%}"
    yield _finding("Quota", quota, what, None, Severity.FAILING if share >= 1 else Severity.WATCH)
