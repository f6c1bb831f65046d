"""One pass over log files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from connectors.ingress.aggregation.one_pass import LogPass, Origin, Task, conclude, gather
from connectors.ingress.origins.blocks import unwrap, whole_lines
from connectors.ingress.origins.files import FileReading, LogFile, find_files
from connectors.ingress.origins.seeking import FilePart, find_part
from connectors.ingress.reading.parsing import Block
from connectors.taking import Unobtainable
from vistas.snapshot import GapReason


def gather_files(patterns: Sequence[str], task: Task) -> LogPass:
    """Everything in the files that lies in the scope, newest file first. Unobtainable where none can be read."""
    warnings: list[str] = []
    files = find_files(patterns, warnings)
    window = task.scope.window
    parts = [
        FilePart(0, file.size) if window is None else find_part(file, window, task.new_parser) for file in files
    ]
    budget = _Budget(task.max_bytes)
    origins = [
        Origin(str(file.path), _reader(file, part, budget, warnings))
        for file, part in zip(files, parts, strict=True)
        if part.begin < part.end or not file.size
    ]
    summary, complete = gather(origins, task)
    if not summary.counts.lines and len(warnings) >= len(files):
        raise Unobtainable(GapReason.GARBLED, warnings[0], "Look at the file itself.")
    return conclude(
        summary,
        task,
        complete=complete,
        begins=window.start
        if window and complete and any(part.older for part in parts)
        else summary.counts.oldest,
        origins=origins,
        warnings=warnings,
    )


class _Budget:
    """How many bytes all files together may still give."""

    def __init__(self, left: int) -> None:
        self.left = left


def _reader(file: LogFile, part: FilePart, budget: _Budget, warnings: list[str]) -> Callable[[], Iterator[Block]]:
    def blocks() -> Iterator[Block]:
        if budget.left <= 0:
            warnings.append(f"{file.path} was not read: newer files had reached the size limit.")
            return
        reading = FileReading(file, budget.left, warnings, part.begin, part.end)
        yield from unwrap(whole_lines(_spending(reading.pieces(), budget)))

    return blocks


def _spending(pieces: Iterator[bytes], budget: _Budget) -> Iterator[bytes]:
    for piece in pieces:
        budget.left -= len(piece)
        yield piece
