"""What this browser remembers, as cookies: the name somebody signs with, and whether they are new here.

A cookie comes with the page's first request, so that its first run knows already who is looking.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote

import streamlit as st

from dashboards.components import packaged

LONGEST: Final = 80
PREFIX: Final = "morning-vistas-"


def remembered(what: str) -> str:
    """The word that this browser had kept under a name when the page was opened; empty for none."""
    kept: object = st.context.cookies.get(PREFIX + what, "")
    return unquote(kept).strip()[:LONGEST].strip() if isinstance(kept, str) else ""


def remember(words: Mapping[str, str], *, page: str, key: str) -> None:
    """Keep each word under its name in this browser, for a year; an empty one is forgotten.

    Another `page` than before is begun at its top.
    """
    named = {PREFIX + what: word for what, word in words.items()}
    packaged.show("components/memory/remember.js", key=key, data={"words": named, "page": page})
