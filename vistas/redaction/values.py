"""Where a secret value ends: at its closing quote, or where a bare value plainly stops.

A bare value includes `,;&|` and brackets, since passwords contain them, unless what follows clearly begins
something new: a blank, a quote that ends a text, another `name=`. When in doubt, more is masked rather than less.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_OPENING = re.compile(r"(?:[bBuUrRfFN@$]{1,2}(?=[\"']))?(\\{0,7})([\"'`“‘«„])")
_TEMPLATE = re.compile(r"(?:\$\{[^{}\n]{0,200}\}|\$\([^()\n]{0,200}\)|\{\{[^{}\n]{0,200}\}\})(?=[\s\"',;)\]}]|$)")
_OBJECT = re.compile(r"\{\s{0,40}(?:\\{0,7}[\"'][\w.-]{1,60}\\{0,7}[\"']\s?:|[\w.-]{1,60}:\s)")
_CLOSERS = {"“": "”", "‘": "’", "«": "»", "„": "“"}
_INSIDE = {quote: re.compile(rf"(?:[^{quote}\\\n]|\\.)*+") for quote in "\"'`”’»“"}
_ESCAPED_ENDS = {quote: re.compile(rf"(?<!\\)(\\*+){quote}|\n") for quote in _INSIDE}
_NEXT_NAME = r"[A-Za-z_][\w.\-]{1,40}[ ]?[=:]"
_BARE_END = re.compile(
    r"\s"
    r"|\\{0,7}[\"'`”’]{1,3}(?=[\s,;:)\]}>&|.\\]|$)"
    rf"|[,;&|](?=\s|$|\\{{0,7}}[\"']|[\]}})]|{_NEXT_NAME})"
    r"|[)\]}]{1,8}(?=[\s,;:.\"'`\\)\]}]|$)"
    r"|</|<br"
)
_LONG = 1000
_MORE = re.compile(r"\\{0,7}[\"']?,\s{0,40}(?=\\{0,7}[\"'])")
_LINE_END = re.compile(r"[^\n]*+")


def value_at(text: str, at: int) -> tuple[int, int]:
    """The stretch of the value that begins at a place, without its quotes."""
    if template := _TEMPLATE.match(text, at):
        return template.span()
    opening = _OPENING.match(text, at)
    if opening is None:
        return at, bare_end(text, at)
    start = opening.end()
    end, after = _closing(text, start, len(opening[1]), _CLOSERS.get(opening[2], opening[2]))
    if text[after : after + 1] in {'"', "'", "$", "_"} or text[after : after + 1].isalnum():
        glued = bare_end(text, after)
        return (start, glued) if glued > after else (start, end)
    return start, end


def values_at(text: str, at: int) -> Iterator[tuple[int, int]]:
    """The value at a place, or all those of a list that begins there. Of an object each has a name of its own."""
    if _OBJECT.match(text, at):
        return
    if text[at : at + 1] not in {"[", "("}:
        yield value_at(text, at)
        return
    at += 1
    while True:
        start, end = value_at(text, at)
        yield start, end
        if not (more := _MORE.match(text, end)) or more.end() <= end:
            return
        at = more.end()


def after_names(
    pattern: re.Pattern[str], text: str, suits: Callable[[re.Match[str], int, int], bool]
) -> Iterator[tuple[int, int]]:
    """The value behind each match of a pattern that ends with a name; the next is looked for behind it."""
    at = 0
    while found := pattern.search(text, at):
        at = found.end()
        start, end = value_at(text, at)
        suiting = suits(found, start, end)
        if suiting:
            yield start, end
        if suiting or end - at > _LONG:
            at = max(at, end)


def bare_end(text: str, at: int) -> int:
    """Where a value without quotes ends."""
    found = _BARE_END.search(text, at)
    return found.start() if found else len(text)


def line_end(text: str, at: int) -> int:
    found = _LINE_END.match(text, at)
    return found.end() if found else at


def _closing(text: str, start: int, escapes: int, quote: str) -> tuple[int, int]:
    """Where a quoted value ends, and what is behind its quote. An open one ends with its line."""
    if not escapes:
        inside = _INSIDE[quote].match(text, start)
        end = inside.end() if inside else start
        return end, min(len(text), end + text.startswith(quote, end))
    for found in _ESCAPED_ENDS[quote].finditer(text, start):
        if found[0] == "\n" or len(found[1]) <= escapes:
            return found.start(), found.start() if found[0] == "\n" else found.end()
    return len(text), len(text)
