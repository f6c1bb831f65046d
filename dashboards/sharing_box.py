"""Taking a vista out of the app: a link, a .vista file, a page, Markdown."""

from __future__ import annotations

import re
from io import BytesIO

import streamlit as st

from vistas import sharing
from vistas.vista import Vista


def file_name(vista: Vista, ending: str) -> str:
    """A name that every file system takes, such as `2026-11-23-a-slow-leak.vista`."""
    words = re.sub(r"[^a-z0-9]+", "-", vista.name.lower()).strip("-")[:60] or "vista"
    return f"{vista.window.end:%Y-%m-%d}-{words}.{ending}"


def _bundle(vista: Vista) -> bytes:
    buffer = BytesIO()
    sharing.write_bundle(vista, buffer)
    return buffer.getvalue()


def draw(vista: Vista) -> None:
    """Downloads are made when they are asked for, not before."""
    with st.container(gap="xsmall", key="share"):
        st.markdown(":gray[Share it: anybody with this app can replay it from its address, or take it with you.]")
        st.download_button(
            "The whole vista (.vista)",
            lambda: _bundle(vista),
            file_name(vista, "vista"),
            "application/zip",
            icon=":material/inventory_2:",
            type="tertiary",
            key="share-vista",
            on_click="ignore",
        )
        st.download_button(
            "A page that opens anywhere (.html)",
            lambda: sharing.write_page(vista).encode(),
            file_name(vista, "html"),
            "text/html",
            icon=":material/web:",
            type="tertiary",
            key="share-html",
            on_click="ignore",
        )
        st.download_button(
            "Notes (.md)",
            lambda: sharing.write_markdown(vista).encode(),
            file_name(vista, "md"),
            "text/markdown",
            icon=":material/notes:",
            type="tertiary",
            key="share-md",
            on_click="ignore",
        )
