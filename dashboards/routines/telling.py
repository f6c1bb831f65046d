"""What is said of a version: who made it, when and why, and on how many mornings it was walked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboards.state import now, zone
from dashboards.ui import words
from vistas.practice.routines import Origin, Version
from vistas.routine.difference import difference
from vistas.store import WalkedVersion


@dataclass(frozen=True, slots=True)
class Walked:
    """On how many mornings something was walked, and when last."""

    mornings: int
    last: datetime | None

    def told(self) -> str:
        if not self.mornings:
            return "not walked yet"
        return "walked on one morning" if self.mornings == 1 else f"walked on {self.mornings:,} mornings"

    @property
    def is_of_this_morning(self) -> bool:
        return self.last is not None and self.last.astimezone(zone()).date() == now().astimezone(zone()).date()


def walked_by_version(
    versions: Sequence[Version], counted: Iterable[WalkedVersion]
) -> tuple[dict[int, Walked], Walked]:
    """By number; and what was walked with versions that are not known here."""
    by_number: dict[int, list[WalkedVersion]] = {}
    unknown: list[WalkedVersion] = []
    for each in counted:
        same = [version.number for version in versions if version.routine.digest == each.digest]
        number = each.version if each.version in same else same[-1] if same else None
        (by_number.setdefault(number, []) if number else unknown).append(each)
    return {version.number: _together(by_number.get(version.number, [])) for version in versions}, _together(
        unknown
    )


def _together(counted: Sequence[WalkedVersion]) -> Walked:
    last = max((each.last for each in counted), default=None)
    return Walked(sum(each.mornings for each in counted), last)


def reason(version: Version, before: Version | None) -> str:
    """Why it was made, in its author's words; else where it comes from."""
    return version.because or _origin(version) or _changes(version, before)


def _origin(version: Version) -> str:
    after, says = version.routine.after, version.routine.version
    match version.origin:
        case Origin.BUILT_IN:
            return "As it came with Morning Vistas."
        case Origin.FORKED if after:
            return f"Made from {after.title}, version {after.version}."
        case Origin.FILE:
            return "From its file." if says == version.number else f"From its file, which calls it version {says}."
    return ""


def _changes(version: Version, before: Version | None) -> str:
    if before is None:
        return "The first version."
    return f"{words.count(len(difference(before.routine, version.routine)), 'change')}."


def signed(version: Version) -> str:
    """`Jonas, 3 November 2026`, or `built in`."""
    who = version.by or ("built in" if version.origin is Origin.BUILT_IN else "")
    return ", ".join(part for part in (who, day_in_sentence(version.at) if version.at else "") if part)


def day_in_sentence(moment: datetime) -> str:
    """`today`, `Friday`, `3 November`; with the year where that is another one."""
    named = words.day(moment, now(), zone())
    return named.lower() if named in {"Today", "Yesterday"} else named.removesuffix(f" {now().year}")
