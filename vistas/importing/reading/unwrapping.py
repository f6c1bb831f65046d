"""Finds the dashboards in a document: bare, or wrapped by Grafana's APIs, ConfigMaps, operators and lists.

Nothing is fetched: what only points to a dashboard is told as unusable, with what it points to.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from vistas.errors import DashboardError
from vistas.importing.reading.documents import LONGEST, read_documents
from vistas.importing.reading.tree import Tree, at, table, text

_DEEPEST = 6
_ELSEWHERE = ("url", "grafanaCom", "jsonnet", "jsonnetLib", "configMapRef", "ociRef", "oci", "envFrom")


class Form(StrEnum):
    CLASSIC = "Grafana classic"
    RESOURCE = "Grafana v2"
    PERSES = "Perses"


@dataclass(frozen=True, slots=True)
class Found:
    """A dashboard's own tree; `where` is the file and what in it, for messages; `title` that of what wraps it."""

    where: str
    form: Form
    tree: Tree
    title: str = ""


@dataclass(frozen=True, slots=True)
class Unusable:
    where: str
    reason: str


def dashboards_in(tree: Any, where: str) -> Iterator[Found | Unusable]:
    """Every dashboard in a document, in its order, and what might have been one."""
    return _Unwrapping().inside(tree, where, 0)


class _Unwrapping:
    """Of one document. What is unpacked in it may be as long, altogether, as a file may be."""

    def __init__(self) -> None:
        self._room = LONGEST

    def inside(self, tree: Any, where: str, depth: int) -> Iterator[Found | Unusable]:
        if depth > _DEEPEST:
            yield Unusable(where, "is wrapped more often than any dashboard is")
        elif isinstance(tree, list):
            for number, each in enumerate(tree, 1):
                yield from self.inside(each, f"{where}: item {number}", depth + 1)
        elif isinstance(tree, dict):
            yield from self._in_table(tree, text(tree.get("kind")), where, depth)
        else:
            yield Unusable(where, "is not a dashboard but some other value")

    def _in_table(self, tree: Tree, kind: str, where: str, depth: int) -> Iterator[Found | Unusable]:
        if kind.endswith("List") and isinstance(tree.get("items"), list):
            yield from self.inside(tree["items"], where, depth + 1)
        elif kind == "ConfigMap":
            yield from self._in_config_map(tree, _named(tree, where), depth)
        elif kind == "GrafanaDashboard":
            yield from self._in_operators(table(tree.get("spec")), _named(tree, where), depth)
        elif kind == "GrafanaManifest":
            yield from self.inside(at(tree, "spec", "template"), _named(tree, where), depth + 1)
        elif found := _bare(tree, kind, where):
            yield found
        elif isinstance(tree.get("dashboard"), dict):
            yield from self.inside(tree["dashboard"], where, depth + 1)
        else:
            told = f"a {_brief(kind)} is not a dashboard" if kind else "has neither panels, rows nor elements"
            yield Unusable(where, told)

    def _in_config_map(self, tree: Tree, where: str, depth: int) -> Iterator[Found | Unusable]:
        data, binary = table(tree.get("data")), table(tree.get("binaryData"))
        for key, value in data.items():
            yield from self._in_text(value, f"{where}: {_brief(key)}", depth)
        for key in binary:
            yield Unusable(f"{where}: {_brief(key)}", "is binary data")
        if not data and not binary:
            yield Unusable(where, "is a ConfigMap without data")

    def _in_text(self, value: Any, where: str, depth: int) -> Iterator[Found | Unusable]:
        if not isinstance(value, str):
            yield Unusable(where, "is not text")
            return
        try:
            trees = read_documents(value, where)
        except DashboardError as error:
            yield Unusable(where, str(error).removeprefix(where).lstrip(": "))
            return
        for tree in trees:
            yield from self.inside(tree, where, depth + 1)

    def _in_operators(self, spec: Tree, where: str, depth: int) -> Iterator[Found | Unusable]:
        """The spec of a GrafanaDashboard: it holds its JSON, plain or gzipped, or says where it can be fetched."""
        elsewhere = [key for key in _ELSEWHERE if spec.get(key)]
        if text(spec.get("json")):
            yield from self._in_text(spec["json"], where, depth)
        elif text(spec.get("gzipJson")):
            yield from self._in_packed(text(spec["gzipJson"]), where, depth)
        elif elsewhere:
            told = f"only says where its dashboard is ({elsewhere[0]}): nothing is fetched, import it itself"
            yield Unusable(where, told)
        else:
            yield Unusable(where, "has neither json nor gzipJson")

    def _in_packed(self, packed: str, where: str, depth: int) -> Iterator[Found | Unusable]:
        content = _unpacked(packed, self._room)
        if content is None:
            yield Unusable(where, "gzipJson is not gzipped text, or too long")
            return
        self._room -= len(content)
        yield from self._in_text(content, where, depth)


def _bare(tree: Tree, kind: str, where: str) -> Found | None:
    spec = table(tree.get("spec"))
    version = text(tree.get("apiVersion"))
    title = text(at(tree, "metadata", "name"))
    if version.startswith("dashboard.grafana.app/"):
        form = Form.RESOURCE if version.removeprefix("dashboard.grafana.app/").startswith("v2") else Form.CLASSIC
        return Found(where, form, spec, title)
    if kind == "PersesDashboard":
        return Found(where, Form.PERSES, table(spec.get("config")) or spec, title)
    if kind == "Dashboard" and "panels" in spec:
        return Found(where, Form.PERSES, spec, text(at(tree, "metadata", "name")))
    if "elements" in tree and "layout" in tree:
        return Found(where, Form.RESOURCE, tree)
    if not kind and ("panels" in tree or "rows" in tree or "schemaVersion" in tree):
        return Found(where, Form.CLASSIC, tree)
    return None


def _brief(word: str) -> str:
    """On one line, for a message."""
    return " ".join(word[:100].split())


def _named(tree: Tree, where: str) -> str:
    name = text(at(tree, "metadata", "name"))
    return f"{where}: {_brief(name)}" if name else where


def _unpacked(packed: str, room: int) -> str | None:
    """What is in base64 of gzip; None where it is neither, or longer than `room` bytes."""
    try:
        unpacking = zlib.decompressobj(wbits=31)
        content = unpacking.decompress(base64.b64decode(packed), room + 1)
        return content.decode() if unpacking.eof and len(content) <= room else None
    except (binascii.Error, zlib.error, ValueError):
        return None
