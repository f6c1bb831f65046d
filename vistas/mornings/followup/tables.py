"""A table whose rows are named by the columns of an anchor's key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from vistas.formatting.columns import row_keys
from vistas.mornings.followup.labels import Labelled
from vistas.mornings.followup.looks import Pair, Side
from vistas.mornings.followup.owners import Thing, thing_of
from vistas.mornings.followup.saying import Told
from vistas.vista.notice import Labels, TableRow

Row = Mapping[str, Any]
_LABEL: Final = re.compile(r'([A-Za-z_]\w*)="((?:[^"\\]|\\.)*)"')
"""One of the labels in a text such as `instance="a", job="b"`."""


@dataclass(frozen=True)
class Table:
    """`keys` are its rows by the columns that an anchor names, as text."""

    side: Side
    keys: Sequence[Labels]

    @classmethod
    def of(cls, side: Side, columns: Sequence[str]) -> Table:
        return cls(side, row_keys(side.frame.data, columns))

    @cached_property
    def labelled(self) -> Labelled:
        return Labelled([spread(key) for key in self.keys])

    def row(self, place: int) -> Row:
        return self.side.frame.data.row(place, named=True)

    def anchor(self, place: int) -> TableRow:
        """By the table's own key, so that it is found on its page."""
        data, key = self.side.frame.data, self.side.frame.key or tuple(self.keys[place])
        named = row_keys(data.slice(place, 1), [name for name in key if name in data.columns])[0]
        return TableRow(look=self.side.snapshot.look, source=self.side.snapshot.source, key=named)

    def anchors(self, places: Iterable[int]) -> list[TableRow]:
        """Each once: rows may be called alike."""
        return list({tuple(each.key.values()): each for each in map(self.anchor, places)}.values())


@dataclass(frozen=True, slots=True)
class SoughtRow:
    """A marked row. `before` are its places in the table of then: more than one where rows are called alike."""

    told: Told
    anchor: TableRow
    pair: Pair
    then: Table
    now: Table
    before: tuple[int, ...]

    @property
    def row(self) -> Row:
        return self.then.row(self.before[0])

    @property
    def labels(self) -> Labels:
        return spread(self.anchor.key)

    @property
    def thing(self) -> Thing | None:
        return thing_of(self.pair.then.look.take, self.labels)


def spread(key: Labels) -> Labels:
    """A key with the labels that its column `labels` holds as one text, as tables of alerts have it."""
    if "=" not in key.get("labels", ""):
        return key
    told = {found[1]: found[2] for found in _LABEL.finditer(key["labels"])}
    return told | {name: value for name, value in key.items() if name != "labels"}
