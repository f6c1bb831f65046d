"""One pass over logs that come through pipes, such as journald's: they can be read once, and may never end."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import polars as pl

from connectors.ingress.aggregation.one_pass import LogPass, Origin, Task, conclude, gather
from connectors.ingress.aggregation.summary import Summary
from connectors.ingress.origins.archives import LONGEST, Pieces, from_tar, is_tar
from connectors.ingress.origins.blocks import unwrap, whole_lines
from connectors.ingress.origins.compression import LONGEST_MARK, find_packing, unpacked
from connectors.ingress.origins.decoding import as_text
from connectors.ingress.origins.files import unreadable
from connectors.ingress.origins.pipes import display_name
from connectors.ingress.reading.parsing import Block
from connectors.taking import Unobtainable
from vistas.extensions.logs import STREAM
from vistas.snapshot import GapReason
from vistas.source import Deadline

PIECE = 1 << 20
"""At most so much is taken at once; what there is, is taken as soon as it is there."""
LOOK_UP = 0.2
"""Seconds between looks at whether time is up, while nothing comes."""
LISTENING = 0.8
"""The share of the time left in which a pipe is read; what came is summed up in the rest."""
TELL_ROUTES_APART = frozenset({"routes", "slowest", "lines"})


def gather_streams(names: Sequence[str], task: Task) -> LogPass:
    """Everything that comes before the deadline. Unobtainable where nothing does, or a pipe cannot be opened."""
    if STREAM in names and sys.stdin.isatty():
        hint = "Pipe a log into it, such as journalctl -u nginx -o cat."
        raise Unobtainable(GapReason.NOT_HERE, "Standard input is a terminal, not a log.", hint)
    warnings: list[str] = []
    silent: list[Unobtainable] = []
    origins = [Origin(display_name(name), partial(_blocks, name, task, warnings, silent)) for name in names]
    summary, complete = gather(origins, task)
    if silent and not summary.counts.lines:
        raise silent[0]
    warnings += [each.gap.message for each in silent]
    return conclude(
        summary, task, complete=complete, begins=summary.counts.oldest, origins=origins, warnings=warnings
    )


def only_route(read: LogPass, take: str, route: str) -> LogPass:
    """What a look at one route gets of a pass over all. Unobtainable where the pass does not tell routes apart."""
    if take not in TELL_ROUTES_APART:
        message = f"A pipe is read once, for all routes together: its {take} of a single route cannot be shown."
        raise Unobtainable(GapReason.NOT_HERE, message, "Write the log to a file, and name that file.")
    tables = read.summary.tables
    of_route = tables["routes"].filter(pl.col("route").str.starts_with(route))
    return replace(read, summary=Summary(read.summary.counts, {**tables, "routes": of_route}))


def _blocks(name: str, task: Task, warnings: list[str], silent: list[Unobtainable]) -> Iterator[Block]:
    yield from unwrap(_texts(name, task, warnings, silent))


def _texts(name: str, task: Task, warnings: list[str], silent: list[Unobtainable]) -> Iterator[bytes]:
    left = task.max_bytes
    pieces = Pieces(_pieces(name, task.deadline, warnings, silent))

    def say(what: str) -> None:
        warnings.append(f"{display_name(name)} {what}")

    for text in whole_lines(_unpacked(pieces, say)):
        left -= len(text)
        if left < 0:
            warnings.append(
                f"{display_name(name)} holds more than {task.max_bytes:,} bytes: the rest was not read."
            )
            return
        yield text


def _unpacked(pieces: Pieces, say: Callable[[str], None]) -> Iterator[bytes]:
    """What comes, also compressed or as a tar."""
    packing = find_packing(pieces.peek(LONGEST_MARK))
    if packing:
        pieces = Pieces(unpacked(pieces.read, packing, say))
    return from_tar(pieces, say) if is_tar(pieces.peek(LONGEST)) else as_text(pieces, say)


def _pieces(name: str, deadline: Deadline, warnings: list[str], silent: list[Unobtainable]) -> Iterator[bytes]:
    """What comes, as it comes. Why nothing at all did goes to `silent`, why there is no more to `warnings`."""
    listening = deadline.within(LISTENING)
    came = False
    try:
        pipe = os.dup(sys.stdin.fileno()) if name == STREAM else os.open(name, os.O_RDONLY | os.O_NONBLOCK)
        with os.fdopen(pipe, "rb", buffering=0):
            while not listening.passed:
                if select.select([pipe], [], [], LOOK_UP)[0]:
                    piece = os.read(pipe, PIECE)
                    if not piece:
                        return
                    came = True
                    yield piece
    except OSError as error:
        silent.append(unreadable(Path(display_name(name)), error))
        return
    if came:
        warnings.append(f"{display_name(name)} had not ended when time ran out: only what had arrived is here.")
    else:
        message = f"Nothing had come through {display_name(name)} when time ran out."
        silent.append(Unobtainable(GapReason.TOO_SLOW, message, "Check that something writes into it."))
