"""What became of a notice, in another vista's data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from vistas.vista.notice import Anchor

_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class Outcome(StrEnum):
    FOUND = "found"
    FOUND_WITHOUT_LABELS = "found without some labels"
    FOUND_BY_OWNER = "found by its owner"
    GONE = "not there any more"
    INCOMPARABLE = "cannot be compared"
    READ_YOURSELF = "read it yourself"

    @property
    def is_found(self) -> bool:
        return self in {Outcome.FOUND, Outcome.FOUND_WITHOUT_LABELS, Outcome.FOUND_BY_OWNER}


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What became of one notice. The other vista is *now*, the one that it was made in *then*.

    `then` and `now` are values as they are written for a person; empty where there is none. `sentence` holds both,
    begins in lower case and ends without a full stop. `remarks` are whole sentences for small print: how it was
    found, and what limits the comparison.
    `let_go` are the labels without which it was found, in the order in which they were let go.
    `anchors` are where it is in the data of now, at `stop`: several where it is several table rows.
    """

    notice: UUID
    outcome: Outcome
    sentence: str
    stop: str
    then: str = ""
    now: str = ""
    let_go: tuple[str, ...] = ()
    owner: str = ""
    anchors: tuple[Anchor, ...] = ()
    remarks: tuple[str, ...] = ()


def joined(words: Iterable[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    listed = list(words)
    if len(listed) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(listed)
    return f"{', '.join(listed[:-1])} {last} {listed[-1]}"


def one_line(text: str, at_most: int = 0) -> str:
    """With a space for each character that controls a terminal or breaks a line; cut where it is longer."""
    flat = _CONTROLS.sub(" ", text)
    return flat if not at_most or len(flat) <= at_most else f"{flat[: at_most - 1]}…"
