"""Whether a text is PromQL, as far as one can tell without a Prometheus: its grammar, and what its functions take.

After prometheus/prometheus `promql/parser` of Prometheus 3. Only for a report: what is newer than this is doubted,
and kept all the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from vistas.promql.words import (
    AGGREGATIONS,
    COMPARISONS,
    END,
    FUNCTIONS,
    LETTERS,
    MATCHES,
    OF_DURATIONS,
    RESERVED,
    SCALARS,
    STRENGTH,
    Kind,
    NotPromql,
    Token,
    tokens,
)

_DEEPEST = 40
_WAYS_OF_COUNTING = ("anchored", "smoothed")
_FILLS = {"fill", "fill_left", "fill_right"}
_OTHERWISE = re.compile(r"\[[^\]]*\[|--|&&|~~|\|\||\{[^{]*\{|\{\d*,?\d{4}")
"""In regular expressions, what Python may take for something else than Prometheus (sets in sets), or for long."""


def why_not_promql(query: str) -> str:
    """What a Prometheus would probably refuse, in plain words; empty where nothing was found."""
    try:
        reading = _Reading(tokens(query))
        reading.expression()
        if reading.here is not END:
            return f"has {_cut(reading.here.text)} where PromQL would have an operator or its end"
    except NotPromql as reason:
        return str(reason)
    return ""


def _cut(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"  # noqa: PLR2004 - letters


class _Reading:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._next = 0
        self._depth = 0

    @property
    def here(self) -> Token:
        return self._tokens[self._next] if self._next < len(self._tokens) else END

    def expression(self, least: int = 1) -> Kind:
        """The kind of what stands here, up to an operator weaker than `least`."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NotPromql("is nested too deep to be checked")
        left = self._signed()
        while (strength := STRENGTH.get(self.here.word, 0)) >= least:
            operator = self._take().word
            matched = self._modifiers(operator)
            right = self.expression(strength if operator == "^" else strength + 1)
            left = _joined(left, operator, right, matched)
        self._depth -= 1
        return left

    def _signed(self) -> Kind:
        signed = False
        while self.here.word in {"+", "-"}:
            self._take()
            signed = True
        kind = self._narrowed(*self._primary())
        if signed and kind not in {Kind.SCALAR, Kind.VECTOR}:
            raise NotPromql(f"has a sign before {kind}")
        return kind

    def _primary(self) -> tuple[Kind, bool]:
        """What stands here, and whether it selects series by itself, so that it can be shifted in time."""
        token = self._take()
        if token.word == "(":
            kind = self.expression()
            self._insist(")")
            return kind, False
        if token.word == "{":
            self._selector(named=False)
            return Kind.VECTOR, True
        if token.kind in {"number", "duration"} or token.word in {"inf", "nan"}:
            return Kind.SCALAR, False
        if token.kind == "text":
            return Kind.TEXT, False
        if token.kind == "name" and token.word not in RESERVED:
            return self._named(token)
        raise NotPromql(f"has {_cut(token.text)} where PromQL would have a value")

    def _named(self, token: Token) -> tuple[Kind, bool]:
        name = token.word
        if name in AGGREGATIONS and self.here.word in {"(", "by", "without"}:
            grouped = self._grouping()
            self._arguments(name, AGGREGATIONS[name])
            if not grouped:
                self._grouping()
            return Kind.VECTOR, False
        if self.here.word == "(":
            if token.text not in FUNCTIONS:
                raise NotPromql(f"uses {_cut(token.text)}, which is not (or no longer) PromQL")
            self._arguments(name, FUNCTIONS[token.text])
            return Kind.SCALAR if name in SCALARS else Kind.VECTOR, False
        if self.here.word == "{":
            self._take()
            self._selector(named=True)
        return Kind.VECTOR, True

    def _grouping(self) -> bool:
        if self.here.word not in {"by", "without"}:
            return False
        self._take()
        self._listed(self._label)
        return True

    def _arguments(self, name: str, takes: str) -> None:
        kinds: list[Kind] = []
        self._listed(lambda: kinds.append(self.expression()), trailing=False)
        letters = takes.rstrip("?*")
        optional = takes != letters
        most = 1000 if takes.endswith("*") else len(letters)
        if not len(letters) - optional <= len(kinds) <= most:
            raise NotPromql(f"gives {name} {len(kinds)} values, and it takes {len(letters)}")
        for place, kind in enumerate(kinds):
            wanted = LETTERS[letters[min(place, len(letters) - 1)]]
            if kind is not wanted:
                raise NotPromql(f"gives {name} {kind}, and it takes {wanted}")

    def _listed(self, read: Callable[[], None], *, trailing: bool = True) -> None:
        """What is in parentheses, separated by commas; `trailing`: the last one may be followed by one, too."""
        self._insist("(")
        while self.here.word != ")":
            read()
            if self.here.word != ")":
                self._insist("," if self.here is not END else ")")
                if self.here.word == ")" and not trailing:
                    raise NotPromql("has a comma behind the last value that it gives")
        self._take()

    def _label(self) -> None:
        token = self._take()
        if token.kind not in {"name", "text"} or (token.kind == "name" and ":" in token.text):
            raise NotPromql(f"has {_cut(token.text)} where PromQL would have a label")

    def _selector(self, *, named: bool) -> None:
        """Matchers up to the closing brace; without a name one of them has to ask for something."""
        asks = named
        while self.here.word != "}":
            asks = self._matcher(named=named) or asks
            if self.here.word != "}":
                self._insist(",")
        self._take()
        if not asks:
            raise NotPromql("has a selector that asks for every series there is")

    def _matcher(self, *, named: bool) -> bool:
        """Whether it leaves out series that do not have its label."""
        first = self.here
        self._label()
        if first.kind == "text" and self.here.word not in MATCHES:
            if named:
                raise NotPromql(f"names its metric twice, the second time {_cut(first.text)}")
            return True
        operator, value = self._take(), self._take()
        if operator.word not in MATCHES or value.kind != "text":
            raise NotPromql(f"has {_cut(first.text)} without a text to compare it with")
        return _asks_for_something(operator.word, value.text[1:-1])

    def _narrowed(self, kind: Kind, selects: bool) -> Kind:
        """With the range, offset, moment or way of counting that follows."""
        samples = selects
        while (word := self.here.word) in {"[", "offset", "@", *_WAYS_OF_COUNTING}:
            if word == "[":
                samples = self._range(kind) and samples
                kind, selects = Kind.RANGE, True
                continue
            if not selects:
                raise NotPromql(f"has {word} behind what selects no series")
            self._take()
            if word == "offset":
                self._signs()
                self._duration()
            elif word == "@":
                self._moment()
            elif not samples:
                raise NotPromql(f"has {word} behind what has no samples of its own")
            else:
                samples = False
        return kind

    def _range(self, kind: Kind) -> bool:
        """Whether its samples are the series' own: those of a subquery are calculated."""
        self._take()
        if kind is not Kind.VECTOR:
            raise NotPromql(f"asks for a range of {kind}")
        self._durations()
        is_subquery = self.here.text.startswith(":")
        if is_subquery:
            resolution = self._take().text[1:]
            if resolution:  # It looks like the name of a recording rule, and here it is none.
                self._next -= 1
                self._tokens[self._next] = Token("name", resolution)
            if self.here.word != "]":
                self._durations()
        self._insist("]")
        return not is_subquery

    def _durations(self, least: int = 1) -> None:
        """One, or several with operators between them."""
        signed = self._signs()
        first = self.here
        self._duration()
        if signed and least == 1 and first.kind in {"duration", "number"} and self.here.word in {"]", ":"}:
            raise NotPromql(f"has a sign before {_cut(first.text)}, which is to be a length of time")
        while (strength := OF_DURATIONS.get(self.here.word, 0)) >= least:
            operator = self._take().word
            self._durations(strength if operator == "^" else strength + 1)

    def _duration(self) -> None:
        token = self._take()
        if token.word == "(":
            self._durations()
            self._insist(")")
        elif token.word in {"step", "range"}:
            self._insist("(")
            self._insist(")")
        elif token.word in {"max_of", "min_of"}:
            self._insist("(")
            self._durations()
            self._insist(",")
            self._durations()
            self._insist(")")
        elif token.kind not in {"duration", "number"}:
            raise NotPromql(f"has {_cut(token.text)} where PromQL would have a duration")

    def _signs(self) -> bool:
        signed = False
        while self.here.word in {"-", "+"}:
            self._take()
            signed = True
        return signed

    def _number(self) -> None:
        if self.here.word in {"-", "+"}:
            self._take()
        token = self._take()
        if token.kind not in {"duration", "number"}:
            raise NotPromql(f"has {_cut(token.text)} where PromQL would have a number")

    def _moment(self) -> None:
        if self.here.word in {"start", "end"}:
            self._take()
            self._insist("(")
            self._insist(")")
        else:
            self._number()

    def _modifiers(self, operator: str) -> set[str]:
        """The words between an operator and its right side."""
        found: set[str] = set()
        if self.here.word == "bool" and operator in COMPARISONS:
            found.add(self._take().word)
        if self.here.word in {"on", "ignoring"}:
            self._take()
            found.add("on")
            self._listed(self._label)
            if self.here.word in {"group_left", "group_right"}:
                self._take()
                found.add("group")
                if self.here.word == "(":
                    self._listed(self._label)
        return found | self._fills()

    def _fills(self) -> set[str]:
        """For both sides at once, or for each."""
        found: set[str] = set()
        while self.here.word in _FILLS - found and self._after.word == "(":
            found.add(self._take().word)
            self._take()
            self._number()
            self._insist(")")
        if "fill" in found and len(found) > 1:
            raise NotPromql("fills gaps of both sides, and of one of them again")
        return found

    @property
    def _after(self) -> Token:
        return self._tokens[self._next + 1] if self._next + 1 < len(self._tokens) else END

    def _take(self) -> Token:
        token = self.here
        self._next += 1
        return token

    def _insist(self, sign: str) -> None:
        token = self._take()
        if token.word != sign:
            raise NotPromql(f"has {_cut(token.text)} where PromQL would have {sign}")


def _joined(left: Kind, operator: str, right: Kind, matched: set[str]) -> Kind:
    for kind in (left, right):
        if kind in {Kind.TEXT, Kind.RANGE}:
            raise NotPromql(f"has {kind} beside {operator}")
    is_set = operator in {"and", "or", "unless"}
    if Kind.SCALAR in {left, right} and (is_set or matched - {"bool"}):
        raise NotPromql(f"matches the labels of a number beside {operator}")
    if is_set and matched & {"group", *_FILLS}:
        raise NotPromql(f"has a group, or fills gaps, beside {operator}")
    if left is right is Kind.SCALAR:
        if operator in COMPARISONS and "bool" not in matched:
            raise NotPromql("compares two numbers without bool")
        return Kind.SCALAR
    return Kind.VECTOR


def _asks_for_something(operator: str, value: str) -> bool:
    """Whether a matcher leaves out series that have no such label."""
    if operator in {"=", "!="}:
        return (operator == "=") is bool(value)
    if _OTHERWISE.search(value):
        return True
    try:
        matches = re.compile(value.replace("\\\\", "\\")).fullmatch("") is not None
    except (re.error, RecursionError, OverflowError) as error:
        raise NotPromql(f"has a regular expression that cannot be read: {_cut(value)}") from error
    return matches is not (operator == "=~")
