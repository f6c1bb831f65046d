"""A kind's objects as a table, in the newest version the cluster serves; only the columns of a page are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from connectors.kubernetes.api.access import ClusterAccess
from connectors.kubernetes.api.cache import ExpiringCache
from connectors.kubernetes.api.discovery import Discovery
from connectors.kubernetes.api.listing import Listed, Objects, list_objects
from connectors.kubernetes.api.printed import with_printed
from connectors.kubernetes.columns import Holds, ObjectKind, Row
from connectors.kubernetes.failures import Absent
from connectors.kubernetes.kinds import KINDS
from connectors.kubernetes.kinds.claims import STORAGE_CLASS
from connectors.kubernetes.kinds.links import LINKS
from connectors.kubernetes.kinds.operators.histories import HISTORIES
from vistas.source import Deadline

if TYPE_CHECKING:
    import polars as pl

_LISTED = KINDS | LINKS | HISTORIES | {"storage classes": STORAGE_CLASS}


@dataclass(frozen=True, slots=True)
class ListScope:
    """Which objects of a kind: in these namespaces (None: in all), chosen by label and field selectors."""

    namespaces: tuple[str | None, ...] = (None,)
    labels: str = ""
    fields: str = ""

    @property
    def params(self) -> tuple[tuple[str, str], ...]:
        given = {"labelSelector": self.labels, "fieldSelector": self.fields}
        return tuple((key, value) for key, value in given.items() if value)


@dataclass(frozen=True, slots=True)
class Stock:
    """All objects of one kind as they were at one time. `asked` are the requests, as they were sent."""

    table: pl.DataFrame
    asked: str
    warnings: tuple[str, ...]


class Inventory:
    """The tables of one cluster, each fetched once for looks that come close together."""

    def __init__(self, access: ClusterAccess, clock: Callable[[], datetime]) -> None:
        self._access = access
        self._clock = clock
        self._discovery = Discovery(access)
        self._shelf: ExpiringCache[Stock] = ExpiringCache(size_of=lambda stock: int(stock.table.estimated_size()))

    def stock(self, name: str, scope: ListScope, deadline: Deadline) -> Stock:
        """The objects of the kind that a look calls `name`. Unobtainable where there is no answer."""
        return self.stock_of(name, _LISTED[name], scope, deadline)

    def stock_of(self, name: str, kind: ObjectKind, scope: ListScope, deadline: Deadline) -> Stock:
        """The objects of a kind that is listed under a name of its own. Unobtainable where there is no answer."""
        return self._shelf.get((name, scope), deadline, lambda: self._fetch(kind, scope, deadline))

    def _fetch(self, kind: ObjectKind, scope: ListScope, deadline: Deadline) -> Stock:
        namespaces = scope.namespaces if kind.resource.namespaced else (None,)
        versions = self._discovery.versions(kind.resource, deadline)
        for version in versions:
            paging = _Paging(kind, self._clock())
            listing = (kind.resource, version, namespaces, scope.params, deadline)
            try:
                listed = list_objects(self._access, *listing, paging.keep, kind.reads, printed=kind.printed)
            except Absent:
                if version == versions[-1]:
                    raise
                continue
            return _stock(kind, scope, version, namespaces, listed, paging)
        raise AssertionError("discovery names at least one version or raises")


@dataclass
class _Paging:
    """Turns pages of objects into pages of a table, and counts what was no object of the kind."""

    kind: ObjectKind
    now: datetime
    odd: int = 0
    printed: dict[str, Holds] = field(default_factory=dict)
    """The columns that the server printed so far."""

    def keep(self, objects: Objects) -> pl.DataFrame:
        from connectors.kubernetes.tables import make_table

        rows = [row for item in objects for row in self._rows(item)]
        return make_table({**self.kind.columns, **self.printed}, rows)

    def _rows(self, item: Any) -> list[Row]:
        entry = item.entry if self.kind.printed else item
        if not isinstance(entry, dict) or not isinstance(entry.get("metadata"), dict):
            self.odd += 1
            return []
        rows = self.kind.rows(entry, self.now)
        if not self.kind.printed:
            return rows
        return [with_printed(row, item.cells, self.kind.columns, self.printed) for row in rows]


def _stock(
    kind: ObjectKind,
    scope: ListScope,
    version: str,
    namespaces: tuple[str | None, ...],
    listed: Listed[pl.DataFrame],
    paging: _Paging,
) -> Stock:
    from connectors.kubernetes.tables import join_pages

    selectors = f"?{urlencode(scope.params)}" if scope.params else ""
    asked = " · ".join(f"GET {kind.resource.path(version, namespace)}{selectors}" for namespace in namespaces)
    odd = (f"{paging.odd} entries in the list of {kind.resource} are not objects.",) if paging.odd else ()
    table = join_pages(kind.columns, listed.pages).sort(kind.key)
    shown = [*kind.key, *paging.printed]
    ordered = (
        table.select(*shown, *(name for name in table.columns if name not in shown)) if paging.printed else table
    )
    return Stock(ordered, asked, (*listed.warnings, *odd))
