"""One name for each thing, whichever of the cluster, an access log or a service graph names it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from vistas.practice.landscape.snapshot_dependencies import ObservedCall, Thing, ThingKind

Many = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class ServiceNames:
    """What is known of the names in one vista.

    `behind` are the workloads or outside hosts behind a service, `workloads` what is known to be one, `called` the
    full names by their last part and as controllers write a service, `doors` the hosts that lead to a name.
    """

    behind: Many
    workloads: frozenset[str]
    called: Many
    doors: Many = field(default_factory=dict)

    @classmethod
    def of(cls, all_said: Sequence[ObservedCall], workloads: Iterable[str] = ()) -> ServiceNames:
        """Out of all that was said, and of the workloads that are known besides."""
        things = {Thing(ThingKind.WORKLOAD, name) for name in workloads}
        things |= {thing for said in all_said for thing in (said.needs, said.needed)}
        behind = _gathered((s.needs.name, s.needed.name) for s in all_said if s.needs.sort is ThingKind.SERVICE)
        known = frozenset(thing.name for thing in things if thing.sort is ThingKind.WORKLOAD)
        names = cls(behind, known, _gathered(pair for thing in things for pair in _called(thing)))
        from_hosts = (said for said in all_said if said.needs.sort is ThingKind.HOST)
        doors = _gathered((name, said.needs.name) for said in from_hosts for name in names.shared(said.needed))
        return replace(names, doors=doors)

    def pairs(self, said: ObservedCall) -> Iterator[tuple[str, str]]:
        """Who needs whom in the names that all share. Nothing needs itself; a service is what it stands for."""
        if said.needs.sort is ThingKind.SERVICE:
            return
        for needed in self.shared(said.needed):
            for needs in self._door(said.needs, needed):
                if needs != needed:
                    yield needs, needed

    def shared(self, thing: Thing) -> list[str]:
        """What a thing is called by all: a service by what stands behind it."""
        if thing.sort in {ThingKind.HOST, ThingKind.DOOR}:
            return [thing.name]
        name = self._full(thing)
        if thing.sort is not ThingKind.SERVICE and name in self.workloads:
            return [name]
        return sorted(self.behind.get(name, {name}))

    def _door(self, thing: Thing, needed: str) -> list[str]:
        """A door whose host is not known is the only one that leads there, if there is only one."""
        leading = self.doors.get(needed, frozenset())
        return list(leading) if thing.sort is ThingKind.DOOR and len(leading) == 1 else self.shared(thing)

    def _full(self, thing: Thing) -> str:
        """With its namespace, where only one thing can be meant."""
        name = _without_port(thing.name)
        if "/" in name:
            return name
        dashed = name.rpartition("-")[0] if thing.sort is ThingKind.SERVICE else ""
        meant = self.called.get(name) or self.called.get(dashed, frozenset())
        return next(iter(meant)) if len(meant) == 1 else name


def _called(thing: Thing) -> Iterator[tuple[str, str]]:
    """What else a thing with a full name may be called; ingress-nginx writes `namespace-service-port`.

    A service is mostly called like the workload behind it, so either may tell where the namespace ends.
    """
    full = _without_port(thing.name)
    namespace, slash, name = full.partition("/")
    if slash and thing.sort in {ThingKind.SERVICE, ThingKind.WORKLOAD}:
        yield name, full
        yield f"{namespace}-{name}", full


def _without_port(name: str) -> str:
    """`shop/web:8080` and `shop/web (HTTPRoute)` without what follows the name."""
    return name.partition(" (")[0].partition(":")[0] if "/" in name else name


def _gathered(pairs: Iterable[tuple[str, str]]) -> Many:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, meant in pairs:
        found[name].add(meant)
    return {name: frozenset(meant) for name, meant in found.items()}
