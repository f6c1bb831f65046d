"""What somebody answered to a notice, below it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final, Self
from uuid import UUID

from pydantic import StringConstraints, model_validator

from vistas.vista.notice import NoticeKind
from vistas.vista.written import Written


class AnswerKind(StrEnum):
    """The kinds of notices, which are equal to them, and what a later look can say of an earlier notice."""

    NOTICED = NoticeKind.NOTICED.value
    WONDERING = NoticeKind.WONDERING.value
    SURPRISED = NoticeKind.SURPRISED.value
    NORMAL = NoticeKind.NORMAL.value
    STILL_SO = "still so"
    NO_LONGER = "no longer"
    DIFFERENT = "different now"


ABOUT_NOW: Final = frozenset({AnswerKind.STILL_SO, AnswerKind.NO_LONGER, AnswerKind.DIFFERENT})
"""The kinds that say enough without a text."""

AnswerText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]


class Answer(Written):
    """`notice` is the notice's id. `answered_from` is the vista in which it was written, where that looks at the
    notice through somebody's eyes; it need not be here.
    """

    notice: UUID
    kind: AnswerKind
    text: AnswerText = ""
    answered_from: UUID | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.text and self.kind not in ABOUT_NOW:
            raise ValueError(f"has no text, which an answer of the kind {self.kind.value!r} needs")
        return self
