"""Frames by their content: the same data is kept once, under the SHA-256 of its bytes."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Protocol

from vistas.errors import StoreError


class Blobs(Protocol):
    """Where frames are kept. `put` returns when the bytes are safe; `get` raises StoreError where it has none."""

    def put(self, content: bytes) -> bytes: ...

    def get(self, digest: bytes) -> bytes: ...

    def check(self) -> None:
        """StoreError where nothing can be kept."""
        ...


class FolderBlobs:
    """Blobs as files in a folder, two levels deep."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, content: bytes) -> bytes:
        digest = hashlib.sha256(content).digest()
        path = self._path(digest)
        if path.exists():
            return digest
        try:
            _make(path.parent)
            _write(path, content)
        except OSError as error:
            raise StoreError(f"a frame cannot be kept in {self.folder}: {error.strerror}") from error
        return digest

    def get(self, digest: bytes) -> bytes:
        path = self._path(digest)
        try:
            content = path.read_bytes()
        except OSError as error:
            raise StoreError(f"a frame's file cannot be read: {path}: {error.strerror}") from error
        if hashlib.sha256(content).digest() != digest:
            raise StoreError(f"a frame's file is damaged: {path}")
        return content

    def check(self) -> None:
        try:
            _make(self.folder)
            with NamedTemporaryFile(dir=self.folder, prefix="."):
                pass
        except OSError as error:
            raise StoreError(f"frames cannot be kept in {self.folder}: {error.strerror}") from error

    def _path(self, digest: bytes) -> Path:
        name = digest.hex()
        return self.folder / name[:2] / f"{name}.parquet"


def _make(folder: Path) -> None:
    """The folder and those it is in, each safe in the one above it."""
    if not folder.is_dir():
        _make(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync(folder.parent)


def _write(path: Path, content: bytes) -> None:
    """All of it or nothing, and on the disk when this returns."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    _sync(path.parent)


def _sync(folder: Path) -> None:
    """Make the folder's new entry survive a power cut, where the system has that."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
