"""Findings as Markdown that reads as well in a terminal, and into README.md between its markers."""

from __future__ import annotations

import os
import platform
import re
import statistics
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.result import Finding, Measured, Missing, Target
from tests.servers.fetch import NAMES, OLDEST, directory_of

LIBRARIES = ("polars", "streamlit", "plotly", "kubernetes", "prometheus-api-client")
TOOK = ("task", "by", "median", "fastest–slowest", "rate", "CPU", "own memory", "peak memory")
PROMISED = ("promise", "measured", "target", "")


def tables(findings: Sequence[Finding]) -> str:
    """What was measured, what was promised, and what was left out."""
    measured = [_took(each) for each in findings if isinstance(each, Measured)]
    targets = [_promised(each) for each in findings if isinstance(each, Target)]
    missing = [left_out(each) for each in findings if isinstance(each, Missing)]
    parts = [_table(TOOK, measured), _table(PROMISED, targets), "\n".join(missing)]
    return "\n\n".join(part for part in parts if part)


def left_out(missing: Missing) -> str:
    return f"LEFT OUT: {missing.what}. {missing.reason}"


def missed(target: Target) -> str:
    what, measured, limit, _ = _promised(target)
    return f"MISSED: {what}: {measured}, promised {limit}"


def machine() -> str:
    """What all of it was measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    here = f"{len(os.sched_getaffinity(0))} cores of {_processor()}, {memory:.0f} GiB, {platform.system()}"
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    used = (directory_of(name) for name in NAMES if not name.startswith(OLDEST))
    servers = ", ".join(directory.name for directory in used if directory)
    return f"{here}. Python {platform.python_version()}, {libraries}. {servers}."


def write(readme: Path, part: str, text: str) -> None:
    """Put the part's tables between its markers, at the end where it has none yet."""
    begin, end = f"<!-- {part}: written by scripts/bench --write -->", f"<!-- {part} ends -->"
    block = f"{begin}\n\n{text}\n\n{end}"
    before = readme.read_text(encoding="utf-8")
    known = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    after = known.sub(lambda _: block, before) if known.search(before) else f"{before.rstrip()}\n\n{block}\n"
    readme.write_text(after, encoding="utf-8")


def _processor() -> str:
    names = re.findall(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    return names[0] if names else platform.machine()


def _took(measured: Measured) -> tuple[str, ...]:
    return (
        measured.task,
        measured.name,
        _span(measured.median),
        f"{_span(min(measured.seconds))}–{_span(max(measured.seconds))}",
        "" if measured.rate is None else f"{_number(measured.rate)} {measured.unit}/s",
        _span(statistics.median(measured.cpu_seconds)) if measured.cpu_seconds else "",
        _size(measured.own_bytes),
        _size(measured.peak_bytes),
    )


def _promised(target: Target) -> tuple[str, ...]:
    measured, limit = (f"{_number(value)} {target.unit}" for value in (target.measured, target.limit))
    return target.what, measured, f"{target.direction} {limit}", "met" if target.met else "**MISSED**"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    columns = [column for column in zip(heads, *rows, strict=True) if any(column[1:])]
    widths = [max(map(len, column)) for column in columns]
    padded = [[cell.ljust(width) for cell in column] for column, width in zip(columns, widths, strict=True)]
    head, *body = [f"| {' | '.join(row)} |" for row in zip(*padded, strict=True)]
    return "\n".join([head, f"| {' | '.join('-' * width for width in widths)} |", *body])


def _span(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"


def _number(value: float) -> str:
    """Three digits that count."""
    for size, letter in ((1e6, " M"), (1e3, " k")):
        if value >= size:
            return f"{value / size:.3g}{letter}"
    return f"{value:.3g}"


def _size(size: int | None) -> str:
    return "" if size is None else f"{size / 1e6:,.0f} MB"
