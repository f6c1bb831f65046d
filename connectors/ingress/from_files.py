"""One pass over log files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from connectors.ingress.blocks import unwrap, whole_lines
from connectors.ingress.files import FileReading, LogFile, find_files
from connectors.ingress.gathering import LogPass, Origin, Task, conclude, gather
from connectors.ingress.parsing import Block, Parser
from connectors.taking import Unobtainable
from vistas.snapshot import GapReason, Window

EDGE = 1 << 17
"""How many bytes at either end of a file tell which time it covers."""
WORTH_PRUNING = 8 << 20


def gather_files(patterns: Sequence[str], task: Task) -> LogPass:
    """Everything in the files that lies in the scope, newest file first. Unobtainable where none can be read."""
    warnings: list[str] = []
    files = find_files(patterns, warnings)
    older, chosen = _prune(files, task.scope.window, task.new_parser)
    budget = _Budget(task.max_bytes)
    origins = [Origin(str(file.path), _reader(file, budget, warnings)) for file in chosen]
    summary, complete = gather(origins, task)
    if not summary.counts.lines and len(warnings) >= len(files):
        raise Unobtainable(GapReason.GARBLED, warnings[0], "Look at the file itself.")
    return conclude(
        summary,
        task,
        complete=complete,
        begins=older if complete and older else summary.counts.oldest,
        origins=origins,
        warnings=warnings,
    )


class _Budget:
    """How many bytes all files together may still give."""

    def __init__(self, left: int) -> None:
        self.left = left


def _reader(file: LogFile, budget: _Budget, warnings: list[str]) -> Callable[[], Iterator[Block]]:
    def blocks() -> Iterator[Block]:
        if budget.left <= 0:
            warnings.append(f"{file.path} was not read: newer files were as large as may be read.")
            return
        yield from unwrap(whole_lines(_spending(FileReading(file, budget.left, warnings).pieces(), budget)))

    return blocks


def _spending(pieces: Iterator[bytes], budget: _Budget) -> Iterator[bytes]:
    for piece in pieces:
        budget.left -= len(piece)
        yield piece


def _prune(
    files: list[LogFile], window: Window | None, new_parser: Callable[[], Parser]
) -> tuple[datetime | None, list[LogFile]]:
    """When a file ends that ends before the window, and the files that may hold some of it.

    Small files are just read.
    """
    kept: list[LogFile] = []
    older: datetime | None = None
    if window is None:
        return older, files
    for file in files:
        if file.packing or file.size < WORTH_PRUNING:
            kept.append(file)
            continue
        begin, end = _edges(file, new_parser())
        if end is not None and end < window.start:
            older = end
        elif begin is None or begin < window.end:
            kept.append(file)
    return older, kept


def _edges(file: LogFile, parser: Parser) -> tuple[datetime | None, datetime | None]:
    """The oldest time in the first lines of a file, and the newest in its last lines; None where there is none."""
    try:
        with file.path.open("rb") as opened:
            first = opened.read(EDGE)
            opened.seek(-EDGE, 2)
            last = opened.read(EDGE)
    except OSError:
        return None, None
    begin = _time_in(first[: first.rfind(b"\n") + 1], parser, newest=False)
    return begin, _time_in(last[last.find(b"\n") + 1 :], parser, newest=True)


def _time_in(text: bytes, parser: Parser, *, newest: bool) -> datetime | None:
    for block in unwrap(whole_lines([text])):
        times = parser.parse(block).records["time"]
        edge = times.max() if newest else times.min()
        if isinstance(edge, datetime):
            return edge
    return None
