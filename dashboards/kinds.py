"""What each kind of activity is called, and how it is begun."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from vistas.practice.session import ActivityKind


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    icon: str
    about: str
    asks: str
    """What its title is asked for by."""


KINDS: Final[dict[ActivityKind, Kind]] = {
    ActivityKind.WALK: Kind(
        "Walk together", "footprint", "Look across the landscape, stop by stop.", "What is this walk about?"
    ),
    ActivityKind.DECISIONS: Kind(
        "Decision table",
        "table_rows",
        "Draw out of a hard night what made its decisions hard.",
        "Which night, which incident?",
    ),
    ActivityKind.MATRIX: Kind(
        "Dependency matrix",
        "grid_on",
        "Who needs whom on the critical path, believed and observed.",
        "Which path through the system?",
    ),
    ActivityKind.QUESTION: Kind(
        "Question round", "forum", "A question, silent writing, then everybody's answers.", "Which question?"
    ),
    ActivityKind.WHEEL: Kind(
        "Wheel of Expertise",
        "toys_fan",
        "Whoever it comes to shows how they would find out. Passing is free.",
        "What is on the wheel?",
    ),
    ActivityKind.TOPIC: Kind(
        "Something came up", "chat_bubble", "Unplanned: talked about, and noted together.", "What came up?"
    ),
    ActivityKind.WRAP_UP: Kind(
        "Wrap-up", "wb_twilight", "What we learned, in everybody's words.", "How shall it be called?"
    ),
}
PLANNED_AHEAD: Final = tuple(kind for kind in KINDS if kind is not ActivityKind.TOPIC)
