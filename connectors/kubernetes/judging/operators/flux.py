"""What stands out about Flux's Kustomizations and HelmReleases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from connectors.kubernetes.judging.finding import Finding, Morning, Seen, Severity, facts, span_in_words

PATIENCE = timedelta(minutes=15)
WAITS = "DependencyNotReady"
"""What it waits for is told by itself."""


def judge_kustomization(kustomization: Seen, morning: Morning) -> Iterator[Finding]:
    yield from _judge("Kustomization", kustomization, morning)


def judge_helmrelease(release: Seen, morning: Morning) -> Iterator[Finding]:
    yield from _judge("HelmRelease", release, morning)


def _judge(kind: str, seen: Seen, morning: Morning) -> Iterator[Finding]:
    since, why = seen["since"], f" ({seen['reason']})" if seen["reason"] else ""
    behind = _behind(seen)

    def finding(what: str, at: datetime | None, severity: Severity, *details: str | None) -> Finding:
        return Finding(kind, seen["namespace"], seen["name"], what, at, severity, facts(*details))

    if seen["suspended"]:
        yield finding("Is suspended", None, Severity.WATCH, behind)
    if seen["ready"] is False and seen["reason"] == WAITS:
        yield finding("Waits for another that is not ready", since, Severity.WATCH, seen["message"])
    elif seen["ready"] is False:
        what = f"Has given up{why}" if seen["stalled"] else f"Is not ready{why}"
        yield finding(what, since, Severity.FAILING, seen["message"], behind)
    elif behind:
        yield finding("Is not at what was tried last", since, Severity.WATCH, behind, seen["message"])
    elif seen["ready"] is None and not seen["suspended"]:
        began = since or morning.began(seen)
        if began is not None and morning.older(began, PATIENCE):
            lasting = f"Has been reconciling for {span_in_words(morning.now - began)}{why}"
            what = lasting if since else "No controller has looked at it"
            yield finding(what, began, Severity.WATCH, seen["message"])
    if morning.is_recent(seen["rolled_out"]):
        yield finding("Was rolled out", seen["rolled_out"], Severity.CHANGED, seen["applied"], seen["source"])


def _behind(seen: Seen) -> str:
    """That what was applied last is not what was tried last; a chart that was never applied has no version yet."""
    applied, attempted = seen["applied"], seen["attempted"]
    if not attempted or applied == attempted:
        return ""
    return f"tried {attempted}, {f'applied {applied}' if applied else 'nothing applied yet'}"
