"""Reads samples.yaml, once a process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid5

import orjson
import yaml

from vistas.practice.expertise.entries import THE_MAP, LineWritten
from vistas.practice.glossary.entries import THE_ONE, Explained
from vistas.practice.notebook import EntryBody
from vistas.store import WholeJournal

T = TypeVar("T", bound=EntryBody)
_OURS = UUID("019aa000-7a31-7000-8000-0073616d706c")


@dataclass(frozen=True, slots=True)
class Told(Generic[T]):
    """An entry of a shared journal, as it was written."""

    what: T
    by: str
    at: datetime


@dataclass(frozen=True)
class Sampled:
    """`recordings` are the ids of the recorded mornings by the names of their files.

    `journals` are of the samples alone; `shared` are what they add to the journals of which a store has one.
    """

    recordings: Mapping[str, UUID]
    journals: tuple[WholeJournal, ...]
    shared: tuple[WholeJournal, ...]

    @cached_property
    def apart(self) -> frozenset[UUID]:
        """The mornings and journals that are nothing but samples."""
        return frozenset((*self.recordings.values(), *(journal.id for journal in self.journals)))

    @cached_property
    def words(self) -> tuple[Told[Explained], ...]:
        """Of the glossary."""
        return tuple(self._told(THE_ONE, Explained))

    @cached_property
    def lines(self) -> tuple[Told[LineWritten], ...]:
        """Of the map of expertise."""
        return tuple(self._told(THE_MAP, LineWritten))

    @cached_property
    def texts(self) -> Mapping[UUID, str]:
        """What those words and lines say, by their ids."""
        words = {told.what.id: told.what.meaning for told in self.words}
        return words | {told.what.id: told.what.text for told in self.lines}

    def _told(self, journal: UUID, entry: type[T]) -> Iterator[Told[T]]:
        for shared in self.shared:
            if shared.id == journal:
                yield from (Told(entry.model_validate_json(body), by, at) for by, at, body in shared.written)


class _Reader(yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader):  # type: ignore[misc]
    """`!id a-name` is an id, the same one in every store."""


def _id(reader: _Reader, node: yaml.ScalarNode) -> UUID:
    return uuid5(_OURS, str(reader.construct_scalar(node)))


_Reader.add_constructor("!id", _id)


@cache
def sampled() -> Sampled:
    text = (files("vistas.practice.samples") / "samples.yaml").read_text(encoding="utf-8")
    told = yaml.load(text, _Reader)  # noqa: S506 - a safe loader, and a file of ours
    recordings = {name: UUID(written) for name, written in told["recordings"].items()}
    own = tuple(_journal(each) for each in told["journals"] if isinstance(each["id"], UUID))
    shared = tuple(_journal(each) for each in told["journals"] if not isinstance(each["id"], UUID))
    return Sampled(recordings, own, shared)


def _journal(told: Mapping[str, Any]) -> WholeJournal:
    written = tuple(
        (at_once["by"], at_once["at"], orjson.dumps(entry).decode())
        for at_once in told["written"]
        for entry in at_once["entries"]
    )
    journal_id = UUID(str(told["id"]))
    return WholeJournal(journal_id, told["kind"], told["title"], told["begun_by"], told["begun_at"], written)
