"""The routes of ours beside Streamlit's own. What answers them is loaded when one is first asked for.

The server answers sooner for it, and a browser needs a second to start.
"""

from __future__ import annotations

import asyncio
from importlib import import_module
from types import ModuleType

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from dashboards.serving.origins import below


def routes() -> list[BaseRoute]:
    """Below the path that the app is served at."""
    base = str(st.get_option("server.baseUrlPath") or "")
    return [
        WebSocketRoute(below(base, "pushed/news"), _news),
        WebSocketRoute(below(base, "pushed/lines"), _lines),
        Route(below(base, "asked/vocabulary"), _vocabulary, methods=["POST"]),
    ]


async def _news(socket: WebSocket) -> None:
    await (await _loaded("pushing")).news(socket)


async def _lines(socket: WebSocket) -> None:
    await (await _loaded("pushing")).lines(socket)


async def _vocabulary(request: Request) -> Response:
    answer: Response = await (await _loaded("asking")).vocabulary(request)
    return answer


async def _loaded(name: str) -> ModuleType:
    """Beside the server's event loop, which serves others meanwhile."""
    return await asyncio.to_thread(import_module, f"dashboards.serving.{name}")
