"""The words of PromQL: its tokens, operators, aggregations and functions, with what they take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_DURATION = r"(?:\d+(?:ms|[smhdwy]))+"
_TOKEN = re.compile(
    r"""(?P<skip>\s+|\#[^\n]*)
    |(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`)
    |(?P<duration>"""
    + _DURATION
    + r""")(?![\w.])
    |(?P<number>0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?![\w.])
    |(?P<name>[A-Za-z_][\w:]*|:[A-Za-z_][\w:]*)
    |(?P<sign>==|!=|>=|<=|=~|!~|</|>/|[-+*/%^<>=(){}\[\],@:])""",
    re.VERBOSE | re.ASCII,
)

_OTHER = re.compile(r"[\d.$][\w.]*|.", re.ASCII | re.DOTALL)


class Kind(StrEnum):
    SCALAR = "a number"
    TEXT = "a text"
    VECTOR = "an instant vector"
    RANGE = "a range vector"


LETTERS = {"s": Kind.SCALAR, "t": Kind.TEXT, "v": Kind.VECTOR, "r": Kind.RANGE}
_ALIKE = {
    "v": "abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor ln log10 log2 rad scalar sgn "
    "sin sinh sort sort_desc sqrt tan tanh timestamp histogram_avg histogram_count histogram_sum histogram_stddev "
    "histogram_stdvar start_timestamp",
    "v?": "day_of_month day_of_week day_of_year days_in_month hour minute month year",
    "r": "absent_over_time avg_over_time changes count_over_time delta deriv idelta increase irate last_over_time "
    "max_over_time min_over_time present_over_time rate resets stddev_over_time stdvar_over_time sum_over_time "
    "mad_over_time first_over_time ts_of_first_over_time ts_of_last_over_time "
    "ts_of_max_over_time ts_of_min_over_time",
    "": "pi time start end range step",
    "s": "vector",
    "vss": "clamp",
    "vs": "clamp_max clamp_min",
    "vs?": "round",
    "ss": "max_of min_of",
    "rs?": "integral",
    "vtss*": "histogram_quantiles",
    "sv": "histogram_quantile",
    "ssv": "histogram_fraction",
    "sr": "quantile_over_time",
    "rs": "predict_linear",
    "rss": "double_exponential_smoothing",
    "vtttt": "label_replace",
    "vtt*": "label_join",
    "vt*": "sort_by_label sort_by_label_desc",
    "vv?": "info",
}
"""What functions take: letters of `LETTERS`; the last one may be left out (`?`) or come several times (`*`)."""
FUNCTIONS = {name: takes for takes, names in _ALIKE.items() for name in names.split()}
SCALARS = {"pi", "time", "scalar", "start", "end", "range", "step", "max_of", "min_of"}
"""Functions that give a number; the others give a vector."""
AGGREGATIONS = {
    "avg": "v",
    "count": "v",
    "group": "v",
    "max": "v",
    "min": "v",
    "stddev": "v",
    "stdvar": "v",
    "sum": "v",
    "bottomk": "sv",
    "topk": "sv",
    "limitk": "sv",
    "limit_ratio": "sv",
    "quantile": "sv",
    "count_values": "tv",
}
COMPARISONS = ("==", "!=", ">=", "<=", ">", "<")
STRENGTH = {"or": 1, "and": 2, "unless": 2, **dict.fromkeys((*COMPARISONS, "</", ">/"), 3), "+": 4, "-": 4}
STRENGTH |= {"*": 5, "/": 5, "%": 5, "atan2": 5, "^": 6}
OF_DURATIONS = {sign: STRENGTH[sign] for sign in ("+", "-", "*", "/", "%", "^")}
"""Between durations (Prometheus 3.4 and later, behind a flag)."""
RESERVED = {"bool", "on", "ignoring", "group_left", "group_right", "atan2"}
"""Words that are no name of a metric."""
MATCHES = ("=", "!=", "=~", "!~")


class NotPromql(Exception):
    """Never leaves `promql`."""


@dataclass(frozen=True, slots=True)
class Token:
    """`start` is where in the query it stands."""

    kind: str
    text: str
    start: int = 0

    @property
    def word(self) -> str:
        """A sign or a keyword; a text is none."""
        return self.text.lower() if self.kind in {"name", "sign"} else ""

    @property
    def end(self) -> int:
        return self.start + len(self.text)


END = Token("end", "its end")


def tokens(query: str) -> list[Token]:
    """NotPromql at the first character that no PromQL has there."""
    found = list(pieces(query))
    for token in found:
        if token.kind == "other":
            raise NotPromql(f"has {token.text[0]!r}, which PromQL does not know there")
    return found


def pieces(query: str) -> Iterator[Token]:
    """As `tokens`; what PromQL does not know (numbers with units, templates, signs) is of the kind `other`."""
    end = 0
    while end < len(query):
        found = _TOKEN.match(query, end)
        if found is None:
            found, kind = _OTHER.match(query, end), "other"
            assert found is not None  # noqa: S101 - it takes any character
        else:
            kind = found.lastgroup or ""
        if kind != "skip":
            yield Token(kind, found[0], end)
        end = found.end()
