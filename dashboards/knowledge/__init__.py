"""What came out of sessions, to be found and used outside them. One module a section, each with `draw()`.

A section shows a list with search, and the one journal that the URL names (`dashboards.state.JOURNAL`).
"""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast


class Section(Protocol):
    def draw(self) -> None: ...


SECTIONS: dict[str, str] = {
    "Decisions": "decisions",
    "Expertise": "expertise",
    "Wheels": "wheels",
    "Rounds": "rounds",
    "Matrices": "matrices",
    "Glossary": "glossary",
}
"""Their titles as they are shown, and their modules."""


def section(title: str) -> Section:
    return cast("Section", import_module(f"dashboards.knowledge.{SECTIONS[title]}"))
