"""Who signs in with OpenID Connect: the id-token of a kubeconfig's user, or a new one from its identity provider.

As kubectl does it, but that nothing is written back to the kubeconfig. Format: client-go,
plugin/pkg/client/auth/oidc.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

import orjson

from connectors.kubernetes.connections import with_lines
from connectors.kubernetes.failures import SIGN_IN_AGAIN
from connectors.taking import Unobtainable
from vistas.snapshot import GapReason

EARLY = timedelta(seconds=10)
"""How long before it expires kubectl takes a token for expired."""
ALLOWED_ANSWER = 1_000_000
DISCOVERY = "/.well-known/openid-configuration"


@dataclass(frozen=True, slots=True)
class IdToken:
    token: str
    expires: datetime | None


def id_token(config: Mapping[str, str], *, patience: float, now: datetime) -> IdToken:
    """A token that is good now; `patience` in seconds for each question. Unobtainable where there is none."""
    kept = config.get("id-token", "").strip()
    expires = _expiry(kept)
    if kept and expires is not None and now < expires - EARLY:
        return IdToken(kept, expires)
    if not config.get("refresh-token"):
        raise _signed_out("its id-token is missing or expired, and there is no refresh-token")
    fresh = _renewed(config, patience)
    return IdToken(fresh, _expiry(fresh))


def _expiry(token: str) -> datetime | None:
    """When a JSON web token expires; None where it does not say so or is none."""
    parts = token.split(".")
    try:
        claims = orjson.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
        return datetime.fromtimestamp(claims["exp"], UTC)
    except (IndexError, KeyError, TypeError, ValueError, OverflowError, OSError, binascii.Error):
        return None


def _renewed(config: Mapping[str, str], patience: float) -> str:
    from urllib3.exceptions import HTTPError

    provider = _Provider(_pool(config), patience)
    asked = {
        "grant_type": "refresh_token",
        "refresh_token": config["refresh-token"],
        "client_id": config.get("client-id", ""),
        "client_secret": config.get("client-secret", ""),
    }
    try:
        found = provider.ask("GET", config.get("idp-issuer-url", "").rstrip("/") + DISCOVERY)
        said = provider.ask("POST", str(found.get("token_endpoint") or ""), asked)
    except (HTTPError, OSError, ValueError, AttributeError):
        raise _signed_out("its identity provider cannot be reached, or does not answer like one") from None
    token = said.get("id_token")
    if not isinstance(token, str) or not token:
        raise _signed_out("its identity provider gave no new id-token")
    return token


@dataclass(frozen=True, slots=True)
class _Provider:
    pool: Any
    patience: float

    def ask(self, method: str, address: str, fields: Mapping[str, str] | None = None) -> dict[str, Any]:
        """The JSON object that it answers with; an empty one where it refuses. ValueError where it is no JSON."""
        if not address.startswith(("https://", "http://")):
            raise ValueError("no address")
        response = self.pool.request(
            method,
            address,
            fields=fields,
            **({"encode_multipart": False} if fields else {}),
            timeout=self.patience,
            retries=False,
            preload_content=False,
        )
        try:
            body = response.read(ALLOWED_ANSWER, decode_content=True)
        finally:
            response.close()
        said = orjson.loads(body) if response.status == HTTPStatus.OK else {}
        return said if isinstance(said, dict) else {}


def _pool(config: Mapping[str, str]) -> Any:
    import urllib3

    trusted: dict[str, Any] = {}
    if data := config.get("idp-certificate-authority-data"):
        try:
            trusted["ca_cert_data"] = base64.b64decode(data).decode()
        except ValueError:
            raise _signed_out("its idp-certificate-authority-data is not Base64") from None
    elif path := config.get("idp-certificate-authority"):
        trusted["ca_certs"] = path
    pool = urllib3.PoolManager(cert_reqs="CERT_REQUIRED", **trusted)
    with_lines(pool)
    return pool


def _signed_out(why: str) -> Unobtainable:
    return Unobtainable(
        GapReason.REFUSED, f"The kubeconfig's user signs in with OpenID Connect, but {why}.", SIGN_IN_AGAIN
    )
