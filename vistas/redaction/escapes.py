r"""Decodes a text's escapes once, to look for secrets in it: `\x22`, `%3D`, `\u0026`, `&quot;`."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_ESCAPE = re.compile(
    r"\\x([0-9A-Fa-f]{2})|%([0-9A-Fa-f]{2})|\\u00([0-9A-Fa-f]{2})|&#x0{0,4}([0-9A-Fa-f]{2});"
    r"|(\\[nrt/]|&(?:quot|amp|apos|lt|gt|#3[489]|#6[0124]);)"
)
_NAMED = {
    "\\n": "\n",
    "\\r": "\r",
    "\\t": "\t",
    "\\/": "/",
    "&quot;": '"',
    "&#34;": '"',
    "&amp;": "&",
    "&#38;": "&",
    "&apos;": "'",
    "&#39;": "'",
    "&lt;": "<",
    "&#60;": "<",
    "&gt;": ">",
    "&#62;": ">",
    "&#61;": "=",
    "&#64;": "@",
}


@dataclass(frozen=True, slots=True)
class Unescaped:
    """`text` with its escapes decoded, and the way back to the original."""

    text: str
    decoded_at: tuple[int, ...]
    """Where each decoded character stands in `text`, ascending."""
    ended_at: tuple[int, ...]
    """Where the escape it came from ends in the original."""
    widths: tuple[int, ...]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that `text[start:end]` was decoded from."""
        return self._origin(start), self._end(end)

    def _origin(self, position: int) -> int:
        before = bisect_right(self.decoded_at, position) - 1
        if before < 0:
            return position
        if self.decoded_at[before] == position:
            return self.ended_at[before] - self.widths[before]
        return self.ended_at[before] + position - self.decoded_at[before] - 1

    def _end(self, position: int) -> int:
        return self._origin(position - 1) + self._width(position - 1) if position else 0

    def _width(self, position: int) -> int:
        before = bisect_right(self.decoded_at, position) - 1
        return self.widths[before] if before >= 0 and self.decoded_at[before] == position else 1


def unescape(text: str) -> Unescaped | None:
    """`text` decoded once, or None where it holds no escape."""
    pieces: list[str] = []
    decoded_at: list[int] = []
    ended_at: list[int] = []
    widths: list[int] = []
    length = last = 0
    for escape in _ESCAPE.finditer(text):
        digits = escape[1] or escape[2] or escape[3] or escape[4]
        pieces += (text[last : escape.start()], chr(int(digits, 16)) if digits else _NAMED[escape[5]])
        length += escape.start() - last
        decoded_at.append(length)
        ended_at.append(escape.end())
        widths.append(escape.end() - escape.start())
        length, last = length + 1, escape.end()
    if not decoded_at:
        return None
    pieces.append(text[last:])
    return Unescaped("".join(pieces), tuple(decoded_at), tuple(ended_at), tuple(widths))
