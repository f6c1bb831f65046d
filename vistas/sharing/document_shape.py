"""Bounds the size of an imported `vista.json` before it is parsed into objects."""

from __future__ import annotations

from typing import Any

import orjson

from vistas.errors import BundleError

PARTS_AT_MOST = 400_000
KEYS_AT_MOST = 200
"""No object of the document has more keys; labels, which name themselves, have far fewer."""


def check_shape(content: bytes) -> None:
    """BundleError where it has more parts than a vista's. What is no JSON is left for whoever reads it to tell."""
    if sum(content.count(mark) for mark in (b",", b"[", b"{")) > PARTS_AT_MOST:
        raise BundleError(f"vista.json has more than {PARTS_AT_MOST:,} parts, too many for a vista")
    try:
        _check_keys(orjson.loads(content))
    except orjson.JSONDecodeError:
        return


def _check_keys(document: Any) -> None:
    inside = [document]
    while inside:
        match inside.pop():
            case dict() as found:
                if len(found) > KEYS_AT_MOST:
                    raise BundleError(
                        f"vista.json: an object has more than {KEYS_AT_MOST} keys, too many for a vista"
                    )
                inside += found.values()
            case list() as found:
                inside += found
