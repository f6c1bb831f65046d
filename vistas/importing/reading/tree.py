"""Foreign JSON as far as it is of the kind that is wanted: what is not counts as empty. Nothing here raises."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

Tree = Mapping[str, Any]

_NOTHING: Tree = {}
LONGEST_NUMBER = 40


def table(value: Any) -> Tree:
    return value if isinstance(value, dict) else _NOTHING


def items(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def text(value: Any) -> str:
    """A scalar as it would be written; empty for everything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int) and abs(value) < 10**LONGEST_NUMBER:
        return str(value)
    if isinstance(value, float) and math.isfinite(value):
        return str(int(value)) if value.is_integer() and abs(value) < 10**15 else str(value)
    return ""


def number(value: Any) -> float | None:
    """A finite number, also one that stands in a string."""
    written = text(value)
    if not written or len(written) > LONGEST_NUMBER:
        return None
    try:
        read = float(written)
    except ValueError:
        return None
    return read if math.isfinite(read) else None


def at(tree: Any, *path: str) -> Any:
    """What stands at the end of the path; None where it breaks off."""
    for key in path:
        tree = table(tree).get(key)
    return tree
