"""The look of the app: colours by name, and the stylesheet that dresses Streamlit's own parts.

Most of the look is in `.streamlit/config.toml`. Streamlit sets `color-scheme` on the app, and `scheme.js` on all
that opens beside it, so `light-dark()` follows the app's theme menu at once, with no rerun. A test computes the
contrast (WCAG 2, AA): in light and dark, ink has 13.7 and 14.1 to 1, soft text 5.6 and 7.5, the accent 4.8 and
7.8.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import streamlit as st

TOKENS: Final[dict[str, tuple[str, str]]] = {
    "ink": ("#2C2722", "#ECE5DA"),
    "soft": ("#6C6154", "#B3A899"),
    "line": ("#E3D9C8", "#3A352E"),
    "grid": ("#EADFCF", "#332D27"),
    "axis": ("#D8CBB7", "#4A433A"),
    "paper": ("#FAF6EF", "#1C1815"),
    "lift": ("#FFFDF9", "#26211D"),
    "sunk": ("#F2EBDF", "#171411"),
    "glow": ("#F6E3D6", "#40291D"),
    "accent": ("#B0512B", "#E89A6C"),
    "link": ("#8F3F1F", "#F0B592"),
    "red": ("#A63A34", "#E38A80"),
    "green": ("#5A7042", "#A6BC88"),
    "amber": ("#8A6414", "#DDB86A"),
    "blue": ("#456678", "#8FB3C6"),
    "calm": ("#A39378", "#8C8173"),
    "mid": ("#85775F", "#A79C8D"),
    "quiet": ("#D9CDB9", "#4B443B"),
    "then": ("#DDD0BB", "#433C34"),
    "heat-0": ("#F7EDE0", "#27201B"),
    "heat-1": ("#F0CFB1", "#4E3325"),
    "heat-2": ("#DDA377", "#885839"),
    "heat-3": ("#B0522C", "#E89B6D"),
    "heat-4": ("#6E3017", "#FADFCC"),
    "series-1": ("#B0512C", "#E89A6D"),
    "series-2": ("#3F6B84", "#8FB3C7"),
    "series-3": ("#5F7A3F", "#A6BC89"),
    "series-4": ("#9A6B12", "#DDB86B"),
    "series-5": ("#7A4A72", "#C9A0C4"),
    "series-6": ("#2F7A6E", "#7FC0B3"),
    "series-7": ("#8A5A44", "#C99B83"),
    "series-8": ("#5B5FA0", "#A5A8DB"),
    "series-9": ("#A34A5E", "#E08FA2"),
    "series-10": ("#6F6A2A", "#BDB66B"),
    "series-11": ("#4A4F57", "#A7AEB8"),
    "series-12": ("#8C7B62", "#A2978A"),
}
"""Every colour by its name: in light, in dark. All light ones differ, so that a chart can be repainted by them."""

LIGHT: Final[dict[str, str]] = {name: light for name, (light, _) in TOKENS.items()}


def dress() -> None:
    """Put the stylesheet on the page; once a run, before anything else is drawn."""
    st.html(f"<style>{properties()}{_sheet()}</style>")


def properties() -> str:
    """The tokens as CSS custom properties."""
    each = "".join(f"--{name}:light-dark({light},{dark});" for name, (light, dark) in TOKENS.items())
    return f":root{{{each}}}"


@cache
def _sheet() -> str:
    """What holds everywhere, then each concept's own; read once."""
    everywhere = Path(__file__).with_name("theme.css")
    return "".join(sheet.read_text(encoding="utf-8") for sheet in (everywhere, *_own_sheets(everywhere)))


def _own_sheets(everywhere: Path) -> Iterator[Path]:
    """Those of concepts; browser components load what they need by themselves."""
    dashboards = everywhere.parents[1]
    for sheet in sorted(dashboards.rglob("*.css")):
        if sheet != everywhere and dashboards / "components" not in sheet.parents:
            yield sheet
