"""How single values are written in vistas.toml. Each reads one, or says with a ValueError what is expected."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from vistas.redaction import RULE_NAMES

_PATIENCE = re.compile(r"(\d+(?:\.\d+)?)(s|m)?")
_HOST = re.compile(r"(\*\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9.])?|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*")
_LONGEST_PATIENCE = timedelta(minutes=30)


def some_paths(value: Any) -> Any:
    """One path is a list of one."""
    return [value] if isinstance(value, str | Path) else value


def patience(value: Any) -> timedelta:
    """`30s`, `2m`, or a number of seconds; between a second and half an hour."""
    found = _PATIENCE.fullmatch(str(value))
    if not found or isinstance(value, bool):
        raise ValueError(f"{value!r} is not a duration: write 30s or 2m")
    span = timedelta(seconds=float(found[1]) * (60 if found[2] == "m" else 1))
    if not timedelta(seconds=1) <= span <= _LONGEST_PATIENCE:
        raise ValueError(f"{value!r} is out of range: between 1s and 30m")
    return span


def a_pattern(pattern: str) -> str:
    try:
        matches_nothing = re.compile(pattern).fullmatch("") is not None
    except re.error as error:
        raise ValueError(f"{pattern!r} is not a regular expression: {error}") from error
    if matches_nothing:
        raise ValueError(f"{pattern!r} matches the empty text")
    return pattern


def a_rule(name: str) -> str:
    if name not in RULE_NAMES:
        raise ValueError(f"{name!r} is not a rule; there are {', '.join(sorted(RULE_NAMES))}")
    return name


def a_host(name: str) -> str:
    """A name as browsers send it, without scheme and port; `*.` stands for any name below."""
    if not _HOST.fullmatch(name):
        raise ValueError(f"{name!r} is not a host name: write vistas.example.org or *.example.org")
    return name


def an_address(url: str, *, instead: str = "") -> str:
    """Of http or https, with its path prefix, without a last slash; `instead` ends what is said of passwords."""
    try:
        parts = urlsplit(url)
        unusable = parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0
    except ValueError:
        unusable = True
    if unusable:
        raise ValueError("write a full address such as https://prometheus.example.org/prefix")
    if "@" in parts.netloc:
        raise ValueError(f"no user or password in the address{instead}")
    if parts.query or parts.fragment:
        raise ValueError("write the address up to its path prefix, without ? and #")
    return url.rstrip("/")


def has_password(url: str) -> bool:
    """In front of the host, or among what stands after `?`."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "@" in url
    return bool(parts.password) or any("pass" in key.lower() for key in parse_qs(parts.query))


def a_database(url: str) -> str:
    if url and "://" not in url:
        raise ValueError(f"{url!r} is not a database URL: write sqlite:///vistas.db or postgresql://host/name")
    return url
