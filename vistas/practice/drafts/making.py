"""Stops of looks, and a routine of stops. What nobody has said yet is told honestly as that."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from vistas.practice.drafts.state import Draft
from vistas.routine import Look, Routine, Stop
from vistas.routine.slugs import Slugs

LONGEST_TITLE = 24
_UNKNOWN_NORMAL = "Nobody has written down yet what an ordinary morning looks like here."
_UNKNOWN_WORDS = "This shows {}. Nobody has put it in plain words yet."

Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Prose = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]


class Words(BaseModel):
    """What is said around the looks of a stop. Question and why are asked for, the rest may be empty."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: Annotated[Line, StringConstraints(min_length=1)]
    why: Annotated[Prose, StringConstraints(min_length=1)]
    title: Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_TITLE)] = ""
    normal: Prose = ""
    plainly: Prose = ""


def words_of(stop: Stop) -> Words:
    """As somebody said them: what stands in place of unsaid words is left out."""
    normal = "" if stop.normal == _UNKNOWN_NORMAL else stop.normal
    plainly = "" if stop.plainly == _unknown_words(stop.looks) else stop.plainly
    return Words(question=stop.question, why=stop.why, title=stop.title, normal=normal, plainly=plainly)


def new_stop(look: Look, words: Words, taken: Iterable[str]) -> Stop:
    """A stop of one look, under a slug that is not taken."""
    title = words.title or _short(words.question)
    slug = Slugs(frozenset(taken)).give(title, "stop")
    return reworded(_bare(slug, named_look(look, ())), words)


def named_look(look: Look, others: Iterable[Look]) -> Look:
    """With a slug of its own beside the others of its stop."""
    slug = Slugs(frozenset(each.look for each in others)).give(look.title, "look")
    return look.model_copy(update={"look": slug})


def reworded(stop: Stop, words: Words) -> Stop:
    return stop.model_copy(
        update={
            "title": words.title or _short(words.question),
            "question": words.question,
            "why": words.why,
            "normal": words.normal or _UNKNOWN_NORMAL,
            "plainly": words.plainly or _unknown_words(stop.looks),
        }
    )


def as_routine(draft: Draft, title: str, taken: Iterable[str]) -> Routine:
    """The routine that the draft is now; begun from another one, it stays that one under its slug.

    ValueError where there is no stop yet.
    """
    if not draft.stops:
        raise ValueError("Keep a stop first: a routine has one at least.")
    if draft.base:
        return draft.base.model_copy(update={"title": title, "stops": draft.stops, "written_as": ""})
    return Routine(
        routine=Slugs(frozenset(taken)).give(title, "routine"),
        title=title,
        about=f"Recorded by doing: {'; '.join(stop.title for stop in draft.stops)}."[:2000],
        stops=draft.stops,
    )


def _bare(slug: str, look: Look) -> Stop:
    return Stop(stop=slug, title="-", question="-", why="-", normal="-", plainly="-", looks=(look,))


def _unknown_words(looks: Iterable[Look]) -> str:
    return _UNKNOWN_WORDS.format(", ".join(look.title for look in looks))[:2000]


def _short(question: str) -> str:
    """As much of a question as fits on the rail, cut between words."""
    words = question.rstrip("?.! ").split()
    title = words[0][:LONGEST_TITLE] if words else "Stop"
    for word in words[1:]:
        if len(f"{title} {word}") > LONGEST_TITLE:
            break
        title = f"{title} {word}"
    return title
