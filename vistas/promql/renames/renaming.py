"""A query with newer names in place of those that are gone. What else stands in it stays letter for letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import Final

from vistas.promql.renames.model import LabelRename, Origin, Rename
from vistas.promql.renames.tables import FUNCTIONS, LABELS, RENAMES
from vistas.promql.selectors import Matcher, Selector, read

MOST = 6
_ENDINGS: Final = ("_bucket", "_sum", "_count")
_BY_NAME: Final[Mapping[str, tuple[Rename, ...]]] = {
    name: tuple(each for each in RENAMES if each.old == name) for name in {each.old for each in RENAMES}
}


@dataclass(frozen=True, slots=True)
class Renamed:
    """`names` are pairs of an older and a newer name; `origins` say who renamed them, and where it is written."""

    query: str
    names: tuple[tuple[str, str], ...]
    origins: tuple[Origin, ...]
    labels: tuple[tuple[str, str], ...] = ()
    """Labels by which its series are grouped, that have newer names."""
    is_scaled: bool = False
    """Whether the newer one has another unit, and the query is multiplied so that its result keeps the old one."""


@dataclass(frozen=True, slots=True)
class _Choice:
    """What to write for a metric, for a label of one, or for a function."""

    metric: str = ""
    rename: Rename | None = None
    label: LabelRename | None = None
    ending: str = ""

    @property
    def origin(self) -> Origin:
        found = self.rename or self.label
        assert found is not None  # noqa: S101 - it is one of the two
        return found.origin

    @property
    def names(self) -> tuple[str, str]:
        if self.rename:
            return (self.metric, f"{self.rename.new}{self.ending}")
        assert self.label is not None  # noqa: S101 - it is one of the two
        return (self.label.old, self.label.new)


def renamed(
    query: str, *, metrics: Iterable[str] = (), labels: Iterable[tuple[str, str]] = ()
) -> Iterator[Renamed]:
    """The query with newer names for `metrics` that are gone, and for `labels` (metric and label) that are.

    Nothing where no table knows any of them; the likeliest first, at most six.
    """
    choices = [_of_metric(name) for name in sorted(set(metrics))]
    choices += [_of_label(metric, label) for metric, label in sorted(set(labels))]
    known = [found for found in choices if found]
    seen = {query}
    for together in islice(zip_longest(*known), MOST):
        chosen = [one or options[0] for one, options in zip(together, known, strict=True)]
        made = _written(query, chosen)
        if made.query not in seen:
            seen.add(made.query)
            yield made
    yield from _with_newer_functions(query)


def _of_metric(name: str) -> tuple[_Choice, ...]:
    found = [_Choice(name, rename=each) for each in _BY_NAME.get(name, ())]
    for ending in _ENDINGS:
        base = name.removesuffix(ending)
        if base != name:
            usable = (each for each in _BY_NAME.get(base, ()) if not each.from_summary or ending != "_bucket")
            found += [_Choice(name, rename=each, ending=ending) for each in usable]
    return tuple(each for each in found if each.rename and not (each.rename.from_summary and not each.ending))


def _of_label(metric: str, label: str) -> tuple[_Choice, ...]:
    fitting = (each for each in LABELS if each.old == label and metric.startswith(each.prefixes))
    return tuple(_Choice(metric, label=each) for each in fitting)


def _written(query: str, chosen: Sequence[_Choice]) -> Renamed:
    by_metric = {each.metric: each for each in chosen if each.rename}
    labels = {(each.metric, each.label.old): each.label.new for each in chosen if each.label}
    reads = read(query)
    edits: list[tuple[int, int, str]] = []
    listed: dict[str, str] = {old: new for (_, old), new in labels.items()}
    for selector in reads.selectors:
        choice = by_metric.get(selector.metric)
        theirs = {old: new for (metric, old), new in labels.items() if metric == selector.metric}
        if choice or theirs:
            edits.append((selector.start, selector.end, _selector(selector, choice, theirs)))
        if choice and choice.rename:
            listed |= choice.rename.labels
    grouped = [each for each in reads.labels if listed.get(each.label)]
    edits += [(each.start, each.end, listed[each.label]) for each in grouped]
    made = query
    for start, end, text in sorted(edits, reverse=True):
        made = f"{made[:start]}{text}{made[end:]}"
    factor = _factor(reads.selectors, by_metric)
    if factor != 1:
        made = f"({made}) * {factor:.15g}"
    names = tuple(dict.fromkeys(each.names for each in chosen))
    origins = tuple(dict.fromkeys(each.origin for each in chosen))
    labels_now = tuple({each.label: listed[each.label] for each in grouped}.items())
    return Renamed(made, names, origins, labels_now, factor != 1)


def _factor(selectors: Sequence[Selector], by_metric: Mapping[str, _Choice]) -> float:
    """By which the whole is multiplied: that of what carries a unit, where there is one."""
    found = {
        choice.rename.factor
        for each in selectors
        if (choice := by_metric.get(each.metric)) and choice.rename and choice.ending != "_count"
    }
    return found.pop() if len(found) == 1 else 1


def _selector(selector: Selector, choice: _Choice | None, labels: Mapping[str, str]) -> str:
    rename = choice.rename if choice else None
    metric = choice.names[1] if choice and rename else selector.metric
    matchers = [_matcher(each, rename, labels) for each in selector.matchers]
    if rename:
        given = {rename.labels.get(each.label, each.label) for each in selector.matchers}
        matchers += [f'{label}="{value}"' for label, value in rename.adds.items() if label not in given]
    kept = [each for each in matchers if each]
    return f"{metric}{{{','.join(kept)}}}" if kept else metric


def _matcher(matcher: Matcher, rename: Rename | None, labels: Mapping[str, str]) -> str:
    if rename and (newer := rename.values.get(str(matcher))) is not None:
        return newer
    label = (rename.labels if rename else {}).get(matcher.label, labels.get(matcher.label, matcher.label))
    return (
        f"{label}{matcher.operator}{matcher.written}"
        if label != matcher.label and label
        else (str(matcher) if label else "")
    )


def _with_newer_functions(query: str) -> Iterator[Renamed]:
    for each in FUNCTIONS:
        made = re.sub(rf"\b{each.old}\b(?=\s*\()", each.new, query)
        if made != query:
            yield Renamed(made, ((each.old, each.new),), (each.origin,))
