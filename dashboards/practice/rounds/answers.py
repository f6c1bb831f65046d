"""The form for one's own answers in a question round. Other people's answers are never sent to it.

What is typed stays in the browser. In an anonymous round so does which answers are one's own: the tab remembers
that while it is open, and the server receives an answer without knowing whose it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Final

from pydantic import TypeAdapter

from dashboards.components import outbox, packaged
from vistas.practice.old_keys import renamed
from vistas.practice.rounds import Answer, Phase, Round
from vistas.practice.rounds.entries import Answered

ENTRIES: Final = TypeAdapter(tuple[Annotated[Answered, renamed(does="type")], ...])

OnAnswer = Callable[[tuple[Answered, ...]], None]


def own_answers(state: Round, *, key: str, me: str, on_answer: OnAnswer) -> None:
    """Draw the composer. `on_answer` is called once for each thing done; a `VistasError` it raises is shown."""
    packaged.show(
        "practice/rounds/answers.js",
        key=key,
        on={"wrote": outbox.taking(key, ENTRIES, on_answer)},
        data={
            "key": key,
            "anonymous": state.anonymous,
            "revealed": state.phase is Phase.REVEALED,
            "mine": [{"id": str(each.id), "text": each.text} for each in mine(state, me)],
            "answers": outbox.answers(key),
        },
    )


def mine(state: Round, me: str) -> tuple[Answer, ...]:
    """One's own answers as far as the store knows: none where nobody is to be recognised."""
    if state.anonymous:
        return ()
    return tuple(answer for answer in state.ordered if answer.by == me)
