"""A routine's versions on the command line: listed, printed, told apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.vistas.command_line.test_command_line import DOOR, PULSE, folder, vistas
from vistas.routine.file import load_routine, read_routine

__all__ = ["folder", "vistas"]

Vistas = Callable[..., tuple[int, str, str]]


@pytest.fixture
def walked(folder: Path, vistas: Vistas) -> Path:
    """Gathered once as it was, and once with another stop."""
    file = folder / "routines" / "door.yaml"
    vistas("gather", "door")
    file.write_text(DOOR + PULSE)
    vistas("gather", "door")
    return file


def test_each_version_is_listed_with_where_it_came_from(walked: Path, vistas: Vistas) -> None:
    code, out, _ = vistas("routines", "versions", "door")
    assert code == 0
    assert [line.split()[:4] for line in out.splitlines()] == [
        ["door@2", "from", "its", "file"],
        ["door@1", "from", "its", "file"],
    ]
    assert all("not walked" in line for line in out.splitlines()), "gathering alone is no walk"


def test_a_version_is_printed_as_the_file_it_can_be(walked: Path, vistas: Vistas) -> None:
    newest, first = load_routine(walked), read_routine(DOOR, "door")
    for arguments, expected in (
        (["door"], newest),
        (["door@2"], newest),
        (["door", "--version", "1"], first),
        ([str(walked)], newest),
    ):
        code, out, _ = vistas("routines", "show", *arguments)
        assert code == 0
        assert read_routine(out, "shown").digest == expected.digest


def test_what_stands_in_a_file_is_printed_as_it_stands_there(walked: Path, vistas: Vistas) -> None:
    """With its comments; and only while it is what is walked."""
    walked.write_text(f"# Ask Mira.\n{DOOR}{PULSE}")
    assert vistas("routines", "show", "door")[1] == walked.read_text()
    assert vistas("routines", "show", str(walked))[1] == walked.read_text()
    assert "# Ask Mira." not in vistas("routines", "show", "door@1")[1]
    walked.write_text("# Ask Mira.\nroutine: door\nstops: []\n")
    shown = read_routine(vistas("routines", "show", "door")[1], "shown")
    assert shown.digest == read_routine(DOOR + PULSE, "door").digest


def test_two_are_told_apart_in_words(walked: Path, vistas: Vistas) -> None:
    code, out, _ = vistas("routines", "diff", "door@1", "door")
    assert (code, out.splitlines()) == (
        0,
        ["new       Pulse, as the last stop: Is it up?", "          One look: Up"],
    )
    assert vistas("routines", "diff", "door", str(walked))[1] == "Both look at the same.\n"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("door@9", "door has 2 versions, and no version 9"),
        ("door@x", "'door@x' is no version of a routine: write door@2"),
        ("gate@1", "there is no routine called 'gate'"),
    ],
)
def test_what_is_not_there_is_said_in_one_line(walked: Path, vistas: Vistas, name: str, told: str) -> None:
    code, _, err = vistas("routines", "show", name)
    assert code == 2
    assert told in err


def test_an_earlier_version_can_be_gathered(walked: Path, vistas: Vistas) -> None:
    assert "Pulse" not in vistas("gather", "door@1", "--json")[1]
    assert len(vistas("routines", "versions", "door")[1].splitlines()) == 2, "it is no new version"
