"""Addresses of pages, as a browser follows them."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import quote, urlsplit

LONGEST = 8000
"""Servers take request lines of about so many characters."""
_INSIDE = (".svc", ".cluster.local", ".internal", ".localdomain")


def query(parameters: Iterable[tuple[str, str]]) -> str:
    """What stands behind a `?`, each blank as %20: what takes `+` for itself reads that too."""
    return "&".join(f"{name}={quote(value, safe='')}" for name, value in parameters)


def is_reached_by_people(address: str, *, on_this_machine: bool) -> bool:
    """Whether a browser probably gets there: not where the name is one that only a cluster or a host knows.

    `on_this_machine` is whether the browser runs where the app does, so that loopback addresses mean the same.
    """
    host = (urlsplit(address).hostname or "").rstrip(".")
    if _is_loopback(host):
        return on_this_machine
    return "." in host and not host.endswith(_INSIDE) if not _is_ip(host) else True


def _is_loopback(host: str) -> bool:
    return ip_address(host).is_loopback if _is_ip(host) else host == "localhost"


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
