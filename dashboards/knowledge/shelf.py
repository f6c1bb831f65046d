"""What the sections of the knowledge page share: the journals of one kind, and the one that the URL names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import streamlit as st

from dashboards.state import JOURNAL, VERSION, id_in_url, place
from vistas.errors import JournalNotFound
from vistas.practice import Notebook
from vistas.store import Head


def named_in_url(notebook: Notebook[Any, Any]) -> Head | None:
    """None where the URL names none, or one that is not here or of another kind."""
    journal = id_in_url(JOURNAL)
    try:
        head = notebook.head(journal) if journal else None
    except JournalNotFound:
        return None
    return head if head and head.kind == notebook.kind else None


def to(journal: UUID | None = None) -> None:
    """To one of them; without one, to all."""
    place(**{JOURNAL: str(journal or ""), VERSION: ""})


def back(label: str, *, key: str) -> None:
    st.button(label, icon=":material/arrow_back:", type="tertiary", on_click=to, key=key)


def not_here(what: str) -> None:
    st.subheader(f"This {what} is not here.", anchor=False)
    st.markdown(":gray[The link may be cut short, or it is of somebody else's store.]")


def sought(placeholder: str, *, key: str) -> str:
    """The words somebody looks for."""
    return st.text_input(
        "Words in it", placeholder=placeholder, icon=":material/search:", width=420, key=key
    ).strip()


def cards(heads: Sequence[Head], card: Callable[[Head], None]) -> None:
    grid = st.grid(3, min_column_width=300, gap="small")
    for head in heads:
        with grid.cell():
            card(head)


@contextmanager
def card(head: Head, foot: str) -> Iterator[None]:
    """Its title, what is drawn within, a line of small print (Markdown), and the way in."""
    with st.container(border=True, key=f"card-{head.id}", height="stretch", gap="xsmall"):
        with st.container(key=f"name-{head.id}"):
            st.text(head.title, width="stretch")
        yield
        st.space("stretch")
        st.markdown(f":small[:gray[{foot}]]")
        st.button(
            "Open",
            icon=":material/arrow_forward:",
            type="tertiary",
            on_click=to,
            args=(head.id,),
            key=f"open-{head.id}",
        )
