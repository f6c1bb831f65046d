"""Walks beside each other as the URL has them: `vista.walk`, joined by `~`; without a walk all of its own."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from dashboards.state import VISTA, WAYS, parameter
from dashboards.ui.links import Parameters

Pair = tuple[UUID, UUID | None]
"""A vista and a walk of it; None for all that it has."""
_AT_MOST = 12


def parameters(pairs: Iterable[Pair]) -> Parameters:
    """Those that lead to these walks, side by side, on the wrap-up of the first one's vista."""
    each = list(pairs)
    return {VISTA: each[0][0], WAYS: written(each)}


def written(pairs: Iterable[Pair]) -> str:
    return "~".join(f"{vista}.{walk}" if walk else str(vista) for vista, walk in pairs)


def pairs_in_url() -> tuple[Pair, ...]:
    """Each once; what is none is left out."""
    parts = parameter(WAYS).split("~")[:_AT_MOST]
    return tuple(dict.fromkeys(pair for part in parts if (pair := _pair(part)) is not None))


def _pair(text: str) -> Pair | None:
    vista, one, walk = text.partition(".")
    try:
        return UUID(vista), UUID(walk) if one else None
    except ValueError:
        return None
