"""The notebooks of one store, each opened when it is first used."""

from __future__ import annotations

from functools import cached_property

from vistas.practice import decisions_entries, session_entries
from vistas.practice.decisions import Table
from vistas.practice.decisions_entries import DecisionEntry
from vistas.practice.notebook import Notebook
from vistas.practice.session import Session
from vistas.practice.session_entries import SessionEntry
from vistas.store import Journals


class Notebooks:
    def __init__(self, journals: Journals) -> None:
        self._journals = journals

    @cached_property
    def sessions(self) -> Notebook[Session, SessionEntry]:
        return session_entries.notebook(self._journals)

    @cached_property
    def decisions(self) -> Notebook[Table, DecisionEntry]:
        return decisions_entries.notebook(self._journals)
