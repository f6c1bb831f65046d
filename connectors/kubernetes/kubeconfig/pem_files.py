"""Certificates and keys that come as text, as the files that OpenSSL wants: the owner's, gone with the program."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import threading
from hashlib import sha256
from pathlib import Path

_lock = threading.Lock()
_folders: dict[int, Path] = {}
"""By process: a forked one must not take away what is its parent's."""


def pem_file(content: bytes) -> str:
    """A file with this content; the same one for the same content."""
    path = _folder() / sha256(content).hexdigest()
    if not path.exists():
        path.touch(mode=0o600)
        path.write_bytes(content)
    return str(path)


def _folder() -> Path:
    with _lock:
        process = os.getpid()
        if process not in _folders or not _folders[process].is_dir():
            folder = Path(tempfile.mkdtemp(prefix="vistas-"))
            _folders[process] = folder
            atexit.register(_remove, process, folder)
        return _folders[process]


def _remove(process: int, folder: Path) -> None:
    if os.getpid() == process:
        shutil.rmtree(folder, ignore_errors=True)
