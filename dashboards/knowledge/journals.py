"""What the sections of the knowledge page share: all journals of one kind, to find and begin, and one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import streamlit as st

from dashboards import samples, viewer
from dashboards.state import JOURNAL, VERSION, id_in_url, parameter, place
from dashboards.writing import signed
from vistas.errors import JournalNotFound
from vistas.practice import Notebook
from vistas.store import Head


def _nothing(*_: object) -> None:
    """What is drawn where a section has nothing to put."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The journals of one notebook. `one` and `many` are what they are called: `table` and `tables`."""

    notebook: Notebook[Any, Any]
    one: str
    many: str

    def draw(
        self,
        opened: Callable[[Head], None],
        library: Callable[[], None],
        beside: Callable[[Head], None] = _nothing,
    ) -> None:
        """The one that the URL names; without one, the `library`. `beside` stands beside the name of who looks."""
        if not parameter(JOURNAL):
            library()
            return
        head = self._named_in_url()
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.button(
                f"All {self.many}",
                icon=":material/arrow_back:",
                type="tertiary",
                on_click=to,
                key=f"all-{self.many}",
            )
            with st.container(horizontal=True, gap="small", width="content", vertical_alignment="center"):
                if head:
                    samples.draw_badge(head.id)
                    beside(head)
                viewer.change_name()
        if head:
            opened(head)
        else:
            st.header(f"This {self.one} could not be found.", anchor=False)
            st.markdown(":gray[The link may be incomplete, or it belongs to someone else's store.]")

    def _named_in_url(self) -> Head | None:
        """None where the URL names one that is not here or of another kind."""
        journal = id_in_url(JOURNAL)
        try:
            head = self.notebook.head(journal) if journal else None
        except JournalNotFound:
            return None
        return head if head and head.kind == self.notebook.kind else None

    def library(
        self,
        placeholder: str,
        card: Callable[[Head], None],
        *,
        none_yet: Callable[[], None],
        none_found: str = "Try fewer words.",
        beside: Callable[[], None] = _nothing,
    ) -> bool:
        """Those with the words that one looks for, each as a card; tells whether there were any.

        `beside` stands beside the words. `none_yet` draws the page while there are none.
        """
        with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
            text = sought(placeholder, key=f"find-{self.many}")
            beside()
        found = self.notebook.find(text)
        if not found:
            if text:
                st.markdown(f"**No {self.many} match.** :gray[{none_found}]")
            else:
                none_yet()
            return False
        grid = st.grid(3, min_column_width=300, gap="small")
        for head in found:
            with grid.cell():
                card(head)
        return True

    def begin(self, asks: str) -> None:
        """A door behind which one gives a title and begins a new one."""
        key = f"new-{self.one}"
        with (
            st.popover(f"New {self.one}", icon=":material/add:", type="tertiary", key=key),
            st.form(f"{key}-form", border=False),
        ):
            title = st.text_input(asks, max_chars=200, key=f"{key}-title").strip()
            if st.form_submit_button("Start", type="primary") and title:
                viewer.signing(lambda: go(self.notebook.begin(title, **signed())))


def to(journal: UUID | None = None) -> None:
    """The URL is that of one of them; without one, of all."""
    place(**{JOURNAL: str(journal or ""), VERSION: ""})


def go(journal: UUID) -> None:
    """To one of them, at once."""
    to(journal)
    st.rerun()


def sought(placeholder: str, *, key: str) -> str:
    """The words somebody looks for."""
    return st.text_input("Search", placeholder=placeholder, icon=":material/search:", width=420, key=key).strip()


@contextmanager
def card(head: Head, foot: str) -> Iterator[None]:
    """Its title, what is drawn within, a line of small print (Markdown), and the way in."""
    with st.container(border=True, key=f"card-{head.id}", height="stretch", gap="xsmall"):
        with st.container(key=f"name-{head.id}"):
            st.text(head.title, width="stretch")
        yield
        st.space("stretch")
        marked = samples.mark(head.id)
        st.markdown(f":small[:gray[{' · '.join(filter(None, (marked, foot)))}]]")
        st.button(
            "Open",
            icon=":material/arrow_forward:",
            type="tertiary",
            on_click=to,
            args=(head.id,),
            key=f"open-{head.id}",
        )
