"""The change counters of journals and vistas, asked of the store once for all the browsers that ask for them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from vistas.errors import VistaNotFound
from vistas.store import Store

GOOD_FOR: Final = 0.5
"""Seconds for which a counter that was read for one browser is told to the others."""
REMEMBERED: Final = 2000


@dataclass(frozen=True, slots=True)
class _Known:
    """`revision` is None for what is not there."""

    revision: int | None
    at: float


class Counters:
    """One per process. Counters only grow."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.monotonic) -> None:
        self._store, self._clock = store, clock
        self._known: dict[UUID, _Known] = {}
        self._lock = threading.Lock()

    def fresh(self, ids: Iterable[UUID]) -> Mapping[UUID, int]:
        """As they are in the store now; of what is not there, none."""
        asked = tuple(ids)
        found = dict(self._store.journals.revisions(asked)) if asked else {}
        for each in asked:
            if each not in found:
                try:
                    found[each] = self._store.revision(each)
                except VistaNotFound:
                    continue
        with self._lock:
            self._keep(asked, found)
        return found

    def recent(self, ids: Iterable[UUID]) -> Mapping[UUID, int]:
        """As they were at most half a second ago."""
        asked = tuple(ids)
        now = self._clock()
        with self._lock:
            known = {each: self._known[each] for each in asked if each in self._known}
        recent = {each: sight.revision for each, sight in known.items() if now - sight.at < GOOD_FOR}
        missing = [each for each in asked if each not in recent]
        told = {each: revision for each, revision in recent.items() if revision is not None}
        return {**told, **self.fresh(missing)} if missing else told

    def _keep(self, asked: Iterable[UUID], found: Mapping[UUID, int]) -> None:
        now = self._clock()
        if len(self._known) > REMEMBERED:
            self._known.clear()
        for each in asked:
            self._known[each] = _Known(found.get(each), now)
