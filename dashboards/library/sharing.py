"""Taking a vista out of the app: a link, a .vista file, a page, Markdown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from io import BytesIO

import streamlit as st

from dashboards.ui import words
from vistas import sharing
from vistas.vista import Vista


def file_name(vista: Vista, ending: str) -> str:
    """Such as `2026-11-23-a-slow-leak.vista`."""
    return f"{vista.window.end:%Y-%m-%d}-{words.file_name(vista.name, 'vista')}.{ending}"


def _bundle(vista: Vista) -> bytes:
    buffer = BytesIO()
    sharing.write_bundle(vista, buffer)
    return buffer.getvalue()


_FORMS: tuple[tuple[str, str, str, str, Callable[[Vista], str | bytes]], ...] = (
    ("The whole vista", "vista", "application/zip", "inventory_2", _bundle),
    ("A web page that opens anywhere", "html", "text/html", "web", sharing.write_page),
    ("Notes", "md", "text/markdown", "notes", sharing.write_markdown),
)
"""What it is, how its file's name ends, its MIME type, its icon, and what writes it."""


def draw(vista: Vista) -> None:
    """Downloads are made when they are asked for, not before."""
    with st.container(gap="xsmall", key="share"):
        st.markdown(":gray[Anyone who can open this app can replay it from its address. Or download a copy:]")
        for title, ending, mime, icon, write in _FORMS:
            st.download_button(
                f"{title} (.{ending})",
                partial(write, vista),
                file_name(vista, ending),
                mime,
                icon=f":material/{icon}:",
                type="tertiary",
                key=f"share-{ending}",
                on_click="ignore",
            )
