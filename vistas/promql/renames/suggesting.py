"""What a query that reads nothing any more could be written as: by what is known of renames, else by a guess."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from vistas.promql.exporters import exporters_of
from vistas.promql.grammar import why_not_promql
from vistas.promql.renames.model import FunctionRename, LabelRename, Origin, Rename, Way
from vistas.promql.renames.rewriting import (
    NotWritten,
    plain_name,
    with_function,
    with_label,
    with_metrics,
    with_names,
    with_value,
)
from vistas.promql.renames.tables import FUNCTIONS, LABELS, RENAMES
from vistas.promql.selectors import read

GUESSES: Final = 3
_ALIKE: Final = 0.6
_ALIKE_VALUES: Final = 0.75


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`query` is what could be asked instead. `old` and `new` are what is written otherwise, side by side.

    Without an origin it is a guess, by nothing but the names.
    """

    query: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    origin: Origin | None = None

    @property
    def is_guess(self) -> bool:
        return self.origin is None

    @property
    def why(self) -> str:
        """In one sentence, what probably happened."""
        several = len(self.old) > 1
        if self.origin is None:
            return "Nothing is known of it here. By its name it might be this one now, which is a guess."
        if self.origin.way is Way.REPLACED:
            what = "these metrics are" if several else "this metric is"
            return f"It seems that {self.origin.project} does the work now, and there {what} called otherwise."
        names = "these have other names" if several else "it has another name"
        if self.origin.version == "any":
            return f"{self.origin.project} was probably told to name labels in another way: {names}."
        return f"{self.origin.project} was probably updated: since its version {self.origin.version} {names}."


def for_metrics(query: str, gone: Collection[str]) -> tuple[Suggestion, ...]:
    """By what is known of them; all of a project's names are replaced together. The likeliest first."""
    known: dict[Origin, dict[str, Rename]] = {}
    for metric in sorted(gone):
        for rename in renames_of(metric):
            known.setdefault(rename.origin, {}).setdefault(metric, rename)
    found = [_by_table(query, renames, origin) for origin, renames in known.items()]
    ordered = sorted(filter(None, found), key=lambda each: (-len(each.old), each.origin.way is Way.REPLACED))  # type: ignore[union-attr]
    return _each_once(ordered, query)


def renames_of(metric: str) -> tuple[Rename, ...]:
    """What is known to have become of a metric, or of the histogram or the summary whose series it is."""
    plain, suffix = plain_name(metric)
    return _BY_OLD.get(metric, ()) or (_BY_OLD.get(plain, ()) if suffix else ())


def for_label(query: str, metric: str, label: str) -> tuple[Suggestion, ...]:
    """Other names of a label that none of the metric's series has."""
    found = (
        Suggestion(with_label(query, metric, label, each.new), (label,), (each.new,), each.origin)
        for each in _labels_of(metric, label)
    )
    return _each_once(found, query)


def for_value(query: str, metric: str, label: str, value: str, values: Iterable[str]) -> tuple[Suggestion, ...]:
    """Of the `values` that a label has, those that look like the one that is asked for: guesses."""
    near = _near(value, values, _ALIKE_VALUES)
    return _each_once(
        (
            Suggestion(
                with_value(query, metric, label, value, other), (f'{label}="{value}"',), (f'{label}="{other}"',)
            )
            for other in near
        ),
        query,
    )


def for_functions(query: str) -> tuple[Suggestion, ...]:
    """For functions that are called otherwise now."""
    return _each_once(
        (
            Suggestion(with_function(query, each.old, each.new), (each.old,), (each.new,), each.origin)
            for each in _functions(query)
        ),
        query,
    )


def guesses(query: str, gone: Collection[str], existing: Iterable[str]) -> tuple[Suggestion, ...]:
    """By metrics that exist, of the same exporter and with nearly the same name; at most `GUESSES`."""
    if len(gone) != 1:
        return ()
    (metric,) = gone
    family = exporters_of([metric])
    fitting = [name for name in existing if name != metric and _is_of(name, metric, family)]
    near = _near(metric, fitting, _ALIKE)
    return _each_once((Suggestion(with_names(query, {metric: name}), (metric,), (name,)) for name in near), query)


def first_part(metric: str) -> str:
    """What the metrics of the same exporter begin with, as far as the name tells."""
    return metric[: metric.find("_", 1) + 1]


def _by_table(query: str, renames: Mapping[str, Rename], origin: Origin) -> Suggestion | None:
    try:
        written = with_metrics(query, renames)
    except NotWritten:
        return None
    new = tuple(_new_name(metric, rename) for metric, rename in renames.items())
    return Suggestion(written, tuple(renames), new, origin)


def _new_name(metric: str, rename: Rename) -> str:
    suffix = metric.removeprefix(rename.old)
    added = ",".join(f'{label}="{value}"' for label, value in rename.adds.items())
    return f"{rename.new}{suffix}{f'{{{added}}}' if added else ''}"


def _labels_of(metric: str, label: str) -> Iterator[LabelRename]:
    yield from (each for each in LABELS if each.old == label and metric.startswith(each.prefixes))


def _functions(query: str) -> Iterator[FunctionRename]:
    called = {call.name for selector in read(query).selectors for call in selector.calls}
    yield from (each for each in FUNCTIONS if each.old in called)


def _is_of(name: str, metric: str, family: Sequence[str]) -> bool:
    return name.startswith(first_part(metric)) and tuple(exporters_of([name])) == tuple(family)


def _near(wanted: str, names: Iterable[str], at_least: float) -> list[str]:
    """The likest first: by their words, which may stand in another order, and by their letters."""
    matcher = SequenceMatcher(b=wanted, autojunk=False)
    words = set(wanted.split("_"))
    found: list[tuple[float, str]] = []
    for name in names:
        others = set(name.split("_"))
        common = len(words & others) / max(len(words | others), 1)
        matcher.set_seq1(name)
        if matcher.quick_ratio() + common < at_least:
            continue
        if (likeness := max(matcher.ratio(), common)) >= at_least:
            found.append((-likeness, name))
    return [name for _, name in sorted(found)[:GUESSES]]


def _each_once(suggestions: Iterable[Suggestion | None], query: str) -> tuple[Suggestion, ...]:
    """Those that ask something else, and something that a Prometheus would answer."""
    found: dict[str, Suggestion] = {}
    for each in suggestions:
        if each and each.query != query and not (why_not_promql(each.query) and not why_not_promql(query)):
            found.setdefault(each.query, each)
    return tuple(found.values())


_BY_OLD: Final[Mapping[str, tuple[Rename, ...]]] = {
    old: tuple(each for each in RENAMES if each.old == old) for old in {each.old for each in RENAMES}
}
