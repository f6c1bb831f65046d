"""What became of a dashboard: how much was carried, what was not and why, and what was carried differently."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


class Thing(StrEnum):
    """What is counted. Of each kind: in = carried + left."""

    PANEL = "panel"
    QUERY = "query"
    VARIABLE = "variable"
    ANNOTATION = "annotation"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something said about one thing of the dashboard: `before` and `after` are a query's two forms."""

    thing: Thing | None
    where: str
    reason: str
    before: str = ""
    after: str = ""


@dataclass(slots=True)
class Report:
    """`left` has one remark for each thing that was not carried; the other lists are about what was.

    `changed` means something else now than in the dashboard, or may; `unchecked` is kept as it is, and cannot be
    checked here.
    """

    carried: Counter[Thing] = field(default_factory=Counter)
    left: list[Remark] = field(default_factory=list)
    changed: list[Remark] = field(default_factory=list)
    unchecked: list[Remark] = field(default_factory=list)

    def carry(self, thing: Thing) -> None:
        self.carried[thing] += 1

    def leave(self, thing: Thing, where: str, reason: str, query: str = "") -> None:
        self.left.append(Remark(thing, where, reason, before=query))

    def change(self, where: str, reason: str, before: str = "", after: str = "") -> None:
        self.changed.append(Remark(None, where, reason, before, after))

    def doubt(self, where: str, reason: str, query: str) -> None:
        self.unchecked.append(Remark(None, where, reason, after=query))

    def came_in(self, thing: Thing) -> int:
        """How many there were in the dashboard."""
        return self.carried[thing] + sum(remark.thing is thing for remark in self.left)
