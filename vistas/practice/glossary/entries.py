"""What is written into the glossary's journal. One store has one glossary; anybody may explain a word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID, uuid5

from pydantic import Field, StringConstraints, TypeAdapter

from vistas.practice.glossary.state import Glossary, Term
from vistas.practice.notebook import EntryBody, Notebook, Stamp
from vistas.practice.old_keys import renamed
from vistas.store import Journals

KIND = "glossary"
THE_ONE = UUID("0193d0a4-0000-7000-8000-0000676c6f73")
"""The glossary's journal has the same id in every store, so that two who begin it at once begin the same."""


class Explained(EntryBody):
    """A word, new or explained better."""

    type: Literal["explained"] = "explained"
    id: UUID
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
    meaning: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]

    def apply(self, glossary: Glossary, stamp: Stamp) -> Glossary:
        """The same word explained by two under different ids is one word, as it was explained last."""
        same = glossary.named(self.name)
        others = {key: term for key, term in glossary.terms.items() if same is None or key != same.id}
        return replace(glossary, terms={**others, self.id: Term(self.id, self.name, self.meaning, stamp.by or "")})


class Forgotten(EntryBody):
    """Taken out of the glossary; explained again, it is back."""

    type: Literal["forgotten"] = "forgotten"
    id: UUID

    def apply(self, glossary: Glossary, _: Stamp) -> Glossary:
        return replace(glossary, terms={key: term for key, term in glossary.terms.items() if key != self.id})


GlossaryEntry = Annotated[Explained | Forgotten, Field(discriminator="type"), renamed(does="type")]

FIRST_WORDS = {
    "alert": "A rule that watches a number and calls somebody when the number has been wrong for a while.",
    "ingress": "The front door: it takes requests from outside and passes each to its service.",
    "latency": "How long somebody waits for an answer.",
    "node": "One of the machines, real or virtual, that everything runs on.",
    "percentile": "The 95th percentile of waiting times is what 95 of 100 waited at most; five waited longer.",
    "pod": "One running copy of a program in Kubernetes. When it dies, another one is started in its place.",
    "replica": "One of several copies of the same program that share the work.",
    "rollout": "Putting a new version of a program in the place of the old one, a few copies at a time.",
    "saturation": "How full something is: a disk, a processor, a queue. Things slow down before they are full.",
    "scrape": "Prometheus asking a program for its numbers, usually every few seconds.",
    "service": "The one name under which all the copies of a program can be reached.",
    "SLO": "How good we promised ourselves to be, as a number: 99.9 % of orders answered within a second.",
    "upstream": "Whatever stands behind the front door and really answers a request.",
    "workload": "A program that Kubernetes was told to keep running, with all its pods.",
}
"""What a new glossary begins with."""
BEGUN_BY = "Morning Vistas"


def notebook(journals: Journals) -> Notebook[Glossary, GlossaryEntry]:
    return Notebook(journals, KIND, TypeAdapter(GlossaryEntry), Glossary(), lambda glossary: glossary.words)


def begun(glossaries: Notebook[Glossary, GlossaryEntry], at: datetime) -> UUID:
    """The journal of this store's glossary; made with its first words when it is first asked for."""
    if not glossaries.read(THE_ONE).terms and not any(head.id == THE_ONE for head in glossaries.find()):
        glossaries.begin("Glossary", *first_words(), by=BEGUN_BY, at=at, journal=THE_ONE)
    return THE_ONE


def first_words() -> Iterator[Explained]:
    for name, meaning in FIRST_WORDS.items():
        yield Explained(id=uuid5(THE_ONE, name), name=name, meaning=meaning)
