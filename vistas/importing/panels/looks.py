"""The queries of one panel as looks: together where they are drawn alike, each by itself where they are not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vistas.importing.naming import LONGEST_LINE, clipped, one_line
from vistas.importing.panels.drawings import How
from vistas.importing.panels.thresholds import Normal
from vistas.importing.panels.times import Times
from vistas.promql import first_metric
from vistas.routine import MOST_QUERIES, Drawing, Look, NamedQuery, Unit

_ALONE = {Drawing.TABLE, Drawing.HEATMAP}
"""Drawings of one answer."""
_LONGEST_TITLE = 150


@dataclass(frozen=True, slots=True)
class Asked:
    """A query of a panel that is carried. `name` is how its series are named; None where the tool decides."""

    ref: str
    query: str
    how: How
    unit: Unit
    name: str | None


@dataclass(frozen=True, slots=True)
class Around:
    """What holds for all looks of a panel."""

    title: str
    normal: Normal
    times: Times
    states: dict[str, str]
    text: str


def looks_of(asked: Sequence[Asked], around: Around) -> Iterator[Look]:
    """`text` stands above the first."""
    groups = list(_groups(asked))
    for number, group in enumerate(groups):
        title = around.title if len(groups) == 1 else _apart(around.title, group, groups)
        yield _look(group, title, around, around.text if number == 0 else "")


def why_apart(asked: Sequence[Asked]) -> str:
    """Why the queries of a panel become several looks; empty where they are one."""
    groups = list(_groups(asked))
    if len(groups) < 2:  # noqa: PLR2004 - one is all
        return ""
    if len({each.how.take for each in asked}) > 1:
        return f"asks for a moment and over time; here in {len(groups)} looks"
    if len({each.unit for each in asked}) > 1:
        return f"has several units; here in {len(groups)} looks"
    return f"shows {len(asked)} answers at once; here in {len(groups)} looks"


def _groups(asked: Sequence[Asked]) -> Iterator[list[Asked]]:
    alike: dict[tuple[object, ...], list[Asked]] = {}
    for number, each in enumerate(asked):
        alone = number if each.how.draw in _ALONE else None
        alike.setdefault((each.how.take, each.how.draw, each.unit, alone), []).append(each)
    for group in alike.values():
        for start in range(0, len(group), MOST_QUERIES):
            yield group[start : start + MOST_QUERIES]


def _apart(title: str, group: Sequence[Asked], groups: Sequence[Sequence[Asked]]) -> str:
    """A title of its own: by the series' name where all have one, else by the query, by moment or unit."""
    first = group[0]
    if len(group) == 1:
        said = first.name if first.name and "{{" not in first.name else first.ref
    elif len({each[0].how.take for each in groups}) > 1:
        said = "now" if first.how.take == "instant" else "over time"
    elif len({each[0].unit for each in groups}) > 1:
        said = first.unit.value
    else:
        said = f"{first.ref} to {group[-1].ref}"
    return one_line(f"{clipped(title, _LONGEST_TITLE)} ({said})") if said else title


def _look(group: Sequence[Asked], title: str, around: Around, text: str) -> Look:
    first, together = group[0], len(group) > 1
    is_map = first.how.draw is Drawing.HEATMAP
    return Look(
        look="look",
        title=title,
        text=text or None,
        source="prometheus",
        take=first.how.take,
        query=() if together else (first.query,),
        queries=_named(group) if together else (),
        window=around.times.window if first.how.take == "range" else None,
        offset=around.times.offset,
        draw=first.how.draw,
        states=around.states if first.how.draw is Drawing.STATES else {},
        unit=first.unit,
        name=None if together else first.name,
        normal_below=None if is_map else around.normal.below,
        normal_above=None if is_map else around.normal.above,
    )


def _named(group: Sequence[Asked]) -> tuple[NamedQuery, ...]:
    """Each under a name of its own: its legend, else its metric; with its letter where two have the same."""
    names = [each.name or first_metric(each.query) or each.ref or "query" for each in group]
    given: dict[str, str] = {}
    for name, each in zip(names, group, strict=True):
        wanted = _with(name, each.ref) if names.count(name) > 1 and each.ref else clipped(name, LONGEST_LINE)
        number = 1
        while wanted in given:
            number += 1
            wanted = _with(name, f"{each.ref} {number}".strip())
        given[wanted] = each.query
    return tuple(NamedQuery(name=name, query=query) for name, query in given.items())


def _with(name: str, ending: str) -> str:
    return f"{clipped(name, LONGEST_LINE - len(ending) - 3)} ({ending})"
