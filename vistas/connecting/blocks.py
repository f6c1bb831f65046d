"""The tables of a TOML file as stretches of its lines, so that one can go without anything else being touched."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

_TOKEN: Final = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}' r"|'''.*?'{3,5}" r'|"(?:[^"\\\n]|\\.)*"' r"|'[^'\n]*'" r"|#[^\n]*" r"|[\[\]{}\n]",
    re.DOTALL,
)
"""Strings, comments, brackets and ends of line: whatever may look like another of them."""
_DEEPER: Final = {"[": 1, "{": 1, "]": -1, "}": -1}


@dataclass(frozen=True, slots=True)
class Block:
    """A table under a header of its own: the lines from `first` to just before `end`, with the one at `header`.

    Comments right above the header are part of it, and those right below its last setting, up to an empty line.
    """

    keys: tuple[str, ...]
    first: int
    header: int
    end: int


def lines_of(text: str) -> list[str]:
    """Each with its line end; only a line feed ends one."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def blocks_of(lines: Sequence[str]) -> list[Block]:
    """Every table that stands under a header of its own, in the order of the file."""
    inner = _inner("".join(lines))
    headers = [
        (number, keys)
        for number, line in enumerate(lines)
        if number not in inner and (keys := header_keys(line)) is not None
    ]
    found: list[Block] = []
    for place, (number, keys) in enumerate(headers):
        follows = headers[place + 1][0] if place + 1 < len(headers) else None
        begins = found[-1].end if found else 0
        found.append(Block(keys, _with_comments(lines, number, begins), number, _end(lines, number, follows)))
    return found


def header_keys(line: str) -> tuple[str, ...] | None:
    """The keys of `[a.b]` and `[[a.b]]`; None where the line is something else."""
    if not line.lstrip(" \t").startswith("["):
        return None
    try:
        told: Any = tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return None
    keys = []
    while told:
        [(key, inner)] = told.items()
        keys.append(key)
        told = inner[0] if isinstance(inner, list) else inner
    return tuple(keys)


def _inner(text: str) -> set[int]:
    """The lines that begin within a string, or within the brackets of a value."""
    found, line, depth = set[int](), 0, 0
    for token in _TOKEN.finditer(text):
        said = token[0]
        if said == "\n":
            line += 1
            if depth:
                found.add(line)
            continue
        further = said.count("\n")
        found.update(range(line + 1, line + further + 1))
        line += further
        depth += _DEEPER.get(said, 0)
    return found


def _with_comments(lines: Sequence[str], header: int, begins: int) -> int:
    first = header
    while first > begins and lines[first - 1].lstrip().startswith("#"):
        first -= 1
    return first


def _end(lines: Sequence[str], header: int, follows: int | None) -> int:
    """Comments that lead up to the next header without an empty line are that one's."""
    limit = len(lines) if follows is None else follows
    end = limit
    while end > header + 1 and not _says_something(lines[end - 1]):
        end -= 1
    while end < limit and lines[end].strip():
        end += 1
    if follows is not None and end == limit:
        while end > header + 1 and not _says_something(lines[end - 1]):
            end -= 1
    return end


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")
