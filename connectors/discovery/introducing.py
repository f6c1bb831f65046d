"""A tool that was tried, told in a sentence: what it is and has, or why nobody knows."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from connectors.taking import Unobtainable
from vistas.extensions.discovery import Introduction, Missing, Standing
from vistas.formatting.counts import counted
from vistas.snapshot import GapReason

TENANT: Final = ("headers", "X-Scope-OrgID")
"""Where in a table of HTTP settings a tenant belongs."""
NAMED: Final = 3
"""How many things of a kind are named in a sentence."""
_STANDINGS: Final = {
    GapReason.REFUSED: Standing.REFUSED,
    GapReason.TOO_SLOW: Standing.SLOW,
    GapReason.CANCELLED: Standing.SLOW,
    GapReason.UNREACHABLE: Standing.UNREACHABLE,
}
_NO_TENANT: Final = "no org id"
"""What Mimir, Cortex and Loki say to who names no tenant."""
_WHICH_TENANT: Final = "Which tenant? It is sent as X-Scope-OrgID."
_UNKNOWN_HERE: Final = 401
_FORBIDDEN: Final = 403
_PROXY_SIGN_IN: Final = 407


def introduced(ask: Callable[[], Introduction], *, tenant: tuple[str, ...] | None = None) -> Introduction:
    """What asking a tool gives, and how long it took; where it fails, why.

    `tenant` is where in its table a tenant belongs, for which a tool that several share asks.
    """
    began = time.monotonic()
    try:
        told = ask()
    except Unobtainable as failure:
        told = Introduction(standing_of(failure), failure.gap.message, failure.gap.hint)
        if tenant and _NO_TENANT in failure.gap.message.lower():
            told = replace(told, standing=Standing.TENANT, missing=(Missing(tenant, _WHICH_TENANT),))
    return replace(told, took=timedelta(seconds=time.monotonic() - began))


def standing_of(failure: Unobtainable) -> Standing:
    """A status of HTTP is told by its number: what else is refused is asked for in a wrong way."""
    status = getattr(failure, "status", None)
    if status == _UNKNOWN_HERE or "redirects us to" in failure.gap.message:
        return Standing.SIGN_IN
    if (
        status is not None
        and status not in (_FORBIDDEN, _PROXY_SIGN_IN)
        and failure.gap.reason is GapReason.REFUSED
    ):
        return Standing.SOMETHING_ELSE
    return _STANDINGS.get(failure.gap.reason, Standing.SOMETHING_ELSE)


def listing(names: Sequence[str], what: str, *, first: Sequence[str] = ()) -> str:
    """`48 jobs: node, ingress-nginx, api and 45 more`; those in `first` are named before the others."""
    if not names:
        return f"no {what}s"
    order = {name: rank for rank, name in enumerate(first)}
    known = sorted(names, key=lambda name: order.get(name, len(order)))
    shown, rest = known[:NAMED], len(known) - NAMED
    if rest == 1:
        shown, rest = known, 0
    said = (
        f"{', '.join(shown)} and {rest:,} more"
        if rest > 0
        else " and ".join(filter(None, [", ".join(shown[:-1]), shown[-1]]))
    )
    return f"{counted(len(names), what)}: {said}"
