"""Authenticates HTTP requests. Secrets are read for each request and kept nowhere, but for a cloud's tokens."""

from __future__ import annotations

import base64

from requests import PreparedRequest
from requests.auth import AuthBase

from connectors.http.clouds import cloud_sign_in
from connectors.http.settings import HttpSettings, Secret


class HttpCredentials(AuthBase):
    """Basic or bearer authentication, a cloud's sign-in, and secret headers. Being set, it keeps ~/.netrc out."""

    def __init__(self, settings: HttpSettings) -> None:
        self._settings = settings
        self._cloud = cloud_sign_in(settings)

    @property
    def hint(self) -> str:
        """What to look at where a cloud refused us, though it had signed us in."""
        return self._cloud.hint if self._cloud else ""

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Raises Unobtainable where a secret cannot be read, or a cloud does not sign us in."""
        for name, value in self._settings.headers.items():
            if isinstance(value, Secret):
                request.headers[name] = value.read()
        if self._settings.password is not None:
            pair = f"{self._settings.username}:{self._settings.password.read(for_header=False)}"
            request.headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        elif self._settings.bearer_token is not None:
            request.headers["Authorization"] = f"Bearer {self._settings.bearer_token.read()}"
        elif self._cloud is not None:
            self._cloud.sign(request)
        return request
