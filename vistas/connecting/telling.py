"""What came of trying, in a sentence or two."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from vistas.connecting.trying import Pasted, Tried, url_of
from vistas.extensions.discovery import Introduction, Standing

SLOW: Final = timedelta(seconds=2)
"""An answer that took longer is worth a word."""


def in_a_sentence(tried: Tried) -> str:
    """`Prometheus 3.16, 48 jobs: node, api, web and 45 more`; what kept it from being tried where that failed."""
    told = tried.told
    if not told.answers:
        return told.message
    return ", ".join(filter(None, [told.tool or tried.offer.label, told.contents]))


_FEELS: Final = {
    Standing.SIGN_IN: "wants to know who asks",
    Standing.TENANT: "wants to know which tenant",
    Standing.REFUSED: "does not let us in",
    Standing.SOMETHING_ELSE: "is something else",
    Standing.SLOW: "gave no answer in time",
    Standing.UNREACHABLE: "cannot be reached",
}


def how_it_feels(told: Introduction) -> str:
    """`answers in 42 ms`."""
    if not told.answers:
        return _FEELS[told.standing]
    return answers_in(told.took)


def answers_in(took: timedelta) -> str:
    """`answers in 42 ms`, or that it is slow."""
    if took > SLOW:
        return f"answers, but takes {took.total_seconds():.1f} s"
    return f"answers in {took.total_seconds() * 1000:.0f} ms"


def why_not(pasted: Pasted, tried: Sequence[Tried]) -> tuple[str, str]:
    """Why nothing of it can be connected as it is, and what to try."""
    if not pasted.offers:
        hint = "Paste an address (https://prometheus.example.org), a path of logs or a kubeconfig, or a context."
        return f"Nothing is known by {pasted.text}." if pasted.text else "Nothing was pasted.", hint
    best = tried[0].told
    kinds = {each.offer.finder for each in tried if each.told.standing is Standing.SOMETHING_ELSE}
    if best.standing is Standing.SOMETHING_ELSE and len(kinds) > 1 and (url := url_of(tried[0].offer)):
        hint = "Is the path right? Many tools are below a prefix, such as /prometheus."
        return f"Something answers at {url}, but no {_either(sorted(kinds))} that could be asked.", hint
    return best.message, best.hint


def _either(names: Sequence[str]) -> str:
    said = ["".join(part.capitalize() for part in name.split("-")) for name in names]
    return " or ".join(filter(None, [", ".join(said[:-1]), said[-1]]))
