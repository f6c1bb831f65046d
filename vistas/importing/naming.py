"""Foreign words made fit for a routine: lines and prose that are read back as they were written."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from vistas.routine.slugs import Slugs as Slugs  # noqa: PLC0414 - published here, too

Mask = Callable[[str], str]

LONGEST_LINE = 200
LONGEST_PROSE = 2000
LONGEST_TITLE = 24
_LONGEST_READ = 20_000
_UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_HIDDEN = re.compile(r"<(script|style)\b[^<>]*>.*?(</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_ASIDE = 0xE000
"""What is escaped stands so much further on, among letters of private use, while markup is taken out."""
_SET_ASIDE = re.compile(r"[\ue021-\ue07e]")
_MARKDOWN_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,2000}\)")


def printable(text: str) -> str:
    """Without what a terminal or a YAML file could take for more than text; lines end with a line feed."""
    return _UNPRINTABLE.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str, most: int = LONGEST_LINE) -> str:
    """On one line, and cut at a word where it is too long."""
    return clipped(" ".join(printable(text[:_LONGEST_READ]).split()), most)


def clipped(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    whole = cut.rsplit(" ", 1)[0]
    return f"{(whole if len(whole) > most // 2 else cut).rstrip()}…"


def prose(text: str) -> str:
    """Paragraphs: runs of blanks and of empty lines are one."""
    lines = [" ".join(line.split()) for line in printable(text[:_LONGEST_READ]).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[: 2 * LONGEST_PROSE]


def plain_words(text: str) -> str:
    """Markdown or HTML as plain prose: tags, scripts, addresses and emphasis gone, words kept."""
    kept = _ESCAPED.sub(lambda found: chr(_ASIDE + ord(found[1])), text[:_LONGEST_READ])
    bare = _TAG.sub(" ", _HIDDEN.sub(" ", kept))
    bare = _MARKDOWN_LINK.sub(r"\1", unescape(bare))
    bare = re.sub(r"^\s{0,3}#{1,6}\s+", "", bare, flags=re.MULTILINE)
    bare = re.sub(r"\*\*|__|`", "", bare)
    return prose(_SET_ASIDE.sub(lambda found: chr(ord(found[0]) - _ASIDE), bare))


def unescaped(markdown: str) -> str:
    """Without the backslashes that keep what follows from being markup."""
    return _ESCAPED.sub(r"\1", markdown)
