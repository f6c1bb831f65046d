"""Finds something by its labels in another morning's data, letting go of those that change with every rollout.

Nothing is guessed: what was there beside it then is never taken for it, and of several that might be it, none is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from vistas.vista.notice import Labels

PODS: Final = ("exported_pod", "pod", "pod_name", "kubernetes_pod_name")
VOLATILE: Final = (
    *PODS,
    "instance",
    "pod_template_hash",
    "pod-template-hash",
    "uid",
    "id",
    "replicaset",
    "container_id",
    "address",
    "upstream",
)
"""Let go in this order, as few as possible: each alone, then two of them, and so on."""

WORKLOADS: Final = frozenset(
    {
        "app",
        "app_kubernetes_io_name",
        "created_by_name",
        "cronjob",
        "daemonset",
        "deployment",
        "label_app",
        "label_app_kubernetes_io_name",
        "owner_name",
        "statefulset",
        "workload",
    }
)
"""Labels that say whose pod it is. Without one, two pods of a namespace have no more in common than that."""

Names = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Match:
    """`places` are those in the other data. Where there are none, `several` counts those that might be it."""

    places: tuple[int, ...] = ()
    let_go: tuple[str, ...] = ()
    several: int = 0
    whole_group: bool = False


class Labelled:
    """Label sets by their places; those that are alike without some labels are looked up, not searched for."""

    def __init__(self, sets: Sequence[Labels]) -> None:
        self.sets = sets
        self._without: dict[tuple[str, ...], dict[Names, dict[Names, list[int]]]] = {}

    def alike(self, labels: Labels, let_go: tuple[str, ...]) -> Mapping[Names, Sequence[int]]:
        """Where those stand that have the same labels, whatever their values of `let_go`; by all their labels."""
        return self._by_rest(let_go).get(_names(labels, let_go), {})

    def with_more(self, labels: Labels) -> tuple[int, ...]:
        """Where those stand that have these labels and others."""
        return tuple(place for place, each in enumerate(self.sets) if labels.items() < each.items())

    def _by_rest(self, let_go: tuple[str, ...]) -> dict[Names, dict[Names, list[int]]]:
        if let_go not in self._without:
            found: dict[Names, dict[Names, list[int]]] = {}
            for place, labels in enumerate(self.sets):
                if all(name in labels for name in let_go):
                    alike = found.setdefault(_names(labels, let_go), {})
                    alike.setdefault(_names(labels), []).append(place)
            self._without[let_go] = found
        return self._without[let_go]


def find(wanted: Labels, marked: Sequence[Labels], then: Labelled, now: Labelled) -> Match:
    """`wanted` is one of `marked`, and in `then`: found under its own labels, else without volatile ones.

    Where all that went was marked together, all that came is taken together.
    """
    if own := tuple(place for place, labels in enumerate(now.sets) if labels == wanted):
        return Match(own)
    more = now.with_more(wanted)
    if len(more) == 1:
        return Match(more)
    several = Match(several=len(more))
    for let_go in _subsets(wanted):
        found = _without(let_go, wanted, marked, then, now)
        if found.places:
            return found
        several = several if several.several else found
    return several


def volatile(labels: Labels) -> tuple[str, ...]:
    return tuple(name for name in VOLATILE if name in labels)


def _subsets(wanted: Labels) -> Iterator[tuple[str, ...]]:
    names = volatile(wanted)
    for size in range(1, len(names) + 1):
        yield from combinations(names, size)


def _without(
    let_go: tuple[str, ...], wanted: Labels, marked: Sequence[Labels], then: Labelled, now: Labelled
) -> Match:
    rest = wanted.keys() - set(let_go)
    if not rest or (set(let_go) & set(PODS) and not WORKLOADS & rest):
        return Match()
    before, after = then.alike(wanted, let_go), now.alike(wanted, let_go)
    gone, came = before.keys() - after.keys(), after.keys() - before.keys()
    places = tuple(sorted(place for names in came for place in after[names]))
    meant = len(gone) > 1 and gone <= {_names(each) for each in marked}
    if not came or len(gone) == len(came) == 1 or meant:
        return Match(places, let_go if places else (), whole_group=len(gone) > 1)
    return Match((), let_go, several=len(came))


def _names(labels: Labels, without: tuple[str, ...] = ()) -> Names:
    return frozenset(each for each in labels.items() if each[0] not in without)
