"""Frames by their content: the same data is kept once, under the SHA-256 of its bytes."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Protocol

from vistas import private
from vistas.errors import FrameDamaged, StoreError


class Blobs(Protocol):
    """Where frames are kept. `put` returns when the bytes are safe, and heals what was damaged of them.

    `get` raises FrameDamaged where it does not have them whole; its message is a sentence without the place.
    """

    def put(self, content: bytes) -> bytes: ...

    def get(self, digest: bytes) -> bytes: ...

    def check(self) -> None:
        """StoreError where nothing can be kept."""
        ...


class FolderBlobs:
    """Blobs as files in a folder, two levels deep."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def close_to_others(self) -> None:
        """Frames that were kept where others could read them are one's own from now on."""
        private.close_all(self.folder)

    def put(self, content: bytes) -> bytes:
        digest = hashlib.sha256(content).digest()
        path = self._path(digest)
        if _holds(path, digest):
            return digest
        try:
            _make(path.parent)
            _write(path, content)
        except OSError as error:
            raise StoreError(f"a frame cannot be saved in {self.folder}: {error.strerror}") from error
        return digest

    def get(self, digest: bytes) -> bytes:
        path = self._path(digest)
        try:
            content = path.read_bytes()
        except FileNotFoundError as error:
            raise FrameDamaged("Its data is missing from the disk.") from error
        except OSError as error:
            raise FrameDamaged(f"Its data cannot be read from the disk: {error.strerror}.") from error
        if hashlib.sha256(content).digest() != digest:
            raise FrameDamaged("Its data is damaged on the disk.")
        return content

    def check(self) -> None:
        try:
            _make(self.folder)
            with NamedTemporaryFile(dir=self.folder, prefix="."):
                pass
        except OSError as error:
            raise StoreError(f"frames cannot be saved in {self.folder}: {error.strerror}") from error

    def _path(self, digest: bytes) -> Path:
        name = digest.hex()
        return self.folder / name[:2] / f"{name}.parquet"


class OncePerContent:
    """Blobs for a vista that may hold one content many times: each is kept once, and looked at once."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._kept: dict[bytes, bytes] = {}
        self.get, self.check = blobs.get, blobs.check

    def put(self, content: bytes) -> bytes:
        if content not in self._kept:
            self._kept[content] = self._blobs.put(content)
        return self._kept[content]


def _holds(path: Path, digest: bytes) -> bool:
    """Whether the content is there, and whole."""
    try:
        return hashlib.sha256(path.read_bytes()).digest() == digest
    except OSError:
        return False


def _make(folder: Path) -> None:
    """The folder and those it is in, each safe in the one above it."""
    for made in private.make_folder(folder):
        _sync(made.parent)


def _write(path: Path, content: bytes) -> None:
    """All of it or nothing, and on the disk when this returns."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with private.create(draft) as file:
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
