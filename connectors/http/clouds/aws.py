"""Amazon's Signature Version 4: each request is signed as it is sent.

What is signed: method, path, query, host, the body's hash, its media type, and the time. So nothing of these may
change behind it, and each redirect is signed anew.
"""

from __future__ import annotations

import threading
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit, urlunsplit

from requests import PreparedRequest

from connectors.http.clouds.failures import import_for, no_credentials, not_signed_in

NAME = "AWS"
FIND = (
    "The app looks where the AWS command line does: variables, a profile, the role of the machine or pod. "
    "aws sts get-caller-identity says whether that works; profile in the source's settings names another."
)
_SIGNED = ("Host", "Content-Type")
"""What of our headers goes into the signature; a proxy may add to the others."""
_GIVEN = ("Authorization", "X-Amz-Date", "X-Amz-Security-Token")


class AwsSignIn:
    """Credentials are those of a profile, or what AWS's own library finds; it renews those that end."""

    def __init__(self, region: str, service: str, profile: str | None) -> None:
        self._region, self._service, self._profile = region, service, profile
        self._lock = threading.Lock()
        self._credentials: Any = None
        self.hint = (
            f"Check region and service ({service}), this machine's clock, and that the account may read there: "
            "for Amazon Managed Prometheus the policy AmazonPrometheusQueryAccess."
        )

    def sign(self, request: PreparedRequest) -> None:
        import_for(NAME, "aws", "botocore.session", "botocore.auth", "botocore.awsrequest")
        from botocore.auth import SigV4Auth
        from botocore.awsrequest import AWSRequest

        request.url = with_plain_query(request.url or "")
        headers = {name: request.headers[name] for name in _SIGNED if name in request.headers}
        signed = AWSRequest(request.method, request.url, headers, request.body or b"")
        SigV4Auth(self._frozen(), self._service, self._region).add_auth(signed)
        for name in _GIVEN:
            request.headers.pop(name, None)
            if name in signed.headers:
                request.headers[name] = signed.headers[name]

    def _frozen(self) -> Any:
        """The credentials as they are now: a key, its secret, and a token where they are temporary."""
        from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError
        from botocore.session import Session

        try:
            with self._lock:
                if self._credentials is None:
                    self._credentials = Session(profile=self._profile).get_credentials()
                found = self._credentials
            frozen = found.get_frozen_credentials() if found is not None else None
        except (BotoCoreError, ClientError, HTTPClientError, OSError, ValueError) as error:
            raise not_signed_in(NAME, error, FIND) from None
        if frozen is None or not frozen.access_key:
            raise no_credentials(NAME, FIND)
        return frozen


def with_plain_query(url: str) -> str:
    """The address with its query as AWS writes it to check a signature: a space is %20 there, and never a plus."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = "&".join(f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}" for name, value in pairs)
    return urlunsplit(parts._replace(query=query))
