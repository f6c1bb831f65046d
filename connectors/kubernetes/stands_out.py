"""What stands out across kinds: gather their tables, judge each row, show one row a thing, most serious first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from connectors.kubernetes.columns import TEXT, TIME, Holds, Row
from connectors.kubernetes.judging import JUDGES, Finding, Morning, Severity
from connectors.kubernetes.judging.finding import facts
from connectors.kubernetes.several import See, see_several
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
USUALLY = tuple(kind for kind in JUDGES if kind != "events")
"""Events mostly repeat what the objects themselves say; whoever wants them names them."""
ALIKE = 3
"""More than so many of one family with the same headline are told in one row."""

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
    unknown = [word for word in named if word not in JUDGES]
    if unknown:
        raise Unobtainable(
            GapReason.NOT_HERE,
            f"Nothing is known about what stands out among {', '.join(unknown)}.",
            f"Name some of: {', '.join(JUDGES)}.",
        )
    return named or USUALLY


def look_through(kinds: Sequence[str], see: See, morning: Morning, at_once: int) -> StandingOut:
    """Judge every kind's table. A list that cannot be had is a warning; Unobtainable when none can."""
    seen = see_several(kinds, see, at_once)
    findings = [
        finding
        for kind, view in seen.views.items()
        for row in view.table.iter_rows(named=True)
        for finding in JUDGES[kind](row, morning)
    ]
    return StandingOut(tuple(rank(together(one_each(findings)))), seen.asked, seen.warnings)


def rank(findings: Iterable[Finding]) -> list[Finding]:
    """Most serious first; of the same severity what began last."""
    by_age = sorted(findings, key=lambda one: one.since or _LONG_AGO, reverse=True)
    return sorted(by_age, key=lambda one: _SEVERITIES.index(one.severity))


def one_each(findings: Iterable[Finding]) -> list[Finding]:
    """One finding for each thing: what is most serious about it first, then what else there is."""
    things: dict[tuple[str, str, str], list[Finding]] = {}
    for one in findings:
        things.setdefault((one.kind, one.namespace, one.name), []).append(one)
    return [_said_at_once(rank(said)) for said in things.values()]


def _said_at_once(said: Sequence[Finding]) -> Finding:
    first, *rest = said
    what = "; ".join(dict.fromkeys([first.what, *(one.what[:1].lower() + one.what[1:] for one in rest)]))
    return replace(first, what=what, details=facts(*dict.fromkeys(one.details for one in said)))


def together(findings: Iterable[Finding]) -> list[Finding]:
    """Things of one family with the same headline in one row, named after the one where it began last."""
    families: dict[tuple[str, ...], list[Finding]] = {}
    for place, one in enumerate(findings):
        alone = "" if one.family else str(place)
        families.setdefault((one.kind, one.namespace, one.family, one.what, one.severity, alone), []).append(one)
    told: list[Finding] = []
    for alike in families.values():
        if len(alike) <= ALIKE:
            told += alike
            continue
        first = rank(alike)[0]
        told.append(replace(first, details=f"and {len(alike) - 1} more of {first.family} · {first.details}"))
    return told


def as_row(finding: Finding) -> Row:
    return {column: getattr(finding, column) for column in COLUMNS}
