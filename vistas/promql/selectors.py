"""The selectors of a query and where in it they stand: which series it reads, and by what.

This is no parser: where an empty answer has to be explained, or a name replaced, the query is known to be valid.
Whatever cannot be a metric's name (strings, durations, functions, keywords, lists of labels) is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from vistas.promql.words import MATCHES, Token, pieces

KEYWORDS: Final = frozenset({
    "and", "or", "unless", "atan2", "bool", "offset", "by", "without", "on", "ignoring", "group_left",
    "group_right", "start", "end", "inf", "nan", "step", "range", "default", "if", "ifnot", "limit",
    "keep_metric_names", "with", "prefix", "anchored", "smoothed",
})  # fmt: skip
"""Of PromQL and MetricsQL: no names of metrics."""
_LISTS = frozenset({"by", "without", "on", "ignoring", "group_left", "group_right"})
_NAME: Final = "__name__"
_PLAIN = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Matcher:
    """`written` is the value as it stands in the query, quotes included; `value` is what that means."""

    label: str
    operator: str
    written: str
    start: int
    end: int

    @property
    def value(self) -> str:
        return _unquoted(self.written)

    def __str__(self) -> str:
        name = self.label if _PLAIN.fullmatch(self.label) else f'"{self.label}"'
        return f"{name}{self.operator}{self.written}"


@dataclass(frozen=True, slots=True)
class Call:
    """A function or an aggregation that a selector stands in, from its name to its closing parenthesis."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Selector:
    """`metric` is empty where it is named by a pattern only. `calls` are around it, the innermost last.

    `name_end` is where the name ends that stands before the braces (`start` where none does); `end` is behind the
    braces, and `range_end` behind the range, where it has one.
    """

    metric: str
    matchers: tuple[Matcher, ...]
    start: int
    name_end: int
    end: int
    range_end: int
    calls: tuple[Call, ...] = ()

    @property
    def has_range(self) -> bool:
        return self.range_end > self.end


@dataclass(frozen=True, slots=True)
class ListedLabel:
    """A label by which series are grouped or matched."""

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reads:
    """What a query reads, in the order in which it stands there."""

    selectors: tuple[Selector, ...]
    labels: tuple[ListedLabel, ...]


def read(query: str) -> Reads:
    """Never raises: of what is no PromQL, what looks like it."""
    reading = _Reading(list(pieces(query)))
    reading.all()
    return Reads(tuple(reading.finished()), tuple(reading.labels))


def metric_names(query: str) -> frozenset[str]:
    """The metrics that a valid PromQL or MetricsQL query reads; none where it names them by a pattern only."""
    return frozenset(each.metric for each in read(query).selectors if each.metric)


def only_selector(query: str) -> str:
    """The one selector that the query reads its series by; empty where there are none, or different ones."""
    found = {query[each.start : each.end] for each in read(query).selectors}
    return found.pop() if len(found) == 1 else ""


def first_metric(query: str) -> str:
    """The name of the first metric that is read; empty where none is named."""
    return next((each.metric for each in read(query).selectors if each.metric), "")


class _Reading:
    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._next = 0
        self._open: list[tuple[int, Token | None]] = []
        """Of each open parenthesis: its number, and the function whose it is."""
        self._called: Token | None = None
        self._closed: dict[int, Call] = {}
        self._found: list[tuple[Selector, tuple[int, ...]]] = []
        self._numbers = 0
        self.labels: list[ListedLabel] = []

    def all(self) -> None:
        while (token := self._take()) is not None:
            if token.word == "(":
                self._open.append((self._numbers, self._called))
                self._numbers, self._called = self._numbers + 1, None
            elif token.word == ")":
                self._close(token.end)
            elif token.word == "[":
                self._skip_range()
            elif token.word == "{":
                self._selector(None, token)
            elif token.kind == "name":
                self._name(token)

    def finished(self) -> Iterator[Selector]:
        for selector, inside in self._found:
            calls = tuple(self._closed[number] for number in inside if number in self._closed)
            yield Selector(
                selector.metric,
                selector.matchers,
                selector.start,
                selector.name_end,
                selector.end,
                selector.range_end,
                calls,
            )

    def _name(self, token: Token) -> None:
        following = self._word(0)
        if token.word in _LISTS and following == "(":
            self._labels()
        elif following == "{":
            brace = self._take()
            assert brace is not None  # noqa: S101 - it was looked at
            self._selector(token, brace)
        elif following == "(" or (following in {"by", "without"} and self._word(1) == "("):
            self._called = token
        elif token.word not in KEYWORDS:
            self._keep(token.text, (), token.start, token.end, token.end)

    def _selector(self, name: Token | None, brace: Token) -> None:
        start = name.start if name else brace.start
        matchers: list[Matcher] = []
        metric, end = name.text if name else "", brace.end
        while (token := self._take()) is not None:
            end = token.end
            if token.word == "}":
                break
            if token.kind not in {"name", "text"}:
                continue
            label = _unquoted(token.text) if token.kind == "text" else token.text
            if self._word(0) in MATCHES and (value := self._peek(1)) is not None and value.kind == "text":
                operator = self._word(0)
                self._next += 2
                end = value.end
                if label == _NAME and operator == "=":
                    metric = _unquoted(value.text)
                else:
                    matchers.append(Matcher(label, operator, value.text, token.start, value.end))
            elif token.kind == "text":
                metric = label
        self._keep(metric, tuple(matchers), start, name.end if name else start, end)

    def _keep(self, metric: str, matchers: tuple[Matcher, ...], start: int, name_end: int, end: int) -> None:
        range_end = end
        if self._word(0) == "[":
            self._take()
            range_end = self._skip_range()
        inside = tuple(number for number, called in self._open if called)
        self._found.append((Selector(metric, matchers, start, name_end, end, range_end), inside))

    def _labels(self) -> None:
        self._take()
        while (token := self._take()) is not None and token.word != ")":
            if token.kind in {"name", "text"}:
                label = _unquoted(token.text) if token.kind == "text" else token.text
                self.labels.append(ListedLabel(label, token.start, token.end))

    def _close(self, end: int) -> None:
        if self._open:
            number, called = self._open.pop()
            if called:
                self._closed[number] = Call(called.text, called.start, end)

    def _skip_range(self) -> int:
        """Where it ends; what stands in it is no metric."""
        end = 0
        while (token := self._take()) is not None:
            end = token.end
            if token.word == "]":
                break
        return end

    def _take(self) -> Token | None:
        token = self._peek(0)
        self._next += 1
        return token

    def _peek(self, ahead: int) -> Token | None:
        place = self._next + ahead
        return self._tokens[place] if place < len(self._tokens) else None

    def _word(self, ahead: int) -> str:
        token = self._peek(ahead)
        return token.word if token else ""


def _unquoted(text: str) -> str:
    """What a text of PromQL means: nothing is escaped between backquotes."""
    return text[1:-1] if text.startswith("`") else _ESCAPED.sub(r"\1", text[1:-1])
