"""Numbers as block characters, to an eighth of a character: upright for ridges, sideways for bars in tables."""

from __future__ import annotations

from collections.abc import Sequence

_STANDING = " ▁▂▃▄▅▆▇█"
_LYING = " ▏▎▍▌▋▊▉█"
_PLAIN = str.maketrans("▁▂▃▄▅▆▇█▏▎▍▌▋▊▉…×", "..:-=+*#||||###.x")
"""For terminals that have no such letters."""


def ridge(levels: Sequence[float | None], rows: int) -> list[str]:
    """`rows` lines, the topmost first, as high as the highest level; a level above zero is always to be seen."""
    highest = max((level for level in levels if level), default=0.0)
    heights = [_eighths(level, highest, rows) for level in levels]
    return [
        "".join(_STANDING[min(max(height - 8 * row, 0), 8)] for height in heights)
        for row in range(rows - 1, -1, -1)
    ]


def bar(share: float, width: int) -> str:
    """A lying bar, `width` letters long where `share` is 1."""
    eighths = _eighths(share, 1.0, width)
    return _LYING[8] * (eighths // 8) + _LYING[eighths % 8].strip()


def _eighths(level: float | None, highest: float, size: int) -> int:
    return max(1, round(level / highest * size * 8)) if level else 0


def plain_letters(text: str) -> str:
    """The same in ASCII, coarser."""
    return text.translate(_PLAIN).encode("ascii", "replace").decode()
