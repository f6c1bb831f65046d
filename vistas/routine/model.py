"""What somebody looks at: a routine of stops, each with looks. A file that is wrong cannot become a Routine."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator

from vistas.redaction.rules import MASK

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Line = Annotated[str, Field(min_length=1, max_length=200)]
Prose = Annotated[str, Field(min_length=1, max_length=2000)]

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}


def parse_span(text: str) -> timedelta:
    """`90m`, `12h`, `1d12h` (units s, m, h, d, w) as a time span; ValueError says what is expected."""
    parts = re.findall(r"(\d+)([smhdw])", text)
    if not parts or "".join(a + b for a, b in parts) != text:
        raise ValueError(f"{text!r} is not a time span: write 90m, 12h or 7d")
    span = timedelta(seconds=sum(int(number) * _UNITS[unit] for number, unit in parts))
    if not timedelta(minutes=1) <= span <= timedelta(days=400):
        raise ValueError(f"{text!r} is out of range: between 1m and 400d")
    return span


def write_span(span: timedelta) -> str:
    """The shortest text that `parse_span` reads back as `span`."""
    left, parts = int(span.total_seconds()), []
    for unit in ("d", "h", "m", "s"):
        number, left = divmod(left, _UNITS[unit])
        if number:
            parts.append(f"{number}{unit}")
    return "".join(parts)


def _span(value: Any) -> Any:
    return parse_span(value) if isinstance(value, str) else value


Span = Annotated[
    timedelta,
    BeforeValidator(_span, json_schema_input_type=str),
    PlainSerializer(write_span, return_type=str),
]


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
    PATTERNS = "patterns"


class Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Look(Model):
    """One query on one source and how it is drawn."""

    look: Slug = Field(description="a short name, unique within the stop")
    title: Line
    source: Annotated[str, Field(min_length=1, max_length=60)] = Field(
        description="a source's name in vistas.toml, or a type of source, which means every source of that type"
    )
    take: Slug = Field(description="what to ask for: range, instant, alerts, pods, stands-out, routes, …")
    query: tuple[Prose, ...] = Field(
        default=(),
        description="the query; a list means: whichever of these this source has, the first that answers",
    )
    where: dict[str, str] = Field(default={}, description="a filter on what is taken, such as namespace: shop")
    draw: Drawing | None = Field(default=None, description="how it is drawn; by default what suits the data")
    unit: Unit = Unit.NUMBER
    name: str | None = Field(
        default=None, max_length=200, description="how a series is named, such as {{namespace}}/{{pod}}"
    )
    normal_below: float | None = Field(default=None, description="a line: at or below it is normal")
    normal_above: float | None = Field(default=None, description="a line: at or above it is normal")

    @property
    def is_whole(self) -> bool:
        """Whether it can be asked: what it asks for may have been masked before it was kept."""
        return not any(MASK in text for text in (*self.query, *self.where.values()))

    def masked(self, mask: Callable[[str], str]) -> Look:
        """As it may be kept: with what `mask` makes of its query and its filter."""
        query = tuple(mask(each) for each in self.query)
        where = {name: mask(f"{name}={value}").removeprefix(f"{name}=") for name, value in self.where.items()}
        return self.model_copy(update={"query": query, "where": where})

    @model_validator(mode="before")
    @classmethod
    def _one_query_is_a_list_of_one(cls, value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("query"), str):
            return {**value, "query": [value["query"]]}
        return value


class Stop(Model):
    """One question to the landscape."""

    stop: Slug
    title: Annotated[str, Field(min_length=1, max_length=24)] = Field(description="one or two words for the rail")
    question: Line
    why: Prose = Field(description="why somebody looks here")
    normal: Prose = Field(description="what normal looks like")
    plainly: Prose = Field(description="what is being looked at, for people who do not run servers")
    looks: Annotated[tuple[Look, ...], Field(min_length=1, max_length=12)]

    @model_validator(mode="after")
    def _looks_have_names_of_their_own(self) -> Stop:
        _no_twins("look", [look.look for look in self.looks])
        return self


class Routine(Model):
    """Ordered stops; versioned and forkable."""

    routine: Slug
    title: Line
    about: Prose
    version: Annotated[int, Field(ge=1)] = 1
    minutes: Annotated[int, Field(ge=1, le=180)] = Field(default=10, description="about how long a walk takes")
    window: Span = Field(default=timedelta(hours=12), description="how far back to look, such as 12h")
    stops: Annotated[tuple[Stop, ...], Field(min_length=1, max_length=40)]

    @model_validator(mode="after")
    def _stops_have_names_of_their_own(self) -> Routine:
        _no_twins("stop", [stop.stop for stop in self.stops])
        return self

    def looks(self) -> Iterator[tuple[Stop, Look]]:
        """Every look with its stop, in walking order."""
        for stop in self.stops:
            for look in stop.looks:
                yield stop, look

    def masked(self, mask: Callable[[str], str]) -> Routine:
        """As it may be kept: every look masked."""
        stops = []
        for stop in self.stops:
            looks = tuple(look.masked(mask) for look in stop.looks)
            stops.append(stop.model_copy(update={"looks": looks}))
        return self.model_copy(update={"stops": tuple(stops)})

    def find_stop(self, slug: str) -> Stop | None:
        return next((stop for stop in self.stops if stop.stop == slug), None)


def _no_twins(what: str, slugs: list[str]) -> None:
    twins = sorted({slug for slug in slugs if slugs.count(slug) > 1})
    if twins:
        raise ValueError(f"every {what} needs a unique name; used twice: {', '.join(twins)}")
