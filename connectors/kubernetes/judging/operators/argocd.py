"""What stands out about Argo CD's Applications: being what git says and being well are two things."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from connectors.kubernetes.judging.finding import Finding, Morning, Seen, Severity, facts, span_in_words
from connectors.kubernetes.kinds.operators.argocd import FAILED

PATIENCE = timedelta(minutes=30)
"""For a rollout to become healthy, and for a sync to end."""


def _finding(
    application: Seen, what: str, since: datetime | None, severity: Severity, *details: str | None
) -> Finding:
    place = application["namespace"], application["name"]
    return Finding("Application", *place, what, since, severity, facts(*details))


def judge_application(application: Seen, morning: Morning) -> Iterator[Finding]:
    yield from _health(application, morning)
    yield from _operation(application, morning)
    yield from _sync(application)
    if morning.is_recent(deployed := application["deployed"]):
        yield _finding(application, "Was deployed", deployed, Severity.CHANGED, application["revision"])


def _health(application: Seen, morning: Morning) -> Iterator[Finding]:
    since, said = application["health_since"], application["health_message"]
    match application["health"]:
        case "Degraded" if application["sync"] == "Synced":
            yield _finding(application, "Is synced, yet degraded", since, Severity.FAILING, said)
        case "Degraded":
            yield _finding(application, "Is degraded", since, Severity.FAILING, said)
        case "Missing":
            yield _finding(application, "Some of its objects are missing", since, Severity.FAILING, said)
        case "Suspended":
            yield _finding(application, "Is suspended", since, Severity.WATCH, said)
        case "Unknown":
            yield _finding(application, "Nobody knows whether it is well", since, Severity.UNKNOWN, said)
        case "Progressing" if morning.older(since, PATIENCE):
            what = f"Has been progressing for {span_in_words(morning.now - since)}"
            yield _finding(application, what, since, Severity.WATCH, said)


def _operation(application: Seen, morning: Morning) -> Iterator[Finding]:
    phase, said = application["operation"], application["operation_message"]
    started, ended = application["operation_started"], application["operation_ended"]
    if phase in FAILED:
        severity = Severity.FAILING if morning.is_recent(ended) else Severity.WATCH
        yield _finding(application, "Its last sync failed", ended, severity, said)
    elif phase in {"Running", "Terminating"} and morning.older(started, PATIENCE):
        what = f"Has been syncing for {span_in_words(morning.now - started)}"
        yield _finding(application, what, started, Severity.WATCH, said)


def _sync(application: Seen) -> Iterator[Finding]:
    since, said = application["since"], application["message"]
    if application["sync"] == "OutOfSync":
        revision = f"should be {application['revision']}" if application["revision"] else None
        yield _finding(application, "Is out of sync", since, Severity.WATCH, revision, said)
    elif application["sync"] == "Unknown":
        yield _finding(application, "Cannot be compared with what it should be", since, Severity.WATCH, said)
    elif application["errors"]:
        what = f"Reports {', '.join(application['errors'])}"
        yield _finding(application, what, since, Severity.WATCH, said)
