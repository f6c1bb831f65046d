"""Whether what is new is kept as a file, where a team keeps its routines as files."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st

from dashboards.shared import process
from dashboards.ui.plain import plain


def first_folder() -> Path | None:
    """Where new files go; None where there is no folder, or none that can be written to."""
    first = next(iter(process.routines().folders), None)
    return first if first is not None and os.access(first, os.W_OK) else None


def folder(key: str) -> Path | None:
    """The folder in which a new routine is to become a file; None where it is kept in the store alone.

    Draws the choice, where there is one.
    """
    first = first_folder()
    if first is None:
        return None
    as_file = st.checkbox(
        f"As a file in {plain(str(first))}",
        value=True,
        key=f"{key}-as-file",
        help="Otherwise it is kept in the store of Morning Vistas alone.",
    )
    return first if as_file else None
