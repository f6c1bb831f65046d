"""Dates of a panel: Grafana takes milliseconds for them, so that queries for seconds multiply by 1000."""

from __future__ import annotations

import re

_UNIT = "dateTime"
_MULTIPLIED = re.compile(r"(?P<seconds>.*[)}\]\w])\s*\*\s*1000(?:\.0+)?", re.DOTALL)
_PART = re.compile(
    r"""(?P<quoted>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)|(?P<bracket>[(){}\[\]])|.""", re.DOTALL
)
_ONE_OPERAND = re.compile(r"[\w:\s]*")
_OPERATORS = re.compile(r"\b(?:or|and|unless|atan2|bool|on|ignoring)\b")


def in_seconds(unit: str, query: str) -> str:
    """What the query multiplies by 1000, where all of it is; empty where it is no date, or anything else."""
    found = _MULTIPLIED.fullmatch(query.strip()) if unit.startswith(_UNIT) else None
    if not found:
        return ""
    seconds = found["seconds"].strip()
    outside = _outside_brackets(seconds)
    if not _ONE_OPERAND.fullmatch(outside) or _OPERATORS.search(outside):
        return ""
    return seconds[1:-1].strip() if _is_bracketed(seconds) else seconds


def _outside_brackets(query: str) -> str:
    """Empty brackets stand for what is in them."""
    depth, outside = 0, []
    for part in _PART.finditer(query):
        if bracket := part["bracket"]:
            depth += 1 if bracket in "({[" else -1
        elif depth == 0:
            outside.append(part[0])
    return "".join(outside) if depth == 0 else "*"


def _is_bracketed(query: str) -> bool:
    """Whether one pair of brackets holds all of it."""
    if not query.startswith("("):
        return False
    depth = 0
    for part in _PART.finditer(query):
        if bracket := part["bracket"]:
            depth += 1 if bracket in "({[" else -1
            if depth == 0:
                return part.end() == len(query)
    return False
