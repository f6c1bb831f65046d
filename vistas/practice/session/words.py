"""Words that are kept in a session's own journal: what is jotted down, what was learned, what is carried over."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal
from uuid import UUID

from pydantic import StringConstraints

from vistas.practice.notebook import EntryBody, Stamp
from vistas.practice.noted_lines import MaybeWords, with_line
from vistas.practice.session.state import Session


class Learned(EntryBody):
    """A line of the wrap-up, new or said in other words (same id)."""

    type: Literal["learned"] = "learned"
    id: UUID
    text: MaybeWords

    def apply(self, session: Session, stamp: Stamp) -> Session:
        return replace(session, learned=with_line(session.learned, self.id, self.text, stamp))


class Jotted(EntryBody):
    """A line about an unplanned topic, new or said in other words (same id)."""

    type: Literal["jotted"] = "jotted"
    activity: UUID
    id: UUID
    text: MaybeWords

    def apply(self, session: Session, stamp: Stamp) -> Session:
        lines = with_line(session.jotted.get(self.activity, ()), self.id, self.text, stamp)
        return replace(session, jotted={**session.jotted, self.activity: lines})


class CarriedOver(EntryBody):
    """To be taken up again next time; or, with `carry` false, not any more."""

    type: Literal["carried-over"] = "carried-over"
    id: UUID
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
    carry: bool = True

    def apply(self, session: Session, _: Stamp) -> Session:
        others = {key: value for key, value in session.carried.items() if key != self.id}
        return replace(session, carried={**others, self.id: self.text} if self.carry else others)
