"""The selectors of a query: which series it reads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vistas.importing.promql.words import AGGREGATIONS

_TEXT = r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`"""
_PIECE = re.compile(
    rf"""(?P<comment>\#[^\n]*)
    |(?P<listed>\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^()]*\))
    |(?P<name>[A-Za-z_:][\w:]*)?\s*(?P<braces>\{{(?:[^{{}}"'`]|{_TEXT})*\}})
    |(?P<call>[A-Za-z_:][\w:]*)\s*(?=\()
    |(?P<text>{_TEXT})
    |(?P<span>\[[^\]]*\])
    |(?P<bare>[A-Za-z_:][\w:]*)
    |(?P<number>[\d.$][\w.]*)""",
    re.VERBOSE | re.DOTALL | re.ASCII,
)
_WORDS = {"and", "or", "unless", "bool", "offset", "by", "without", "on", "ignoring", "group_left", "group_right"}
_WORDS |= {"inf", "nan", "start", "end", "atan2", *AGGREGATIONS}
_LONGEST_READ = 2000


def selectors(query: str) -> Iterator[tuple[str, str]]:
    """The name (or none) and the matchers in braces (or none) of each, in their order."""
    for piece in _PIECE.finditer(query[:_LONGEST_READ]):
        if piece["braces"]:
            yield piece["name"] or "", piece["braces"]
        elif piece["bare"] and piece["bare"].lower() not in _WORDS:
            yield piece["bare"], ""


def only_selector(query: str) -> str:
    """The one selector that the query reads its series by; empty where there are none, or different ones."""
    found = {f"{name}{braces}" for name, braces in selectors(query)}
    return found.pop() if len(found) == 1 else ""


def first_metric(query: str) -> str:
    """The name of the first metric that is read; empty where none is named."""
    return next((name for name, _ in selectors(query) if name), "")
