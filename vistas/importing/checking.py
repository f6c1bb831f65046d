"""What can be told of a query without asking a Prometheus: whether there is a reason to doubt that it is one."""

from __future__ import annotations

import re

_TEXTS = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`""", re.DOTALL)
_COMMENT = re.compile(r"#[^\n]*")
_LOGQL = re.compile(r"\|=|\|~|\|>|\|\s*(json|logfmt|pattern|regexp|line_format|unwrap|unpack|label_format)\b")
_ELSEWHERE = re.compile(
    r"\b(keep_metric_names|keep_last_value|default\s+\(?-?\d|rollup\w*|range_\w+|running_\w+|median_over_time|"
    r"aggr_over_time|histogram_share|label_set|label_del|label_keep|label_copy|label_move|label_map|label_value|"
    r"label_match|label_mismatch|label_transform|label_uppercase|label_lowercase|"
    r"(?:topk|bottomk)_(?:min|max|avg|median|last)|increase_pure|increases_over_time|alias|union|limit_offset|"
    r"outliersk|outliers_iqr|share|sum2|distinct(?:_over_time)?|zscore\w*|interpolate|remove_resets|drop_common_labels|"
    r"prometheus_buckets|buckets_limit|any|mode|median|geomean|hoeffding_bound_\w+|holt_winters)\s*\(",
)
_BARE_RATE = re.compile(
    r"\b(rate|irate|increase|delta|idelta|deriv|changes|resets)\s*\(\s*[A-Za-z_:][\w:]*\s*(\{[^{}]*\})?\s*\)"
)
_PAIRS = {")": "(", "]": "[", "}": "{"}


def is_logql(query: str) -> bool:
    """Whether it filters or parses log lines, as no PromQL does."""
    return bool(_LOGQL.search(_bare(query)))


def doubt_about(query: str) -> str:
    """Why it may not be PromQL, in plain words; empty where nothing speaks against it."""
    bare = _bare(query)
    if "{{" in bare or "<%" in bare:
        return "holds a template that was not rendered"
    if "$" in bare or "[[" in bare:
        return "holds a name that has no value here"
    if not _is_balanced(bare):
        return "has brackets or quotes that do not match"
    if found := _ELSEWHERE.search(bare):
        return f"uses {found[0].rstrip(' (')}, which is not (or no longer) PromQL"
    if _BARE_RATE.search(bare):
        return "asks for a rate without saying over how long, which only MetricsQL understands"
    return ""


def _bare(query: str) -> str:
    return _COMMENT.sub("", _TEXTS.sub('""', query))


def _is_balanced(bare: str) -> bool:
    opened: list[str] = []
    for letter in bare.replace('""', ""):
        if letter in "\"'`":
            return False
        if letter in _PAIRS.values():
            opened.append(letter)
        elif letter in _PAIRS and (not opened or opened.pop() != _PAIRS[letter]):
            return False
    return not opened
