"""Where one writes one's answers of a question round, and sees one's own; nobody else's are ever sent to it.

What is typed lives in the browser. So does, where nobody is to be recognised, which answers are one's own: the tab
holds that as long as it is open, and the server is told an answer without being told whose it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from pydantic import TypeAdapter

from dashboards.components import packaged, sending
from vistas.practice.rounds import Answer, Phase, Round
from vistas.practice.rounds_entries import Answered

ENTRIES: Final = TypeAdapter(tuple[Answered, ...])

OnAnswer = Callable[[tuple[Answered, ...]], None]


def own_answers(state: Round, *, key: str, me: str, on_answer: OnAnswer) -> None:
    """Draw the composer. `on_answer` is called once for each thing done; a `VistasError` it raises is shown."""
    packaged.show(
        "answers",
        key=key,
        on={"wrote": sending.taking(key, ENTRIES, on_answer)},
        data={
            "key": key,
            "anonymous": state.anonymous,
            "revealed": state.phase is Phase.REVEALED,
            "mine": [{"id": str(each.id), "text": each.text} for each in mine(state, me)],
            "answers": sending.answers(key),
        },
    )


def mine(state: Round, me: str) -> tuple[Answer, ...]:
    """One's own answers as far as the store knows: none where nobody is to be recognised."""
    if state.anonymous:
        return ()
    return tuple(answer for answer in state.ordered if answer.by == me)
