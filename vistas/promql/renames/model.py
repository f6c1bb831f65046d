"""What became of a metric or a label: its newer name, and what has to be written otherwise with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Way(StrEnum):
    """How a newer metric relates to an older one."""

    RENAMED = "renamed"
    REPLACED = "replaced"
    """Another product took the place of the one that exported it."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Which version of which project changed names, and the text of that project that says so."""

    project: str
    version: str
    source: str
    way: Way = Way.RENAMED


@dataclass(frozen=True, slots=True)
class Rename:
    """`old` and `new` are names of metrics, without the suffix of a histogram's or a summary's series.

    `adds` are matchers by their labels; `labels` newer names of labels, empty for one that there is no more;
    `values` newer matchers by older ones, where a label's values are other ones, too. The newer one times
    `factor` has the unit of the older. `from_summary`: it was a summary and is a histogram, so that it has no
    `quantile`.
    """

    old: str
    new: str
    origin: Origin
    adds: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    factor: float = 1
    from_summary: bool = False


@dataclass(frozen=True, slots=True)
class LabelRename:
    """A label of all metrics whose names begin with one of `prefixes`."""

    old: str
    new: str
    origin: Origin
    prefixes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FunctionRename:
    old: str
    new: str
    origin: Origin
