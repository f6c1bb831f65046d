"""What is counted of a dialect's lines, whichever engine counts: which values become labels, what makes a request.

The expression is the very one that our own reader goes by; every engine that is asked here reads RE2. Labels begin
with `mv_`, so that none is an engine's own. What their values mean is decided by the dialect's reader: see
`connectors.ingress.engines.counted`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from connectors.ingress.dialects import Dialect, Parts
from connectors.ingress.reading.template import compile_template
from vistas.requests.summary import BOUNDS

PREFIX = "mv_"
BUCKET = f"{PREFIX}bucket"
STATUS = f"{PREFIX}status"
RETRIES = f"{PREFIX}again"
FAILED = "[5-9][0-9]{2}"
SEPARATORS = "(, | : )"
"""What stands between the attempts that nginx lists."""
CRI = r"(?:[0-9T:.+Z-]+ std(?:out|err) F[^ ]* )?"
"""What a container runtime writes before a line, where the agent left it there."""
JSON_LINE = f"^{CRI}[{{]"

_TOLD_APART = ("status", "host", "service", "retries")
_NUMBER = r"[+]?[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?"
_IS_NUMBER = "^[+]?[0-9]+([.][0-9]*)?([eE][+-]?[0-9]+)?$"
_HAS_POINT = "^([+]?[0-9]+[.][0-9]*([eE][+-]?[0-9]+)?|[0-9]+[eE]-[0-9]+|0)$"
_IS_STATUS = "[0-9]{1,3}|-|-1"
_METHOD = "[A-Za-z][A-Za-z-]{0,19}"
_CLASS_OR_GROUP = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()]")
"""What matters to where a group ends: escaped characters, classes whole, parentheses."""
_SECONDS = ("s", "point")
_PER_SECOND = {"s": Decimal(1), "ms": Decimal(1000), "us": Decimal(10) ** 6, "ns": Decimal(10) ** 9}


@dataclass(frozen=True, slots=True)
class Condition:
    """A label's whole value fits the pattern, or does not. The empty pattern means an empty value."""

    label: str
    pattern: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Counting:
    """How the requests of one dialect are counted.

    `labels` are for the values that matter, by their names in the dialect. `status`, `seconds` and `attempts` are
    labels, the first of which that is not empty holds it; where they are none, there is none to be made, or it is
    there already. `number` is what a duration looks like, where the expression does not see to that. `conditions`
    make a line a request: of each group one is true. `by` are the labels that requests are told apart by;
    `variables` says which of them hold which of the dialect's values.
    """

    dialect: Dialect
    labels: Mapping[str, str]
    status: tuple[str, ...]
    seconds: tuple[str, ...]
    attempts: tuple[str, ...]
    number: str
    conditions: tuple[tuple[Condition, ...], ...]
    by: tuple[str, ...]
    variables: Mapping[str, str]

    @property
    def expression(self) -> str:
        """Of a text dialect: its groups are named as the labels."""
        return whole_line(self.dialect, self.labels)

    @property
    def keys(self) -> Mapping[str, str]:
        """Of a JSON dialect: where each label's value stands."""
        return {label: self.dialect.stands_in(name) for name, label in self.labels.items()}

    @property
    def per_second(self) -> Decimal:
        """How many of the unit that this dialect writes durations in are a second."""
        return _PER_SECOND[self.dialect.unit("seconds")]

    @property
    def bounds(self) -> list[str]:
        """Upper bounds of the latency buckets, as this dialect writes durations.

        With a point: a template of Loki's compares what has none with whole numbers only.
        """
        written = [f"{(Decimal(repr(bound)) * self.per_second).normalize():f}" for bound in BOUNDS[:-1]]
        return [bound if "." in bound else f"{bound}.0" for bound in written]

    @property
    def limits(self) -> list[str]:
        """The bounds with half a nanosecond more, for engines that read numbers not to their last bit."""
        little = Decimal("0.5e-9") * self.per_second
        return [f"{Decimal(bound) + little:f}" for bound in self.bounds]


def counting(dialect: Dialect) -> Counting:
    """What is to be counted of a dialect."""
    labels = _labels(dialect)
    variables = {
        label: name for name, label in labels.items() if any(name in dialect.sources(each) for each in _TOLD_APART)
    }
    status = _of(dialect, "status", labels)
    seconds = _of(dialect, "seconds", labels) if _has_durations(dialect) else ()
    attempts = _of(dialect, "upstreams", labels) if dialect.lists_attempts else ()
    made = {STATUS: status != (STATUS,), BUCKET: seconds, RETRIES: attempts}
    return Counting(
        dialect=dialect,
        labels=labels,
        status=status if made[STATUS] else (),
        seconds=seconds,
        attempts=attempts,
        number=(_HAS_POINT if dialect.key_units else _IS_NUMBER) if dialect.json_marks else "",
        conditions=(*_conditions(dialect, labels), (Condition(STATUS, _IS_STATUS),)),
        by=(*dict.fromkeys([*variables, *(label for label, is_made in made.items() if is_made)]),),
        variables=variables,
    )


def whole_line(dialect: Dialect, labels: Mapping[str, str]) -> str:
    """The reader's expression with only those groups named that become labels, and what may stand before a line.

    Loki takes line ends out of what stands between backticks, so the one in it is written out.
    """
    if not dialect.template:
        return JSON_LINE
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


def _labels(dialect: Dialect) -> Mapping[str, str]:
    fields = (*_TOLD_APART, "seconds", *(("upstreams",) if dialect.lists_attempts else ()))
    names = [name for field in fields for name in dialect.sources(field) if _is_countable(dialect, name)]
    names += dialect.numbers
    if dialect.evidence:
        names += [*dialect.sources("request"), *dialect.sources("method"), *dialect.sources("target")]
    if dialect.streams_apart:
        names += [*dialect.sources("method"), *dialect.sources("request")]
    return {name: PREFIX + re.sub(r"\W", "_", name) for name in dict.fromkeys(names)}


def _is_countable(dialect: Dialect, name: str) -> bool:
    """Whether no evidence is needed to know a duration's unit."""
    return dialect.key_units.get(name, "s") in _SECONDS


def _of(dialect: Dialect, field: str, labels: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(labels[name] for name in dialect.sources(field) if name in labels)


def _has_durations(dialect: Dialect) -> bool:
    parts = {name for each in dialect.parts.values() for name in each.names}
    return bool(dialect.template) or not parts & set(dialect.sources("seconds"))


def _conditions(dialect: Dialect, labels: Mapping[str, str]) -> Iterator[tuple[Condition, ...]]:
    """What else than its form makes a line one of the dialect."""
    yield from ((Condition(labels[name], _IS_NUMBER),) for name in dialect.numbers)
    method, request, target = (_of(dialect, field, labels) for field in ("method", "request", "target"))
    if dialect.evidence:
        yield tuple(Condition(label, "", negated=True) for label in (*request, *method, *target))
    if dialect.streams_apart:
        yield (
            *(Condition(label, _METHOD) for label in method),
            *(Condition(label, f"{_METHOD} .*") for label in request),
            Condition(STATUS, "0+|-|-1", negated=True),
        )


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
