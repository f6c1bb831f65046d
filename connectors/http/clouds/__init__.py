"""Signing in as the account that a cloud knows us by, with the cloud's own library, imported on its first use.

Where an account's credentials come from (a profile, a key file, the machine's own identity) is the library's
business: it looks where everything else on the machine looks that speaks to this cloud. They stay in memory.
"""

from __future__ import annotations

from typing import Protocol

from requests import PreparedRequest

from connectors.http.settings import Cloud, HttpSettings


class CloudSignIn(Protocol):
    hint: str
    """What to look at where a request was refused all the same."""

    def sign(self, request: PreparedRequest) -> None:
        """Give a request, which is whole otherwise, what it needs to be let in. Raises Unobtainable."""


def cloud_sign_in(settings: HttpSettings) -> CloudSignIn | None:
    """How the settings say that we sign in; None where no cloud is named."""
    match settings.sign_in:
        case Cloud.AWS:
            from connectors.http.clouds.aws import AwsSignIn

            return AwsSignIn(settings.region or "", settings.service, settings.profile)
        case Cloud.GOOGLE:
            from connectors.http.clouds.google import GoogleSignIn

            return GoogleSignIn(settings.scope)
        case Cloud.AZURE:
            from connectors.http.clouds.azure import AzureSignIn

            return AzureSignIn(settings.scope)
    return None
