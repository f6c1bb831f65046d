"""The routes by which pages are told of news without being asked: web sockets beside Streamlit's own.

    pushed/news?of=NAME&of=…                      what stands differently, by the names of `dashboards.shared.news`
    pushed/lines?room=ID&activity=ID&zone=ZONE    the lines of a topic

They tell no more than the page that any browser is shown. They are web sockets, since a browser opens no more than
six streams of events to one server, however many tabs it has.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from typing import Any, Final
from uuid import UUID

from starlette.websockets import WebSocket, WebSocketDisconnect

from dashboards.serving.origins import is_ours
from dashboards.shared import process
from dashboards.state import zone_of

MOST: Final = 50
"""Names that one page waits for."""
REFUSED: Final = 1008

Messages = AsyncIterator[Mapping[str, Any]]


async def news(socket: WebSocket) -> None:
    broadcast = await asyncio.to_thread(process.broadcast)
    await _push(socket, broadcast.follow(socket.query_params.getlist("of")[:MOST]))


async def lines(socket: WebSocket) -> None:
    from dashboards.room import topic_lines  # a room's caches want a running server

    asked = socket.query_params
    try:
        room, activity = UUID(asked.get("room", "")), UUID(asked.get("activity", ""))
    except ValueError:
        await socket.close(REFUSED)
        return
    await asyncio.to_thread(process.broadcast)
    await _push(socket, topic_lines.pushed(room, activity, zone_of(asked.get("zone", ""))))


async def _push(socket: WebSocket, messages: Messages) -> None:
    """As long as the browser holds the line."""
    if not is_ours(socket):
        await socket.close(REFUSED)
        return
    await socket.accept()
    work = [asyncio.create_task(_send(socket, messages)), asyncio.create_task(_until_closed(socket))]
    done, left = await asyncio.wait(work, return_when=asyncio.FIRST_COMPLETED)
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
    for task in done:
        task.result()


async def _send(socket: WebSocket, messages: Messages) -> None:
    async with aclosing(messages) as sent:  # type: ignore[type-var]
        async for message in sent:
            try:
                await socket.send_json(message)
            except WebSocketDisconnect:
                return


async def _until_closed(socket: WebSocket) -> None:
    while (await socket.receive())["type"] != "websocket.disconnect":
        pass
