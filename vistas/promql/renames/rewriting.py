"""A query with newer names: what has another name now is written otherwise, and all else stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from vistas.promql.renames.model import Rename
from vistas.promql.selectors import Call, Matcher, Reads, Selector, read

SUFFIXES: Final = ("_bucket", "_sum", "_count")
_QUANTILE: Final = "quantile"
_RANGE_FOR_QUANTILES: Final = "[5m]"


@dataclass(frozen=True, slots=True)
class Edit:
    """What replaces a stretch of a query."""

    start: int
    end: int
    text: str


class NotWritten(Exception):
    """Raised where a query cannot be written with the newer name; never leaves `renames`."""


def with_metrics(query: str, renames: Mapping[str, Rename]) -> str:
    """`renames` are by the names that stand in the query. NotWritten where it asks for what has no counterpart."""
    reads, edits = read(query), list[Edit]()
    renamed = [each for each in reads.selectors if each.metric in renames]
    for selector in renamed:
        edits += _selector(query, selector, renames[selector.metric])
    for wrapped, factor in _scaled(renamed, renames):
        edits.append(Edit(wrapped.start, wrapped.start, f"({_number(factor)} * "))
        edits.append(Edit(wrapped.end, wrapped.end, ")"))
    edits += _listed(reads, [renames[each.metric] for each in renamed])
    return edited(query, edits)


def with_label(query: str, metric: str, old: str, new: str) -> str:
    """With another name of a label: in the matchers of the metric, and wherever series are grouped by it."""
    reads = read(query)
    edits = [
        Edit(matcher.start, matcher.end, f"{new}{matcher.operator}{matcher.written}")
        for selector in reads.selectors
        if selector.metric == metric
        for matcher in selector.matchers
        if matcher.label == old
    ]
    edits += [Edit(each.start, each.end, new) for each in reads.labels if each.label == old]
    return edited(query, edits)


def with_value(query: str, metric: str, label: str, value: str, other: str) -> str:
    """With another value that a label has to have."""
    edits = [
        Edit(matcher.start, matcher.end, f"{label}{matcher.operator}{_quoted(other)}")
        for selector in read(query).selectors
        if selector.metric == metric
        for matcher in selector.matchers
        if (matcher.label, matcher.value) == (label, value)
    ]
    return edited(query, edits)


def with_function(query: str, old: str, new: str) -> str:
    """With another name of a function."""
    edits = {
        Edit(call.start, call.start + len(old), new)
        for selector in read(query).selectors
        for call in selector.calls
        if call.name == old
    }
    return edited(query, edits)


def with_names(query: str, names: Mapping[str, str]) -> str:
    """With other metrics, and all else as it is."""
    edits = [
        Edit(each.start, each.name_end, names[each.metric])
        for each in read(query).selectors
        if each.metric in names and each.name_end > each.start
    ]
    return edited(query, edits)


def edited(query: str, edits: Iterable[Edit]) -> str:
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end), reverse=True):
        query = f"{query[: edit.start]}{edit.text}{query[edit.end :]}"
    return query


def plain_name(metric: str) -> tuple[str, str]:
    """The name of a histogram or a summary, and which of its series this is."""
    suffix = next((each for each in SUFFIXES if metric.endswith(each)), "")
    return metric.removesuffix(suffix), suffix


def _selector(query: str, selector: Selector, rename: Rename) -> Iterable[Edit]:
    if selector.name_end == selector.start:
        raise NotWritten("its metric is named by a matcher")
    suffix = selector.metric.removeprefix(rename.old)
    quantile = next((each for each in selector.matchers if each.label == _QUANTILE), None)
    if rename.from_summary and not suffix:
        if quantile is None or quantile.operator != "=" or selector.has_range:
            raise NotWritten("a histogram has no quantiles of its own")
        matchers = _matchers([each for each in selector.matchers if each is not quantile], rename)
        rate = f"rate({rename.new}_bucket{matchers}{_RANGE_FOR_QUANTILES})"
        scaled = f"{_number(rename.factor)} * histogram_quantile({quantile.value}, {rate})"
        yield Edit(selector.start, selector.end, f"({scaled})")
        return
    yield Edit(selector.start, selector.name_end, f"{rename.new}{suffix}")
    if selector.matchers != () or rename.adds:
        if _is_braced_only_by_known(query, selector):
            yield Edit(selector.name_end, selector.end, _matchers(selector.matchers, rename))
        else:
            raise NotWritten("its matchers are written in a way that is not understood")


def _is_braced_only_by_known(query: str, selector: Selector) -> bool:
    """Whether nothing but its matchers stands in the braces: no comment, no second name, no `or`."""
    inside = query[selector.name_end : selector.end].strip()
    for matcher in selector.matchers:
        inside = inside.replace(query[matcher.start : matcher.end], "", 1)
    return not inside.strip("{}, \t\n")


def _matchers(matchers: Iterable[Matcher], rename: Rename) -> str:
    kept = [f'{label}="{value}"' for label, value in rename.adds.items()]
    for matcher in matchers:
        if (other := rename.values.get(str(matcher))) is not None:
            kept.append(other)
        elif new := rename.labels.get(matcher.label, matcher.label):
            if rename.values and matcher.label == "status":
                raise NotWritten("its values are other ones")
            kept.append(str(matcher).replace(matcher.label, new, 1))
        elif matcher.operator != "!=" or matcher.value:
            raise NotWritten(f"it has no {matcher.label}")
    return f"{{{', '.join(kept)}}}" if kept else ""


def _scaled(selectors: Iterable[Selector], renames: Mapping[str, Rename]) -> Iterable[tuple[Call, float]]:
    """What has to be multiplied so that its unit stays: each once, by how much."""
    found: dict[Call, float] = {}
    for selector in selectors:
        rename = renames[selector.metric]
        suffix = selector.metric.removeprefix(rename.old)
        if rename.factor == 1 or suffix == "_count" or (rename.from_summary and not suffix):
            continue
        found[_whose_value(selector, suffix)] = rename.factor
    return found.items()


def _whose_value(selector: Selector, suffix: str) -> Call:
    """The innermost part of the query around a selector that has its unit and can be multiplied."""
    if suffix == "_bucket":
        quantiles = [call for call in selector.calls if call.name == "histogram_quantile"]
        if not quantiles:
            raise NotWritten("the bounds of its buckets have another unit")
        return quantiles[-1]
    if selector.has_range:
        if not selector.calls:
            raise NotWritten("its range stands by itself")
        return selector.calls[-1]
    return Call("", selector.start, selector.end)


def _listed(reads: Reads, renames: Iterable[Rename]) -> Iterable[Edit]:
    labels = {old: new for rename in renames for old, new in rename.labels.items()}
    found = [each for each in reads.labels if each.label in labels]
    for each in found:
        if not labels[each.label]:
            raise NotWritten(f"it has no {each.label}")
        yield Edit(each.start, each.end, labels[each.label])


def _number(factor: float) -> str:
    return f"{factor:g}".replace("e+0", "e")


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
