"""What each kind of activity is called, and how it is begun."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from vistas.practice.session import ActivityKind


@dataclass(frozen=True, slots=True)
class KindWords:
    name: str
    icon: str
    about: str
    title_prompt: str
    """What its title is asked for by."""


KINDS: Final[dict[ActivityKind, KindWords]] = {
    ActivityKind.WALK: KindWords(
        "Walk together", "footprint", "Look across the landscape, stop by stop.", "What is this walk about?"
    ),
    ActivityKind.DECISIONS: KindWords(
        "Decision table",
        "table_rows",
        "Work out what made the decisions of one hard night hard.",
        "Which night, or which incident?",
    ),
    ActivityKind.MATRIX: KindWords(
        "Dependency matrix",
        "grid_on",
        "What needs what on the critical path, believed and observed.",
        "Which path through the system?",
    ),
    ActivityKind.QUESTION: KindWords(
        "Question round", "forum", "A question, silent writing, then everybody's answers.", "Which question?"
    ),
    ActivityKind.WHEEL: KindWords(
        "Wheel of Expertise",
        "toys_fan",
        "Whoever it picks shows how they would find out. You can always pass.",
        "What is on the wheel?",
    ),
    ActivityKind.TOPIC: KindWords(
        "Something came up", "chat_bubble", "Unplanned: talk it over and take notes together.", "What came up?"
    ),
    ActivityKind.WRAP_UP: KindWords(
        "Wrap-up", "wb_twilight", "What we learned, in everybody's words.", "What would you like to call it?"
    ),
}
PLANNED_AHEAD: Final = tuple(kind for kind in KINDS if kind is not ActivityKind.TOPIC)
