"""Routine files in a team's folder: read when they changed, and never written over what somebody else wrote."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from vistas.errors import RoutineConflict, RoutineError
from vistas.routine.folder import Folders, create_file, read_file, write_file

GOOD = """\
routine: morning
title: A morning  # ours
about: What we look at.
stops:
  - stop: traffic
    title: Traffic
    question: Is anybody there?
    why: Because.
    normal: A few.
    plainly: People.
    looks:
      - look: rate
        title: Requests
        source: prometheus
        take: range
        query: up
"""
NOBODY = 65534


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (path := tmp_path / "morning.yaml").write_text(GOOD, encoding="utf-8")
    return path


def titles(folders: Folders) -> dict[str, str]:
    found = folders.survey()
    return {each.routine: each.title for each in found.routines if each.routine in found.places}


def test_what_was_read_is_written_back_as_a_whole(file: Path) -> None:
    read = read_file(file)
    file.chmod(0o640)
    written = write_file(read, GOOD.replace("A morning", "Another"))
    assert file.read_text(encoding="utf-8") == written.text
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert [path.name for path in file.parent.iterdir()] == ["morning.yaml"]
    write_file(written, GOOD)
    assert file.read_bytes() == read.data


def test_every_byte_is_kept(file: Path) -> None:
    """Windows line endings and a byte order mark are no business of the file's writer."""
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    read = read_file(file)
    assert write_file(read, read.text).data == read.data == file.read_bytes()
    assert read.routine().title == "A morning"


def test_a_link_goes_on_leading_where_it_leads(file: Path, tmp_path: Path) -> None:
    (folder := tmp_path / "linked").mkdir()
    (link := folder / "morning.yaml").symlink_to(Path("..") / "morning.yaml")
    write_file(read_file(link), GOOD.replace("A morning", "Another"))
    assert link.is_symlink()
    assert "Another" in file.read_text(encoding="utf-8")
    assert [path.name for path in folder.iterdir()] == ["morning.yaml"]


def test_what_somebody_wrote_meanwhile_is_a_conflict_and_stays(file: Path) -> None:
    read = read_file(file)
    file.write_text(theirs := GOOD.replace("Because.", "We must."), encoding="utf-8")
    with pytest.raises(RoutineConflict, match=r"morning\.yaml was changed meanwhile by somebody else") as told:
        write_file(read, mine := GOOD.replace("A few.", "Many."))
    assert (told.value.mine, told.value.theirs) == (mine, theirs)
    assert file.read_text(encoding="utf-8") == theirs


def test_what_was_only_touched_is_no_conflict(file: Path) -> None:
    read = read_file(file)
    file.touch()
    write_file(read, GOOD + "# more\n")
    assert file.read_text(encoding="utf-8").endswith("# more\n")


def test_a_file_that_was_removed_or_renamed_is_a_conflict(file: Path) -> None:
    read = read_file(file)
    file.rename(file.with_name("renamed.yaml"))
    with pytest.raises(RoutineConflict, match="was removed or renamed meanwhile") as told:
        write_file(read, GOOD)
    assert told.value.theirs is None
    assert not file.exists()


def test_a_new_file_is_never_written_over_another(file: Path) -> None:
    with pytest.raises(RoutineError, match="is there already"):
        create_file(file, "other")
    (dangling := file.with_name("dangling.yaml")).symlink_to("nowhere")
    with pytest.raises(RoutineError, match="is there already"):
        create_file(dangling, "other")
    with pytest.raises(RoutineError, match="cannot be written: No such file"):
        create_file(file.parent / "nowhere" / "new.yaml", GOOD)
    assert create_file(file.with_name("new.yaml"), GOOD).routine().title == "A morning"
    assert file.read_text(encoding="utf-8") == GOOD


@contextmanager
def without_rights() -> Iterator[Path]:
    """A folder of somebody else's with a routine in it, which is all that one may read."""
    with tempfile.TemporaryDirectory(dir=tempfile.gettempdir()) as made:
        folder = Path(made)
        (folder / "morning.yaml").write_text(GOOD, encoding="utf-8")
        folder.chmod(0o555)
        is_root = os.geteuid() == 0
        if is_root:
            os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            if is_root:
                os.seteuid(0)
            folder.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="has other rights")
def test_a_read_only_folder_and_a_read_only_file_are_told() -> None:
    with without_rights() as folder:
        read = read_file(folder / "morning.yaml")
        with pytest.raises(RoutineError, match=r"morning\.yaml cannot be written: it is read-only|denied"):
            write_file(read, GOOD + "# more\n")
        with pytest.raises(RoutineError, match=r"new\.yaml cannot be written: Permission denied"):
            create_file(folder / "new.yaml", GOOD)
        assert read_file(folder / "morning.yaml") == read


ADDS = """
import sys
from pathlib import Path
from vistas.errors import RoutineConflict
from vistas.routine.folder import read_file, write_file

for number in range(20):
    while True:
        read = read_file(Path(sys.argv[1]))
        try:
            write_file(read, f"{read.text}# {sys.argv[2]} {number}\\n")
        except RoutineConflict:
            continue
        break
"""
"""As a page does it: reads, writes, and begins anew where somebody was faster."""


def test_two_processes_that_write_lose_nothing(file: Path) -> None:
    """Processes of their own: multiprocessing would run in each what a page left behind as the main program."""
    run = [sys.executable, "-c", ADDS, str(file)]
    writing = [subprocess.Popen([*run, name], stderr=subprocess.PIPE) for name in ("one", "other")]
    for process in writing:
        assert (process.communicate(timeout=240)[1], process.returncode) == (b"", 0)
    lines = file.read_text(encoding="utf-8").removeprefix(GOOD).splitlines()
    assert sorted(lines) == sorted(f"# {name} {number}" for name in ("one", "other") for number in range(20))


def test_what_is_no_ordinary_file_is_told_and_not_waited_for(file: Path) -> None:
    """A named pipe would never end, and a huge file is no routine."""
    os.mkfifo(pipe := file.with_name("pipe.yaml"))
    (huge := file.with_name("huge.yaml")).touch()
    os.truncate(huge, 5_000_000_000)
    (file.with_name("folder.yaml")).mkdir()
    told = sorted(str(mistake).rpartition("/")[2] for mistake in Folders([file.parent]).survey().mistakes)
    assert told == [
        "folder.yaml is not an ordinary file",
        "huge.yaml is larger than any routine",
        "pipe.yaml is not an ordinary file",
    ]
    assert pipe.is_fifo()


def test_a_changed_file_is_noticed_and_another_is_not_read_again(file: Path) -> None:
    folders = Folders([file.parent])
    (first,) = [each for each in folders.survey().routines if each.routine == "morning"]
    (again,) = [each for each in folders.survey().routines if each.routine == "morning"]
    assert again is first
    file.write_text(GOOD.replace("A morning", "Another"), encoding="utf-8")
    assert titles(folders) == {"morning": "Another"}
    write_file(read_file(file), GOOD.replace("A morning", "A third"))
    assert titles(folders) == {"morning": "A third"}


def test_a_wrong_edit_leaves_the_last_good_version_walkable_and_is_told(file: Path) -> None:
    folders = Folders([file.parent])
    assert titles(folders) == {"morning": "A morning"}
    file.write_text(GOOD.replace("title: Traffic", "titel: Traffic"), encoding="utf-8")
    found = folders.survey()
    assert titles(folders) == {"morning": "A morning"}
    assert [str(mistake) for mistake in found.mistakes] == [f"{file}:5: stops[1].title is missing (and 1 more)"]
    assert found.places["morning"] == file
    file.write_text(GOOD.replace("A morning", "Mended"), encoding="utf-8")
    assert titles(folders) == {"morning": "Mended"}
    assert not folders.survey().mistakes


def test_a_file_that_was_wrong_from_the_start_stands_for_nothing(file: Path) -> None:
    file.write_text("routine: [", encoding="utf-8")
    folders = Folders([file.parent])
    assert titles(folders) == {}
    assert len(folders.survey().mistakes) == 1


def test_a_removed_file_is_gone_and_so_is_what_it_said(file: Path) -> None:
    folders = Folders([file.parent])
    assert titles(folders) == {"morning": "A morning"}
    file.unlink()
    assert titles(folders) == {}
    file.write_text("routine: [", encoding="utf-8")
    assert titles(folders) == {}
