r"""What a query variable lists, as label values that a routine's variable can list too.

After `metric_find_query.ts` of grafana-prometheus-datasource: `label_values(…)`, `metrics(…)`, `query_result(…)`,
or series whose texts a regular expression cuts values from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from vistas.importing.reading.tree import at, text
from vistas.promql import only_selector

_LONGEST_READ = 2000
_LABEL_VALUES = re.compile(
    r"\s*label_values\(\s*(?:(?P<of>.+?)\s*,)?\s*(?P<label>[A-Za-z_]\w*)\s*\)\s*", re.DOTALL
)
_METRICS = re.compile(r"\s*metrics\(\s*(?P<names>.*?)\s*\)\s*", re.DOTALL)
_RESULT = re.compile(r"\s*query_result\(\s*(?P<query>.*)\)\s*", re.DOTALL)
_NAMES = re.compile(r"\s*label_names\(.*\)\s*", re.DOTALL)
_GROUP = re.compile(r"(?<!\\)\((?!\?(?!<\w))")
_VALUE = r"""="\((?P<named>\?<\w+>)?(?:\[\^"\][*+]|\.[*+]\??)\)(?:"|$|\.\*)"""
_WHOLE_VALUE = re.compile(rf"(?P<label>[A-Za-z_]\w*){_VALUE}")
_ANY_VALUE = re.compile(r"""(?:\.\*)?"\((?:\[\^"\][*+]|\.[*+]\??)\)"(?:\.\*)?""")
_ONLY_LABEL = re.compile(r"\bby\s*\(\s*([A-Za-z_]\w*)\s*\)")
_ALL = {"", "(.*)", "(.+)", ".*", ".+"}


@dataclass(frozen=True, slots=True)
class Lookup:
    """`label` is empty where the list cannot be had from a label's values; `told` is what differs from there."""

    label: str = ""
    of: str = ""
    told: str = ""


def read_lookup(variable: Any) -> Lookup:
    query = lookup_text(variable)
    pattern = _bare(text(at(variable, "regex")))
    if listed := _LABEL_VALUES.fullmatch(query):
        return _cut_down(Lookup(listed["label"], listed["of"] or ""), pattern)
    if named := _METRICS.fullmatch(query):
        names = named["names"].replace("\\", "\\\\").replace('"', '\\"')
        return _cut_down(Lookup("__name__", f'{{__name__=~".*(?:{names}).*"}}'), pattern)
    if _NAMES.fullmatch(query):
        return Lookup(told="lists the names of labels in the dashboard")
    worked_out = _RESULT.fullmatch(query)
    return _cut_from_series(worked_out["query"] if worked_out else query, pattern)


def lookup_text(variable: Any) -> str:
    """The query of a variable: as text, or in an object, or in that of a resource's `DataQuery`."""
    query = at(variable, "query")
    places = (query, at(query, "query"), at(query, "spec", "query"), at(query, "spec", "__legacyStringValue"))
    written = next((found for each in places if (found := text(each))), "") or text(at(variable, "definition"))
    return written[:_LONGEST_READ]


def _cut_down(lookup: Lookup, pattern: str) -> Lookup:
    """A list of whole values, of which the pattern leaves some out; or cuts parts out of them."""
    if pattern in _ALL:
        return lookup
    if _GROUP.search(pattern):
        return Lookup(told=f"lists parts of the values of {lookup.label} in the dashboard")
    return Lookup(lookup.label, lookup.of, f"lists only what matches {pattern[:60]} in the dashboard; here all")


def _cut_from_series(query: str, pattern: str) -> Lookup:
    """Values that a pattern takes out of `name{label="value"} 1`: those of a label, where it takes a whole one."""
    if not query.strip():
        return Lookup(told="does not say what it lists")
    label, selector = _label_of(query, pattern.replace('\\"', '"')), only_selector(query)
    if label and selector:
        told = "lists what a query answers in the dashboard; here every value of the label"
        return Lookup(label, selector, "" if selector == query.strip() else told)
    return Lookup(told="lists what a query answers in the dashboard")


def _label_of(query: str, pattern: str) -> str:
    """The label whose whole value the pattern takes out of a series; `(?<text>…)` is only what it is called."""
    for found in _WHOLE_VALUE.finditer(pattern):
        if found["named"] in {None, "?<value>"}:
            return found["label"]
    kept = _ONLY_LABEL.findall(query)
    return kept[0] if _ANY_VALUE.fullmatch(pattern) and len(kept) == 1 else ""


def _bare(pattern: str) -> str:
    """Without the slashes and flags of JavaScript."""
    found = re.fullmatch(r"/(.*)/[a-z]*", pattern.strip(), re.DOTALL)
    return (found[1] if found else pattern.strip())[:_LONGEST_READ]
