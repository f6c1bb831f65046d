"""The team's glossary: what a word means here, in words for somebody who has never heard it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Term:
    """`by` is who explained it last."""

    id: UUID
    name: str
    meaning: str
    by: str


@dataclass(frozen=True, slots=True)
class Glossary:
    terms: Mapping[UUID, Term] = field(default_factory=dict)

    @property
    def ordered(self) -> tuple[Term, ...]:
        """As a dictionary has them."""
        return tuple(sorted(self.terms.values(), key=lambda term: (term.name.casefold(), term.id)))

    def find(self, text: str) -> tuple[Term, ...]:
        """Those that tell of it, in their name or their meaning; all of them for an empty text."""
        sought = text.strip().casefold()
        return tuple(
            term for term in self.ordered if sought in term.name.casefold() or sought in term.meaning.casefold()
        )

    def named(self, name: str) -> Term | None:
        """The term of that name, however it is capitalised."""
        sought = name.strip().casefold()
        return next((term for term in self.ordered if term.name.casefold() == sought), None)

    @property
    def words(self) -> str:
        return "\n".join(f"{term.name}\n{term.meaning}" for term in self.ordered)
