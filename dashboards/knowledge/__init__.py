"""What came out of sessions, to be found and used outside them. One module a section, each with `draw()`.

A section shows a list with search, and the one journal that the URL names (`dashboards.state.JOURNAL`).
"""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from dashboards.knowledge.journals import Shelf, card, go, sought

__all__ = ["SECTIONS", "Section", "Shelf", "card", "go", "section", "sought"]


class Section(Protocol):
    def draw(self) -> None: ...


SECTIONS: dict[str, str] = {
    "Decisions": "dashboards.practice.decisions.section",
    "Expertise": "dashboards.expertise.section",
    "Wheels": "dashboards.practice.wheel.section",
    "Rounds": "dashboards.practice.rounds.section",
    "Matrices": "dashboards.practice.matrix.section",
    "Glossary": "dashboards.glossary.section",
}
"""Their titles as they are shown, and their modules."""


def section(title: str) -> Section:
    return cast("Section", import_module(SECTIONS[title]))
