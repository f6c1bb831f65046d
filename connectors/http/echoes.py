"""Masks our own secrets where a tool repeats them, as error messages do: no rule recognises them there."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote, urlsplit

from vistas.redaction import MASK

_SHORTEST = 4
"""A shorter word is in any text."""
_ALWAYS_SECRET = ("Authorization", "Cookie", "X-Amz-Security-Token")
_OF_A_SIGNATURE = re.compile(r"(?:Credential|Signature)=([^/,\s]+)")


def without(body: bytes, secrets: Iterable[str]) -> bytes:
    """An answer with every secret in it masked, the longest first."""
    for secret in sorted({each for each in secrets if len(each) >= _SHORTEST}, key=len, reverse=True):
        body = body.replace(secret.encode(), MASK.encode())
    return body


def in_headers(headers: Mapping[str, str | bytes], more: Iterable[str]) -> Iterator[str]:
    """The secrets that a request carries: in its credentials, its cookies, and the headers named in `more`."""
    for name in (*_ALWAYS_SECRET, *more):
        value = headers.get(name, "")
        value = value.decode("latin-1") if isinstance(value, bytes) else value
        scheme, _, token = value.partition(" ")
        yield from (value, token, *(_password(token) if scheme == "Basic" else ()))
        if scheme.startswith("AWS4-"):
            yield from _OF_A_SIGNATURE.findall(token)


def _password(token: str) -> Iterator[str]:
    try:
        pair = base64.b64decode(token).decode()
    except (binascii.Error, UnicodeDecodeError):
        return
    yield from (pair, pair.partition(":")[2])


def in_path(url: str) -> Iterator[str]:
    """An address that is itself a secret: its path, and whatever is in it."""
    path = urlsplit(url).path.strip("/")
    for written in (path, unquote(path)):
        yield from (written, *written.split("/"))
