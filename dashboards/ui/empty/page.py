"""An empty page. Its picture is an SVG beside this module, coloured by the theme's tokens."""

from __future__ import annotations

from base64 import b64encode
from enum import StrEnum
from functools import cache
from pathlib import Path

import streamlit as st

from dashboards.ui.theme import TOKENS

_FILLS = {
    "ink": "ink", "strong": "ink", "title": "ink", "soft": "soft", "line": "line", "mid": "mid", "lift": "lift",
    "sunk": "sunk", "glow": "glow", "accent": "accent", "link": "link", "green": "green", "on-accent": "paper",
    "heat-0": "heat-0", "heat-1": "heat-1", "heat-2": "heat-2", "heat-3": "heat-3", "sky": "glow", "sun": "heat-2",
    "ridge-0": "quiet", "ridge-1": "calm", "ridge-2": "mid",
}  # fmt: skip
"""The classes of the pictures, and the tokens they are filled with."""
_SHAPES = """
text{font-family:Figtree,system-ui,sans-serif}.title{font-family:Newsreader,Georgia,serif}.strong{font-weight:600}
.edge{stroke-width:1}.stroke{fill:none;stroke-width:2}
.green-soft{fill-opacity:.16}.blue-soft{fill-opacity:.16}.accent-soft{fill-opacity:.3}
"""


class Picture(StrEnum):
    """Of what is empty; its value names the file."""

    MORNINGS = "mornings"
    LIBRARY = "library"
    SESSIONS = "sessions"
    DECISIONS = "decisions"
    EXPERTISE = "expertise"
    WHEELS = "wheels"
    ROUNDS = "rounds"
    MATRICES = "matrices"
    GLOSSARY = "glossary"
    COMPARE = "compare"
    DRAFTS = "drafts"
    SOURCES = "sources"


def draw(picture: Picture, uses: str, how: str = "") -> None:
    """`uses` says in one sentence what people use it for, `how` how the first comes to be; both Markdown."""
    with st.container(key=f"empty-{picture.value}", gap="small"):
        st.markdown(f"**{uses}**" + (f" :gray[{how}]" if how else ""))
        image = f'<img alt="How it looks once there is something here" src="{_source(picture)}">'
        st.html(f'<figure class="mv-filled"><figcaption>For example</figcaption>{image}</figure>')


@cache
def _source(picture: Picture) -> str:
    """As an address that holds the whole picture: Streamlit serves no SVG, and takes none out of HTML."""
    drawn = (Path(__file__).parent / "pictures" / f"{picture.value}.svg").read_text(encoding="utf-8")
    opening, _, rest = drawn.partition(">")
    content = f"{opening}><style>{_style()}</style>{rest}".encode()
    return f"data:image/svg+xml;base64,{b64encode(content).decode()}"


@cache
def _style() -> str:
    """An image follows the `color-scheme` of the page around it, so also the app's own menu."""
    dark = _colours(1)
    return f"{_SHAPES}{_colours(0)}@media (prefers-color-scheme:dark){{{dark}}}"


def _colours(scheme: int) -> str:
    token = {name: colours[scheme] for name, colours in TOKENS.items()}
    fills = "".join(f".{name}{{fill:{token[filled]}}}" for name, filled in _FILLS.items())
    tints = "".join(f".{name}-soft{{fill:{token[name]}}}" for name in ("green", "blue", "accent"))
    strokes = {"edge": "line", "accent-line": "accent", "then-line": "calm"}
    return fills + tints + "".join(f".{name}{{stroke:{token[drawn]}}}" for name, drawn in strokes.items())
