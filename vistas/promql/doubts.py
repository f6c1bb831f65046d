"""What can be told of a query without asking a Prometheus: whether there is a reason to doubt that it is one."""

from __future__ import annotations

import re

from vistas.promql.grammar import why_not_promql

_TEXTS = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`""", re.DOTALL)
_COMMENT = re.compile(r"#[^\n]*")
_LOGQL = re.compile(r"\|=|\|~|\|>|\|\s*(json|logfmt|pattern|regexp|line_format|unwrap|unpack|label_format)\b")
_BARE_RATE = re.compile(
    r"\b(rate|irate|increase|delta|idelta|deriv|changes|resets)\s*\(\s*[A-Za-z_:][\w:]*\s*(\{|\))"
)


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
    reason = why_not_promql(query)
    if reason.endswith("takes a range vector") and _BARE_RATE.search(bare):
        return "asks for a rate without saying over how long, which only MetricsQL understands"
    return reason


def _bare(query: str) -> str:
    return _COMMENT.sub("", _TEXTS.sub('""', query))
