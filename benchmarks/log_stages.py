"""Where the time goes when a log is read: `python -m benchmarks.log_stages FILE` prints CPU time a line, by stage.

It is what `vistas logs` does, on one thread, so that stages do not hide behind each other; an indented stage is
part of the one above it. Below it stands what Polars takes to find the lines alone, and what folding paths would
take if routes were joined to the rows by the text of their path: see decision 10.
"""

from __future__ import annotations

import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

os.environ.setdefault("POLARS_MAX_THREADS", "1")

import polars as pl

from connectors.ingress.aggregation import folding, summarising
from connectors.ingress.aggregation.redacting import redact
from connectors.ingress.aggregation.summarising import SummaryScope, summarise
from connectors.ingress.aggregation.summary import Gathered
from connectors.ingress.dialects import load_dialects
from connectors.ingress.origins.blocks import unwrap, whole_lines
from connectors.ingress.origins.files import FileReading, find_files
from connectors.ingress.overview import SHOWN, without_unseen
from connectors.ingress.reading import text_reader
from connectors.ingress.reading.parsing import Parser
from vistas.redaction import Redactor

PARTS: dict[str, tuple[tuple[str, ModuleType, str], ...]] = {
    "parsing": (
        ("cutting at blanks", pl, "read_csv"),
        ("making records", text_reader, "to_records"),
    ),
    "summarising": (
        ("folding paths", summarising, "fold_routes"),
        ("numbering names", summarising, "named"),
        ("grouping", summarising, "_grouped"),
    ),
}
FLOOR = "finding lines alone"
JOINED = "folding, joined by text"
ONE_COLUMN: dict[str, Any] = {"separator": "\x01", "quote_char": None, "schema": {"line": pl.String}}
"""Settings under which a line is one value."""


class Clock:
    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def timed(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **named: Any) -> Any:
            begin = time.process_time()
            result = work(*arguments, **named)
            self.seconds[stage] += time.process_time() - begin
            return result

        return run


def fold_and_join(targets: pl.Series) -> pl.Series:
    """As `fold_routes`, whose numbers it does without."""
    distinct = targets.unique()
    routes = pl.DataFrame({"target": distinct, "route": folding.fold_routes(distinct)})
    rows = targets.alias("target").to_frame()
    return rows.join(routes, on="target", how="left", maintain_order="left")["route"]


def main(path: str) -> None:
    clock = Clock()
    join = clock.timed(JOINED, fold_and_join)

    def fold_both_ways(targets: pl.Series, *kind: Any) -> pl.Series:
        join(targets)
        return fold(targets, *kind)

    find_lines = clock.timed(FLOOR, partial(pl.read_csv, has_header=False, **ONE_COLUMN))
    for parts in PARTS.values():
        for stage, module, name in parts:
            setattr(module, name, clock.timed(stage, getattr(module, name)))
    fold = summarising.fold_routes
    summarising.fold_routes = fold_both_ways  # type: ignore[assignment]
    dialects, scope = [without_unseen(each) for each in load_dialects()], SummaryScope(tables=SHOWN)
    parser, gathered = Parser(dialects, ZoneInfo("UTC"), datetime.now(UTC)), Gathered()
    parse, add = clock.timed("parsing", parser.parse), clock.timed("adding up", gathered.add)
    blocks = unwrap(whole_lines(FileReading(find_files([path], [])[0], 1 << 40, []).pieces()))
    read = clock.timed("reading", lambda: next(blocks, None))
    while block := read():
        find_lines(block.text)
        add(clock.timed("summarising", summarise)(parse(block), scope, gathered.names))
    summary = clock.timed("adding up", gathered.result)()
    clock.timed("redacting", redact)(summary, Redactor(b"any").begin())
    tell(clock.seconds, summary.counts.lines)


def tell(seconds: dict[str, float], lines: int) -> None:
    stages = ("reading", "parsing", "summarising", "adding up", "redacting")
    seconds["summarising"] -= seconds[JOINED]
    for stage in stages:
        print(f"{stage:24}{seconds[stage] / lines * 1e6:6.2f} µs a line")
        for part, _, _ in PARTS.get(stage, ()):
            print(f"  {part:22}{seconds[part] / lines * 1e6:6.2f}")
    print(f"{'all of it':24}{sum(seconds[stage] for stage in stages) / lines * 1e6:6.2f} µs of {lines:,} lines")
    for beside in (FLOOR, JOINED):
        print(f"{beside:24}{seconds[beside] / lines * 1e6:6.2f}")


if __name__ == "__main__":
    main(sys.argv[1])
