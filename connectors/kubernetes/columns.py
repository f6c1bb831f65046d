"""The columns of a kind's table, said without Polars, which is imported when there is a table to make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from connectors.kubernetes.objects import Object
from connectors.kubernetes.resources import Resource

Row = dict[str, Any]


class Holds(Enum):
    """What the cells of a column are. Any cell may be empty."""

    TEXT = "text"
    TEXTS = "texts"
    WHOLE = "whole number"
    NUMBER = "number"
    YES = "yes or no"
    TIME = "time"


TEXT, TEXTS, WHOLE, NUMBER, YES, TIME = Holds


@dataclass(frozen=True, slots=True)
class ObjectKind:
    """How objects of a resource become rows: `rows` gives those of one object at the time `now`.

    `key` identifies a row, `spoken` are the columns of free text, which redaction reads. `reads` is a TypedDict of
    all that `rows` looks at in an object, for kinds that come in thousands; None where an object is given whole.
    `printed` is whether the columns that the server prints are shown as well, right behind the key.
    """

    resource: Resource
    columns: Mapping[str, Holds]
    rows: Callable[[Object, datetime], list[Row]]
    key: tuple[str, ...] = ("namespace", "name")
    spoken: tuple[str, ...] = field(default=("message",))
    reads: type | None = None
    printed: bool = False
