"""The entries of a wheel's journal, and how each changes the wheel.

An entry that no longer makes sense when it is applied, such as a second pass of one spin, has no effect.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, TypeAdapter

from vistas.practice.landscape import Part
from vistas.practice.notebook import EntryBody, Notebook, Stamp
from vistas.practice.old_keys import renamed
from vistas.practice.wheel.state import (
    AnswerText,
    BegunWalk,
    CameUp,
    Landed,
    PlaceInVista,
    Turn,
    TurnAnswer,
    Wheel,
)
from vistas.store import Journals

KIND = "wheel"
MOST = 60
"""Parts on one wheel: with more, nobody can read it."""


class Filled(EntryBody):
    """These parts of the landscape are on the wheel, and no others."""

    type: Literal["filled"] = "filled"
    parts: Annotated[tuple[Part, ...], Field(max_length=MOST)]

    def apply(self, wheel: Wheel, _: Stamp) -> Wheel:
        return replace(wheel, parts=tuple(dict.fromkeys(self.parts)))


class QuestionAdded(EntryBody):
    """A question of the team's own."""

    type: Literal["question-added"] = "question-added"
    question: Part

    def apply(self, wheel: Wheel, _: Stamp) -> Wheel:
        questions = tuple(dict.fromkeys((*wheel.questions, self.question)))
        return replace(wheel, questions=questions, taken_off=wheel.taken_off - {self.question.key})


class TakenOff(EntryBody):
    """A part shall not come up; or, with `off` false, may again."""

    type: Literal["taken-off"] = "taken-off"
    part: Part
    off: bool = True

    def apply(self, wheel: Wheel, _: Stamp) -> Wheel:
        key = {self.part.key}
        return replace(wheel, taken_off=wheel.taken_off | key if self.off else wheel.taken_off - key)


class SteppedOn(EntryBody):
    """Somebody puts themselves onto the wheel, or takes themselves off it. Nobody does so for another."""

    type: Literal["stepped-on"] = "stepped-on"
    on: bool = True

    def apply(self, wheel: Wheel, stamp: Stamp) -> Wheel:
        others = tuple(name for name in wheel.people if name != stamp.by)
        return replace(wheel, people=(*others, stamp.by) if self.on and stamp.by else others)


class Spun(EntryBody):
    """`after` is the turn that whoever spun had seen: of two who press at once, one spins."""

    type: Literal["spun"] = "spun"
    id: UUID
    after: UUID | None
    what: Landed
    who: Landed | None = None

    def apply(self, wheel: Wheel, stamp: Stamp) -> Wheel:
        if self.after != wheel.turn_id or self.id in wheel.by_id:
            return wheel
        turn = Turn(self.id, stamp.at, stamp.by or "", self.what, self.who)
        keys = frozenset(landed.part.key for landed in (self.what, self.who) if landed)
        return replace(
            wheel,
            turns=(*wheel.turns, turn),
            came_up=(*wheel.came_up, CameUp(stamp.at, keys)),
            by_id={**wheel.by_id, self.id: len(wheel.turns)},
        )


class Passed(EntryBody):
    """Written anonymously. Costs nothing: the odds stay as they are, and nothing tells whom it had come to."""

    type: Literal["passed"] = "passed"
    turn: UUID

    def apply(self, wheel: Wheel, _: Stamp) -> Wheel:
        return _with_turn(wheel, self.turn, lambda turn: replace(turn, passed=True, who=None))


class WalkBegun(EntryBody):
    """Somebody goes to find out."""

    type: Literal["walk-begun"] = "walk-begun"
    turn: UUID
    vista: UUID

    def apply(self, wheel: Wheel, stamp: Stamp) -> Wheel:
        def go(turn: Turn) -> Turn:
            if any(walk.vista == self.vista for walk in turn.walks):
                return turn
            return replace(turn, walks=(*turn.walks, BegunWalk(self.vista, stamp.by or "", stamp.at)))

        return _with_turn(wheel, self.turn, go)


class TurnAnswered(EntryBody):
    """An answer, by who writes it; the same one (by id) written twice is there once."""

    type: Literal["answered"] = "answered"
    id: UUID
    turn: UUID
    text: AnswerText = ""
    whom: AnswerText = ""
    places: Annotated[tuple[PlaceInVista, ...], Field(max_length=100)] = ()

    def apply(self, wheel: Wheel, stamp: Stamp) -> Wheel:
        answer = TurnAnswer(self.id, stamp.by or "", stamp.at, self.text, self.whom, self.places)

        def take(turn: Turn) -> Turn:
            known = any(each.id == self.id for each in turn.answers)
            return turn if known else replace(turn, answers=(*turn.answers, answer))

        return _with_turn(wheel, self.turn, take)


WheelEntry = Annotated[
    Filled | QuestionAdded | TakenOff | SteppedOn | Spun | Passed | WalkBegun | TurnAnswered,
    Field(discriminator="type"),
    renamed(does="type", says="text"),
]


def notebook(journals: Journals) -> Notebook[Wheel, WheelEntry]:
    return Notebook(journals, KIND, TypeAdapter(WheelEntry), Wheel(), lambda wheel: wheel.words)


def _with_turn(wheel: Wheel, turn_id: UUID, change: Callable[[Turn], Turn]) -> Wheel:
    place = wheel.by_id.get(turn_id)
    if place is None:
        return wheel
    changed = change(wheel.turns[place])
    return replace(wheel, turns=(*wheel.turns[:place], changed, *wheel.turns[place + 1 :]))
