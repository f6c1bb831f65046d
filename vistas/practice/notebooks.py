"""The notebooks of one store, each opened when it is first used."""

from __future__ import annotations

from functools import cached_property

from vistas.practice.annotations import entries as annotation_entries
from vistas.practice.annotations.entries import AnnotationNotebook
from vistas.practice.decisions import DecisionTable, entries
from vistas.practice.decisions.entries import DecisionEntry
from vistas.practice.drafts import entries as drafts_entries
from vistas.practice.drafts.entries import Drafts
from vistas.practice.expertise import Expertise
from vistas.practice.expertise import entries as expertise_entries
from vistas.practice.expertise.entries import ExpertiseEntry
from vistas.practice.glossary import Glossary
from vistas.practice.glossary import entries as glossary_entries
from vistas.practice.glossary.entries import GlossaryEntry
from vistas.practice.imports import Imports
from vistas.practice.imports import entries as imports_entries
from vistas.practice.matrix import Matrix
from vistas.practice.matrix import entries as matrix_entries
from vistas.practice.matrix.entries import MatrixEntry
from vistas.practice.notebook import Notebook
from vistas.practice.rounds import entries as rounds_entries
from vistas.practice.rounds.entries import Rounds
from vistas.practice.session import Session
from vistas.practice.session import entries as session_entries
from vistas.practice.session.entries import SessionEntry
from vistas.practice.wheel import Wheel
from vistas.practice.wheel import entries as wheel_entries
from vistas.practice.wheel.entries import WheelEntry
from vistas.store import Journals


class Notebooks:
    def __init__(self, journals: Journals) -> None:
        self._journals = journals

    @cached_property
    def annotations(self) -> AnnotationNotebook:
        return annotation_entries.notebook(self._journals)

    @cached_property
    def sessions(self) -> Notebook[Session, SessionEntry]:
        return session_entries.notebook(self._journals)

    @cached_property
    def decisions(self) -> Notebook[DecisionTable, DecisionEntry]:
        return entries.notebook(self._journals)

    @cached_property
    def drafts(self) -> Drafts:
        return drafts_entries.notebook(self._journals)

    @cached_property
    def glossary(self) -> Notebook[Glossary, GlossaryEntry]:
        return glossary_entries.notebook(self._journals)

    @cached_property
    def imports(self) -> Imports:
        return imports_entries.notebook(self._journals)

    @cached_property
    def matrices(self) -> Notebook[Matrix, MatrixEntry]:
        return matrix_entries.notebook(self._journals)

    @cached_property
    def rounds(self) -> Rounds:
        return rounds_entries.notebook(self._journals)

    @cached_property
    def wheels(self) -> Notebook[Wheel, WheelEntry]:
        return wheel_entries.notebook(self._journals)

    @cached_property
    def expertise(self) -> Notebook[Expertise, ExpertiseEntry]:
        return expertise_entries.notebook(self._journals)
