"""Other people's words inside our Markdown: shown as they were written, never interpreted."""

from __future__ import annotations

import re

_MARKS = re.compile(r"([!-/:-@\[-`{-~])")
_BLANKS = re.compile(r"\s+")


def plain(text: str) -> str:
    """Text that Markdown renders as itself: no emphasis, image, directive, icon or formula; one line.

    An address that stands there in full still becomes a link to itself, which no escape prevents.
    """
    return _MARKS.sub(r"\\\1", _BLANKS.sub(" ", text)).strip()


def prose(text: str) -> str:
    """As `plain`, with paragraphs kept."""
    return "\n\n".join(plain(paragraph) for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip())
