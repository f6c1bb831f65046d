"""What stands out about cert-manager's Certificates.

A renewal that is overdue is the early sign: it comes weeks before a certificate of three months is about to
expire, and tells a fault also of one that lives for a day, which is always about to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from connectors.kubernetes.judging.finding import Finding, Morning, Seen, Severity, facts, span_in_words, times

ISSUE_PATIENCE = timedelta(minutes=10)
RENEWAL_PATIENCE = timedelta(hours=1)
SOON = timedelta(days=7)


def judge_certificate(certificate: Seen, morning: Morning) -> Iterator[Finding]:
    expires, hosts = certificate["expires"], ", ".join(certificate["hosts"])
    left = _left(expires, morning)

    def finding(what: str, since: datetime | None, severity: Severity, *details: str | None) -> Finding:
        place = certificate["namespace"], certificate["name"]
        return Finding("Certificate", *place, what, since, severity, facts(*details, certificate["issuer"], hosts))

    pressing = Severity.FAILING if expires is None or expires - morning.now < SOON else Severity.WATCH
    if expires is not None and expires <= morning.now:
        yield finding("Has expired", expires, Severity.FAILING, certificate["message"])
    elif not certificate["ready"]:
        yield from _not_ready(certificate, morning, finding, left)
    elif morning.older(due := certificate["renewal"], RENEWAL_PATIENCE):
        what = f"Should have been renewed {span_in_words(morning.now - due)} ago"
        yield finding(what, due, pressing, left)
    elif due is None and pressing is Severity.FAILING and expires is not None:
        yield finding(left[:1].upper() + left[1:], None, Severity.FAILING)
    if failed := certificate["failed_attempts"]:
        since = certificate["last_failure"]
        yield finding(f"Could not be issued, tried {times(failed)}", since, pressing, certificate["message"], left)


def _not_ready(certificate: Seen, morning: Morning, told: Callable[..., Finding], left: str) -> Iterator[Finding]:
    """The first certificate takes minutes, in which it is not ready."""
    since = certificate["since"] or morning.began(certificate)
    if not morning.older(since, ISSUE_PATIENCE):
        return
    why = f" ({certificate['reason']})" if certificate["reason"] else ""
    yield told(f"Is not ready{why}", since, Severity.FAILING, certificate["message"], left)


def _left(expires: datetime | None, morning: Morning) -> str:
    return f"expires in {span_in_words(expires - morning.now)}" if expires and expires > morning.now else ""
