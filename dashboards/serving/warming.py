"""What pages need is loaded before anybody asks for them.

What the first one shows is loaded while a browser is starting; what a walk draws with once a first page was shown,
since one thread's loading holds up another's drawing.
"""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Final

FIRST_PAGE: Final = (
    "dashboards.app",
    "dashboards.drafts",
    "dashboards.library.cards",
    "dashboards.mornings.stale",
    "dashboards.room.lobby",
    "dashboards.routines",
    "dashboards.sources.health_line",
    "dashboards.variables",
    "vistas.practice.walk.keeping",
)
"""What `dashboards/pages/morning.py` imports."""
A_WALK: Final = ("dashboards.walk", "pandas", "dashboards.serving.pushing", "dashboards.serving.asking")

_loaded = threading.Event()
_loaded.set()
"""Until the server warms up, nobody waits for it."""
_shown = threading.Event()


@asynccontextmanager
async def warming(_: object) -> AsyncIterator[None]:
    """Beside the server, from its start."""
    _loaded.clear()
    threading.Thread(target=_warm_up, name="warm-up", daemon=True).start()
    yield


def wait_until_loaded() -> None:
    """Called at the beginning of each page, which would load the same by itself, and slower in two threads."""
    _loaded.wait()


def page_was_shown() -> None:
    """Called at the end of each page; only the first one matters."""
    _shown.set()


def _warm_up() -> None:
    try:
        for name in FIRST_PAGE:
            import_module(name)
        _open_the_workspace()
    finally:
        _loaded.set()
    _shown.wait()
    for name in A_WALK:
        import_module(name)


def _open_the_workspace() -> None:
    from dashboards.shared import process
    from vistas.errors import VistasError

    try:
        process.workspace()
    except VistasError:
        return  # The page tells it.
