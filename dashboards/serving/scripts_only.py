"""What lies beside our browser scripts and is no script or stylesheet is not served: it is Python's.

A component is a folder with its Python, its script and its style; Streamlit would serve whatever it holds.
"""

from __future__ import annotations

import re
from typing import Final

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

OURS: Final = re.compile(r"/_stcore/bidi-components/morning-vistas\.")
SERVED: Final = (".js", ".css")


class ScriptsOnly:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if OURS.search(path) and not path.endswith(SERVED):
            await PlainTextResponse("not found", 404)(scope, receive, send)
        else:
            await self._app(scope, receive, send)
