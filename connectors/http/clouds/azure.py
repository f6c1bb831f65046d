"""Azure's default credential: a token of Microsoft Entra, renewed a few minutes before it ends."""

from __future__ import annotations

import threading
import time
from typing import Any

from requests import PreparedRequest

from connectors.http.clouds.failures import import_for, no_credentials, not_signed_in, sign_in_unreachable

NAME = "Azure"
READ_METRICS = "https://prometheus.monitor.azure.com/.default"
EARLY = 300
"""Seconds before its end from which a token is not used any more."""
FIND = (
    "Set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET (or a certificate) where the app is started, "
    "or run az login, or run it where a managed identity is attached."
)


class AzureSignIn:
    """The account is whichever Azure's own library finds."""

    hint = "Check scope, and that the account has the role Monitoring Data Reader on the workspace."

    def __init__(self, scope: str | None) -> None:
        self._scope = scope or READ_METRICS
        self._lock = threading.Lock()
        self._credential: Any = None
        self._token, self._ends = "", 0.0

    def sign(self, request: PreparedRequest) -> None:
        import_for(NAME, "azure", "azure.identity")
        request.headers["Authorization"] = f"Bearer {self._fresh_token()}"

    def _fresh_token(self) -> str:
        """The library keeps a token only for some kinds of account; others it would ask for each request."""
        from azure.core.exceptions import AzureError, ClientAuthenticationError, ServiceRequestError
        from azure.identity import CredentialUnavailableError, DefaultAzureCredential

        try:
            with self._lock:
                if time.time() > self._ends - EARLY:
                    self._credential = self._credential or DefaultAzureCredential()
                    given = self._credential.get_token(self._scope)
                    self._token, self._ends = given.token, float(given.expires_on)
                return self._token
        except CredentialUnavailableError:
            raise no_credentials(NAME, FIND) from None
        except ServiceRequestError:
            raise sign_in_unreachable(NAME, "Check the network, the VPN, and HTTPS_PROXY.") from None
        except (ClientAuthenticationError, AzureError, ValueError, OSError) as error:
            raise not_signed_in(NAME, error, FIND) from None
