"""A stretch of time on a chart, found again: the same series, at the same clock time."""

from __future__ import annotations

from collections.abc import Sequence

from vistas.formatting.counts import counted
from vistas.mornings.followup.clock import Moved, NotThere
from vistas.mornings.followup.compared import NAMED, Compared
from vistas.mornings.followup.lines import chart_of
from vistas.mornings.followup.looks import Pair
from vistas.mornings.followup.outcome import FollowUp, Outcome, joined
from vistas.mornings.followup.owners import Thing, listed
from vistas.mornings.followup.saying import Told, how_found, owner_words
from vistas.mornings.followup.seeking import marked_lines, seek
from vistas.requests.controllers import TAKE
from vistas.snapshot import FrameKind
from vistas.vista.notice import Stretch


def follow_stretch(told: Told, anchor: Stretch, pair: Pair) -> FollowUp:
    if pair.then.frame.kind not in {FrameKind.SERIES, FrameKind.REQUESTS}:
        return told.incomparable("what it was noticed on is no chart")
    then, now = chart_of(pair.then), chart_of(pair.now)
    marked = marked_lines(anchor, then)
    if anchor.series and not marked:
        return told.incomparable("the series is not in that vista")
    sought = tuple(seek(told, pair, marked, then, now)) if anchor.series else ()
    compared = Compared(told, anchor, pair, then, now, marked, sought)
    if compared.here or _may_be_empty(compared):
        return _found(compared)
    return _lost(compared)


def _may_be_empty(compared: Compared) -> bool:
    """Whether an absent line is a value: of requests there were none, and of no series there is no sample."""
    if compared.pair.then.frame.kind is FrameKind.REQUESTS:
        return compared.as_requests or compared.pair.then.look.take != TAKE
    return not compared.marked


def _found(compared: Compared) -> FollowUp:
    told, moved = compared.told, compared.moved
    if isinstance(moved, NotThere):
        return told.incomparable(moved.reason, then=compared.values(None)[0], remarks=compared.pair.remarks)
    if compared.is_distribution:
        here = (_anchor(compared, moved),)
        return told.result(
            Outcome.READ_YOURSELF, "a distribution, and no one number: read it yourself", anchors=here
        )
    before, after = compared.values(moved)
    if reason := _uncovered(compared, moved):
        return told.incomparable(reason, then=before, remarks=compared.pair.remarks)
    when = " ".join(part for part in (moved.phrase, told.both.day) if part)
    owners = compared.owners
    mark = ";" if compared.as_requests else ","
    return told.result(
        _outcome(compared),
        f"{compared.subject}{before} then{mark} {after} {when}{_in_pods(compared)}",
        stop=compared.pair.now.stop,
        then=before,
        now=after,
        let_go=dict.fromkeys(name for each in compared.sought for name in each.match.let_go if each.match.places),
        owner=_names_of(owners),
        anchors=(_anchor(compared, moved),),
        remarks=(*compared.pair.remarks, *_how(compared), moved.remark),
    )


def _in_pods(compared: Compared) -> str:
    """`, in the 2 pods that its deployment has now`."""
    if not (owners := compared.owners):
        return ""
    number = len({place for each in compared.sought if each.owner for place in each.match.places})
    pods = "pod" if number == 1 else f"{number:,} pods"
    return f", in the {pods} that {f'its {owners[0].noun} has' if len(owners) == 1 else 'their owners have'} now"


def _names_of(owners: Sequence[Thing]) -> str:
    """`deployment search`; of many the first ones."""
    names = [f"{each.noun} {each.name}" for each in owners[:NAMED]]
    more = len(owners) - len(names)
    return joined([*names, f"{more:,} more"] if more else names)


def _outcome(compared: Compared) -> Outcome:
    found = [each for each in compared.sought if each.match.places]
    if any(each.owner for each in found):
        return Outcome.FOUND_BY_OWNER
    return Outcome.FOUND_WITHOUT_LABELS if any(each.match.let_go for each in found) else Outcome.FOUND


def _how(compared: Compared) -> tuple[str, ...]:
    lost = [each for each in compared.sought if not each.match.places]
    said = [how_found(each.match) for each in compared.sought]
    if compared.was_added_up:
        said.append("It was marked on series added up, which are read one by one here.")
    if lost and compared.here:
        said.append(f"{counted(len(lost), 'series', 'series')} of {len(compared.sought)} not there any more.")
    return tuple(said)


def _anchor(compared: Compared, moved: Moved) -> Stretch:
    snapshot = compared.pair.now.snapshot
    here = {frozenset(line.labels.items()): line.labels for line in compared.here}
    named = tuple(here.values()) or compared.anchor.series
    return compared.anchor.model_copy(
        update={
            "look": snapshot.look,
            "source": snapshot.source,
            "series": named if compared.anchor.series else (),
            "start": moved.start,
            "end": moved.end,
        }
    )


def _uncovered(compared: Compared, moved: Moved) -> str:
    """That the logs do not reach that far, where they did then."""
    if compared.pair.then.frame.kind is not FrameKind.REQUESTS:
        return ""
    then, now = compared.pair.then.snapshot.provenance.obtained, compared.pair.now.snapshot.provenance.obtained
    start, end = sorted((compared.anchor.start, compared.anchor.end))
    if then is not None and (end < then.start or start > then.end):
        return ""
    outside = now is not None and (moved.end < now.start or moved.start > now.end)
    return f"the logs do not reach that time {compared.told.both.day}" if outside else ""


def _lost(compared: Compared) -> FollowUp:
    told, pair, before = compared.told, compared.pair, compared.values(None)[0]
    if unknown := told.missed(pair, [line.labels for line in compared.marked], before):
        return unknown
    owner = next((each.owner for each in compared.sought if each.owner), None)
    row = next(iter(listed(owner, pair.now)), None) if owner else None
    many = len(compared.marked) > 1
    gone = f"{'those series are' if many else 'that series is'} not there any more"
    told_now = f", {owner_words(row, owner, told.both.day)}" if row and owner else ""
    return told.result(
        Outcome.FOUND_BY_OWNER if told_now else Outcome.GONE,
        f"{compared.subject}{before} then; {gone}{told_now}",
        then=before,
        now=told_now.removeprefix(", ") or "none",
        owner=f"{owner.noun} {owner.name}" if told_now and owner else "",
        remarks=(*pair.remarks, *_how(compared)),
    )
