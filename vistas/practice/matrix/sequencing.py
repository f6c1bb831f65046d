"""Orders parts by their dependencies: what is needed comes before what needs it.

Parts that need each other in a cycle have no such order and stay together as a block. Otherwise parts keep the
order in which they were given.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

N = TypeVar("N", bound=Hashable)


@dataclass(frozen=True)
class Sequence(Generic[N]):
    """`blocks` in order; one of several parts is a cycle. `layers` says how many blocks carry a part, at most."""

    blocks: tuple[tuple[N, ...], ...]
    layers: Mapping[N, int]

    @property
    def order(self) -> tuple[N, ...]:
        return tuple(part for block in self.blocks for part in block)

    @property
    def cycles(self) -> tuple[tuple[N, ...], ...]:
        return tuple(block for block in self.blocks if len(block) > 1)

    @cached_property
    def places(self) -> Mapping[N, int]:
        return {part: place for place, part in enumerate(self.order)}

    def is_feedback(self, needs: N, needed: N) -> bool:
        """Whether what is needed comes only after what needs it: above the diagonal, where rows need columns."""
        return self.places[needed] > self.places[needs]


def sequence(parts: Iterable[N], needs: Iterable[tuple[N, N]]) -> Sequence[N]:
    """`needs` are pairs: the first needs the second.

    Of no account are those with a part that is not given, and what needs itself.
    """
    import networkx as nx

    given = {part: place for place, part in enumerate(dict.fromkeys(parts))}
    graph: nx.DiGraph[N] = nx.DiGraph()
    graph.add_nodes_from(given)
    graph.add_edges_from((b, a) for a, b in needs if a != b and a in given and b in given)
    members = [sorted(block, key=given.__getitem__) for block in nx.strongly_connected_components(graph)]
    members.sort(key=lambda block: given[block[0]])
    between = nx.condensation(graph, members)
    order = list(nx.lexicographical_topological_sort(between))
    depth: dict[int, int] = {}
    for block in order:
        depth[block] = 1 + max((depth[before] for before in between.predecessors(block)), default=-1)
    return Sequence(
        tuple(tuple(members[block]) for block in order),
        {part: depth[block] for block in order for part in members[block]},
    )
