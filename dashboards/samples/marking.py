"""A word beside whatever is a sample."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import streamlit as st

from vistas.practice.samples import is_sample, sampled

WORD: Final = "sample"
MEANING: Final = "Came with Morning Vistas, to show what this page is for."


def mark(what: UUID, text: str = "") -> str:
    """For a line of small print; empty where it is no sample. `text` is what a word or a line says."""
    return WORD if what in sampled().apart or is_sample(what, text) else ""


def draw_badge(what: UUID) -> None:
    """Beside the title of a sample."""
    if mark(what):
        st.badge(WORD, color="gray", help=MEANING)
