"""What stands out about autoscalers, disruption budgets and quotas."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from connectors.kubernetes.judging.finding import Finding, Morning, Seen, Severity, facts

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
    if pdb["reason"] == "SyncFailed" and not pdb["allowed_disruptions"]:
        what = "Allows no evictions: its pods cannot be counted"
    elif pdb["unseen"]:
        what = "Allows no evictions: its controller has not seen its latest change"
    elif not pdb["expected"] or pdb["allowed_disruptions"]:
        return
    elif pdb["healthy"] < pdb["desired_healthy"]:
        what = f"Fewer healthy pods than it requires: {pdb['healthy']} of {pdb['desired_healthy']}"
    else:
        what = "Allows no evictions: its nodes cannot be drained"
    yield _finding("PDB", pdb, what, pdb["since"], Severity.WATCH, pdb["budget"], pdb["message"])


def judge_quota(quota: Seen, _: Morning) -> Iterator[Finding]:
    share = quota["used_ratio"] or 0.0
    if share < NEARLY_FULL:
        return
    what = f"{'Is full' if share >= 1 else 'Is nearly full'}: {quota['resource']} at {share:.0%}"
    yield _finding("Quota", quota, what, None, Severity.FAILING if share >= 1 else Severity.WATCH)
