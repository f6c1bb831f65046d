"""Log files as they lie about: rotated, compressed, cut off, or no files at all."""

import bz2
import gzip
import io
import lzma
import os
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from connectors.ingress.origins.files import FileReading, find_files, unreadable
from connectors.taking import Unobtainable
from vistas.snapshot import GapReason

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PLENTY = 1 << 30


def read(path: Path, budget: int = PLENTY) -> tuple[bytes, list[str]]:
    warnings: list[str] = []
    (file,) = find_files([str(path)], warnings)
    return b"".join(FileReading(file, budget, warnings).pieces()), warnings


def test_newest_first_and_each_once(tmp_path: Path) -> None:
    """Globs that overlap, and a symlink as in /var/log/containers, name one file once."""
    for age, name in enumerate(["access.log", "access.log.1", "access.log.2.gz"]):
        (tmp_path / name).write_bytes(gzip.compress(b"x") if name.endswith("gz") else b"x")
        os.utime(tmp_path / name, (1000 - age, 1000 - age))
    (tmp_path / "link.log").symlink_to(tmp_path / "access.log")
    warnings: list[str] = []
    files = find_files([f"{tmp_path}/access.log*", f"{tmp_path}/*.log", f"{tmp_path}/access.log"], warnings)
    assert [file.path.name for file in files] == ["access.log", "access.log.1", "access.log.2.gz"]
    assert [file.packing is not None for file in files] == [False, False, True]
    assert warnings == []


def test_name_with_brackets(tmp_path: Path) -> None:
    """A path that exists is taken as it stands, glob characters or not."""
    (tmp_path / "a[1].log").write_bytes(b"x")
    assert [file.path.name for file in find_files([f"{tmp_path}/a[1].log"], [])] == ["a[1].log"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("none.log", "There is no file"),
        ("none*.log", "No file matches"),
        ("", "is a folder"),
        ("pipe", "is a pipe"),
    ],
)
def test_nothing_to_read(tmp_path: Path, name: str, says: str) -> None:
    """What is no log file is a gap with a reason; a pipe is not even opened, since it may never end."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Unobtainable, match=says) as raised:
        find_files([str(tmp_path / name)], [])
    assert raised.value.gap.reason == GapReason.UNREACHABLE
    assert raised.value.gap.hint


def test_one_missing_among_others(tmp_path: Path) -> None:
    (tmp_path / "access.log").write_bytes(b"x")
    warnings: list[str] = []
    files = find_files([f"{tmp_path}/access.log", f"{tmp_path}/gone.log"], warnings)
    assert len(files) == 1
    assert warnings == [f"There is no file {tmp_path}/gone.log."]


def test_no_permission() -> None:
    gap = unreadable(Path("/var/log/x.log"), PermissionError(13, "Permission denied")).gap
    assert gap.reason == GapReason.REFUSED
    assert gap.message == "The app is not allowed to read /var/log/x.log."


def test_endless_symlink(tmp_path: Path) -> None:
    (tmp_path / "loop.log").symlink_to(tmp_path / "loop.log")
    with pytest.raises(Unobtainable, match="cannot be read"):
        find_files([f"{tmp_path}/loop.log"], [])


COMPRESS = {"gz": gzip.compress, "zst": zstd.compress, "bz2": bz2.compress, "xz": lzma.compress}


@pytest.mark.parametrize("ending", COMPRESS)
def test_compressed_in_several_parts(tmp_path: Path, ending: str) -> None:
    """logrotate may append to a .gz; a name without .gz may be compressed."""
    path = tmp_path / "access.log.2"
    path.write_bytes(COMPRESS[ending](b"a\n" * 100) + COMPRESS[ending](b"b\n"))
    assert read(path) == (b"a\n" * 100 + b"b\n", [])


@pytest.mark.parametrize("ending", COMPRESS)
@pytest.mark.parametrize("left", [20, 200, -9, -1])
def test_compressed_and_cut_off(tmp_path: Path, ending: str, left: int) -> None:
    """What came before the cut is read, and it is said."""
    lines = b"".join(b"line %d\n" % number for number in range(2000))
    path = tmp_path / "access.log.gz"
    path.write_bytes(COMPRESS[ending](lines)[:left])
    text, warnings = read(path)
    assert lines.startswith(text)
    assert warnings == [f"{path} ends too early: its compressed data is cut off."]


def test_compressed_and_damaged(tmp_path: Path) -> None:
    path = tmp_path / "access.log.gz"
    path.write_bytes(gzip.compress(b"fine\n") + b"\x1f\x8b and then rubbish")
    assert read(path) == (b"fine\n", [f"{path} is damaged: it was read up to that point."])


def test_large_file_gives_its_end(tmp_path: Path) -> None:
    """The newest lines, from a line's begin."""
    path = tmp_path / "access.log"
    path.write_bytes(b"".join(b"line %03d\n" % number for number in range(100)))
    text, warnings = read(path, budget=40)
    assert text == b"line 096\nline 097\nline 098\nline 099\n"
    assert "only its end was read" in warnings[0]


@pytest.mark.slow("it unpacks a lot")
@pytest.mark.parametrize("ending", COMPRESS)
def test_compressed_bomb_is_bounded(tmp_path: Path, ending: str) -> None:
    """Eight megabytes out of eight kilobytes, of which one is wanted: memory and time are bounded."""
    path = tmp_path / "access.log.gz"
    path.write_bytes(COMPRESS[ending](b"0\n" * 4_000_000))
    text, warnings = read(path, budget=1_000_000)
    assert len(text) == 1_000_000
    assert "the rest was not read" in warnings[0]


def test_file_that_vanishes(tmp_path: Path) -> None:
    """Rotated away between finding and reading."""
    path = tmp_path / "access.log"
    path.write_bytes(b"x\n")
    warnings: list[str] = []
    (file,) = find_files([str(path)], warnings)
    path.unlink()
    assert list(FileReading(file, PLENTY, warnings).pieces()) == []
    assert warnings == [f"{path} cannot be read: no such file or directory."]


def test_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "access.log"
    path.touch()
    assert read(path) == (b"", [])


LINE = "GET /caf\u00e9 \U0001f600\r\n"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-8"])
@pytest.mark.parametrize("marked", [True, False])
def test_text_from_windows(tmp_path: Path, encoding: str, marked: bool) -> None:
    """PowerShell writes UTF-16 with a mark; without one its zeros show it. Letters across pieces stay whole."""
    path = tmp_path / "access.log"
    text = ("\ufeff" if marked else "") + "GET / HTTP/1.1\n" * 700_000 + LINE
    path.write_bytes(text.encode(encoding))
    assert read(path) == (text.removeprefix("\ufeff").encode(), [])


def test_zeros_left_by_rotation(tmp_path: Path) -> None:
    """A log copied and truncated while it is written to begins with as many zeros as it was long."""
    path = tmp_path / "access.log"
    path.write_bytes(b"\0" * 20_000 + b"line\n")
    assert read(path) == (b"line\n", [])


@pytest.mark.parametrize("stray", [b"GET /\0\0 HTTP/1.1\n", b"\x16\x03\x01\0\xa5\x01\0\0\xa1\x03\x03\n"])
def test_a_stray_line_of_bytes_costs_no_other_line(tmp_path: Path, stray: bytes) -> None:
    """A client that speaks TLS to a port without it, or sends NULs, is in the log as it came."""
    path = tmp_path / "access.log"
    path.write_bytes(b"GET / HTTP/1.1\n" * 9 + stray + b"GET / HTTP/1.1\n" * 9)
    assert read(path) == (b"GET / HTTP/1.1\n" * 9 + stray.replace(b"\0", b"") + b"GET / HTTP/1.1\n" * 9, [])


BINARY = {
    "image.png": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a PNG image"),
    "library.sqlite3": (b"SQLite format 3\0" + bytes(200), "an SQLite database"),
    "system.journal": (b"LPKSHHRH" + bytes(200), "a journal of systemd's"),
    "any": (bytes(range(256)) * 40, "binary"),
    "logs.7z": (b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(200), "a 7z archive: unpack it first"),
}


@pytest.mark.parametrize("name", BINARY)
def test_what_is_no_text_is_called_what_it_is(tmp_path: Path, name: str) -> None:
    content, kind = BINARY[name]
    (tmp_path / name).write_bytes(content)
    text, (warning,) = read(tmp_path / name)
    assert text == b""
    assert warning.startswith(f"{tmp_path / name} is not a log: it is {kind}")


FOLDER = {
    "logs/a.log": b"a\n",
    "logs/b.log": b"without end",
    "logs/c.log.gz": gzip.compress(b"c\n"),
    "logs/d.log": "d\n".encode("utf-16"),
}
BESIDE = {"nodes.json": b'{\n  "kind": "NodeList"\n}\n', "core": b"\x7fELF" + bytes(100)}
TOGETHER = b"a\nwithout end\nc\nd\n"


def tar(path: Path, files: dict[str, bytes], mode: str = "w") -> None:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))


@pytest.mark.parametrize("name", ["logs.tar", "logs.tar.gz", "logs.tgz", "logs.zip", "logs.log"])
def test_archive_is_read_as_one_log(tmp_path: Path, name: str) -> None:
    """Whatever it is called; what in it is not a log is told, by name."""
    path = tmp_path / name
    if name.endswith("zip"):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, content in {**FOLDER, **BESIDE}.items():
                archive.writestr(member, content)
    else:
        tar(path, {**FOLDER, **BESIDE}, "w" if name.endswith("tar") else "w:gz")
    says = "is an archive: nodes.json and 1 more in it are not logs, and not read."
    assert read(path) == (TOGETHER, [f"{path} {says}"])


@pytest.mark.parametrize("left", [600, -200])
def test_archive_cut_off(tmp_path: Path, left: int) -> None:
    path = tmp_path / "logs.tar.gz"
    tar(path, {"a.log": os.urandom(20_000).hex().encode() + b"\n"}, "w:gz")
    path.write_bytes(path.read_bytes()[:left])
    _, warnings = read(path)
    assert "ends too early" in " ".join(warnings)


def test_zip_that_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "logs.zip"
    path.write_bytes(b"PK\x03\x04" + bytes(100))
    assert read(path) == (b"", [f"{path} is a damaged or encrypted archive: it was read up to that point."])


def test_archive_as_large_as_may_be(tmp_path: Path) -> None:
    path = tmp_path / "logs.tar.gz"
    tar(path, {"a.log": b"0\n" * 1_000_000}, "w:gz")
    text, warnings = read(path, budget=1_000)
    assert len(text) == 1_000
    assert "the rest was not read" in warnings[0]
