"""Finds the lines that a notice on a chart marks, among those of another morning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from vistas.mornings.followup.labels import Match, find, volatile
from vistas.mornings.followup.lines import Chart, Line
from vistas.mornings.followup.looks import Pair
from vistas.mornings.followup.owners import Thing, owner_of, thing_of
from vistas.mornings.followup.saying import Told
from vistas.vista.notice import Labels, Stretch


@dataclass(frozen=True, slots=True)
class Sought:
    """One marked line, and where it is among those of now. `owner` where it was found by whose pod it is."""

    line: Line
    match: Match
    owner: Thing | None = None


def marked_lines(anchor: Stretch, chart: Chart) -> tuple[Line, ...]:
    """The lines that the anchor names; where it names none exactly, those that carry its labels and more."""
    if not anchor.series:
        return chart.lines
    exact = tuple(line for line in chart.lines if line.labels in anchor.series)
    return exact or tuple(
        line for line in chart.lines if any(each.items() <= line.labels.items() for each in anchor.series)
    )


def seek(told: Told, pair: Pair, marked: Sequence[Line], then: Chart, now: Chart) -> Iterator[Sought]:
    names = [line.labels for line in marked]
    pods: Mapping[Thing, Sequence[int]] | None = None
    for line in marked:
        match = find(line.labels, names, then.labelled, now.labelled)
        pod = None if match.places else thing_of(pair.then.look.take, line.labels)
        owner = owner_of(pod, told.both.owners(pair.then)) if pod is not None and pod.kind == "Pod" else None
        if owner is None:
            yield Sought(line, match)
            continue
        pods = pods or _by_owner(told, pair, now)
        yield Sought(line, _of_owner(line.labels, pods.get(owner, ()), now) or match, owner)


def _by_owner(told: Told, pair: Pair, now: Chart) -> Mapping[Thing, Sequence[int]]:
    """The places of today's lines by whose pod each is of."""
    found: dict[Thing, list[int]] = {}
    for place, line in enumerate(now.lines):
        pod = thing_of(pair.now.look.take, line.labels)
        owner = owner_of(pod, told.both.owners(pair.now)) if pod is not None and pod.kind == "Pod" else None
        if owner is not None:
            found.setdefault(owner, []).append(place)
    return found


def _of_owner(labels: Labels, places: Sequence[int], now: Chart) -> Match | None:
    """Those that are otherwise labelled as this one."""
    let_go = volatile(labels)
    rest = {name: value for name, value in labels.items() if name not in let_go}
    alike = tuple(place for place in places if rest.items() <= now.lines[place].labels.items())
    return Match(alike, let_go) if alike else None
