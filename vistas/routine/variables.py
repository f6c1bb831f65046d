"""What is chosen when a walk begins: a namespace, a service, a node; and texts in which `$name` stands for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Annotated, Any

from pydantic import Field, model_validator
from pydantic.json_schema import SkipJsonSchema

from vistas.routine.look import LINE, PROSE, Line, Look, Model, Prose, Slug

Name = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=60)]
LONGEST_VALUE = 200
Value = Annotated[str, Field(max_length=LONGEST_VALUE)]
Chosen = Mapping[str, tuple[str, ...]]
"""By the names of variables. Nothing where every value is meant."""
MOST_VALUES = 200

_REFERENCE = re.compile(r"\$(?:\{([A-Za-z_]\w*)(?::(regex|pipe|csv|raw))?\}|([A-Za-z_]\w*))", re.ASCII)
_STRING_OR_COMMENT = re.compile(r'#[^\n]*|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|`[^`]*`')
_NAMED, _LONGEST = 3, 40
"""So many values are named in words, of so many letters each."""
_AS_CHOSEN = {"pipe": "|", "csv": ",", "raw": ","}


class Variable(Model):
    """`values`, `label` or `objects` say what can be chosen; without any of them it is free text.

    `chosen` is empty in a routine, and says in a walk what it was walked with.
    """

    variable: Name = Field(
        description="how queries, filters and titles refer to it: $namespace, ${namespace} or ${namespace:pipe}"
    )
    title: Line | None = Field(default=None, description="what it is called where it is chosen")
    values: Annotated[tuple[Value, ...], Field(max_length=MOST_VALUES)] = Field(
        default=(), description="a fixed list to choose from"
    )
    label: Annotated[str, Field(min_length=1, max_length=200)] | None = Field(
        default=None, description="a label, whose values are to choose from"
    )
    of: Prose | None = Field(
        default=None, description="the series that have the label, such as kube_pod_info; by default all"
    )
    objects: Slug | None = Field(
        default=None,
        description="objects of the cluster whose names are to choose from, such as namespaces or nodes",
    )
    source: Annotated[str, Field(min_length=1, max_length=60)] | None = Field(
        default=None, description="which source to ask; by default prometheus for a label, kubernetes for objects"
    )
    several: bool = Field(default=False, description="whether more than one can be chosen")
    every: Value | None = Field(
        default=None,
        description="what stands for every value in a query, such as .+; without it one has to be chosen",
    )
    default: tuple[Value, ...] = Field(default=(), description="what is chosen at first")
    chosen: SkipJsonSchema[tuple[Value, ...]] = ()
    is_resolved: SkipJsonSchema[bool] = False
    """Whether the texts of its routine have what was chosen in place of its name."""

    @property
    def name(self) -> str:
        return self.title or self.variable

    @property
    def asked(self) -> str:
        """The source that is asked what there is to choose from; empty where none is."""
        if not (self.label or self.objects):
            return ""
        return self.source or ("prometheus" if self.label else "kubernetes")

    @model_validator(mode="before")
    @classmethod
    def _one_default_is_a_list_of_one(cls, value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("default"), str):
            return {**value, "default": [value["default"]]}
        return value

    @model_validator(mode="after")
    def _one_way_of_choosing(self) -> Variable:
        given = [
            key
            for key, there in (("values", self.values), ("label", self.label), ("objects", self.objects))
            if there
        ]
        if len(given) > 1:
            raise ValueError(f"has {' and '.join(given)}: only one of them says what there is to choose from")
        if self.of and not self.label:
            raise ValueError("has of without label: of says which series have the label")
        if len(self.default) > 1 and not self.several:
            raise ValueError("has several values as default, but several is not true")
        return self

    def masked(self, mask: Callable[[str], str]) -> Variable:
        """As it may be kept: with what `mask` makes of what was chosen."""
        told = tuple(_masked_value(self.variable, value, mask) for value in self.chosen)
        return self if told == self.chosen else self.model_copy(update={"chosen": told})

    def in_words(self) -> str:
        """What was chosen, for titles: `checkout, search and 3 more`, or `all`."""
        if not self.chosen:
            return "all"
        named = [_shortened(value) or "nothing" for value in self.chosen[:_NAMED]]
        more = len(self.chosen) - len(named)
        return f"{', '.join(named)} and {more} more" if more else ", ".join(named)

    def in_query(self, form: str = "", quote: str = '"') -> str:
        """What was chosen, as it stands in a string of PromQL with these quotes.

        `form` is what a reference may name: `regex` as a regular expression that matches just this, whatever kind
        of variable it is; `pipe`, `csv` and `raw` as it was chosen, joined by `|` or commas.
        """
        if not self.chosen:
            return self.every or ""
        if form in _AS_CHOSEN:
            return _AS_CHOSEN[form].join(self.chosen)
        if not (self.several or self.every is not None or form == "regex"):
            return _in_a_string(self.chosen[0], quote)
        escaped = [_in_a_string(_in_a_pattern(value), quote) for value in self.chosen]
        return escaped[0] if len(escaped) == 1 else f"({'|'.join(escaped)})"


def _masked_value(name: str, value: str, mask: Callable[[str], str]) -> str:
    return mask(mask(f"{name}={value}").removeprefix(f"{name}="))


def _shortened(value: str) -> str:
    return value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}…"


def _in_a_string(value: str, quote: str) -> str:
    """Between backticks nothing is escaped."""
    if quote == "`":
        return value
    return value.replace("\\", "\\\\").replace(quote, f"\\{quote}").replace("\n", "\\n")


def _in_a_pattern(value: str) -> str:
    return re.sub(r"[\\^$.*+?()\[\]{}|]", r"\\\g<0>", value)


def references(text: str) -> frozenset[str]:
    """The names that stand in a text as `$name`, `${name}` or `${name:form}`, be they variables or not."""
    return frozenset(match[1] or match[3] for match in _REFERENCE.finditer(text))


def resolved(text: str, values: Mapping[str, str]) -> str:
    """The text with values in place of the names that have one; other names stay as they are."""
    return _REFERENCE.sub(lambda match: values.get(match[1] or match[3], match[0]), text)


def resolved_query(text: str, variables: Iterable[Variable]) -> str:
    """The query with what was chosen in place of the names of these variables."""
    known = {each.variable: each for each in variables}

    def within(text: str, quote: str) -> str:
        def value(match: re.Match[str]) -> str:
            variable = known.get(match[1] or match[3])
            return variable.in_query(match[2] or "", quote) if variable else match[0]

        return _REFERENCE.sub(value, text)

    def piece(match: re.Match[str]) -> str:
        quote, inside = match[0][0], match[0][1:-1]
        if quote == "#":
            return match[0]
        told = within(inside, quote)
        return _in_other_quotes(told) if quote == "`" and told != inside else f"{quote}{told}{quote}"

    parts, end = list[str](), 0
    for match in _STRING_OR_COMMENT.finditer(text):
        parts += (within(text[end : match.start()], '"'), piece(match))
        end = match.end()
    return "".join((*parts, within(text[end:], '"')))


def _in_other_quotes(inside: str) -> str:
    """What stood between backticks, where nothing is escaped: a value may have one."""
    return f'"{_in_a_string(inside, chr(34))}"'


def resolved_look(look: Look, variables: tuple[Variable, ...]) -> Look:
    """The look with what was chosen in its queries, its filter and its words.

    ValueError where a query is longer than one may be with that.
    """
    query = partial(_askable_query, look=look.look, variables=variables)
    words = _into({each.variable: each.in_words() for each in variables})
    where = _into({each.variable: ",".join(each.chosen) for each in variables})
    return look.model_copy(
        update={
            "title": cut(words(look.title), LINE),
            "text": look.text and cut(words(look.text), PROSE),
            "name": look.name and cut(words(look.name), LINE),
            "query": tuple(query(each) for each in look.query),
            "queries": tuple(
                each.model_copy(update={"name": cut(words(each.name), LINE), "query": query(each.query)})
                for each in look.queries
            ),
            "where": {name: told for name, value in look.where.items() if (told := where(value))},
        }
    )


def _askable_query(text: str, *, look: str, variables: tuple[Variable, ...]) -> str:
    query = resolved_query(text, variables)
    if len(query) > PROSE:
        raise ValueError(
            f"a query of {look} is longer than {PROSE:,} characters with what was chosen: choose less"
        )
    return query


def cut(text: str, letters: int) -> str:
    """No longer than a routine may have it."""
    return text if len(text) <= letters else f"{text[: letters - 1]}…"


def _into(values: Mapping[str, str]) -> Callable[[str], str]:
    return lambda text: resolved(text, values)
