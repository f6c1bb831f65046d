"""A vista as one `.vista` file: a zip of `vista.json` and `frames/<sha256>.parquet`.

Reading treats the file as hostile: everything is checked, and every frame decoded, before a Vista comes of it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import BinaryIO

from pydantic import ValidationError
from pydantic_core import ErrorDetails, PydanticSerializationError

from vistas.errors import BundleError
from vistas.sharing.archive import DOCUMENT, frame_name, read_archive, write_archive
from vistas.sharing.document import SCHEMA, Document, FrameEntry, Version, VistaEntry
from vistas.sharing.frame_reading import Budget, read_frame
from vistas.sharing.translating import read_vista, vista_entry
from vistas.snapshot import Frame
from vistas.vista import Vista


def write_bundle(vista: Vista, target: Path | BinaryIO) -> None:
    """The same vista gives the same bytes. BundleError where it holds what no file can."""
    members: dict[str, bytes] = {}
    digests: dict[int, str] = {}
    for place, snapshot in enumerate(vista.snapshots):
        if snapshot.frame is not None:
            content = snapshot.frame.parquet()
            digests[place] = hashlib.sha256(content).hexdigest()
            members[frame_name(digests[place])] = content
    members[DOCUMENT] = _write_document(vista, digests)
    if isinstance(target, Path):
        with target.open("wb") as file:
            write_archive(members, file)
    else:
        write_archive(members, target)


def read_bundle(source: Path | BinaryIO) -> Vista:
    """The vista in a file; its origin is `imported` unless it is a recording. BundleError says what is wrong."""
    if isinstance(source, Path):
        try:
            with source.open("rb") as file:
                return read_bundle(file)
        except OSError as error:
            raise BundleError(f"{source} cannot be read: {error.strerror}") from error
    members = read_archive(source)
    entry = _read_document(members.pop(DOCUMENT))
    return read_vista(entry, _read_frames(entry, members))


def _write_document(vista: Vista, digests: dict[int, str]) -> bytes:
    try:
        return Document(vista=vista_entry(vista, digests)).model_dump_json(indent=1).encode()
    except ValidationError as error:
        raise BundleError(f"this vista cannot be written to a file: {_first(error)}") from error
    except (PydanticSerializationError, UnicodeEncodeError) as error:
        raise BundleError(f"this vista cannot be written to a file: {error}") from error


def _read_document(content: bytes) -> VistaEntry:
    try:
        version = Version.model_validate_json(content).version
        if version > SCHEMA:
            raise BundleError(
                f"this vista was written by a newer version: its schema is {version}, and {SCHEMA} is the newest "
                "known here. Update Morning Vistas to open it"
            )
        return Document.model_validate_json(content).vista
    except ValidationError as error:
        raise BundleError(f"{DOCUMENT}: {_first(error)}") from error


def _first(error: ValidationError) -> str:
    """The first mistake with the field it is in, such as `vista.snapshots.3.look: …`."""
    details: ErrorDetails = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in details["loc"])[:200]
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    return f"{where}: {details['msg']}{more}" if where else f"{details['msg']}{more}"


def _read_frames(entry: VistaEntry, members: dict[str, bytes]) -> dict[int, Frame]:
    """The frames by their snapshot's place; equal ones share their data."""
    budget = Budget()
    read: dict[FrameEntry, Frame] = {}
    places: dict[int, Frame] = {}
    for place, snapshot in enumerate(entry.snapshots):
        if snapshot.frame is not None:
            if snapshot.frame not in read:
                read[snapshot.frame] = _read_frame(snapshot.frame, members, budget)
            places[place] = read[snapshot.frame]
    if left := set(members) - {frame_name(frame.sha256) for frame in read}:
        raise BundleError(f"{min(left)} belongs to nothing in this vista")
    return places


def _read_frame(entry: FrameEntry, members: dict[str, bytes], budget: Budget) -> Frame:
    name = frame_name(entry.sha256)
    content = members.get(name)
    if content is None:
        raise BundleError(f"{name} is missing")
    if hashlib.sha256(content).hexdigest() != entry.sha256:
        raise BundleError(f"{name} is damaged: its checksum is another")
    try:
        return read_frame(content, entry.kind, key=entry.key, step=entry.step_seconds, budget=budget)
    except BundleError as error:
        raise BundleError(f"{name}: {error}") from error
