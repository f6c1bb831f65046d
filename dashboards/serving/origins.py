"""Whether a page of this app asks: a browser lets any page send something to any server."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from streamlit.web.server.server_util import is_url_from_allowed_origins


def is_ours(asked: HTTPConnection) -> bool:
    origin = asked.headers.get("origin", "")
    return urlsplit(origin).netloc == asked.headers.get("host") or is_url_from_allowed_origins(origin)


def below(base: str, path: str) -> str:
    """A path of ours, below the one that the app is served at."""
    base = base.strip("/")
    return f"/{base}/{path}" if base else f"/{path}"
