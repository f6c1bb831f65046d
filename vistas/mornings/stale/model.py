"""A stale look, and what could be asked in its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vistas.routine import Look
from vistas.snapshot import Absence, GapReason


class Why(StrEnum):
    METRIC = "metric gone"
    LABEL = "label gone"
    VALUE = "nothing matches"
    NOTHING = "nothing there"
    ERROR = "fails"


@dataclass(frozen=True, slots=True)
class Stale:
    """`mornings` counts those in a row, the newest of them included; `since` is the first of them.

    `answered_last` is before that. `absent` is what its query reads and the newest morning did not have.
    """

    stop: str
    look: Look
    source: str
    why: Why
    mornings: int
    since: datetime
    answered_last: datetime
    absent: tuple[Absence, ...] = ()
    reason: GapReason | None = None


@dataclass(frozen=True, slots=True)
class Mending:
    """`look` asks by other names; `happened` says what probably did, `renamed` what is called what now."""

    look: Look
    happened: str
    renamed: str
    is_guess: bool = False
