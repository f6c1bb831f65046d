"""The glossary on every page: what words mean here, for whoever has not heard them yet."""

from __future__ import annotations

from dashboards import process, viewer
from dashboards.components import glossary
from dashboards.state import now
from vistas.practice.glossary_entries import Explained, begun


def draw() -> None:
    notebook = process.notebooks().glossary
    glossary(notebook.read(begun(notebook, now())).ordered, key="glossary", on_explain=explain)


def explain(entry: Explained) -> None:
    """Keep what a word means; when this returns it is on the disk."""
    notebook = process.notebooks().glossary
    notebook.write(begun(notebook, now()), entry, by=viewer.name(), at=now())
