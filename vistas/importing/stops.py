"""Panels under headings as stops that one can walk: long rows are cut, and where there are no rows, bands are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from vistas.importing.naming import LONGEST_PROSE, LONGEST_TITLE, Slugs, clipped, one_line
from vistas.importing.panels.carrying import Carried
from vistas.routine import Look, Stop

MOST_LOOKS = 12
ENOUGH_LOOKS = 4
"""A stop that has so many takes no further band of panels; nor one by which it would have more than six."""
_COMFORTABLE = 6
_VARIABLE = re.compile(r"\(\s*\$\w+\s*\)|\$\{[^{}]*\}|\[\[\w+(:\w+)?\]\]|\$[A-Za-z_]\w*")
_UNKNOWN_WHY = (
    "The dashboard “{}” shows this, but does not say why. Write here what you would miss if you walked past."
)
_UNKNOWN_NORMAL = "The dashboard does not say. Write here what an ordinary morning looks like."
_UNKNOWN_WORDS = "This shows {}. Write here what that is, for people who do not run servers."


@dataclass(frozen=True, slots=True)
class Group:
    """What will be one stop."""

    title: str
    panels: tuple[Carried, ...]
    folded: bool = False


def groups_under(title: str, panels: Sequence[Carried], *, folded: bool = False) -> Iterator[Group]:
    """The stops of what stands under one heading, each of at most twelve looks; none where there are no looks."""
    parts = list(_evenly(panels) if title else _by_bands(panels))
    for number, part in enumerate(parts, 1):
        named = rail(title or next(panel.title for panel in part if panel.looks))
        ending = f" {number}" if title and number > 1 else ""
        called = clipped(named, LONGEST_TITLE - len(ending)) + ending if ending else named
        yield Group(called, tuple(part), folded)


def _evenly(panels: Sequence[Carried]) -> Iterator[list[Carried]]:
    total = sum(len(panel.looks) for panel in panels)
    parts = -(-total // MOST_LOOKS)
    yield from _packed([[panel] for panel in panels], -(-total // parts) if parts else 0, MOST_LOOKS)


def _by_bands(panels: Sequence[Carried]) -> Iterator[list[Carried]]:
    bands = [list(band) for _, band in groupby(panels, key=lambda panel: panel.top)]
    yield from _packed(bands, ENOUGH_LOOKS, _COMFORTABLE)


def _packed(shelves: Sequence[Sequence[Carried]], enough: int, most: int) -> Iterator[list[Carried]]:
    """Shelves put together until there are `enough` looks. What has more than twelve by itself is cut."""
    gathered: list[Carried] = []
    looks = 0
    for shelf in shelves:
        for piece in _cut(shelf):
            more = sum(len(panel.looks) for panel in piece)
            if looks and more and (looks >= enough or looks + more > most):
                yield gathered
                gathered, looks = [], 0
            gathered += piece
            looks += more
    if looks:
        yield gathered


def _cut(shelf: Sequence[Carried]) -> Iterator[list[Carried]]:
    piece: list[Carried] = []
    looks = 0
    for panel in (part for whole in shelf for part in _split(whole)):
        if looks + len(panel.looks) > MOST_LOOKS:
            yield piece
            piece, looks = [], 0
        piece.append(panel)
        looks += len(panel.looks)
    if piece:
        yield piece


def _split(panel: Carried) -> Iterator[Carried]:
    yield replace(panel, looks=panel.looks[:MOST_LOOKS])
    for start in range(MOST_LOOKS, len(panel.looks), MOST_LOOKS):
        yield replace(panel, looks=panel.looks[start : start + MOST_LOOKS], why="", words="")


def rail(title: str) -> str:
    """A title without names of variables, whose place is in a line that is read slowly."""
    bare = re.sub(r"\s{2,}", " ", _VARIABLE.sub("", title)).strip(" :-–|/,;(")
    return bare or title


def make_stop(group: Group, slugs: Slugs, dashboard: str) -> Stop:
    """A stop that is honest about what the dashboard does not say."""
    shown = [panel for panel in group.panels if panel.looks]
    return Stop(
        stop=slugs.give(group.title, "stop"),
        title=one_line(group.title, LONGEST_TITLE),
        question=asking_about(group.title),
        why=_why(shown) or _UNKNOWN_WHY.format(dashboard),
        normal=_normal(shown) or _UNKNOWN_NORMAL,
        plainly=_plainly(group.panels) or _UNKNOWN_WORDS.format(clipped(", ".join(p.title for p in shown), 500)),
        looks=_named_looks(shown),
    )


def asking_about(title: str) -> str:
    """What a stop asks of which nobody has said more than a title."""
    return one_line(f"What does “{clipped(title, 150)}” show this morning?")


def says_why(stop: Stop) -> bool:
    """Whether the dashboard says why somebody looks there."""
    return not stop.why.startswith(_UNKNOWN_WHY.partition("{}")[0]) or any(look.text for look in stop.looks)


def is_unsaid(prose: str) -> bool:
    """Whether it stands in place of what the dashboard does not say."""
    return any(
        prose.startswith(start) and prose.endswith(end)
        for start, _, end in (
            unknown.partition("{}") for unknown in (_UNKNOWN_WHY, _UNKNOWN_NORMAL, _UNKNOWN_WORDS)
        )
    )


def _why(shown: Sequence[Carried]) -> str:
    """What the first panel says of itself; where there are several, each says it at its look."""
    told = next((panel for panel in shown if panel.why), None)
    if told is None:
        return ""
    return clipped(told.why if len(shown) == 1 else f"{told.title}: {told.why}", LONGEST_PROSE)


def _normal(shown: Sequence[Carried]) -> str:
    lines = dict.fromkeys(line for panel in shown for look in panel.looks if (line := _line(panel.title, look)))
    return clipped("\n".join(lines), LONGEST_PROSE)


def _line(title: str, look: Look) -> str:
    if look.normal_below is not None:
        return f"{title}: at or below {look.normal_below:g}, says the dashboard."
    if look.normal_above is not None:
        return f"{title}: at or above {look.normal_above:g}, says the dashboard."
    return ""


def _plainly(panels: Sequence[Carried]) -> str:
    return clipped("\n\n".join(panel.words for panel in panels if panel.words), LONGEST_PROSE)


def _named_looks(shown: Sequence[Carried]) -> tuple[Look, ...]:
    slugs = Slugs()
    looks = [look for panel in shown for look in panel.looks]
    is_said_once = sum(bool(panel.why) for panel in shown) < 2  # noqa: PLR2004 - it is the stop's why
    return tuple(
        look.model_copy(
            update={"look": slugs.give(look.title, "look"), "text": None if is_said_once else look.text}
        )
        for look in looks
    )
