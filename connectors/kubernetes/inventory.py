"""A kind's objects as a table, in the newest version the cluster serves; only the columns of a page are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from connectors.kubernetes.api.access import ClusterAccess
from connectors.kubernetes.api.cache import ExpiringCache
from connectors.kubernetes.api.discovery import Discovery
from connectors.kubernetes.api.listing import Listed, Objects, list_objects
from connectors.kubernetes.columns import ObjectKind, Row
from connectors.kubernetes.failures import Absent
from connectors.kubernetes.kinds import KINDS
from connectors.kubernetes.kinds.claims import STORAGE_CLASS
from connectors.kubernetes.kinds.links import LINKS
from vistas.source import Deadline

if TYPE_CHECKING:
    import polars as pl

_LISTED = KINDS | LINKS | {"storage classes": STORAGE_CLASS}


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
                listed = list_objects(self._access, *listing, paging.keep, kind.reads)
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

    def keep(self, objects: Objects) -> pl.DataFrame:
        from connectors.kubernetes.tables import make_table

        rows: list[Row] = []
        for item in objects:
            if isinstance(item, dict) and isinstance(item.get("metadata"), dict):
                rows += self.kind.rows(item, self.now)
            else:
                self.odd += 1
        return make_table(self.kind.columns, rows)


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
    return Stock(join_pages(kind.columns, listed.pages).sort(kind.key), asked, (*listed.warnings, *odd))
