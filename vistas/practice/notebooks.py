"""The notebooks of one store, each opened when it is first used."""

from __future__ import annotations

from functools import cached_property

from vistas.practice import (
    decisions_entries,
    expertise_entries,
    glossary_entries,
    matrix_entries,
    rounds_entries,
    session_entries,
    wheel_entries,
)
from vistas.practice.decisions import Table
from vistas.practice.decisions_entries import DecisionEntry
from vistas.practice.expertise import Expertise
from vistas.practice.expertise_entries import ExpertiseEntry
from vistas.practice.glossary import Glossary
from vistas.practice.glossary_entries import GlossaryEntry
from vistas.practice.matrix import Matrix
from vistas.practice.matrix_entries import MatrixEntry
from vistas.practice.notebook import Notebook
from vistas.practice.rounds import Round
from vistas.practice.rounds_entries import RoundEntry
from vistas.practice.session import Session
from vistas.practice.session_entries import SessionEntry
from vistas.practice.wheel import Wheel
from vistas.practice.wheel_entries import WheelEntry
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

    @cached_property
    def glossary(self) -> Notebook[Glossary, GlossaryEntry]:
        return glossary_entries.notebook(self._journals)

    @cached_property
    def matrices(self) -> Notebook[Matrix, MatrixEntry]:
        return matrix_entries.notebook(self._journals)

    @cached_property
    def rounds(self) -> Notebook[Round, RoundEntry]:
        return rounds_entries.notebook(self._journals)

    @cached_property
    def wheels(self) -> Notebook[Wheel, WheelEntry]:
        return wheel_entries.notebook(self._journals)

    @cached_property
    def expertise(self) -> Notebook[Expertise, ExpertiseEntry]:
        return expertise_entries.notebook(self._journals)
