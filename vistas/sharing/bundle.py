"""A vista as one `.vista` file: a zip of `vista.json` and `frames/<sha256>.parquet`.

Reading treats the file as hostile: everything is checked, and every frame decoded, before a Vista comes of it.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from pydantic import ValidationError
from pydantic_core import ErrorDetails, PydanticSerializationError

from vistas.errors import BundleError
from vistas.mistakes import in_words
from vistas.sharing.archive import DOCUMENT, frame_name, read_archive, write_archive
from vistas.sharing.document import SCHEMA, Document, EarlierEntry, FrameEntry, Version, VistaEntry
from vistas.sharing.document_shape import check_shape
from vistas.sharing.frame_reading import CheckedFrame, FrameBudget, check_frame
from vistas.sharing.parquet_layout import Malformed, layout
from vistas.sharing.translating import read_vista, vista_entry
from vistas.snapshot import Frame, FrameKind, Snapshot
from vistas.vista import Vista


def write_bundle(vista: Vista, target: Path | BinaryIO) -> None:
    """The same vista gives the same bytes; a damaged frame is a gap. BundleError for what no file can hold."""
    vista = _whole(replace(vista, eyes=vista.eyes and vista.eyes.seeing(_whole)))
    frames = _Frames()
    digests = frames.write(vista)
    earlier = frames.write(vista.eyes.earlier) if vista.eyes else {}
    members = {**frames.members, DOCUMENT: _write_document(vista, digests, earlier)}
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
    frames = _ReadFrames(members)
    contents = frames.read(entry)
    earlier = frames.read(entry.eyes.earlier) if entry.eyes else {}
    frames.check_all_used()
    return read_vista(entry, contents, earlier)


def _whole(vista: Vista) -> Vista:
    return vista.with_snapshots(snapshot.whole() for snapshot in vista.snapshots)


class _Frames:
    """The frames of a bundle while it is written: each content once, whichever vista holds it."""

    def __init__(self) -> None:
        self.members: dict[str, bytes] = {}
        self._known: dict[bytes, tuple[str, int]] = {}
        self._budget = FrameBudget()

    def write(self, vista: Vista) -> dict[int, str]:
        """The digests of its frames, by their snapshots' places."""
        digests: dict[int, str] = {}
        for place, snapshot in enumerate(vista.snapshots):
            if (frame := snapshot.frame) is not None:
                digests[place], decoded = self._one(snapshot, frame)
                self._budget.show(decoded)
        return digests

    def _one(self, snapshot: Snapshot, frame: Frame) -> tuple[str, int]:
        content = frame.parquet()
        if content not in self._known:
            decoded = _size(snapshot, frame.kind, content, self._budget)
            self._known[content] = hashlib.sha256(content).hexdigest(), decoded
            self.members[frame_name(self._known[content][0])] = content
        return self._known[content]


def _size(snapshot: Snapshot, kind: FrameKind, content: bytes, budget: FrameBudget) -> int:
    """What it decodes to. It can be read again: BundleError where a reader would refuse it for its size."""
    try:
        found = layout(content, fields=budget.fields)
        budget.spend(kind, found)
    except (BundleError, Malformed) as error:
        where = f"{snapshot.stop}/{snapshot.look} of {snapshot.source}"
        raise BundleError(f"this vista is too large for a file: {where}: {error}") from error
    return found.decoded


def _write_document(vista: Vista, digests: dict[int, str], earlier: dict[int, str]) -> bytes:
    try:
        return Document.of(vista_entry(vista, digests, earlier)).written()
    except ValidationError as error:
        raise BundleError(f"this vista cannot be written to a file: {_first(error)}") from error
    except (PydanticSerializationError, UnicodeEncodeError) as error:
        raise BundleError("this vista cannot be written to a file: it holds what JSON cannot") from error


def _read_document(content: bytes) -> VistaEntry:
    check_shape(content)
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
    return f"{where}: {in_words(details)}{more}" if where else f"{in_words(details)}{more}"


class _ReadFrames:
    """The frames of a bundle that is read: each content is checked once, however many snapshots hold it."""

    def __init__(self, members: dict[str, bytes]) -> None:
        self._members = members
        self._budget = FrameBudget()
        self._checked: dict[tuple[str, FrameKind], CheckedFrame] = {}

    def read(self, entry: EarlierEntry) -> dict[int, Frame]:
        """Those of one vista, by their snapshots' places."""
        places: dict[int, Frame] = {}
        for place, snapshot in enumerate(entry.snapshots):
            if (asked := snapshot.frame) is not None:
                try:
                    places[place] = self._one(asked)
                except BundleError as error:
                    raise BundleError(f"{frame_name(asked.sha256)}: {error}") from error
        return places

    def _one(self, asked: FrameEntry) -> Frame:
        known = (asked.sha256, asked.kind)
        if known not in self._checked:
            content = _content(asked.sha256, self._members)
            self._checked[known] = check_frame(content, asked.kind, self._budget)
        self._budget.show(self._checked[known].decoded)
        return self._checked[known].frame(asked.key, asked.step_seconds)

    def check_all_used(self) -> None:
        if left := set(self._members) - {frame_name(digest) for digest, _ in self._checked}:
            raise BundleError(f"{min(left)} is not used by anything in this vista")


def _content(digest: str, members: dict[str, bytes]) -> bytes:
    content = members.get(frame_name(digest))
    if content is None:
        raise BundleError("it is missing")
    if hashlib.sha256(content).hexdigest() != digest:
        raise BundleError("it is damaged: its checksum does not match")
    return content
