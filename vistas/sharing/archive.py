"""The zip of a bundle. A stranger's zip is looked at before anything of it is unpacked.

A bundle's zip is plain: no comment, no zip64, nothing encrypted, only the members named below, each at most once.
Source of the layout: PKWARE APPNOTE.TXT, 4.3.16 "End of central directory record".
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Mapping
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from vistas.errors import BundleError

DOCUMENT = "vista.json"

MEBIBYTE = 1 << 20
FILE_AT_MOST = 64 * MEBIBYTE
DOCUMENT_AT_MOST = 8 * MEBIBYTE
FRAME_AT_MOST = 32 * MEBIBYTE
UNPACKED_AT_MOST = 64 * MEBIBYTE
MEMBERS_AT_MOST = 1024
RATIO_AT_MOST = 100
"""No member unpacks to more than so many times its packed size."""

_MEMBER = re.compile(r"vista\.json|frames/[0-9a-f]{64}\.parquet")
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_END = struct.Struct("<4s4H2LH")
_ZIP64 = b"PK\x06\x07"
_ENTRY_AT_MOST = 512
_ENCRYPTED = 0x1
_SYMLINK = 0o120000
_FILE_TYPE = 0o170000


def frame_name(digest: str) -> str:
    return f"frames/{digest}.parquet"


def write_archive(members: Mapping[str, bytes], file: BinaryIO) -> None:
    """The same members give the same bytes. BundleError where they are more than a reader takes."""
    if len(members) > MEMBERS_AT_MOST:
        raise BundleError(f"this vista is too large for a file: it has more than {MEMBERS_AT_MOST:,} parts")
    if sum(map(len, members.values())) > UNPACKED_AT_MOST:
        raise BundleError(
            f"this vista is too large for a file: it has more than {UNPACKED_AT_MOST // MEBIBYTE} MiB"
        )
    with ZipFile(file, "w", ZIP_STORED, allowZip64=False) as archive:
        for name in sorted(members):
            content = members[name]
            if len(content) > _most(name):
                raise BundleError(f"{name} is too large for a file: {len(content):,} bytes")
            info = ZipInfo(name, _FIXED_TIME)
            info.external_attr = 0o100644 << 16
            info.create_system = 3
            info.compress_type = _packing(name, content)
            archive.writestr(info, content)


def _packing(name: str, content: bytes) -> int:
    """Frames are packed already; and text of endless repetition is left as it is, lest it look like a bomb."""
    dense = name == DOCUMENT and len(content) <= RATIO_AT_MOST * len(zlib.compress(content))
    return ZIP_DEFLATED if dense else ZIP_STORED


def read_archive(file: BinaryIO) -> dict[str, bytes]:
    """Every member by its name. BundleError where the file is no such zip, is damaged, or asks for too much."""
    _check_end(file)
    try:
        with ZipFile(file) as archive:
            _check_members(archive.infolist())
            return {info.filename: _unpack(archive, info) for info in archive.infolist()}
    except (BadZipFile, zlib.error, EOFError, OSError, ValueError, struct.error, RuntimeError) as error:
        # RuntimeError is what zipfile raises for a packing it does not know, or a part that asks for a password.
        raise BundleError(f"the file is damaged: {error}") from error


def _check_end(file: BinaryIO) -> None:
    """The size of the file and of its table of contents, before that is read."""
    size = file.seek(0, 2)
    if size > FILE_AT_MOST:
        raise BundleError(f"the file is larger than {FILE_AT_MOST // MEBIBYTE} MiB, too large for a vista")
    if size < _END.size:
        raise BundleError("this is not a .vista file, or only the start of one")
    tail = 20 + _END.size
    file.seek(max(0, size - tail))
    end = file.read(tail)
    signature, _, _, _, entries, directory, _, comment = _END.unpack(end[-_END.size :])
    if signature != b"PK\x05\x06" or comment:
        raise BundleError("this is not a .vista file, or only a part of one")
    if end[: -_END.size].startswith(_ZIP64):
        raise BundleError("this is not a .vista file: it is a zip for huge files")
    if entries > MEMBERS_AT_MOST or directory > MEMBERS_AT_MOST * _ENTRY_AT_MOST:
        raise BundleError(f"the file has more than {MEMBERS_AT_MOST:,} parts, too many for a vista")


def _check_members(members: list[ZipInfo]) -> None:
    names = [info.filename for info in members]
    if len(members) > MEMBERS_AT_MOST:
        raise BundleError(f"the file has more than {MEMBERS_AT_MOST:,} parts, too many for a vista")
    if len(set(names)) < len(names):
        raise BundleError("the file has two parts of the same name")
    if DOCUMENT not in names:
        raise BundleError(f"this is not a .vista file: there is no {DOCUMENT} in it")
    for info in members:
        _check_member(info)
    if sum(info.file_size for info in members) > UNPACKED_AT_MOST:
        raise BundleError(
            f"the file unpacks to more than {UNPACKED_AT_MOST // MEBIBYTE} MiB, too much for a vista"
        )


def _check_member(info: ZipInfo) -> None:
    name = info.orig_filename
    if name != info.filename or not _MEMBER.fullmatch(name):
        raise BundleError(f"the file has a part that does not belong in a vista: {name[:80]!r}")
    if info.flag_bits & _ENCRYPTED:
        raise BundleError(f"{name} is encrypted, which is not allowed in a vista")
    if (info.external_attr >> 16) & _FILE_TYPE == _SYMLINK:
        raise BundleError(f"{name} is a link, not a file")
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise BundleError(f"{name} is compressed in a way that vistas never are")
    if info.file_size > _most(name):
        raise BundleError(f"{name} unpacks to {info.file_size:,} bytes, more than a vista may hold")
    if info.file_size > RATIO_AT_MOST * max(1, info.compress_size):
        raise BundleError(f"{name} unpacks to more than {RATIO_AT_MOST} times its size, too much for a vista")


def _most(name: str) -> int:
    return DOCUMENT_AT_MOST if name == DOCUMENT else FRAME_AT_MOST


def _unpack(archive: ZipFile, info: ZipInfo) -> bytes:
    """`zipfile` stops at the size that was checked above, whatever comes after it, and checks the CRC."""
    with archive.open(info) as member:
        content = member.read(info.file_size + 1)
    if len(content) != info.file_size:
        raise BundleError(f"{info.filename} ends too early")
    return content
