"""Refuses requests under host names that are not this app's own, against DNS rebinding.

A page on somebody's domain that is re-pointed to 127.0.0.1 would otherwise share the app's origin in the browser,
and could read what it shows. Streamlit itself checks `server.allowedHosts` for WebSockets only.
"""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

HEALTH: Final = frozenset({"/_stcore/health", "/_stcore/script-health-check"})
"""What probes ask by a pod's address; the answer tells nothing."""
SAYS: Final = (
    "Morning Vistas does not answer to this host name. "
    "If it should, add the name to hosts under [server] in vistas.toml.\n"
)


class KnownHosts:
    """Everything that is served, HTTP and WebSockets alike, as Streamlit's own option says for the one."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if _is_known(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocketClose(1008)(scope, receive, send)
        else:
            await PlainTextResponse(SAYS, 421)(scope, receive, send)


def _is_known(scope: Scope) -> bool:
    """One `Host` that is on the list; two are none."""
    if scope["type"] not in {"http", "websocket"} or scope["path"] in HEALTH:
        return True
    named = Headers(scope=scope).getlist("host")
    return len(named) == 1 and is_host_allowed(named[0])
