"""The glossary on every page: explained words, and a form to explain another."""

from __future__ import annotations

from dashboards.glossary.underlining import glossary
from dashboards.shared import process
from dashboards.state import now
from dashboards.ui import doubts
from dashboards.writing import write
from vistas.practice.glossary.entries import Explained, begun


def draw() -> None:
    notebook = process.notebooks().glossary
    glossary(notebook.read(begun(notebook, now())).ordered, key="glossary", on_explain=explain)


def explain(entry: Explained) -> None:
    """Keep what a word means, once it is known who says so and that it may be kept; it is on the disk then."""
    notebook = process.notebooks().glossary

    def keep(meaning: str) -> None:
        said = entry.model_copy(update={"meaning": meaning})
        write(notebook, begun(notebook, now()), said)

    doubts.asking(entry.meaning, keep)
