"""What a source that is asked by a language has words for, and how somebody who types asks for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol, runtime_checkable

from vistas.snapshot import Window
from vistas.source import Deadline


class Word(NamedTuple):
    """`kind` and `meaning` are empty where they are not known; they are told as the tool has them."""

    name: str
    kind: str = ""
    meaning: str = ""


class Wanted(StrEnum):
    METRICS = "metrics"
    LABELS = "labels"
    VALUES = "values"


@dataclass(frozen=True, slots=True)
class Question:
    """`typed` is what the words are to contain; `matching` a selector of the series that have the labels."""

    wanted: Wanted
    typed: str = ""
    label: str = ""
    matching: str = ""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The words that fit best, best first. `all` is whether there are no more."""

    words: tuple[Word, ...] = ()
    all: bool = True


@runtime_checkable
class HasWords(Protocol):
    """What a source has beside `vistas.source.Source` where it can be asked for its words.

    Each raises SourceError, in plain words, for whatever keeps it from an answer, and returns before the deadline
    has long passed. They are called from several threads at once.
    """

    def metric_names(self, window: Window, deadline: Deadline) -> tuple[str, ...]:
        """Of every metric that had a sample in the window."""
        ...

    def metric_meanings(self, deadline: Deadline) -> Mapping[str, Word]:
        """By the names of metrics, as far as anybody has said what they mean."""
        ...

    def label_names(self, matching: str, window: Window, deadline: Deadline) -> tuple[str, ...]:
        """Of the series that match a selector; of all where it is empty."""
        ...

    def label_values(self, label: str, matching: str, window: Window, deadline: Deadline) -> tuple[str, ...]:
        """That the label has in the series that match a selector; in all where it is empty."""
        ...
