"""Authenticates HTTP requests. Secrets are read for each request and kept nowhere."""

from __future__ import annotations

import base64

from requests import PreparedRequest
from requests.auth import AuthBase

from connectors.http.settings import HttpSettings, Secret


class HttpCredentials(AuthBase):
    """Basic or bearer authentication and secret headers. Being set at all, it keeps ~/.netrc out of it."""

    def __init__(self, settings: HttpSettings) -> None:
        self._settings = settings

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Raises Unobtainable where a secret cannot be read."""
        for name, value in self._settings.headers.items():
            if isinstance(value, Secret):
                request.headers[name] = value.read()
        if self._settings.password is not None:
            pair = f"{self._settings.username}:{self._settings.password.read(for_header=False)}"
            request.headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        elif self._settings.bearer_token is not None:
            request.headers["Authorization"] = f"Bearer {self._settings.bearer_token.read()}"
        return request
