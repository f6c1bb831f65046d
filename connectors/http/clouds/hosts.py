"""What an address in a cloud says of how one signs in there."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from connectors.http.settings import Cloud

_AMAZON: Final = re.compile(r"aps-workspaces(?:-fips)?\.(?P<region>[a-z0-9-]+)\.amazonaws\.com(?:\.cn)?")
_GOOGLE: Final = re.compile(r"monitoring\.(?:[a-z0-9-]+\.rep\.)?googleapis\.com")
_AZURE: Final = re.compile(r"[a-z0-9.-]+\.prometheus\.monitor\.azure\.com")


def sign_in_at(url: str) -> dict[str, str]:
    """The settings with which one signs in at a managed Prometheus; empty where the address is none."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if parts.scheme != "https":
        return {}
    if found := _AMAZON.fullmatch(host):
        return {"sign_in": Cloud.AWS.value, "region": found["region"]}
    if _GOOGLE.fullmatch(host):
        return {"sign_in": Cloud.GOOGLE.value}
    return {"sign_in": Cloud.AZURE.value} if _AZURE.fullmatch(host) else {}
