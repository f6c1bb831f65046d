"""One page of a list, taken apart without making objects of what nobody reads.

Half of a pod's JSON is `managedFields`, and most of the rest is never shown: what a kind does not name in its
`reads` is passed over as bytes, environment variables for instance.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec
import orjson

from connectors.kubernetes.api.printed import PrintedCell, PrintedEntry
from connectors.kubernetes.failures import not_json
from connectors.kubernetes.resources import Resource
from connectors.taking import Unobtainable
from vistas.snapshot import GapReason

_BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class _Metadata(msgspec.Struct):
    following: Any = msgspec.field(name="continue", default=None)


class _Column(msgspec.Struct):
    name: str
    type: str = "string"


class _List(msgspec.Struct):
    """A list, or the table that it was printed as."""

    metadata: _Metadata
    items: list[msgspec.Raw] | None = None
    columns: list[_Column] | None = msgspec.field(name="columnDefinitions", default=None)
    rows: list[msgspec.Raw] | None = None


class _Row(msgspec.Struct):
    cells: list[Any]
    printed_of: msgspec.Raw = msgspec.field(name="object")


_LISTS = msgspec.json.Decoder(_List)
_ROWS = msgspec.json.Decoder(_Row)


class ListPage:
    """The objects of one page, as bytes until they are asked for."""

    def __init__(self, body: bytearray, resource: Resource) -> None:
        """Unobtainable where the body is not a list, or not JSON."""
        self._what = f"the list of {resource}"
        try:
            self._list = _LISTS.decode(body)
        except msgspec.ValidationError:
            raise _not_a_list(self._what) from None
        except _BROKEN:
            raise not_json(body, self._what) from None

    @property
    def following(self) -> str:
        """The token that asks for the next page; empty when this is the last."""
        return str(self._list.metadata.following or "")

    def printed(self) -> Iterator[PrintedEntry]:
        """Each entry with its cells; without, where the server gave the list as it is. Unobtainable."""
        if self._list.rows is None:
            yield from map(PrintedEntry, self.objects(None))
            return
        columns = self._list.columns or ()
        for raw in self._list.rows:
            try:
                row = _ROWS.decode(raw)
            except _BROKEN:
                raise _not_a_list(self._what) from None
            cells = zip(columns, row.cells, strict=False)
            yield PrintedEntry(
                self._whole(row.printed_of), tuple(PrintedCell(one.name, one.type, cell) for one, cell in cells)
            )

    def objects(self, reads: type | None) -> Iterator[Any]:
        """Each entry, with no more of it than `reads` names; whole where it is not shaped so. Unobtainable."""
        decoder = _decoder(reads) if reads else None
        for raw in self._list.items or ():
            yield self._parts(raw, decoder) if decoder else self._whole(raw)

    def _parts(self, raw: msgspec.Raw, decoder: msgspec.json.Decoder[Any]) -> Any:
        try:
            return decoder.decode(raw)
        except _BROKEN:
            return self._whole(raw)

    def _whole(self, raw: msgspec.Raw) -> Any:
        try:
            return orjson.loads(memoryview(raw))
        except orjson.JSONDecodeError:
            raise not_json(bytes(raw), self._what) from None


@cache
def _decoder(reads: type) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(reads)


def _not_a_list(what: str) -> Unobtainable:
    return Unobtainable(
        GapReason.GARBLED,
        f"The answer for {what} is JSON, but not a Kubernetes list.",
        "Check that the kubeconfig's server is the API server itself.",
    )
