"""Whether a request is signed as Amazon documents it: Signature Version 4, worked out anew from what arrived.

Source: AWS IAM documentation, "Create a signed AWS API request". Nothing here is of a library.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, unquote

from tests.connectors.http.answering import Received

SKEW = timedelta(minutes=5)
_AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(?P<key>[^/]+)/(?P<day>\d{8})/(?P<region>[^/]+)/(?P<service>[^/]+)/aws4_request"
    r", "
    r"SignedHeaders=(?P<signed>[a-z0-9;-]+), Signature=(?P<signature>[0-9a-f]{64})"
)


@dataclass(frozen=True)
class Account:
    key: str
    secret: str
    token: str = ""


def what_is_wrong(request: Received, account: Account, region: str, service: str) -> str:
    """Empty where the signature fits."""
    headers = {name.lower(): " ".join(value.split()) for name, value in request.headers.items()}
    found = _AUTHORIZATION.fullmatch(headers.get("authorization", ""))
    if found is None:
        return "no signature"
    if (found["key"], found["region"], found["service"]) != (account.key, region, service):
        return "another account, region or service"
    if headers.get("x-amz-security-token", "") != account.token:
        return "another session"
    signed, date = found["signed"].split(";"), headers["x-amz-date"]
    at = datetime.strptime(date, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    if abs(datetime.now(UTC) - at) > SKEW or not date.startswith(found["day"]):
        return "another time"
    if {"host", *(name for name in headers if name.startswith("x-amz-"))} - set(signed):
        return "what has to be signed is not"
    canonical = _canonical(request, headers, signed)
    scope = f"{found['day']}/{region}/{service}/aws4_request"
    to_sign = "\n".join(["AWS4-HMAC-SHA256", date, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    expected = hmac.new(_key(account.secret, scope), to_sign.encode(), hashlib.sha256).hexdigest()
    return "" if hmac.compare_digest(expected, found["signature"]) else f"the signature does not fit:\n{canonical}"


def _canonical(request: Received, headers: dict[str, str], signed: Iterable[str]) -> str:
    path, _, query = request.target.partition("?")
    told = "".join(f"{name}:{headers[name]}\n" for name in signed)
    payload = hashlib.sha256(request.body).hexdigest()
    # Of every service but S3 the path is encoded once more.
    encoded = "/".join(quote(part, safe="-_.~") for part in path.split("/"))
    return "\n".join([request.method, encoded, _canonical_query(query), told, ";".join(signed), payload])


def _canonical_query(query: str) -> str:
    """Names and values decoded, where a plus is a plus, and encoded again; then sorted."""
    pairs = [pair.partition("=")[::2] for pair in query.split("&") if pair]
    return "&".join(sorted(f"{_encoded(name)}={_encoded(value)}" for name, value in pairs))


def _encoded(word: str) -> str:
    return quote(unquote(word), safe="-_.~")


def _key(secret: str, scope: str) -> bytes:
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key
