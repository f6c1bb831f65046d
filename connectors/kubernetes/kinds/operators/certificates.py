"""cert-manager's Certificates: until when they are good, and when they should have been renewed.

Fields: cert-manager 1.21, `cert-manager.io/v1`. The certificate itself is in a Secret, which is never read.
"""

from __future__ import annotations

from datetime import datetime

from connectors.kubernetes.columns import NUMBER, TEXT, TEXTS, TIME, WHOLE, YES, ObjectKind, Row
from connectors.kubernetes.objects import (
    Object,
    condition,
    count,
    is_false,
    is_true,
    moment,
    part,
    seconds_since,
    text,
    words,
)
from connectors.kubernetes.resources import CERTIFICATES


def certificate_rows(certificate: Object, now: datetime) -> list[Row]:
    metadata, spec, status = part(certificate, "metadata"), part(certificate, "spec"), part(certificate, "status")
    ready, issuing = condition(status, "Ready"), condition(status, "Issuing")
    issuer = part(spec, "issuerRef")
    telling: Object = issuing if is_false(issuing) else {} if is_true(ready) else ready
    return [
        {
            "namespace": text(metadata, "namespace"),
            "name": text(metadata, "name"),
            "status": _word(ready, moment(status, "notAfter"), now),
            "hosts": words(spec, "dnsNames") or [name for name in [text(spec, "commonName")] if name],
            "issuer": f"{text(issuer, 'kind') or 'Issuer'} {text(issuer, 'name')}".strip(),
            "ready": is_true(ready) if is_true(ready) or is_false(ready) else None,
            "issuing": is_true(issuing),
            "expires": moment(status, "notAfter"),
            "renewal": moment(status, "renewalTime"),
            "failed_attempts": count(status, "failedIssuanceAttempts"),
            "last_failure": moment(status, "lastFailureTime"),
            "reason": text(telling, "reason"),
            "message": text(telling, "message"),
            "since": moment(ready, "lastTransitionTime"),
            "age_seconds": seconds_since(moment(metadata, "creationTimestamp"), now),
        }
    ]


def _word(ready: Object, expires: datetime | None, now: datetime) -> str:
    if expires is not None and expires <= now:
        return "Expired"
    if is_true(ready):
        return "Ready"
    return "Not ready" if is_false(ready) else "Unknown"


CERTIFICATE = ObjectKind(
    CERTIFICATES,
    {
        "namespace": TEXT,
        "name": TEXT,
        "status": TEXT,
        "expires": TIME,
        "renewal": TIME,
        "failed_attempts": WHOLE,
        "hosts": TEXTS,
        "issuer": TEXT,
        "last_failure": TIME,
        "ready": YES,
        "issuing": YES,
        "reason": TEXT,
        "message": TEXT,
        "since": TIME,
        "age_seconds": NUMBER,
    },
    certificate_rows,
)
