"""Which two versions are compared: those in the address, else the newest and what came before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboards.state import NOW, THEN, parameter
from vistas.practice.routines import Branch, Family, Version
from vistas.routine import Routine

SHIPPED = "shipped"
"""As it comes with the project now."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One that can be compared. `version` is None for what is no version of the routine itself."""

    key: str
    name: str
    routine: Routine
    version: Version | None = None


def key_of(slug: str, number: int, *, here: str = "") -> str:
    """As it stands in the address: the number alone for the routine whose page it is."""
    return f"{slug}@{number}" if here and slug != here else str(number)


def choices(branch: Branch, family: Family) -> Mapping[str, Choice]:
    """By their keys: its versions, the version that it was made from, and what comes with the project."""
    found = [
        Choice(str(each.number), f"version {each.number}", each.routine, each)
        for each in reversed(branch.versions)
    ]
    after = branch.made_from
    above = family.find(after.routine) if after and after.routine != branch.slug else None
    if above and after:
        found += [
            Choice(f"{above.slug}@{each.number}", f"{after.title}, version {each.number}", each.routine)
            for each in above.versions
            if each.number == after.version
        ]
    if branch.shipped is not None:
        found.append(Choice(SHIPPED, "as it comes with Morning Vistas now", branch.shipped))
    return {each.key: each for each in found}


def chosen(known: Mapping[str, Choice], branch: Branch) -> tuple[Choice, Choice]:
    """Then and now. Both are the same where there is nothing to compare with."""
    newest = known[str(branch.newest.number)]
    now = known.get(parameter(NOW), newest)
    then = known.get(parameter(THEN)) or _before(known, now)
    return then or now, now


def _before(known: Mapping[str, Choice], now: Choice) -> Choice | None:
    if now.version is None:
        return None
    if now.version.number > 1:
        return known.get(str(now.version.number - 1))
    return next((each for key, each in known.items() if "@" in key), None)
