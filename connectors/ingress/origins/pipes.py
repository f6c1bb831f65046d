"""Which logs come through a pipe, and so can be read once only."""

from __future__ import annotations

import stat
from pathlib import Path

from vistas.extensions.logs import STREAM


def is_stream(name: str) -> bool:
    """Whether what has this name can be read once only: standard input, a named pipe, `<(…)`."""
    try:
        return name == STREAM or stat.S_ISFIFO(Path(name).stat().st_mode)
    except OSError:
        return False


def display_name(name: str) -> str:
    return "standard input" if name == STREAM else name
