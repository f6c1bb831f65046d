"""A list to choose from, in which nothing is chosen at first."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeVar

import streamlit as st

from dashboards.ui import words

K = TypeVar("K", bound=Hashable)


def one_of(
    label: str, named: Iterable[tuple[K, str]], *, key: str, placeholder: str, width: int = 480
) -> K | None:
    """What was chosen of these, each with what it is called; where there are none, no list is drawn."""
    titles = words.distinguished(named)
    if not titles:
        return None
    return st.selectbox(
        label,
        list(titles),
        index=None,
        format_func=titles.__getitem__,
        placeholder=placeholder,
        width=width,
        key=key,
    )
