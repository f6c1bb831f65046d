"""The wheel: turns in every browser to where the server let it stop; one that comes later sees where it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from dashboards import state
from dashboards.components import packaged
from vistas.practice.landscape import PartKind
from vistas.practice.wheel import Landed
from vistas.practice.wheel.spinning import Odds

TONES: Final[Mapping[PartKind, str]] = {
    PartKind.WORKLOAD: "series-1",
    PartKind.HOST: "series-2",
    PartKind.ALERT: "series-9",
    PartKind.JOB: "series-6",
    PartKind.NODE: "series-3",
    PartKind.ROUTE: "series-4",
    PartKind.QUESTION: "series-5",
    PartKind.PERSON: "series-8",
}
"""The colour of each sort, by its name in `dashboards.ui.theme.TOKENS`."""


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring of the wheel as it is drawn: as wide as the odds are, and where it stopped, if it did."""

    odds: Odds
    landed: Landed | None = None

    @classmethod
    def stopped(cls, landed: Landed) -> Ring:
        """As it was when it stopped."""
        return cls(landed.odds, landed)


def wheel(
    what: Ring,
    who: Ring | None = None,
    *,
    key: str,
    turn: UUID | None,
    says: str,
    on_spin: Callable[[UUID | None], None] | None = None,
) -> None:
    """Draw the wheel; it turns when `turn` is another one than before, and then `says` where it stands.

    `on_spin` is called with the turn that was on the page when somebody pressed. While `.mv-turning` is on the
    page, the result is not to be seen yet.
    """

    def pressed() -> None:
        sent = state.sent(key, "spin")
        if on_spin is not None and isinstance(sent, dict):
            on_spin(_turn(sent.get("seen")))

    packaged.show(
        "practice/wheel/rings.js",
        key=key,
        on={"spin": pressed},
        data={
            "turn": str(turn) if turn else "",
            "rings": [_ring(ring) for ring in (what, who) if ring is not None],
            "says": says,
            "spins": on_spin is not None and bool(what.odds),
        },
    )


def _ring(ring: Ring) -> dict[str, Any]:
    names = [part for part, _ in ring.odds]
    landed = ring.landed if ring.landed and ring.landed.part in names else None
    return {
        "segments": [
            {"name": part.name, "sort": part.sort.value, "tone": TONES[part.sort], "share": share}
            for part, share in ring.odds
        ],
        "landed": names.index(landed.part) if landed else -1,
        "at": landed.at if landed else 0.5,
    }


def _turn(sent: object) -> UUID | None:
    try:
        return UUID(str(sent))
    except ValueError:
        return None
