"""A browser on this machine that was here before, and so knows who is looking."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from playwright.sync_api import BrowserContext

from dashboards.components.memory import PREFIX

NAME: Final = f"{PREFIX}name"


def remember(context: BrowserContext, name: str) -> None:
    """As if `name` had been said in it, to an app on any port of 127.0.0.1."""
    context.add_cookies([{"name": NAME, "value": quote(name), "domain": "127.0.0.1", "path": "/"}])
