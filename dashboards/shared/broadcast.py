"""What is new, told to the browsers that wait for it: one look for all of them, and none while nobody waits."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from typing import Final

from vistas.errors import VistasError

EVERY: Final = 0.25
"""Seconds between two looks."""

Look = Callable[[Iterable[str]], Mapping[str, int]]
"""How each of these names stands now, as `dashboards.shared.news` has it."""


class Broadcast:
    """One per process; used on the server's event loop alone."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._asked: Counter[str] = Counter()
        self._known: Mapping[str, int] = {}
        self._heard = asyncio.Event()
        self._looking: asyncio.Task[None] | None = None

    async def follow(self, names: Iterable[str]) -> AsyncIterator[Mapping[str, int]]:
        """All of them first, and then what has changed. Whoever is slow is told how it stands by then, once."""
        wanted = frozenset(names)
        told: dict[str, int] = {}
        self._asked.update(wanted)
        try:
            while True:
                heard = self._round()
                news = {name: self._known[name] for name in wanted if name in self._known}
                if changed := dict(news.items() - told.items()):
                    told.update(changed)
                    yield changed
                else:
                    await heard.wait()
        finally:
            self._asked -= Counter(wanted)

    def _round(self) -> asyncio.Event:
        """Is set after the next look that found something. What ended the looking raises here."""
        if self._looking is None:
            self._looking = asyncio.get_running_loop().create_task(self._look_again_and_again())
        elif self._looking.done():
            ended, self._looking = self._looking, None
            ended.result()
            return self._round()
        return self._heard

    async def _look_again_and_again(self) -> None:
        try:
            while self._asked:
                await self._look_once()
                await asyncio.sleep(EVERY)
        finally:
            self._wake()

    async def _look_once(self) -> None:
        try:
            known = await asyncio.to_thread(self._look, tuple(self._asked))
        except VistasError:
            return  # The store does not answer just now; the next look is soon.
        if known != self._known:
            self._known = known
            self._wake()

    def _wake(self) -> None:
        heard, self._heard = self._heard, asyncio.Event()
        heard.set()
