"""A table row, found again by its key; a pod's also by its owner, and an object in another table that lists it."""

from __future__ import annotations

from collections.abc import Sequence

from vistas.formatting.counts import counted
from vistas.mornings.followup.facts import facts
from vistas.mornings.followup.labels import Match, find
from vistas.mornings.followup.looks import Pair
from vistas.mornings.followup.missing import missed
from vistas.mornings.followup.outcome import FollowUp, Outcome
from vistas.mornings.followup.saying import Told, how_found
from vistas.mornings.followup.tables import SoughtRow, Table
from vistas.snapshot import FrameKind
from vistas.vista.notice import TableRow

UNCHANGED = "the same"


def follow_row(told: Told, anchor: TableRow, pair: Pair) -> FollowUp:
    if pair.then.frame.kind is not FrameKind.OBJECTS:
        return told.incomparable("what it was noticed on is no table")
    columns = [name for name in anchor.key if name in pair.now.frame.data.columns]
    if not columns or not all(name in pair.then.frame.data.columns for name in anchor.key):
        return told.incomparable("the tables name their rows by different columns")
    then, now = Table.of(pair.then, list(anchor.key)), Table.of(pair.now, columns)
    before = tuple(place for place, key in enumerate(then.keys) if key == anchor.key)
    if not before:
        return told.incomparable("the row is not in that vista")
    sought = SoughtRow(told, anchor, pair, then, now, before)
    if len(columns) < len(anchor.key):
        return _by_fewer_columns(sought, columns)
    own = tuple(place for place, key in enumerate(now.keys) if key == anchor.key)
    match = Match(own) if own else find(sought.labels, [sought.labels], then.labelled, now.labelled)
    return _found(sought, match) if match.places else missed(sought, match)


def _by_fewer_columns(sought: SoughtRow, columns: Sequence[str]) -> FollowUp:
    """Where the other table lacks columns of the key: only what the others name in both alike."""
    lacking = tuple(name for name in sought.anchor.key if name not in columns)
    rest = {name: sought.anchor.key[name] for name in columns}
    then = [place for place, key in enumerate(sought.then.keys) if rest.items() <= key.items()]
    now = tuple(place for place, key in enumerate(sought.now.keys) if key == rest)
    if len(then) != 1 or len(now) != 1:
        return sought.told.incomparable("the tables name their rows by different columns")
    return _found(sought, Match(now, lacking))


def _found(sought: SoughtRow, match: Match) -> FollowUp:
    told = sought.told
    then, now, same = _values(sought, match)
    sentence = f"{then} then, and {UNCHANGED} {told.both.day}" if same else f"{then} then; {now} {told.both.day}"
    return told.result(
        Outcome.FOUND_WITHOUT_LABELS if match.let_go else Outcome.FOUND,
        sentence,
        stop=sought.pair.now.stop,
        then=then,
        now=now,
        let_go=match.let_go,
        anchors=sought.now.anchors(match.places),
        remarks=(*sought.pair.remarks, how_found(match)),
    )


def _values(sought: SoughtRow, match: Match) -> tuple[str, str, bool]:
    """What is said of then and of now, and whether that is the same."""
    if len(sought.before) > 1 or len(match.places) > 1:
        then, now = (f"{counted(len(each), 'row')} of that name" for each in (sought.before, match.places))
        return then, now, then == now
    then, now, changed = facts(sought.row, sought.now.row(match.places[0]), sought.anchor.key.keys())
    if not then:
        return "there", "there", True
    return then, now, not changed
