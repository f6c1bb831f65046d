"""What somebody pasted, as the addresses that it may mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

_PAGES: Final = frozenset(
    {
        *(
            "graph",
            "query",
            "alerts",
            "targets",
            "rules",
            "status",
            "config",
            "flags",
            "service-discovery",
            "agent",
        ),
        *("tsdb-status", "stores", "classic", "new", "vmui", "silences", "api", "metrics", "-", "ready", "loki"),
    }
)
"""The first part of a path that belongs to a tool's own pages or API, so that its prefix ends there."""
_BARE: Final = re.compile(
    r"(?P<host>\[[0-9A-Fa-f:]+\]|[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)(?P<port>:\d{1,5})?(?P<path>/\S*)?"
)
_NO_HOST: Final = re.compile(r"\.(log|gz|zst|bz2|xz|zip|tar|tgz|txt|json|ya?ml|conf|config|toml|vista|\d+)$")
_VM_CLUSTER: Final = re.compile(r"(?P<before>.*/select/[^/]+)(?:/.*)?")


def addresses(pasted: str, *, also: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Base addresses, the likeliest first; none where the text is no address.

    `also` are path prefixes below which the tool often is, where the text has no path of its own.
    """
    return tuple(
        dict.fromkeys(f"{base}{prefix}" for base, path in _bases(pasted) for prefix in _prefixes(path, also))
    )


def _bases(pasted: str) -> Iterator[tuple[str, str]]:
    """Scheme and host, and the path. Without a scheme either may be meant."""
    if "://" in pasted:
        try:
            parts = urlsplit(pasted)
            usable = parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            return
        if usable and "@" not in parts.netloc:
            yield f"{parts.scheme.lower()}://{parts.netloc}", parts.path
        return
    found = _BARE.fullmatch(pasted)
    if found and _may_be_host(found):
        for scheme in ("http", "https"):
            yield f"{scheme}://{found['host']}{found['port'] or ''}", (found["path"] or "").partition("?")[0]


def _may_be_host(found: re.Match[str]) -> bool:
    """A port tells a host; so do dots, unless it ends as files do."""
    host = found["host"]
    return bool(found["port"]) or host == "localhost" or ("." in host and not _NO_HOST.search(host))


def _prefixes(path: str, also: tuple[str, ...]) -> Iterator[str]:
    """The path up to the tool's own pages, then the whole of it, as a page may be called like a prefix."""
    if cluster := _VM_CLUSTER.fullmatch(path):
        yield f"{cluster['before']}/prometheus"
    whole = path.rstrip("/")
    parts = whole.split("/")
    ends = next((number for number, part in enumerate(parts) if part in _PAGES), len(parts))
    begin = "/".join(parts[:ends])
    yield begin
    yield whole
    if not begin:
        yield from also
