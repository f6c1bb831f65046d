"""Escapes other people's words within our Markdown, so that they show as written."""

from __future__ import annotations

import re

from vistas.errors import VistasError
from vistas.redaction import doors

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


def error_text(problem: VistasError) -> str:
    """What an error says, as it may be shown: no page shows one in another way."""
    return doors.masked(str(problem))
