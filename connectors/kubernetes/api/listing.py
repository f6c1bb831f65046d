"""Whole lists, a page at a time. A page may be short or empty: only the absence of `continue` ends a list.

Rules: Kubernetes documentation, API concepts, "Retrieving large results sets in chunks".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from connectors.kubernetes.api.access import ByteBudget, ClusterAccess, Request
from connectors.kubernetes.api.deadline import Errand
from connectors.kubernetes.api.printed import AS_TABLE, WITH_OBJECTS
from connectors.kubernetes.failures import Expired, Right
from connectors.kubernetes.resources import Resource
from connectors.taking import Unobtainable
from vistas.snapshot import GapReason
from vistas.source import Deadline

P = TypeVar("P")

Objects = Iterator[Any]
"""The entries of one page, usually JSON objects; where the server prints as well, `PrintedEntry` of each."""
Params = tuple[tuple[str, str], ...]

RESTARTED = "The list changed while it was read and was read again from the start."


@dataclass(frozen=True, slots=True)
class Listed(Generic[P]):
    """What was kept of each page, in order, and what is worth knowing about the list."""

    pages: tuple[P, ...]
    warnings: tuple[str, ...] = ()


def list_objects(
    access: ClusterAccess,
    resource: Resource,
    version: str,
    namespaces: Iterable[str | None],
    params: Params,
    deadline: Deadline,
    keep: Callable[[Objects], P],
    reads: type | None = None,
    *,
    printed: bool = False,
) -> Listed[P]:
    """A resource's objects in each namespace (None: in all). `keep` takes from each page what is wanted of it.

    `reads` is a TypedDict of what it looks at in an object; by default an object is given whole. `printed` asks
    for what the server prints of each as well.
    """
    budget = ByteBudget(access.settings.max_bytes)
    pages: list[P] = []
    warnings: list[str] = []
    for namespace in namespaces:
        listing = _List(access, resource, version, namespace, params, deadline, budget, reads, printed)
        try:
            pages += listing.read(keep)
        except Expired:
            warnings.append(RESTARTED)
            try:
                pages += listing.read(keep)
            except Expired:
                raise _keeps_expiring(resource) from None
    return Listed(tuple(pages), tuple(dict.fromkeys(warnings)))


@dataclass(frozen=True, slots=True)
class _List:
    access: ClusterAccess
    resource: Resource
    version: str
    namespace: str | None
    params: Params
    deadline: Deadline
    budget: ByteBudget
    reads: type | None
    printed: bool

    def read(self, keep: Callable[[Objects], P]) -> list[P]:
        """What was kept of each page. The next page is on its way while one is read."""
        from connectors.kubernetes.api.page import ListPage

        pages: list[P] = []
        coming = self._begin("")
        try:
            while True:
                page = ListPage(coming.result(), self.resource)
                if page.following:
                    coming = self._begin(page.following)
                pages.append(keep(page.printed() if self.printed else page.objects(self.reads)))
                if not page.following:
                    return pages
        finally:
            coming.abandon()

    def _begin(self, token: str) -> Errand[bytearray]:
        return self.access.begin(self._request(token), self.deadline, self.budget)

    def _request(self, token: str) -> Request:
        paging = (("limit", str(self.access.settings.page_size)), *((("continue", token),) if token else ()))
        place = f" in {self.namespace}" if self.namespace else ""
        return Request(
            path=self.resource.path(self.version, self.namespace),
            what=f"the list of {self.resource}{place}",
            params=(*self.params, *paging, *((WITH_OBJECTS,) if self.printed else ())),
            right=Right("list", self.resource.group, self.resource.name, self.namespace),
            accept=AS_TABLE if self.printed else "application/json",
        )


def _keeps_expiring(resource: Resource) -> Unobtainable:
    return Unobtainable(
        GapReason.TOO_SLOW,
        f"The list of {resource} expired twice before its last page was read.",
        "Raise page_size of this source, or narrow the look to a namespace.",
    )
