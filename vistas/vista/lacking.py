"""What is absent, in words: one line for all of it, and each look with what it lacks for whoever asks why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from vistas.promql import exporters_of
from vistas.routine import Look
from vistas.routine.difference.ordinals import spelled
from vistas.snapshot import Gap, GapReason, Snapshot
from vistas.vista.good_news import ONLY_IN_TROUBLE
from vistas.vista.presence import Lacking

_TOOLS: Final = {
    "prometheus": "no Prometheus",
    "alertmanager": "no Alertmanager",
    "kubernetes": "no cluster",
    "ingress": "no ingress logs",
}
_TAKES: Final = {
    "stands-out": "no objects to judge",
    "dependencies": "no objects that lead to others",
    "hpas": "no autoscalers",
    "pdbs": "no disruption budgets",
    "pvcs": "no volume claims",
    "endpointslices": "no endpoints",
    "httproutes": "no HTTP routes",
    "cronjobs": "no cron jobs",
    "slowest": "no requests",
    "lines": "no log lines",
    "controllers": "no second controller",
    "controller-totals": "no second controller",
    "controller-routes": "no second controller",
    "alerts": "no alerting rules",
}
"""What is not there where nothing of it is, unless that is what the look takes."""
_QUERIES: Final = frozenset({"range", "instant"})
_NAMED_AT_MOST: Final = 4
_OF_ONE: Final = 2
"""Exporters that are named where any of them would do for a look."""
_LISTED: Final = 4
_BY_THE_WAY: Final = re.compile(r" \(|,")


@dataclass(frozen=True, slots=True)
class Reason:
    """Looks that lack the same thing. `sources` says which tools lack it where others have it."""

    titles: tuple[str, ...]
    sources: tuple[str, ...]
    gap: Gap


def line_of(lacking: Sequence[Lacking]) -> str:
    """`Two looks have nothing to show here: no metrics of cert-manager, no cluster.`; empty for none."""
    whole = [each for each in lacking if each.is_whole]
    told = whole or list(lacking)
    if not told:
        return ""
    number = f"{_upper(spelled(len(told)))} {'look has' if len(told) == 1 else 'looks have'}"
    sources = dict.fromkeys(snapshot.source for each in told for snapshot in each.snapshots)
    where = "here" if whole else f"from {_either(list(sources), 'and')}"
    return f"{number} nothing to show {where}: {lacked(told)}."


def empty_line(lacking: Sequence[Lacking]) -> str:
    """Of a stop at which nothing at all is there."""
    return f"There is nothing to look at here: {lacked(lacking)}."


def lacked(lacking: Iterable[Lacking]) -> str:
    """`no cluster, no metrics of node_exporter`: what most looks lack first."""
    counted = Counter(_cause(each.look, snapshot) for each in lacking for snapshot in each.snapshots)
    exporters = [
        name for cause, _ in counted.most_common() if isinstance(cause, _Exporters) for name in cause.names
    ]
    found = dict.fromkeys(
        f"no metrics of {_either(list(dict.fromkeys(exporters)))}" if isinstance(cause, _Exporters) else cause
        for cause, _ in counted.most_common()
    )
    shown, more = list(found)[:_NAMED_AT_MOST], len(found) - _NAMED_AT_MOST
    return ", ".join([*shown, *([f"and {more} more"] if more > 0 else [])])


def reasons(lacking: Iterable[Lacking]) -> tuple[Reason, ...]:
    """Each reason once, with all looks that it is one for."""
    titles: dict[Gap, dict[str, None]] = {}
    sources: dict[Gap, dict[str, None]] = {}
    for each in lacking:
        for snapshot in each.snapshots:
            if snapshot.gap is not None:
                titles.setdefault(snapshot.gap, {})[each.look.title] = None
                if not each.is_whole:
                    sources.setdefault(snapshot.gap, {})[snapshot.source] = None
    return tuple(Reason(tuple(found), tuple(sources.get(gap, ())), gap) for gap, found in titles.items())


@dataclass(frozen=True, slots=True)
class _Exporters:
    """What a look lacks, where it is known what would export it."""

    names: tuple[str, ...]


def _cause(look: Look, snapshot: Snapshot) -> str | _Exporters:
    """What is not there, as it stands in a list."""
    if snapshot.gap is not None and snapshot.gap.reason is GapReason.NO_SOURCE:
        return _TOOLS.get(look.source, f"no source called {look.source}")
    metrics = {each.metric for each in snapshot.provenance.absent if each.is_metric}
    if metrics and ONLY_IN_TROUBLE.issuperset(metrics):
        return "no alert that is pending or firing"
    if metrics:
        exporters = tuple(map(_short, exporters_of(metrics)))
        return _Exporters(exporters) if 1 <= len(exporters) <= _OF_ONE else f"no metrics for {_inside(look.title)}"
    if look.take in _QUERIES:
        return f"nothing for {_inside(look.title)}"
    return _TAKES.get(look.take, f"no {look.take.replace('-', ' ')}")


def _short(exporter: str) -> str:
    """Without what is said about it in passing."""
    return _BY_THE_WAY.split(exporter, maxsplit=1)[0].removesuffix(" itself")


def _inside(title: str) -> str:
    """Its beginning as it stands within a list; a name at its front stays one."""
    title = title.split(",", maxsplit=1)[0]
    return title[:1].lower() + title[1:] if title[1:2].islower() or title[1:2] == " " else title


def _either(names: Sequence[str], word: str = "or") -> str:
    if len(names) > _LISTED:
        names = [*names[: _LISTED - 1], f"{len(names) - _LISTED + 1} others"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {word} {names[-1]}"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
