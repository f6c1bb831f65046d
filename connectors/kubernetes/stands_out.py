"""What stands out across kinds: gather their tables, judge each row, show one row a thing, most serious first."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from connectors.kubernetes.columns import TEXT, TIME, Holds, Row
from connectors.kubernetes.judging import JUDGES, KNOWN, TOGETHER, Finding, Morning, Severity
from connectors.kubernetes.judging.claims import has_waited
from connectors.kubernetes.judging.finding import facts
from connectors.kubernetes.several_kinds import See, Several, view_all
from connectors.taking import Unobtainable
from vistas.snapshot import GapReason

COLUMNS: dict[str, Holds] = {
    "kind": TEXT,
    "namespace": TEXT,
    "name": TEXT,
    "what": TEXT,
    "since": TIME,
    "severity": TEXT,
    "details": TEXT,
}
KEY = ("kind", "namespace", "name")
SPOKEN = ("what", "details")
USUALLY = tuple(kind for kind in KNOWN if kind != "events")
"""Events mostly repeat what the objects themselves say; whoever wants them names them."""
ALIKE = 3
"""More than so many of one family with the same complaint are told in one row."""
CROWD = 5
"""More than so many of any family are."""
NAMED = 5
"""So many of those that stand behind such a row are named."""

_NUMBER = re.compile(r"\d+")
"""Two complaints that differ in a number are the same."""
_SEVERITIES = tuple(Severity)
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class StandingOut:
    """The findings, what was asked for them, and which lists could not be had."""

    findings: tuple[Finding, ...]
    asked: str
    warnings: tuple[str, ...]


def kinds_named(query: Iterable[str]) -> tuple[str, ...]:
    """The kinds that a look's query names, such as `pods deployments`; all of the usual ones when it is empty."""
    named = tuple(dict.fromkeys(word for said in query for word in said.replace(",", " ").split()))
    unknown = [word for word in named if word not in KNOWN]
    if unknown:
        raise Unobtainable(
            GapReason.NOT_HERE,
            f"There is nothing to look for among {', '.join(unknown)}.",
            f"Choose from: {', '.join(KNOWN)}.",
        )
    return named or USUALLY


def look_through(
    kinds: Sequence[str], see: See, morning: Morning, at_once: int, *, whole: bool = True
) -> StandingOut:
    """Judge every kind's table. A list that cannot be had is a warning; Unobtainable when none can.

    `whole` is whether the tables hold all there is, and not what labels and fields choose.
    """
    seen = view_all(kinds, see, at_once)
    if any(has_waited(claim, morning) for claim in _rows(seen, "pvcs")):
        seen = _with_classes(seen, see)
    tables = {kind: view.table.rows(named=True) for kind, view in seen.views.items()}
    findings = [
        finding
        for kind in tables
        if kind in JUDGES
        for row in tables[kind]
        for finding in JUDGES[kind](row, morning)
    ]
    for kind in (kind for kind in tables if kind in TOGETHER):
        findings += TOGETHER[kind](tables, morning, whole=whole)
    return StandingOut(tuple(rank(together(one_each(findings)))), seen.asked, seen.warnings)


def _with_classes(seen: Several, see: See) -> Several:
    kind = "storage classes"
    try:
        return replace(seen, views={**seen.views, kind: see(kind)})
    except Unobtainable as failure:
        return replace(seen, failures={**seen.failures, kind: failure})


def _rows(seen: Several, kind: str) -> list[Row]:
    return seen.views[kind].table.rows(named=True) if kind in seen.views else []


def rank(findings: Iterable[Finding]) -> list[Finding]:
    """Most serious first; of the same severity what began last."""
    by_age = sorted(findings, key=lambda one: one.since or _LONG_AGO, reverse=True)
    return sorted(by_age, key=lambda one: _SEVERITIES.index(one.severity))


def one_each(findings: Iterable[Finding]) -> list[Finding]:
    """One finding for each thing: what is most serious about it first, then what else there is."""
    things: dict[tuple[str, str, str], list[Finding]] = {}
    for one in findings:
        things.setdefault((one.kind, one.namespace, one.name), []).append(one)
    return [_merged(rank(said)) for said in things.values()]


def _merged(said: Sequence[Finding]) -> Finding:
    first, *rest = said
    what = "; ".join(dict.fromkeys([first.what, *(one.what[:1].lower() + one.what[1:] for one in rest)]))
    return replace(first, what=what, details=facts(*dict.fromkeys(one.details for one in said)))


def together(findings: Iterable[Finding]) -> list[Finding]:
    """One row for things of one family with the same complaint, and one for many of any family.

    It is named after the thing where it began last, and says how many more there are.
    """
    told: list[Finding] = []
    for same in _grouped(findings, _complaint).values():
        families = _grouped(same, _family)
        rows = [row for family in families.values() for row in _as_one(family, ALIKE, f"of {family[0].family}")]
        told += rows if len(rows) <= CROWD else _as_one(same, CROWD, "like it")
    return told


def _grouped(findings: Iterable[Finding], key: Callable[[Finding], Hashable]) -> dict[Hashable, list[Finding]]:
    groups: dict[Hashable, list[Finding]] = {}
    for one in findings:
        groups.setdefault(key(one), []).append(one)
    return groups


def _complaint(one: Finding) -> Hashable:
    return one.kind, one.severity, _NUMBER.sub("#", one.what)


def _family(one: Finding) -> Hashable:
    """Whoever has no family is one by itself."""
    return (one.namespace, one.family) if one.family else (one.namespace, one.name, id(one))


def _as_one(alike: Sequence[Finding], few: int, which: str) -> Sequence[Finding]:
    if len(alike) <= few:
        return alike
    first, *rest = rank(alike)
    names = ", ".join(_called(one) for one in rest[:NAMED])
    more = f"and {len(rest)} more {which}: {names}{', …' if len(rest) > NAMED else ''}"
    return [replace(first, details=facts(more, first.details), stands_for=len(alike))]


def _called(one: Finding) -> str:
    return f"{one.namespace}/{one.name}" if one.namespace else one.name


def as_row(finding: Finding) -> Row:
    return {column: getattr(finding, column) for column in COLUMNS}
