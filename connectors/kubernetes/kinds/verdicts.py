"""What all conditions of an object say together, those of its listeners or parents included."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from connectors.kubernetes.columns import TEXT, TEXTS, TIME, YES, Holds, Row
from connectors.kubernetes.conditions import Verdict, judge_condition, named
from connectors.kubernetes.objects import Object, count, each, moment, part, text

VERDICTS: dict[str, Holds] = {
    "wrong": TEXTS,
    "undecided": TEXTS,
    "undecided_since": TIME,
    "unclear": TEXTS,
    "unseen": YES,
    "reason": TEXT,
    "message": TEXT,
    "since": TIME,
}
"""`wrong`, `undecided` and `unclear` name conditions; `unseen` is whether the newest change was not looked at."""
EPOCH_YEAR = 1970
"""Conditions that nobody has set yet stand there by default, since the epoch."""

Said = tuple[str, Object]
"""A condition, and of which part it is said."""


def verdicts(thing: Object, holders: Iterable[Said]) -> Row:
    """The columns VERDICTS; `holders` are parts of the object's status with their names, empty for the whole."""
    said = [
        (where, one) for where, holder in holders for one in each(holder, "conditions") if not _by_default(one)
    ]
    by_verdict: dict[Verdict, list[Said]] = {verdict: [] for verdict in Verdict}
    for where, one in said:
        by_verdict[judge_condition(one)].append((where, one))
    wrong, undecided = by_verdict[Verdict.WRONG], by_verdict[Verdict.UNDECIDED]
    generation = count(part(thing, "metadata"), "generation")
    return {
        "wrong": _names(wrong),
        "undecided": list(dict.fromkeys(text(one, "type") for _, one in undecided)),
        "undecided_since": _earliest(undecided),
        "unclear": [f"{text(one, 'type')}={text(one, 'status')}" for _, one in by_verdict[Verdict.UNFAMILIAR]],
        "unseen": any(0 < count(one, "observedGeneration") < generation for _, one in said),
        "reason": next((text(one, "reason") for _, one in wrong or undecided), ""),
        "message": "; ".join(dict.fromkeys(_message(where, one) for where, one in wrong or undecided)).strip("; "),
        "since": _earliest(wrong),
    }


def _by_default(found: Object) -> bool:
    since = moment(found, "lastTransitionTime")
    return text(found, "status") == "Unknown" and since is not None and since.year <= EPOCH_YEAR


def _names(said: Iterable[Said]) -> list[str]:
    return list(dict.fromkeys(named(one) for _, one in said))


def _message(where: str, found: Object) -> str:
    words = text(found, "message") or text(found, "reason")
    return f"{where}: {words}" if where and words else words


def _earliest(said: Iterable[Said]) -> datetime | None:
    return min((at for _, one in said if (at := moment(one, "lastTransitionTime"))), default=None)
