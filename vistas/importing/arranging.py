"""Stops cut in two, and two of them joined; what nobody has said stays told as that."""

from __future__ import annotations

from collections.abc import Iterable

from vistas.importing.naming import LONGEST_LINE, LONGEST_PROSE, LONGEST_TITLE, clipped, one_line
from vistas.importing.stops import MOST_LOOKS, asking_about, is_unsaid, rail
from vistas.routine import Look, Stop
from vistas.routine.slugs import Slugs


def cut(stop: Stop, at: int, taken: Iterable[str]) -> tuple[Stop, Stop]:
    """The looks before place `at`, counted from 0, and those from there on, which are called after their first.

    ValueError where nothing would be left of one of them. `taken` are the names of all stops.
    """
    if not 0 < at < len(stop.looks):
        raise ValueError(f"a stop of {len(stop.looks)} looks cannot be cut before look {at + 1}")
    before, after = stop.looks[:at], stop.looks[at:]
    title = rail(after[0].title)
    second = {
        "stop": Slugs(frozenset(taken)).give(title, "stop"),
        "title": one_line(title, LONGEST_TITLE),
        "question": asking_about(title),
        "looks": after,
    }
    return stop.model_copy(update={"looks": before}), stop.model_copy(update=second)


def can_join(first: Stop, second: Stop) -> bool:
    return len(first.looks) + len(second.looks) <= MOST_LOOKS


def joined(first: Stop, second: Stop) -> Stop:
    """The first with the looks of the second. ValueError where they are too many."""
    if not can_join(first, second):
        raise ValueError(f"a stop has {MOST_LOOKS} looks at most")
    return first.model_copy(
        update={
            "question": _both_questions(first, second),
            "why": _both(first.why, second.why),
            "normal": _both(first.normal, second.normal),
            "plainly": _both(first.plainly, second.plainly),
            "looks": _of_their_own([*first.looks, *second.looks]),
        }
    )


def _both_questions(first: Stop, second: Stop) -> str:
    """One that somebody has worded rather than one that was made of a title."""
    made = asking_about(first.title) == first.question
    return second.question if made and asking_about(second.title) != second.question else first.question


def _both(one: str, other: str) -> str:
    said = list(dict.fromkeys(each for each in (one, other) if not is_unsaid(each)))
    return clipped("\n".join(said), LONGEST_PROSE) if said else one


def _of_their_own(looks: Iterable[Look]) -> tuple[Look, ...]:
    slugs = Slugs()
    return tuple(look.model_copy(update={"look": slugs.give(look.look, "look")}) for look in looks)


def reworded(stop: Stop, title: str, question: str) -> Stop:
    """With other words, as far as there are any."""
    return stop.model_copy(
        update={
            "title": one_line(title, LONGEST_TITLE) or stop.title,
            "question": one_line(question, LONGEST_LINE) or stop.question,
        }
    )
