"""What of a look is to be opened: its queries, the times, and how they are drawn."""

from __future__ import annotations

from dataclasses import dataclass

from vistas.redaction import MASK
from vistas.routine import Look
from vistas.snapshot import Provenance, Window


@dataclass(frozen=True, slots=True)
class Asked:
    """`queries` are names (empty for none) and texts; of a `moment`, the end of the window alone is asked for."""

    queries: tuple[tuple[str, str], ...]
    window: Window
    moment: bool = False


def asked(look: Look, provenance: Provenance) -> Asked | None:
    """What a look asked; of alternatives the one that answered, or all where none did.

    None where a part of it was masked before it was kept: what is left would ask something else.
    """
    if not look.is_whole or MASK in provenance.query:
        return None
    queries = tuple((each.name, each.query) for each in look.queries)
    if provenance.query in look.query:
        queries = ((look.name or "", provenance.query),)
    elif look.query:
        queries = tuple((look.name or "", query) for query in look.query)
    return Asked(queries, provenance.asked, look.take == "instant")
