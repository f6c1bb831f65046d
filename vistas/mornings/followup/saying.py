"""What all follow-ups have in common: of which notice and which day they tell, and words for what is not there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import tzinfo

from vistas.formatting.counts import counted
from vistas.mornings.followup.facts import describe, version_of
from vistas.mornings.followup.labels import Match
from vistas.mornings.followup.looks import Pair, Side
from vistas.mornings.followup.outcome import FollowUp, Outcome, joined, one_line
from vistas.mornings.followup.owners import Listed, Owners, Thing, is_listed, owners_near
from vistas.redaction import MASK
from vistas.vista import Vista
from vistas.vista.notice import Anchor, Labels, Notice

_ABSENT = {
    "stands-out": "it does not stand out {day}",
    "alerts": "there is no such alert {day}",
    "events": "there is no such event {day}",
    "changes": "there is no such change {day}",
    "slowest": "it is not among the slowest {day}",
    "routes": "there is no such route {day}",
    "controller-routes": "there is no such route {day}",
    "upstreams": "nothing was sent there {day}",
    "clients": "it is not among the busiest {day}",
}
"""What it means that a row is not in a list of this take."""
_PSEUDONYM = "visitor-"


@dataclass(frozen=True, slots=True)
class Mornings:
    """Two vistas. The day of `now` is called `day`: *today*, *on Friday*; clock times are those of `zone`."""

    then: Vista
    now: Vista
    day: str
    zone: tzinfo

    known: dict[tuple[bool, str], Owners] = field(default_factory=dict, compare=False)
    """What was looked up already."""

    def owners(self, near: Side) -> Owners:
        """Whose the pods are, as the tables of pods say that belong to `near`."""
        place = (near.vista is self.then, near.snapshot.source)
        if place not in self.known:
            self.known[place] = owners_near(near)
        return self.known[place]


@dataclass(frozen=True, slots=True)
class Told:
    """Of which notice it is told."""

    notice: Notice
    both: Mornings

    def result(
        self,
        outcome: Outcome,
        sentence: str,
        *,
        stop: str = "",
        then: str = "",
        now: str = "",
        let_go: Iterable[str] = (),
        owner: str = "",
        anchors: Iterable[Anchor] = (),
        remarks: Iterable[str] = (),
    ) -> FollowUp:
        return FollowUp(
            notice=self.notice.id,
            outcome=outcome,
            sentence=one_line(sentence),
            stop=stop or self.notice.stop,
            then=one_line(then),
            now=one_line(now),
            let_go=tuple(let_go),
            owner=owner,
            anchors=tuple(anchors),
            remarks=tuple(dict.fromkeys(one_line(each) for each in remarks if each)),
        )

    def incomparable(self, reason: str, *, then: str = "", remarks: Iterable[str] = ()) -> FollowUp:
        return self.result(Outcome.INCOMPARABLE, f"cannot be compared: {reason}", then=then, remarks=remarks)

    def missed(self, pair: Pair, labels: Iterable[Labels], then: str) -> FollowUp | None:
        """Why what is not in the data of now may be there all the same; None where it really is not."""
        if pair.now.cut_short:
            return self.incomparable(
                f"it is not in the answer {self.both.day}, which does not hold everything",
                then=then,
                remarks=(*pair.remarks, pair.now.cut_short),
            )
        values = [value for each in labels for value in each.values()]
        if any(MASK in value for value in values):
            return self.incomparable("part of its name is masked", then=then, remarks=pair.remarks)
        if self.both.then.origin != self.both.now.origin and any(value.startswith(_PSEUDONYM) for value in values):
            return self.incomparable(
                "visitors may be called otherwise in a vista from elsewhere", then=then, remarks=pair.remarks
            )
        return None


def absent(side: Side, thing: Thing | None, day: str) -> str:
    """That something is not in the data of `side` any more, as far as that says anything."""
    if said := _ABSENT.get(side.look.take):
        return said.format(day=day)
    if thing is None:
        return "that row is not there any more"
    if is_listed(thing, side) is False:
        return f"that {thing.noun} is gone"
    return f"that {thing.noun} is not in this table any more"


def owner_words(found: Listed, owner: Thing, day: str) -> str:
    """`its deployment now runs 1.4.3, 2 of 2 ready`."""
    row = found.row
    images = [version_of(str(each)) for each in row.get("images") or ()]
    rest = describe({name: row[name] for name in ("status", "ready") if name in row and _is_telling(name, row)})
    runs = f"{'now ' if day == 'today' else ''}runs {', '.join(images)}" if images else "is there"
    return ", ".join(part for part in (f"its {owner.noun} {runs}", rest) if part)


def _is_telling(name: str, row: object) -> bool:
    """A workload that is as it should be needs no word for that."""
    return (
        name != "status" or not isinstance(row, dict) or row.get("status") not in {"Complete", "Running", "Ready"}
    )


def how_found(match: Match) -> str:
    """What was let go, or how many might have been it."""
    names = joined(match.let_go)
    if match.places and match.let_go:
        together = ": all that were marked went, and all that came in their place are taken together"
        return f"Found without its {names}{together if match.whole_group else ''}."
    if match.several:
        fits = "fits" if match.several == 1 else "fit"
        without = f"Without its {names}, " if names else ""
        said = f"{without}{counted(match.several, 'other')} {fits}: none was taken for it."
        return said[:1].upper() + said[1:]
    return ""
