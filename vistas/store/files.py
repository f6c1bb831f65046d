"""The files of a store, which are its owner's alone."""

from __future__ import annotations

import contextlib
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sqlalchemy import make_url

from vistas import private
from vistas.redaction.key import KEY_FILE


def database_file(url: str) -> Path | None:
    """The file of an SQLite database; None where it is in memory, or a database of another kind."""
    address = make_url(url)
    named = address.database or ":memory:"
    if address.get_backend_name() != "sqlite" or named == ":memory:" or address.query.get("mode") == "memory":
        return None
    return Path(unquote(urlsplit(named).path)) if named.startswith("file:") else Path(named)


def make_database(path: Path) -> None:
    """An empty file where there is none: the files that SQLite makes beside a database have its mode."""
    private.make_folder(path.parent)
    with contextlib.suppress(FileExistsError):
        private.create(path).close()
    there = path.resolve()
    for name in _names(there):
        private.close(there.with_name(name))


def close_home(path: Path, blobs: Path) -> None:
    """The folder that the database is in, unless other things are in it, too: then it is more than the store's."""
    ours = {*_names(path), KEY_FILE, blobs.name}
    with contextlib.suppress(OSError):
        if {each.name for each in path.parent.iterdir()} <= ours:
            private.close(path.parent)


def _names(path: Path) -> tuple[str, ...]:
    return tuple(path.name + ending for ending in ("", "-wal", "-shm", "-journal"))
