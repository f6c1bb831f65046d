"""Where panels stand: under each other by stops, two side by side where they are not wide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from vistas.exporting.tree import Tree

_COLUMNS: Final = 24
_HALF: Final = 12
_WIDE: Final = frozenset({"table", "heatmap", "state-timeline", "row"})
_HEIGHTS: Final = {"row": 1, "stat": 5, "text": 4}
_HEIGHT: Final = 8
_LETTERS_A_LINE: Final = 190


@dataclass(slots=True)
class Page:
    """Fills from the upper left to the lower right; panels are read in this order."""

    x: int = 0
    y: int = 0
    tallest: int = 0
    last: int = 0

    def place(self, panel: Tree, *, wide: bool = False, height: int = 0) -> Tree:
        """With its number and its place."""
        kind = str(panel["type"])
        width = _COLUMNS if wide or kind in _WIDE else _HALF
        if self.x + width > _COLUMNS:
            self.end_line()
        tall = height or _HEIGHTS.get(kind, _HEIGHT)
        place = {"x": self.x, "y": self.y, "w": width, "h": tall}
        self.x += width
        self.tallest = max(self.tallest, tall)
        self.last += 1
        return {"id": self.last, "gridPos": place, **panel}

    def end_line(self) -> None:
        self.x, self.y, self.tallest = 0, self.y + self.tallest, 0


def height_of(markdown: str) -> int:
    """So that a text can be read without scrolling, at the width of a page."""
    lines = sum(1 + len(line) // _LETTERS_A_LINE for line in markdown.split("\n"))
    return min(2 + lines * 2 // 3, 16)
