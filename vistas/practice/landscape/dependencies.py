"""Dependencies between parts of the system, as far as a vista's snapshots show them.

They are shown beside what a team believes, never instead of it. There are three kinds of evidence: the cluster
knows what is configured, whether it is used or not; ingress logs know what was called from outside; a service
graph knows who called whom, wherever its agents run. A dependency that none of them shows may still exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vistas.practice.landscape.names import ServiceNames
from vistas.practice.landscape.parts import PartKind, parts_of
from vistas.practice.landscape.snapshot_dependencies import ObservedCall, Through, calls_in
from vistas.vista import Vista

__all__ = ["Dependency", "LookReference", "Through", "elements", "observed"]


@dataclass(frozen=True, slots=True, order=True)
class LookReference:
    """The snapshot that shows it: a stop and a look of the vista, and the source that answered."""

    stop: str
    look: str
    source: str


@dataclass(frozen=True, slots=True)
class Dependency:
    """`needs` cannot do its work without `needed`, as far as could be seen; both by the name people use.

    A workload is `namespace/name`, a door to the outside its host name, anything else as its witness calls it.
    `requests_per_second` is the mean over the window, of the witness who saw most; None where nobody counts.
    """

    needs: str
    needed: str
    through: tuple[Through, ...]
    evidence: tuple[LookReference, ...]
    requests_per_second: float | None = None


def observed(vista: Vista) -> tuple[Dependency, ...]:
    """Each pair once, with all who saw it; by names. A service stands for the workloads behind it."""
    told = tuple(_calls(vista))
    names = ServiceNames.of([said for said, _ in told], _workloads(vista))
    pairs: dict[tuple[str, str], list[tuple[ObservedCall, LookReference]]] = {}
    for said, evidence in told:
        for pair in names.pairs(said):
            pairs.setdefault(pair, []).append((said, evidence))
    return tuple(_together(*pair, pairs[pair]) for pair in sorted(pairs))


def elements(dependencies: Iterable[Dependency]) -> tuple[str, ...]:
    """Everything that needs or is needed, once: first what nobody else needs, such as the doors; then by name."""
    found = tuple(dependencies)
    needed = {one.needed for one in found}
    return tuple(sorted(needed | {one.needs for one in found}, key=lambda name: (name in needed, name)))


def _workloads(vista: Vista) -> Iterator[str]:
    return (part.name for part in parts_of(vista) if part.sort is PartKind.WORKLOAD)


def _calls(vista: Vista) -> Iterator[tuple[ObservedCall, LookReference]]:
    for stop in dict.fromkeys(snapshot.stop for snapshot in vista.snapshots):
        looks = {look.look: look for look in vista.looks_at(stop)}
        for snapshot in vista.at(stop):
            evidence = LookReference(stop, snapshot.look, snapshot.source)
            if look := looks.get(snapshot.look):
                yield from ((said, evidence) for said in calls_in(look, snapshot))


def _together(needs: str, needed: str, told: list[tuple[ObservedCall, LookReference]]) -> Dependency:
    seen_by = {said.through for said, _ in told}
    rates = [said.rate for said, _ in told if said.rate is not None]
    evidence = tuple(dict.fromkeys(evidence for _, evidence in told))
    through = tuple(one for one in Through if one in seen_by)
    return Dependency(needs, needed, through, evidence, max(rates, default=None))
