"""`vistas gather ROUTINE --logs`: a log given by hand, from a file or a pipe, stands in for the ingress's."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.waiting import Stopwatch
from vistas.command_line import run
from vistas.sharing import read_bundle

DOOR = """\
routine: door
title: The door
about: Who comes in.
window: 1h
stops:
  - stop: callers
    title: Callers
    question: Who is calling?
    why: To know.
    normal: A few.
    plainly: Visitors.
    looks:
      - {look: requests, title: Requests, source: ingress, take: requests}
      - {look: clients, title: Visitors, source: ingress, take: clients}
      - {look: paid, title: Payments, source: ingress, take: routes, where: {route: /pay}}
"""
NAMED = "      - {look: lines, title: Lines, source: back-door, take: lines}\n"
ROUTED = "      - {look: paying, title: Paying, source: ingress, take: requests, where: {route: /pay}}\n"

GATHER = ("gather", "door", "--json")
Ran = tuple[int, dict[str, Any], str]


def lines(number: int, *, prefix: str = "", age: timedelta = timedelta(minutes=5)) -> str:
    when = datetime.now(UTC) - age
    return "".join(
        f'{prefix}192.0.2.{each % 3} - - [{when:%d/%b/%Y:%H:%M:%S} +0000] "GET /{"pay" if each % 5 == 0 else ""} '
        f'HTTP/1.1" 200 9 "-" "curl"\n'
        for each in range(number)
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a routine of one's own, and no source at all."""
    for name in [name for name in os.environ if name.startswith("VISTAS_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "routines").mkdir()
    (tmp_path / "routines" / "door.yaml").write_text(DOOR)
    (tmp_path / "vistas.toml").write_text('data = "data"\nroutines = "routines"\n')
    return tmp_path


@pytest.fixture
def program(folder: Path) -> Callable[..., Ran]:
    """Exit code, outcome and stderr of `vistas gather door … --json` as a program of its own."""

    def called(*arguments: str, **given: Any) -> Ran:
        command = [sys.executable, "-m", "vistas.command_line", *GATHER, *arguments]
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=100, check=False, **given
        )
        return done.returncode, json.loads(done.stdout or "{}"), done.stderr

    return called


@pytest.fixture
def gather(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Ran]:
    """The same in this process, its standard input a real pipe with `piped` in it, or what `stdin` is."""

    def called(*arguments: str, piped: str = "", stdin: int | None = None) -> Ran:
        with os.fdopen(filled(piped) if stdin is None else os.dup(stdin)) as given, monkeypatch.context() as here:
            here.setattr(sys, "stdin", given)
            code = run([*GATHER, *arguments])
        written = capsys.readouterr()
        return code, json.loads(written.out or "{}"), written.err

    return called


def filled(text: str) -> int:
    """The end to read from of a pipe that holds a text, and ends after it."""
    read, write = os.pipe()
    with os.fdopen(write, "w") as end:
        end.write(text)
    return read


def rows(outcome: dict[str, Any]) -> dict[str, int | str]:
    return {look["look"]: look["reason"] or look["rows"] for look in outcome["looks"]}


@pytest.mark.slow("it waits for a pipe")
def test_log_from_a_pipe(program: Callable[..., Ran]) -> None:
    """Read once, for all looks; with no source connected at all."""
    code, outcome, err = program("--logs", "-", input=lines(9))
    assert (code, err) == (0, "")
    assert rows(outcome) == {"requests": 1, "clients": 3, "paid": 1}
    assert {look["source"] for look in outcome["looks"]} == {"logs"}


@pytest.mark.parametrize(
    "prefix", ["Nov 23 02:00:01 edge-1 nginx[123]: ", "2026-11-23T02:00:01+0100 edge-1 nginx: "]
)
def test_journal_as_it_comes(gather: Callable[..., Ran], prefix: str) -> None:
    """The short prefixes of journalctl are taken off."""
    _, outcome, _ = gather("--logs", "-", piped=lines(9, prefix=prefix))
    assert rows(outcome)["clients"] == 3


def test_files_one_after_the_other(gather: Callable[..., Ran], tmp_path: Path) -> None:
    """As the shell writes `--logs *.log`."""
    for name, number in (("a.log", 2), ("b.log", 1)):
        (tmp_path / name).write_text(lines(number))
    code, outcome, _ = gather("--logs", "a.log", "b.log")
    assert code == 0
    assert rows(outcome)["clients"] == 2


def test_stands_in_for_the_source_that_the_routine_names(gather: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "routines" / "door.yaml").write_text(DOOR + NAMED)
    (tmp_path / "vistas.toml").write_text(
        'data = "data"\nroutines = "routines"\n[sources.back-door]\ntype = "ingress"\nfiles = ["none.log"]\n'
        '[sources.front-door]\ntype = "ingress"\nfiles = ["none.log"]\n'
    )
    code, outcome, _ = gather("--logs", "-", piped=lines(9))
    assert code == 0
    assert {look["source"] for look in outcome["looks"]} == {"back-door"}
    assert rows(outcome) == {"requests": 1, "clients": 3, "paid": 1, "lines": 0}


def test_keeps_the_settings_of_the_source_it_stands_in_for(gather: Callable[..., Ran], tmp_path: Path) -> None:
    settings = 'data = "data"\nroutines = "routines"\n[sources.edge]\ntype = "ingress"\nfiles = ["none.log"]\n'
    (tmp_path / "vistas.toml").write_text(settings + 'dialect = "ingress-nginx"\n')
    code, outcome, _ = gather("--logs", "-", piped=lines(9))
    assert code == 1
    assert "known access-log format" in str(rows(outcome)["requests"])


def test_requests_of_one_route_cannot_be_told_from_a_pipe(gather: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "routines" / "door.yaml").write_text(DOOR + ROUTED)
    _, outcome, _ = gather("--logs", "-", piped=lines(9))
    assert "read once" in str(rows(outcome)["paying"])
    (tmp_path / "a.log").write_text(lines(9))
    _, outcome, _ = gather("--logs", "a.log")
    assert rows(outcome)["paying"] == 1


def test_old_log_says_when_it_is_from(gather: Callable[..., Ran], tmp_path: Path) -> None:
    code, outcome, _ = gather("--logs", "-", "--out", "old.vista", piped=lines(9, age=timedelta(days=2)))
    assert code == 0
    assert rows(outcome)["requests"] == 0
    (requests, *_) = read_bundle(tmp_path / "old.vista").at("callers")
    assert "All 9 requests lie outside the window" in " ".join(requests.provenance.warnings)
    assert "standard input" in requests.provenance.query


@pytest.mark.slow("it waits until its time is over")
def test_pipe_that_never_ends(program: Callable[..., Ran], tmp_path: Path) -> None:
    """What came before the deadline is kept, with a word on it."""
    read, write = os.pipe()
    os.write(write, lines(9).encode())
    with os.fdopen(read), os.fdopen(write, "wb"), Stopwatch() as watch:
        code, outcome, _ = program("--logs", "-", "--deadline", "10s", "--out", "open.vista", stdin=read)
    assert code == 0
    assert outcome["took_seconds"] - watch.held_up < 10
    assert rows(outcome) == {"requests": 1, "clients": 3, "paid": 1}
    (requests, *_) = read_bundle(tmp_path / "open.vista").at("callers")
    assert "had not ended" in requests.provenance.warnings[0]


def test_terminal_is_no_log(gather: Callable[..., Ran]) -> None:
    terminal, other = pty.openpty()
    try:
        code, _, err = gather("--logs", "-", stdin=other)
    finally:
        os.close(terminal)
        os.close(other)
    assert code == 2
    assert "standard input is a terminal" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--logs", "-", "a.log"], "cannot be combined with files"),
        (["a.log"], "pass logs with --logs"),
        (["--logs"], "--logs"),
    ],
)
def test_wrong_use(gather: Callable[..., Ran], arguments: list[str], says: str) -> None:
    code, _, err = gather(*arguments)
    assert code == 2
    assert says in err


def test_two_sources_by_name_cannot_be_one_log(gather: Callable[..., Ran], tmp_path: Path) -> None:
    other = NAMED.replace("back-door", "side-door").replace("look: lines", "look: side")
    (tmp_path / "routines" / "door.yaml").write_text(DOOR + NAMED + other)
    code, _, err = gather("--logs", "-", piped=lines(1))
    assert code == 2
    assert "back-door, side-door" in err
