"""Who asked, without saying who: a client's address as a pseudonym that is stable within one workspace."""

from __future__ import annotations

import hashlib
import hmac
import re
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_PSEUDONYM = re.compile(r"visitor-[0-9a-hjkmnp-tv-z]{6}")
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
_NOBODY = frozenset({"", "-", "unix:", "unix", "unknown", "null"})
_BRACKETED = re.compile(r"\[([^\]]*)\](?::\d{1,5})?")
_V4_WITH_PORT = re.compile(r"(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}")
_LONGEST_NAME = 4096


class Clients(StrEnum):
    """What is kept of a client's address."""

    PSEUDONYM = "pseudonym"
    TRUNCATE = "truncate"
    KEEP = "keep"


def first_client(written: str) -> str:
    """The visitor in what a log says about them: the first of a forwarded list, without brackets and port."""
    for item in written[:_LONGEST_NAME].split(","):
        name = item.strip().strip('"')
        if name.lower() not in _NOBODY:
            if found := _BRACKETED.fullmatch(name) or _V4_WITH_PORT.fullmatch(name):
                return found[1]
            return name
    return ""


def parse_address(name: str) -> IPv4Address | IPv6Address | None:
    """`name` as an address: zone dropped, IPv4 in IPv6 taken out of it; None where it is something else."""
    try:
        address = ip_address(name.partition("%")[0])
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address


def canonical(name: str) -> str:
    """The one way of writing an address or host name, so that equal clients are equal texts."""
    address = parse_address(name)
    return str(address) if address else name.rstrip(".").casefold()


def pseudonym(key: bytes, name: str) -> str:
    """Thirty bits of a keyed hash: too few to look up, enough to tell thousands of visitors apart."""
    digest = hmac.digest(key, canonical(name).encode("utf-8", "surrogatepass"), hashlib.sha256)
    bits = int.from_bytes(digest[:4])
    return "visitor-" + "".join(_LETTERS[bits >> shift & 31] for shift in range(0, 30, 5))


def is_pseudonym(name: str) -> bool:
    return _PSEUDONYM.fullmatch(name) is not None


def truncate(address: IPv4Address | IPv6Address) -> str:
    """The network an address is in: a /24 of IPv4, a /48 of IPv6."""
    return str(ip_network((address, 24 if address.version == 4 else 48), strict=False))  # noqa: PLR2004


def is_truncated(name: str) -> bool:
    try:
        return "/" in name and ip_network(name).prefixlen in {24, 48}
    except ValueError:
        return False


def hide_client(key: bytes, written: str, clients: Clients) -> str:
    """What is kept of `written`. What names nobody (`-`, empty) and what is hidden already stays as it is."""
    name = first_client(written)
    if clients is Clients.KEEP or not name or is_pseudonym(name):
        return written
    if clients is Clients.TRUNCATE:
        if is_truncated(name):
            return written
        if address := parse_address(name):
            return truncate(address)
    return pseudonym(key, name)
