"""Brings the samples into a store in which there is nothing yet, takes them out of it, and brings them back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from vistas.practice.expertise.entries import THE_MAP, LineRemoved
from vistas.practice.glossary.entries import BEGUN_BY, THE_ONE, Forgotten, first_words
from vistas.practice.notebooks import Notebooks
from vistas.practice.samples.reading import sampled
from vistas.store import Store, WholeJournal


class Samples:
    """The samples of one store."""

    def __init__(self, store: Store, notebooks: Notebooks) -> None:
        self._store, self._notebooks = store, notebooks

    def bring(self) -> bool:
        """Into a store in which nothing was ever kept; in any other they are not brought, nor brought again."""
        told = sampled()
        return self._store.journals.fill((*told.journals, *map(_begun, told.shared)))

    def here(self) -> frozenset[UUID]:
        """The mornings and journals of them that can still be seen."""
        return self._store.standing(sampled().apart)

    def remove(self, *, by: str, at: datetime) -> None:
        """All of them, with what people wrote in them since. Words and lines that somebody said better stay."""
        self._store.set_discarded(sampled().apart, True)
        glossary, expertise = self._notebooks.glossary, self._notebooks.expertise
        terms, lines = glossary.read(THE_ONE).terms, expertise.read(THE_MAP).lines
        for each in terms.values():
            if is_sample(each.id, each.meaning):
                glossary.write(THE_ONE, Forgotten(id=each.id), by=by, at=at)
        for line in lines.values():
            if is_sample(line.id, line.text):
                expertise.write(THE_MAP, LineRemoved(id=line.id), by=by, at=at)

    def restore(self) -> None:
        """As they were, with what was written in them; nothing comes that was not here before."""
        self._store.set_discarded(sampled().apart, False)
        glossary, expertise = self._notebooks.glossary, self._notebooks.expertise
        known = {each.what.id for each in glossary.history(THE_ONE)}
        known |= {each.what.id for each in expertise.history(THE_MAP)}
        for word in sampled().words:
            if word.what.id in known and glossary.read(THE_ONE).named(word.what.name) is None:
                glossary.write(THE_ONE, word.what, by=word.by, at=word.at)
        for line in sampled().lines:
            if line.what.id in known and line.what.id not in expertise.read(THE_MAP).lines:
                expertise.write(THE_MAP, line.what, by=line.by, at=line.at)


def is_sample(entry: UUID, text: str) -> bool:
    """Whether a word of the glossary or a line of the map still says what the sample of this id says."""
    return sampled().texts.get(entry) == text


def _begun(shared: WholeJournal) -> WholeJournal:
    """The glossary with its first words, which it has in every store."""
    if shared.id != THE_ONE:
        return shared
    first = tuple((BEGUN_BY, shared.begun_at, word.model_dump_json()) for word in first_words())
    return replace(shared, written=(*first, *shared.written))
