"""Each way in which the command line writes is a door, and masks what goes through it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.watched_doors import as_before
from vistas.command_line import run, writing
from vistas.redaction import Redactor, doors

SECRET = "hunter2-correct-horse"
TEXT = f"see https://ann:{SECRET}@shop.example/ and blue-fox"


@pytest.fixture(autouse=True)
def doors_as_before() -> Iterator[None]:
    with as_before():
        yield


@pytest.mark.parametrize(
    "write",
    [
        writing.say,
        writing.complain,
        writing.show_progress,
        lambda text: writing.say_columns([["one", text], [text, "two"]]),
        lambda text: writing.say_json({"says": text, "more": [[text]]}),
    ],
    ids=["say", "complain", "show_progress", "say_columns", "say_json"],
)
def test_what_is_written_is_masked(write: Callable[[str], None], capsys: pytest.CaptureFixture[str]) -> None:
    """By everybody's rules, and by those of the settings once they are read."""
    write(TEXT)
    written = "".join(capsys.readouterr())
    assert SECRET not in written
    assert "blue-fox" in written
    doors.use(Redactor(b"k" * 32, also=["blue-fox"]))
    write(TEXT)
    written = "".join(capsys.readouterr())
    assert "see" in written
    assert "blue-fox" not in written


@pytest.mark.parametrize(
    "arguments",
    [
        ["gather", "landscape", "--at", f"password={SECRET}"],
        ["gather", f"https://ann:{SECRET}@shop.example/routine.yaml"],
        ["export", "x", "--to", f"token={SECRET}.pdf"],
        [f"password={SECRET}"],
        ["import", f"/nowhere/password={SECRET}"],
    ],
)
def test_wrong_use_is_told_without_secrets(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("vistas: ")
    assert SECRET not in told.err


def test_rules_of_one_run_are_not_those_of_the_next(capsys: pytest.CaptureFixture[str]) -> None:
    doors.use(Redactor(b"k" * 32, also=["fox"]))
    assert run(["fox"]) == 2
    assert "fox" in capsys.readouterr().err
