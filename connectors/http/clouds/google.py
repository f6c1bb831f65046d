"""Google's application default credentials: a token of an hour, renewed a few minutes before it ends."""

from __future__ import annotations

import threading
from functools import partial
from typing import Any

from requests import PreparedRequest

from connectors.http.clouds.failures import import_for, no_credentials, not_signed_in, sign_in_unreachable

NAME = "Google Cloud"
READ_METRICS = "https://www.googleapis.com/auth/monitoring.read"
PATIENCE = 10.0
"""Seconds for one request for a token."""
FIND = (
    "Set GOOGLE_APPLICATION_CREDENTIALS to a key file where the app is started, or run gcloud auth "
    "application-default login, or run it where a service account is attached."
)


class GoogleSignIn:
    """The account is whichever Google's own library finds."""

    hint = "Check that the account has the role roles/monitoring.viewer in the project that the address names."

    def __init__(self, scope: str | None) -> None:
        self._scopes = (scope or READ_METRICS).split()
        self._lock = threading.Lock()
        self._credentials: Any = None

    def sign(self, request: PreparedRequest) -> None:
        import_for(NAME, "google", "google.auth", "google.auth.transport.requests")
        from google.auth.exceptions import DefaultCredentialsError, GoogleAuthError, TransportError
        from google.auth.transport.requests import Request

        ask = partial(Request(), timeout=PATIENCE)
        try:
            with self._lock:
                if self._credentials is None:
                    self._credentials = _found(self._scopes, ask)
                self._credentials.before_request(ask, request.method, request.url, request.headers)
        except DefaultCredentialsError:
            raise no_credentials(NAME, FIND) from None
        except (TransportError, OSError):
            raise sign_in_unreachable(NAME, "Check the network, the VPN, and HTTPS_PROXY.") from None
        except (GoogleAuthError, ValueError) as error:
            raise not_signed_in(NAME, error, FIND) from None


def _found(scopes: list[str], ask: Any) -> Any:
    import google.auth

    credentials, _ = google.auth.default(scopes=scopes, request=ask)
    return credentials
