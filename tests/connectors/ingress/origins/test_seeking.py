"""A window is found in a large file without reading it through, and without losing a line of it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.ingress.dialects import load_dialects
from connectors.ingress.origins import seeking
from connectors.ingress.origins.files import FileReading, find_files
from connectors.ingress.origins.seeking import SLACK, FilePart, find_part
from connectors.ingress.reading.parsing import Parser
from tests.connectors.ingress.lines import MORNING, ingress_line
from vistas.snapshot import Window

HOURS = 12
LINES = [(MORNING + timedelta(seconds=6 * number), number) for number in range(HOURS * 600)]


def new_parser() -> Parser:
    return Parser(load_dialects()[:2], ZoneInfo("UTC"), datetime(2026, 11, 23, tzinfo=UTC))


@pytest.fixture(autouse=True)
def _small_files_are_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seeking, "WORTH_ENTERING", 20_000)
    monkeypatch.setattr(seeking, "EDGE", 2_000)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("logs") / "access.log"
    path.write_text(
        "".join(ingress_line(time, request=f"GET /n{number}n HTTP/1.1") + "\n" for time, number in LINES)
    )
    return path


def part_of(path: Path, window: Window) -> tuple[FilePart, bytes]:
    (file,) = find_files([str(path)], [])
    part = find_part(file, window, new_parser)
    return part, b"".join(FileReading(file, 1 << 30, [], part.begin, part.end).pieces())


@given(st.integers(-60, HOURS * 60), st.integers(1, 200))
def test_no_line_of_the_window_is_missing(log: Path, minute: int, minutes: int) -> None:
    """Whatever the window, its lines are whole and all there; of the rest little is read."""
    start = MORNING + timedelta(minutes=minute)
    window = Window(start, start + timedelta(minutes=minutes))
    part, text = part_of(log, window)
    wanted = [number for time, number in LINES if window.start <= time < window.end]
    lines = text.splitlines(keepends=True)
    assert all(f"/n{number}n ".encode() in text for number in wanted)
    assert all(line.endswith(b"\n") and line.count(b'"') == 6 for line in lines)
    assert len(lines) <= len(wanted) + 2 * (SLACK / timedelta(seconds=6) + 20_000 / 100)
    assert part.older == (start > MORNING)


def test_window_after_the_file(log: Path) -> None:
    """Nothing is read, and it is known that the log goes back further."""
    part, text = part_of(log, Window(MORNING + timedelta(days=2), MORNING + timedelta(days=3)))
    assert (text, part.older) == (b"", True)


def test_window_before_the_file(log: Path) -> None:
    part, text = part_of(log, Window(MORNING - timedelta(days=2), MORNING - timedelta(days=1)))
    assert (text, part.older) == (b"", False)


def test_lines_out_of_order_are_all_read(tmp_path: Path) -> None:
    """Two logs one after the other, the newer first: no search would find what is asked."""
    path = tmp_path / "access.log"
    half = len(LINES) // 2
    path.write_text("".join(ingress_line(time) + "\n" for time, _ in (*LINES[half:], *LINES[:half])))
    window = Window(MORNING + timedelta(hours=3), MORNING + timedelta(hours=7))
    part, _ = part_of(path, window)
    assert part == FilePart(0, path.stat().st_size)


def test_text_without_times_is_all_read(tmp_path: Path) -> None:
    path = tmp_path / "access.log"
    path.write_text("nothing known\n" * 5_000)
    part, _ = part_of(path, Window(MORNING, MORNING + timedelta(hours=1)))
    assert part == FilePart(0, path.stat().st_size)
