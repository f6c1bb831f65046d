"""What stands out about volume claims: one that waits is at fault only when somebody was asked for its volume."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from connectors.kubernetes.conditions import healthy_status
from connectors.kubernetes.judging.endpoints import Tables
from connectors.kubernetes.judging.finding import Finding, Morning, Seen, Severity, facts, span_in_words

KNOWN = {"FileSystemResizePending", "Resizing", "ModifyingVolume"}
"""What waits for somebody, or has been going on for long."""
BIND_PATIENCE = timedelta(minutes=10)


def judge_claims(tables: Tables, morning: Morning, *, whole: bool) -> Iterator[Finding]:  # noqa: ARG001 - its kin need it
    classes = {one["name"]: one["waits_for_consumer"] for one in tables.get("storage classes", ())}
    for claim in tables["pvcs"]:
        yield from _judge(claim, classes, morning)


def has_waited(claim: Seen, morning: Morning) -> bool:
    return claim["status"] == "Pending" and morning.older(claim["created"], BIND_PATIENCE)


def _judge(claim: Seen, classes: dict[str, bool], morning: Morning) -> Iterator[Finding]:
    storage = claim["storage_class"] and f"storage class {claim['storage_class']}"
    if claim["status"] == "Lost":
        yield _finding(claim, "Has lost its volume", None, Severity.FAILING, claim["volume"], storage)
    elif has_waited(claim, morning):
        yield from _waiting(claim, classes, span_in_words(morning.now - claim["created"]))
    elif known := [kind for kind in claim["conditions"] if kind in KNOWN or healthy_status(kind) is False]:
        what = f"Reports {', '.join(known)}"
        yield _finding(claim, what, None, Severity.WATCH, claim["message"], storage)
    elif unclear := [kind for kind in claim["conditions"] if healthy_status(kind) is None]:
        what = f"Says {', '.join(unclear)}: not known to be good or bad"
        yield _finding(claim, what, None, Severity.UNKNOWN, claim["message"], storage)


def _waiting(claim: Seen, classes: dict[str, bool], span: str) -> Iterator[Finding]:
    """Without the list of storage classes nobody can tell a claim without a consumer from one without a volume."""
    name, asked = claim["storage_class"], claim["provisioner"]
    storage = name and f"storage class {name}"
    if asked or not name or classes.get(name) is False:
        what, details = f"Has been waiting for a volume for {span}", asked and f"requested from {asked}"
        yield _finding(claim, what, claim["created"], Severity.WATCH, storage, details)
    elif classes and name not in classes:
        yield _finding(claim, "Its storage class does not exist", claim["created"], Severity.FAILING, storage)
    elif not classes:
        what = f"Has been waiting for its first consumer, or for a volume, for {span}"
        yield _finding(claim, what, claim["created"], Severity.UNKNOWN, storage)


def _finding(claim: Seen, what: str, since: datetime | None, severity: Severity, *details: str | None) -> Finding:
    return Finding("PVC", claim["namespace"], claim["name"], what, since, severity, facts(*details))
