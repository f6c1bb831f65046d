"""What there is to choose from when a walk begins, asked in the background, so that no page waits for a tool."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from vistas.choices import Choices, choices
from vistas.routine import Variable
from vistas.source import Deadline
from vistas.workspace import Workspace

PATIENCE: Final = timedelta(seconds=8)
FRESH: Final = 60.0
"""Seconds after which what there is to choose from is asked for again."""
REMEMBERED: Final = 200

_Key = tuple[object, ...]


@dataclass(slots=True)
class _Offer:
    """`found` is what was there last; `asked_at` a monotonic time."""

    found: Choices | None = None
    asked_at: float = 0.0
    arrived: threading.Event = field(default_factory=threading.Event)


class Offers:
    """One per process, and safe to use from many threads."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._offers: OrderedDict[_Key, _Offer] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, variable: Variable, of: str, *, within: float = 0.0) -> Choices | None:
        """What is known now, or comes within so many seconds of being asked for; None while it has not come."""
        if not variable.asked:
            return Choices(variable.values)
        offer = self._offer(variable, of)
        if offer.found is None:
            offer.arrived.wait(max(0.0, offer.asked_at + within - time.monotonic()))
        return offer.found

    def _offer(self, variable: Variable, of: str) -> _Offer:
        key = (variable.variable, variable.asked, variable.label, variable.objects, of)
        with self._lock:
            offer = self._offers.setdefault(key, _Offer())
            self._offers.move_to_end(key)
            while len(self._offers) > REMEMBERED:
                self._offers.popitem(last=False)
            now = time.monotonic()
            if not offer.asked_at or now - offer.asked_at > FRESH:
                offer.asked_at = now
                threading.Thread(target=self._ask, args=(variable, of, offer), name="offer", daemon=True).start()
            return offer

    def _ask(self, variable: Variable, of: str, offer: _Offer) -> None:
        found = Choices(note="What there is to choose from could not be found out.")
        try:
            found = choices(
                variable,
                of,
                self._workspace.sources,
                now=datetime.now(UTC),
                deadline=Deadline(PATIENCE),
                redactor=self._workspace.redactor,
            )
        finally:
            offer.found = found
            offer.arrived.set()
