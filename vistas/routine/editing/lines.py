"""The lines of a text, by offsets; and whose comments are whose."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lines:
    text: str

    @property
    def ending(self) -> str:
        """The line break that most lines have."""
        return "\r\n" if 2 * self.text.count("\r\n") > self.text.count("\n") else "\n"

    def start(self, index: int) -> int:
        """Where the line of `index` begins."""
        return self.text.rfind("\n", 0, index) + 1

    def end(self, index: int) -> int:
        """Where the line of `index` ends, before its line break."""
        found = self.text.find("\n", index)
        found = len(self.text) if found < 0 else found
        return found - 1 if found > index and self.text[found - 1] == "\r" else found

    def after(self, index: int) -> int:
        """Where the next line begins."""
        found = self.text.find("\n", index)
        return len(self.text) if found < 0 else found + 1

    def column(self, index: int) -> int:
        line = self.start(index)
        return index - line - self.text.startswith("\ufeff", line)

    def comment(self, start: int, end: int) -> bool:
        """Whether there is one between two places, where nothing else is than white space and punctuation."""
        return "#" in self.text[start:end]

    def below(self, index: int, column: int) -> int:
        """Behind the comments below the line of `index` that stand further right than `column`."""
        behind = place = self.after(index)
        while place < len(self.text):
            found = _COMMENT.match(self.text, place)
            if (found and len(found[1]) <= column) or not (found or _BLANK.match(self.text, place)):
                break
            place = self.after(place)
            behind = place if found else behind
        return behind

    def apart(self, index: int) -> int:
        """Behind the comments and blank lines below the line of `index`: where the next thing begins."""
        place = self.after(index)
        while place < len(self.text) and (_COMMENT.match(self.text, place) or _BLANK.match(self.text, place)):
            place = self.after(place)
        return place

    def above(self, index: int, column: int, limit: int = 0) -> int:
        """Where the comments begin that stand right above the line of `index`, not further right than `column`.

        What stands before `limit` is not looked at.
        """
        place = self.start(index)
        while place > limit:
            before = self.start(place - 1)
            found = _COMMENT.match(self.text, before)
            if before < limit or not found or len(found[1]) > column:
                break
            place = before
        return place


_COMMENT = re.compile(r"([ \t]*)#")
_BLANK = re.compile(r"[ \t]*\r?\n")
