"""The workspace's own key, without which its pseudonyms mean nothing. Made once, readable by its owner only."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from vistas import private
from vistas.errors import SettingsError

KEY_FILE = "redaction.key"
_BYTES = 32


def workspace_key(folder: Path) -> bytes:
    """The key kept in `folder`, one for programs that start at once. SettingsError where it cannot be kept."""
    path = folder / KEY_FILE
    try:
        private.make_folder(folder)
        if not path.exists():
            _make(path)
        private.close(path)
        key = path.read_bytes()
    except OSError as error:
        raise SettingsError(f"the key for pseudonyms cannot be saved in {path}: {error.strerror}") from error
    if len(key) < _BYTES:
        raise SettingsError(f"{path} is damaged: remove it, and a new one (with new pseudonyms) will be made")
    return key


def throwaway_key() -> bytes:
    """A key that nobody has had before, nor will again."""
    return secrets.token_bytes(_BYTES)


def _make(path: Path) -> None:
    """Written whole beside its place, then linked there: whoever comes second leaves the first one's key."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    file = private.create(draft)
    try:
        with file:
            file.write(secrets.token_bytes(_BYTES))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(draft)
    finally:
        draft.unlink()
