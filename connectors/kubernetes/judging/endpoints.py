"""What stands out about who answers for a service, over all of its slices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from connectors.kubernetes.judging.finding import Finding, Morning, Seen, Severity, facts

Tables = Mapping[str, Sequence[Seen]]
"""The rows of the kinds that are looked through, by the word of a look's `take`."""
Place = tuple[str, str]
"""Namespace and name."""


@dataclass(frozen=True, slots=True)
class _Tally:
    """The endpoints of one service. Each family of addresses has slices of its own with the same pods."""

    ready: int
    not_ready: int
    terminating: int
    ports: str


def judge_endpoints(tables: Tables, _: Morning, *, whole: bool) -> Iterator[Finding]:
    """`whole` is whether the lists hold everything in sight, so that what is not in them is not there."""
    slices: dict[Place, list[Seen]] = defaultdict(list)
    for one in tables["endpointslices"]:
        slices[one["namespace"], one["service"] or one["name"]].append(one)
    chosen = {
        (one["namespace"], one["name"]): ", ".join(one["selector"])
        for one in tables.get("services", ())
        if one["selector"] and not one["external_name"]
    }
    for place, found in slices.items():
        yield from _judge(place, _added_up(found), chosen.get(place, ""))
    for place in chosen.keys() - slices.keys() if whole else ():
        yield _nobody(place, chosen[place])


def _added_up(slices: Sequence[Seen]) -> _Tally:
    families: dict[str, list[Seen]] = defaultdict(list)
    for one in slices:
        families[one["address_type"]].append(one)

    def most(column: str) -> int:
        return max(sum(int(one[column]) for one in family) for family in families.values())

    ports = dict.fromkeys(port for one in slices for port in one["ports"])
    return _Tally(most("ready"), most("not_ready"), most("terminating"), ", ".join(ports))


def _judge(place: Place, tally: _Tally, selector: str) -> Iterator[Finding]:
    if tally.ready:
        return
    if tally.not_ready:
        what = f"Nothing to answer: none of {tally.not_ready} endpoints is ready"
        yield _finding(place, what, Severity.FAILING, tally.ports)
    elif tally.terminating:
        what = f"Soon nothing to answer: its last endpoints are terminating ({tally.terminating})"
        yield _finding(place, what, Severity.WATCH, tally.ports)
    elif selector:
        yield _nobody(place, selector)


def _nobody(place: Place, selector: str) -> Finding:
    return _finding(
        place, "Nothing behind it: its selector matches no running pod", Severity.WATCH, f"selector {selector}"
    )


def _finding(place: Place, what: str, severity: Severity, *details: str) -> Finding:
    namespace, name = place
    return Finding("Service", namespace, name, what, None, severity, facts(*details))
