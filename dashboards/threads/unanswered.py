"""The library's choice of mornings in which somebody still waits for an answer."""

from __future__ import annotations

import streamlit as st


def only_unanswered() -> bool:
    """Draws the choice, which is kept in the URL as the library's others are."""
    return st.toggle(
        "With unanswered notices",
        key="unanswered",
        bind="query-params",
        help="Mornings with a notice that nobody has answered yet.",
    )
