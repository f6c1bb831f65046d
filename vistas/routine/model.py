"""What somebody looks at: a routine of stops, each with looks. A file that is wrong cannot become a Routine."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from typing import Annotated, Final

from pydantic import Field, model_validator
from pydantic.json_schema import SkipJsonSchema

from vistas.routine.look import LINE, PROSE, Line, Look, Model, Prose, Slug, no_twins
from vistas.routine.spans import Span
from vistas.routine.variables import Chosen, Variable, cut, resolved, resolved_look

Author = Annotated[str, Field(min_length=1, max_length=80)]

_SIGNATURE: Final = frozenset({"version", "by", "because", "after", "written_as"})
"""What is said about a version, and no part of what it looks at."""
_WORDS: Final = ("question", "why", "normal", "plainly")
"""What a stop says in which a variable may stand."""


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
        no_twins("look", [look.look for look in self.looks])
        return self


class Ancestor(Model):
    """The version of another routine that a routine was made from."""

    routine: Slug
    version: Annotated[int, Field(ge=1)] = 1
    title: Line
    by: Author | None = None


class Routine(Model):
    """Ordered stops; versioned and forkable.

    In a walk its texts have what was chosen in place of variables, and `written_as` is the digest of the routine
    as it was written.
    """

    routine: Slug
    title: Line
    about: Prose
    version: Annotated[int, Field(ge=1)] = 1
    by: Author | None = Field(default=None, description="who made this version")
    because: Prose | None = Field(default=None, description="why it differs from the version before")
    after: Ancestor | None = Field(default=None, description="the routine that this one was made from")
    minutes: Annotated[int, Field(ge=1, le=180)] = Field(default=10, description="about how long a walk takes")
    window: Span = Field(default=timedelta(hours=12), description="how far back to look, such as 12h")
    variables: Annotated[tuple[Variable, ...], Field(max_length=20)] = Field(
        default=(), description="what is chosen when a walk begins"
    )
    stops: Annotated[tuple[Stop, ...], Field(min_length=1, max_length=40)]
    written_as: SkipJsonSchema[str] = ""

    @model_validator(mode="after")
    def _stops_have_names_of_their_own(self) -> Routine:
        no_twins("stop", [stop.stop for stop in self.stops])
        no_twins("variable", [each.variable for each in self.variables])
        return self

    @property
    def digest(self) -> str:
        """Of what it looks at, whoever signed it and whatever was chosen: 64 hexadecimal digits."""
        if self.written_as:
            return self.written_as
        return hashlib.sha256(
            self.model_dump_json(exclude=set(_SIGNATURE), exclude_defaults=True).encode()
        ).hexdigest()

    @property
    def name(self) -> str:
        """Its title, and what it is walked with where that is not everything."""
        chosen = [each.in_words() for each in self.variables if each.is_resolved and each.chosen]
        return cut(" · ".join((self.title, *chosen)), LINE)

    def choosing(self, chosen: Chosen) -> Routine:
        """As it is walked: every variable with what was chosen, else with its default, in all texts.

        ValueError where a variable has neither, and not every value can be meant.
        """
        variables = tuple(_settled(each, chosen) for each in self.variables if not each.is_resolved)
        if not variables:
            return self
        words = {each.variable: each.in_words() for each in variables}
        stops = tuple(
            stop.model_copy(
                update={
                    **{
                        key: cut(resolved(getattr(stop, key), words), LINE if key == "question" else PROSE)
                        for key in _WORDS
                    },
                    "looks": tuple(resolved_look(look, variables) for look in stop.looks),
                }
            )
            for stop in self.stops
        )
        return self.model_copy(update={"variables": variables, "stops": stops, "written_as": self.digest})

    def looks(self) -> Iterator[tuple[Stop, Look]]:
        """Every look with its stop, in walking order."""
        for stop in self.stops:
            for look in stop.looks:
                yield stop, look

    def masked(self, mask: Callable[[str], str]) -> Routine:
        """As it may be kept: every look masked, and what was chosen wherever it stands."""
        chosen = tuple(each.masked(mask) for each in self.variables)
        hidden = _hidden(self.variables, chosen)
        hiding = partial(_masked, hidden=hidden, mask=mask) if hidden else mask
        words = hiding if hidden else str
        stops = tuple(
            stop.model_copy(
                update={
                    **{key: words(getattr(stop, key)) for key in _WORDS},
                    "looks": tuple(look.masked(hiding, words) for look in stop.looks),
                }
            )
            for stop in self.stops
        )
        if stops == self.stops and not hidden:
            return self
        return self.model_copy(update={"stops": stops, "variables": chosen, "written_as": self.digest})

    def find_stop(self, slug: str) -> Stop | None:
        return next((stop for stop in self.stops if stop.stop == slug), None)


def _hidden(before: tuple[Variable, ...], after: tuple[Variable, ...]) -> Mapping[str, str]:
    """Chosen values that are masked, and what stands for them."""
    pairs = (
        pair
        for one, other in zip(before, after, strict=True)
        for pair in zip(one.chosen, other.chosen, strict=True)
    )
    return {value: told for value, told in pairs if value != told}


def _masked(text: str, *, hidden: Mapping[str, str], mask: Callable[[str], str]) -> str:
    for value, told in hidden.items():
        text = text.replace(value, told)
    return mask(text)


def _settled(variable: Variable, chosen: Chosen) -> Variable:
    """With what was chosen: its default where it was not asked for, every value where nothing was chosen."""
    values = chosen.get(variable.variable)
    if values is None:
        values = variable.default or (variable.values[:1] if variable.every is None else ())
    if not values and variable.every is None:
        raise ValueError(f"{variable.variable} needs a value: nothing was chosen, and it has no default")
    if len(values) > 1 and not variable.several:
        raise ValueError(f"{variable.variable} takes one value, not {len(values)}")
    return variable.model_copy(update={"chosen": tuple(values), "is_resolved": True})
