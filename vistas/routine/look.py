"""One look: what is asked of one source, and how it is drawn."""

from __future__ import annotations

import math
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, model_validator

from vistas.redaction.rules import MASK
from vistas.routine.spans import Span

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
LINE: Final = 200
PROSE: Final = 2000
Line = Annotated[str, Field(min_length=1, max_length=LINE)]
Prose = Annotated[str, Field(min_length=1, max_length=PROSE)]

NAMED_BY: Final = "__query__"
"""The label by which a series says which of several queries it answers: the name that the query has."""
MOST_QUERIES = 12
QUERIED: Final = ("instant", "range")
"""What a look takes where it asks in a language of queries."""


class Unit(StrEnum):
    """What a look's numbers are; decides how they are written on axes and in tables."""

    NUMBER = "number"
    RATIO = "ratio"
    PERCENT = "percent"
    MICROSECONDS = "microseconds"
    MILLISECONDS = "milliseconds"
    SECONDS = "seconds"
    HOURS = "hours"
    DAYS = "days"
    BYTES = "bytes"
    BYTES_PER_SECOND = "bytes/s"
    BITS_PER_SECOND = "bits/s"
    PER_SECOND = "per second"
    REQUESTS_PER_SECOND = "requests/s"
    CORES = "cores"
    DATES = "dates"


class Drawing(StrEnum):
    LINES = "lines"
    STACKED = "stacked"
    BARS = "bars"
    HEATMAP = "heatmap"
    NUMBERS = "numbers"
    TABLE = "table"
    STATES = "states"
    PATTERNS = "patterns"


class Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class NamedQuery(Model):
    """One of several queries that a look draws together."""

    name: Line = Field(description="how its series are named, such as in or {{device}} in; unique within the look")
    query: Prose


class Look(Model):
    """What is asked of one source, and how it is drawn.

    Each of `queries` gives its series the label `NAMED_BY`, whose value is the query's name.
    """

    look: Slug = Field(description="a short name, unique within the stop")
    title: Line
    text: Prose | None = Field(default=None, description="what stands above the evidence, in plain words")
    source: Annotated[str, Field(min_length=1, max_length=60)] = Field(
        description="a source's name in vistas.toml, or a type of source, which means every source of that type"
    )
    take: Slug = Field(description="what to ask for: range, instant, alerts, pods, stands-out, changes, routes, …")
    query: tuple[Prose, ...] = Field(
        default=(),
        description="the query; a list means: whichever of these this source has, the first that answers",
    )
    queries: Annotated[tuple[NamedQuery, ...], Field(max_length=MOST_QUERIES)] = Field(
        default=(), description="several queries, drawn together"
    )
    where: dict[str, str] = Field(default={}, description="a filter on what is taken, such as namespace: shop")
    window: Span | None = Field(
        default=None, description="how far back to look, where that is not the walk's window, such as 7d"
    )
    offset: Span | None = Field(
        default=None, description="how much earlier to look, such as 7d for the same night a week ago"
    )
    draw: Drawing | None = Field(default=None, description="how it is drawn; by default what suits the data")
    states: dict[str, str] = Field(
        default={}, description="what a number means, such as 0: down and 1: up, where states are drawn"
    )
    state_label: Annotated[str, Field(min_length=1, max_length=200)] | None = Field(
        default=None,
        description="the label that names the state, where states are drawn: it is that of the series above zero",
    )
    unit: Unit = Unit.NUMBER
    name: str | None = Field(
        default=None, max_length=200, description="how a series is named, such as {{namespace}}/{{pod}}"
    )
    normal_below: float | None = Field(default=None, description="a line: at or below it is normal")
    normal_above: float | None = Field(default=None, description="a line: at or above it is normal")

    @property
    def asked(self) -> tuple[str, ...]:
        """Every query there is in it: the alternatives, or those that are drawn together."""
        return (*self.query, *(each.query for each in self.queries))

    @property
    def question(self) -> tuple[object, ...]:
        """Two looks with the same question get the same answer from the same source over the same window."""
        named = tuple((each.name, each.query) for each in self.queries)
        return (self.take, self.query, named, frozenset(self.where.items()), self.window, self.offset)

    @property
    def is_whole(self) -> bool:
        """Whether it can be asked: what it asks for may have been masked before it was kept."""
        return not any(MASK in text for text in (*self.asked, *self.where.values()))

    def masked(self, mask: Callable[[str], str], words: Callable[[str], str] = str) -> Look:
        """As it may be kept: with what `mask` makes of its queries and its filter, and `words` of its words."""
        return self.model_copy(
            update={
                "title": words(self.title),
                "text": self.text and words(self.text),
                "name": self.name and words(self.name),
                "query": tuple(mask(each) for each in self.query),
                "queries": tuple(each.model_copy(update={"query": mask(each.query)}) for each in self.queries),
                "where": {
                    name: mask(f"{name}={value}").removeprefix(f"{name}=") for name, value in self.where.items()
                },
            }
        )

    @model_validator(mode="before")
    @classmethod
    def _one_query_is_a_list_of_one(cls, value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("query"), str):
            return {**value, "query": [value["query"]]}
        return value

    @model_validator(mode="after")
    def _one_way_of_asking(self) -> Look:
        if self.query and self.queries:
            raise ValueError(
                "has query as well as queries: query is one, or alternatives; queries are drawn together"
            )
        if self.queries and self.take not in QUERIED:
            raise ValueError(f"has queries, which are for {' and '.join(QUERIED)}, not for {self.take}")
        no_twins("query", [each.name for each in self.queries])
        return self

    @model_validator(mode="after")
    def _one_way_of_naming_states(self) -> Look:
        if self.states and self.state_label:
            raise ValueError(
                "has states as well as state_label: either numbers mean states, or a label names them"
            )
        if (self.states or self.state_label) and self.draw is not Drawing.STATES:
            raise ValueError("says what states there are, but is not drawn as states: add draw: states")
        for number in self.states:
            if not _is_number(number):
                raise ValueError(f"states: {number!r} is not a number")
        return self


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def no_twins(what: str, names: list[str]) -> None:
    """ValueError where two are called the same."""
    twins = sorted({name for name in names if names.count(name) > 1})
    if twins:
        raise ValueError(f"every {what} needs a unique name; used twice: {', '.join(twins)}")
