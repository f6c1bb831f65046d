"""Counts of a window, asked for in parts at the same time, and what is done with the counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from connectors.log_engines.lines import DAY, MINUTE, LabelledCount, TimeSpan

AT_LEAST = 60 * MINUTE
PARTS = 24
"""In how many parts a window is counted, if they are an hour or more each: parts are counted at the same time."""

Given = TypeVar("Given")
Got = TypeVar("Got")


def by_parts(
    span: TimeSpan, count: Callable[[TimeSpan], list[LabelledCount]], at_once: int
) -> list[LabelledCount]:
    """What `count` gives for all parts of a span."""
    length = min(DAY, max(AT_LEAST, span.length // PARTS // MINUTE * MINUTE))
    counted = at_the_same_time(count, list(span.parts(length)), at_once)
    return [cell for cells in counted for cell in cells]


def at_the_same_time(ask: Callable[[Given], Got], each: Sequence[Given], at_once: int) -> list[Got]:
    """What `ask` gives for each, in their order."""
    with ThreadPoolExecutor(at_once, thread_name_prefix="logs") as threads:
        return list(threads.map(ask, each))


def stretches(minutes: Iterable[LabelledCount], span: TimeSpan, lines: int) -> list[TimeSpan]:
    """The span in stretches of about so many lines each, going by how many there are in each minute."""
    cuts, held = [span.start], 0
    for cell in sorted(minutes, key=lambda cell: cell.end):
        if held and held + cell.count > lines:
            cuts.append(max(span.start, (cell.end - 1) // MINUTE * MINUTE))
            held = 0
        held += cell.count
    return [TimeSpan(start, end) for start, end in zip(cuts, [*cuts[1:], span.end], strict=True) if start < end]
