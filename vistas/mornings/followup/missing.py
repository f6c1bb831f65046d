"""A table row that is not there under its own key: the object in another table, its owner, or nothing."""

from __future__ import annotations

from collections.abc import Sequence

from vistas.mornings.followup.facts import describe
from vistas.mornings.followup.labels import PODS, Match, volatile
from vistas.mornings.followup.outcome import FollowUp, Outcome
from vistas.mornings.followup.owners import TAKES, Listed, Thing, is_listed, listed, owner_of, thing_of
from vistas.mornings.followup.saying import absent, how_found, owner_words
from vistas.mornings.followup.tables import SoughtRow
from vistas.vista.notice import Labels, TableRow

_NAMES = ("name", "object")
"""The columns that name a pod where a row is about one."""


def missed(sought: SoughtRow, match: Match) -> FollowUp:
    told, thing, then = sought.told, sought.thing, _alone(sought)
    if unknown := told.missed(sought.pair, (sought.labels,), then):
        return unknown
    if thing is not None and (found := _elsewhere(sought, thing)):
        return found
    owner = (
        owner_of(thing, told.both.owners(sought.pair.then)) if thing is not None and thing.kind == "Pod" else None
    )
    if owner is not None and (found := _by_owner(sought, owner)):
        return found
    gone = absent(sought.pair.now, thing, told.both.day)
    both = (
        f", and so is its {owner.noun}" if owner is not None and is_listed(owner, sought.pair.now) is False else ""
    )
    return told.result(
        Outcome.GONE,
        f"{then} then; {gone}{both if gone.endswith('gone') else ''}",
        then=then,
        now="none",
        remarks=(*sought.pair.remarks, how_found(match)),
    )


def _alone(sought: SoughtRow) -> str:
    return describe(sought.row, sought.anchor.key.keys()) or "there"


def _elsewhere(sought: SoughtRow, thing: Thing) -> FollowUp | None:
    """The object itself, where another table lists it: it is only not in this one.

    What is listed here for something that happened, such as an event or an alert, is gone all the same.
    """
    row = next(iter(listed(thing, sought.pair.now)), None)
    if row is None or row.side.snapshot is sought.pair.now.snapshot:
        return None
    told, then, now = sought.told, _alone(sought), describe(row.row, row.side.frame.key)
    gone = absent(sought.pair.now, None, told.both.day)
    is_itself = sought.anchor.key.get("name") == thing.name
    return told.result(
        Outcome.FOUND if is_itself else Outcome.GONE,
        f"{then} then; {gone}, the {thing.noun} is {now}",
        stop=row.side.stop if is_itself else "",
        then=then,
        now=now,
        anchors=(_anchor_of(row),) if is_itself else (),
        remarks=(*sought.pair.remarks, f"The {thing.noun} is in “{row.side.look.title}”."),
    )


def _by_owner(sought: SoughtRow, owner: Thing) -> FollowUp | None:
    """Its owner's pods in the same table, and how the owner is where a table lists it."""
    told, pair, then = sought.told, sought.pair, _alone(sought)
    let_go = _let_go(sought.labels)
    siblings = _siblings(sought, owner, let_go)
    row = next(iter(listed(owner, pair.now)), None)
    if not siblings and row is None:
        return None
    lists_pods = pair.now.look.take == TAKES["Pod"]
    gone = absent(pair.now, sought.thing, told.both.day)
    if row is not None and (lists_pods or not siblings):
        now = owner_words(row, owner, told.both.day)
    elif lists_pods:
        now = f"its {owner.noun} has {_say_pods(sought, siblings)}"
    else:
        gone, now = f"not that pod {told.both.day}", f"but {_say_pods(sought, siblings)} of its {owner.noun}"
    return told.result(
        Outcome.FOUND_BY_OWNER,
        f"{then} then; {gone}, {now}",
        stop=row.side.stop if row and not siblings else pair.now.stop,
        then=then,
        now=now,
        let_go=let_go,
        owner=f"{owner.noun} {owner.name}",
        anchors=sought.now.anchors(siblings) or ([_anchor_of(row)] if row else []),
        remarks=(*pair.remarks, f"Found by its {owner.noun}, {owner.name}, without the pod's name."),
    )


def _let_go(labels: Labels) -> tuple[str, ...]:
    """What names the pod, or changes with it."""
    named = () if any(name in labels for name in PODS) else tuple(name for name in _NAMES if name in labels)
    return (*named, *volatile(labels))


def _siblings(sought: SoughtRow, owner: Thing, let_go: Sequence[str]) -> list[int]:
    """The rows of pods that the owner has now, and that are otherwise called as this one."""
    take, known = sought.pair.now.look.take, sought.told.both.owners(sought.pair.now)
    rest = {name: value for name, value in sought.labels.items() if name not in let_go}
    places = []
    for place, labels in enumerate(sought.now.labelled.sets):
        pod = thing_of(take, labels) if rest.items() <= labels.items() else None
        if pod is not None and pod.kind == "Pod" and owner_of(pod, known) == owner:
            places.append(place)
    return places


def _say_pods(sought: SoughtRow, places: Sequence[int]) -> str:
    """`one pod (keeps crashing)`, `3 pods (each running)`; where they differ, how the first is."""
    said = list(dict.fromkeys(describe(sought.now.row(place), sought.anchor.key.keys()) for place in places))
    number = "one pod" if len(places) == 1 else f"{len(places):,} pods"
    which = "" if len(places) == 1 else "each " if len(said) == 1 else "the first "
    return f"{number} ({which}{said[0]})" if said[0] else number


def _anchor_of(row: Listed) -> TableRow:
    snapshot, key = row.side.snapshot, row.side.frame.key
    named = {name: "" if row.row.get(name) is None else str(row.row[name]) for name in key}
    return TableRow(look=snapshot.look, source=snapshot.source, key=named)
