"""One name for one thing, whoever speaks of it: the cluster, an access log or a service graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from vistas.practice.witnesses import Said, Sort, Thing


@dataclass(frozen=True, slots=True)
class Names:
    """What is known of the names in one vista.

    `behind` are the workloads or outside hosts behind a service; `workloads` what is known to be one; `called`
    the full names by their last part, and as ingress-nginx writes a service.
    """

    behind: Mapping[str, frozenset[str]]
    workloads: frozenset[str]
    called: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, all_said: Iterable[Said]) -> Names:
        behind: defaultdict[str, set[str]] = defaultdict(set)
        things: set[Thing] = set()
        for said in all_said:
            things |= {said.needs, said.needed}
            if said.needs.sort is Sort.SERVICE:
                behind[said.needs.name].add(said.needed.name)
        workloads = frozenset(thing.name for thing in things if thing.sort is Sort.WORKLOAD)
        called: defaultdict[str, set[str]] = defaultdict(set)
        for thing in things:
            namespace, slash, name = _without_port(thing.name).partition("/")
            if slash and thing.sort is not Sort.HOST:
                called[name].add(f"{namespace}/{name}")
                if thing.sort is Sort.SERVICE:
                    called[f"{namespace}-{name}"].add(f"{namespace}/{name}")
        return cls(_frozen(behind), workloads, _frozen(called))

    def pairs(self, said: Said) -> Iterator[tuple[str, str]]:
        """Who needs whom in the names that all share. Nothing needs itself; a service is what it stands for."""
        if said.needs.sort is Sort.SERVICE:
            return
        for needs in self._shared(said.needs):
            for needed in self._shared(said.needed):
                if needs != needed:
                    yield needs, needed

    def _shared(self, thing: Thing) -> list[str]:
        if thing.sort is Sort.HOST:
            return [thing.name]
        name = self._full(thing)
        if thing.sort is not Sort.SERVICE and name in self.workloads:
            return [name]
        return sorted(self.behind.get(name, {name}))

    def _full(self, thing: Thing) -> str:
        """With its namespace, where only one thing can be meant."""
        name = _without_port(thing.name)
        if "/" in name:
            return name
        dashed = name.rpartition("-")[0] if thing.sort is Sort.SERVICE else ""
        meant = self.called.get(name) or self.called.get(dashed, frozenset())
        return next(iter(meant)) if len(meant) == 1 else name


def _without_port(name: str) -> str:
    """`shop/web:8080` and `shop/web (HTTPRoute)` without what follows the name."""
    return name.partition(" (")[0].partition(":")[0] if "/" in name else name


def _frozen(found: Mapping[str, set[str]]) -> Mapping[str, frozenset[str]]:
    return {name: frozenset(meant) for name, meant in found.items()}
