"""From a dialect to the LogQL that counts its requests: the same expression that our own reader goes by.

Labels begin with `mv_`, so that none is a stream's own. What their values mean is decided by the dialect's reader:
see `connectors.ingress.loki.counted`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from connectors.ingress.dialects import Dialect, Parts
from connectors.ingress.reading.template import compile_template
from vistas.requests.summary import BOUNDS

PREFIX = "mv_"
BUCKET = f"{PREFIX}bucket"
STATUS = f"{PREFIX}status"
RETRIES = f"{PREFIX}again"
FAILED = f"{STATUS}=~`[5-9][0-9]{{2}}`"
CRI = r"(?:[0-9T:.+Z-]+ std(?:out|err) F[^ ]* )?"
"""What a container runtime writes before a line, where the agent left it there."""

_TOLD_APART = ("status", "host", "service", "retries")
_NUMBER = r"[+]?[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?"
_IS_NUMBER = "^[+]?[0-9]+([.][0-9]*)?([eE][+-]?[0-9]+)?$"
_HAS_POINT = "^([+]?[0-9]+[.][0-9]*([eE][+-]?[0-9]+)?|[0-9]+[eE]-[0-9]+|0)$"
_IS_STATUS = f"{STATUS}=~`[0-9]{{1,3}}|-|-1`"
_METHOD = "[A-Za-z][A-Za-z-]{0,19}"
_CLASS_OR_GROUP = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()]")
"""What matters to where a group ends: escaped characters, classes whole, parentheses."""
_SECONDS = ("s", "point")
_SEPARATORS = "(, | : )"
_PER_SECOND = {"s": Decimal(1), "ms": Decimal(1000), "us": Decimal(10) ** 6, "ns": Decimal(10) ** 9}


@dataclass(frozen=True, slots=True)
class Counting:
    """How Loki counts the requests of one dialect.

    `pipeline` follows a selector; `by` are the labels that requests are told apart by; `variables` says which of
    them hold which of the dialect's values.
    """

    dialect: Dialect
    pipeline: str
    by: tuple[str, ...]
    variables: Mapping[str, str]

    def matching(self, condition: str) -> str:
        """The pipeline for some of the requests only, such as `mv_bucket >= 40`."""
        return f"{self.pipeline} | {condition}"


def quoted(text: str) -> str:
    """A string of LogQL: between backticks where that is possible."""
    return json.dumps(text) if "`" in text else f"`{text}`"


def counting(dialect: Dialect) -> Counting:
    """The LogQL for a dialect."""
    read = _Reading(dialect)
    told_apart = [name for name in read.labels if any(name in dialect.sources(each) for each in _TOLD_APART)]
    variables = {read.labels[name]: name for name in told_apart}
    formats = read.formats()
    by = dict.fromkeys([*variables, *formats])
    stages = [read.parsing(), _formatting(formats), *read.conditions(), _IS_STATUS, '__error__=""']
    pipeline = " ".join([*read.marks(), *(f"| {stage}" for stage in stages if stage)])
    return Counting(dialect, pipeline, (*by,), variables)


def other_lines(dialects: Iterable[Dialect]) -> str:
    """The line filters that leave the lines that are of none of these dialects."""
    return " ".join(f"!~ {quoted(_whole_line(dialect))}" for dialect in dialects)


def _whole_line(dialect: Dialect) -> str:
    return _relabelled(dialect, {}) if dialect.template else f"^{CRI}[{{]"


class _Reading:
    """Which of a dialect's values become which labels, and what is made of them."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        fields = (*_TOLD_APART, "seconds", *(("upstreams",) if dialect.lists_attempts else ()))
        names = [name for field in fields for name in dialect.sources(field) if self._is_countable(name)]
        names += dialect.numbers
        if dialect.evidence:
            names += [*dialect.sources("request"), *dialect.sources("method"), *dialect.sources("target")]
        if dialect.streams_apart:
            names += [*dialect.sources("method"), *dialect.sources("request")]
        self.labels = {name: PREFIX + re.sub(r"\W", "_", name) for name in dict.fromkeys(names)}

    def _is_countable(self, name: str) -> bool:
        """Whether Loki needs no evidence to know a duration's unit."""
        return self._dialect.key_units.get(name, "s") in _SECONDS

    def marks(self) -> list[str]:
        return [f"|= {quoted(mark)}" for mark in self._dialect.json_marks]

    def parsing(self) -> str:
        if self._dialect.template:
            return f"regexp {quoted(_relabelled(self._dialect, self.labels))}"
        paths = {label: self._dialect.stands_in(name) for name, label in self.labels.items()}
        return "json " + ", ".join(f"{label}={quoted(_path(key))}" for label, key in paths.items())

    def formats(self) -> dict[str, str]:
        """Labels that are made of others, and the templates that make them."""
        made = {}
        if [self.labels[name] for name in self._dialect.sources("status")] != [STATUS]:
            made[STATUS] = f"{{{{ {self._value('status')} }}}}"
        seconds = [name for name in self._dialect.sources("seconds") if name in self.labels]
        if seconds and (self._dialect.template or not any(name in self._parts for name in seconds)):
            made[BUCKET] = self._bucket()
        if self._dialect.lists_attempts and self._dialect.sources("upstreams"):
            tried = self._value("upstreams")
            made[RETRIES] = f'{{{{ if {tried} }}}}{{{{ count "{_SEPARATORS}" {tried} }}}}{{{{ end }}}}'
        return made

    def _bucket(self) -> str:
        """The number of a duration's bucket; nothing where there is no duration, or what is none."""
        written = self._value("seconds")
        bounds = _bounds(_PER_SECOND[self._dialect.units.get("seconds", "s")])
        number = _HAS_POINT if self._dialect.key_units else _IS_NUMBER
        is_number = (
            f"and {written} (count {json.dumps(number)} {written})" if self._dialect.json_marks else written
        )
        search = _search(bounds, 0, len(bounds))
        return f"{{{{ if {is_number} }}}}{{{{ $s := float64 {written} }}}}{search}{{{{ end }}}}"

    def conditions(self) -> list[str]:
        """What else makes a line one of the dialect."""
        numbers = [f"{self.labels[name]}=~`{_IS_NUMBER}`" for name in self._dialect.numbers]
        if self._dialect.evidence:
            places = ("request", "method", "target")
            said = [f'{self.labels[name]}!=""' for place in places for name in self._dialect.sources(place)]
            numbers.append(" or ".join(said))
        if not self._dialect.streams_apart:
            return numbers
        method = [f"{self.labels[name]}=~`{_METHOD}`" for name in self._dialect.sources("method")]
        request = [f"{self.labels[name]}=~`{_METHOD} .*`" for name in self._dialect.sources("request")]
        return [*numbers, " or ".join([*method, *request, f"{STATUS}!~`0+|-|-1`"])]

    @property
    def _parts(self) -> set[str]:
        return {name for parts in self._dialect.parts.values() for name in parts.names}

    def _value(self, field: str) -> str:
        """In a template: the first of a field's sources that is not empty."""
        sources = [name for name, column in self._sources() if column == field and name in self.labels]
        names = [f".{self.labels[name]}" for name in sources]
        return names[0] if len(names) == 1 else f"(or {' '.join(names)})"

    def _sources(self) -> Iterable[tuple[str, str]]:
        return ((name, column) for column, names in self._dialect.fields.items() for name in names)


def _formatting(formats: Mapping[str, str]) -> str:
    made = ", ".join(f"{label}={quoted(template)}" for label, template in formats.items())
    return f"label_format {made}" if made else ""


def _path(key: str) -> str:
    """Where a key stands in an object, as the json stage wants it; a dot leads into an object."""
    return "".join(f"[{json.dumps(part)}]" for part in key.split("."))


def _relabelled(dialect: Dialect, labels: Mapping[str, str]) -> str:
    """The reader's expression with only those groups named that become labels, and what may stand before a line.

    Loki takes line ends out of what stands between backticks, so the one in it is written out.
    """
    expression = compile_template(dialect.template, dialect.tail).expression.replace("\r", r"\r").removeprefix("^")
    numbers = dialect.sources("seconds")
    written, at = [f"^{CRI}"], 0
    for group in re.finditer(r"\(\?P<(\w+)>", expression):
        end = _group_end(expression, group.start())
        value = _Value(group[1], expression[group.end() : end])
        parts = dialect.parts.get(value.name)
        taken = value.in_parts(parts, labels, numbers) if parts else value.whole(labels, numbers)
        written += [expression[at : group.start()], taken]
        at = end + 1
    return "".join([*written, expression[at:]])


@dataclass(frozen=True, slots=True)
class _Value:
    """A value of a format and the expression for it."""

    name: str
    expression: str

    def whole(self, labels: Mapping[str, str], numbers: Sequence[str]) -> str:
        """A duration that is no number is matched, and has no label."""
        if self.name not in labels:
            return f"(?:{self.expression})"
        if self.name in numbers:
            return f"(?:(?P<{labels[self.name]}>{_NUMBER})|{self.expression})"
        return f"(?P<{labels[self.name]}>{self.expression})"

    def in_parts(self, parts: Parts, labels: Mapping[str, str], numbers: Sequence[str]) -> str:
        if not labels.keys() & set(parts.names):
            return f"(?:{self.expression})"
        begin = re.escape(parts.between[0])
        one = rf"[^ {begin}]*"
        taken = [_Value(name, one).whole(labels, numbers) for name in parts.names[:-1]]
        return re.escape(parts.between).join([*taken, _Value(parts.names[-1], "[^ ]*").whole(labels, numbers)])


def _group_end(expression: str, start: int) -> int:
    """Where the group that begins at `start` has its closing parenthesis."""
    depth = 0
    for found in _CLASS_OR_GROUP.finditer(expression, start):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if depth == 0:
            return found.start()
    raise ValueError(f"a group of {expression!r} has no end")


def _bounds(per_second: Decimal) -> list[str]:
    """As a dialect writes durations. With a point: a template compares what has none with whole numbers only."""
    written = [f"{(Decimal(repr(bound)) * per_second).normalize():f}" for bound in BOUNDS[:-1]]
    return [bound if "." in bound else f"{bound}.0" for bound in written]


def _search(bounds: Sequence[str], low: int, high: int) -> str:
    """The number of the first bound that is not below `$s`, by halving; `high` where all are."""
    if low == high:
        return str(low)
    middle = (low + high) // 2
    below, above = _search(bounds, low, middle), _search(bounds, middle + 1, high)
    return f"{{{{ if le $s {bounds[middle]} }}}}{below}{{{{ else }}}}{above}{{{{ end }}}}"
