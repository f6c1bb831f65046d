"""The lines of a topic, as every page of it shows them, and as they are pushed to it while they are written."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from dashboards.components.lines import TextLine
from dashboards.shared import process
from dashboards.state import now
from dashboards.ui import words
from vistas.practice.noted_lines import NotedLine
from vistas.practice.session import Session

REMEMBERED: Final = 200
"""Rooms whose newest state is at hand."""


def shown(lines: Sequence[NotedLine], today: datetime, zone: ZoneInfo) -> list[TextLine]:
    return [
        TextLine(str(line.id), line.text, f"{line.by}, {words.recent_time(line.at, today, zone)}")
        for line in lines
    ]


async def pushed(room: UUID, activity: UUID, zone: ZoneInfo) -> AsyncIterator[Mapping[str, Any]]:
    """All lines first, then what was added since; all of them once more where one was changed or taken back."""
    sent: tuple[NotedLine, ...] | None = None
    async for revision, session in _newest.follow(room):
        lines = session.jotted.get(activity, ())
        if lines == sent:
            continue
        added = sent is not None and lines[: len(sent)] == sent
        news = lines[len(sent) :] if added and sent is not None else lines
        sent = lines
        yield {
            "revision": revision,
            "whole": not added,
            "lines": [line.as_data() for line in shown(news, now(), zone)],
        }


class _Newest:
    """The newest state of a room, read once for all who follow it."""

    def __init__(self) -> None:
        self._reads: dict[UUID, tuple[int, asyncio.Task[tuple[int, Session]]]] = {}

    async def follow(self, room: UUID) -> AsyncIterator[tuple[int, Session]]:
        async for news in process.broadcast().follow((str(room),)):
            yield await self._read(room, news[str(room)])

    async def _read(self, room: UUID, counter: int) -> tuple[int, Session]:
        known = self._reads.get(room)
        if known is None or known[0] != counter:
            if len(self._reads) > REMEMBERED:
                self._reads.clear()
            reading = asyncio.to_thread(process.notebooks().sessions.read_at, room)
            self._reads[room] = known = (counter, asyncio.ensure_future(reading))
        return await asyncio.shield(known[1])


_newest = _Newest()
