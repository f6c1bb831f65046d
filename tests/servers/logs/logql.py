"""The part of LogQL that this project sends, read strictly and evaluated as Loki's documentation says.

What is not known here is a parse error, as it would be for a Loki that does not know it: nothing is guessed.
Sources: grafana/loki `docs/sources/query/`, `pkg/logql/log`. Expressions are RE2's, templates Go's.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.servers.logs.go_template import Template, TemplateError

Labels = dict[str, str]
Matches = Callable[[str], bool]
Stage = Callable[[str, Labels], bool]
"""Changes the labels of a line; whether the line is kept."""

ERROR = "__error__"
SECONDS = {"ns": 1, "us": 1_000, "ms": 10**6, "s": 10**9, "m": 60 * 10**9, "h": 3600 * 10**9}
TOKEN = re.compile(
    r"""\s*(?:(?P<text>`[^`]*`|"(?:[^"\\]|\\.)*")|(?P<duration>\d+(?:ns|us|ms|s|m|h)\b)|(?P<number>\d+(?:\.\d+)?)"""
    r"""|(?P<name>[a-zA-Z_]\w*)|(?P<sign>\|=|\|~|!=|!~|=~|>=|<=|[|{}()\[\],=<>]))"""
)


class ParseError(Exception):
    pass


@dataclass(frozen=True)
class LogQuery:
    """A selector and its pipeline."""

    selects: Callable[[Labels], bool]
    stages: tuple[Stage, ...]

    def labels(self, line: str, stream: Labels) -> Labels | None:
        """The labels that a line has at the end; None where a stage drops it."""
        labels = dict(stream)
        return labels if all(stage(line, labels) for stage in self.stages) else None


@dataclass(frozen=True)
class Count:
    """`sum by (…) (count_over_time(… [range] offset …))`"""

    of: LogQuery
    by: tuple[str, ...]
    range: int
    offset: int


def parse(query: str) -> LogQuery | Count:
    reading = _Reading(query)
    parsed = reading.count() if reading.peek == "sum" else reading.log_query()
    reading.expect("")
    return parsed


def expression(written: str) -> re.Pattern[str]:
    """An expression of RE2, which has neither looks around nor references back, and whose `$` is the very end."""
    if re.search(r"(?<!\\)(?:\\\\)*(?:\(\?[=!<]|\\[1-9])", written.replace("(?P<", "(")):
        raise ParseError(f"error parsing regexp: invalid or unsupported Perl syntax: `{written}`")
    try:
        return re.compile(re.sub(r"(?<!\\)\$$", r"\\Z", written), re.ASCII)
    except re.error as error:
        raise ParseError(f"error parsing regexp: {error}") from error


class _Reading:
    def __init__(self, query: str) -> None:
        self._query, self._at = query, 0
        self._kind, self.peek = self._scan()

    def _scan(self) -> tuple[str, str]:
        found = TOKEN.match(self._query, self._at)
        if found is None:
            if self._query[self._at :].strip():
                raise ParseError(f"parse error at line 1, col {self._at + 1}: syntax error: unexpected character")
            return "end", ""
        self._at = found.end()
        assert found.lastgroup
        return found.lastgroup, found[found.lastgroup]

    def take(self, kind: str) -> str:
        if self._kind != kind:
            raise ParseError(f"parse error at line 1, col {self._at}: syntax error: unexpected {self.peek!r}")
        taken = self.peek
        self._kind, self.peek = self._scan()
        return taken

    def expect(self, word: str) -> None:
        if self.peek != word:
            raise ParseError(
                f"parse error at line 1, col {self._at}: unexpected {self.peek!r}, expecting {word!r}"
            )
        self._kind, self.peek = self._scan()

    def accept(self, *words: str) -> str:
        if self.peek not in words or self._kind == "text":
            return ""
        word = self.peek
        self.expect(word)
        return word

    def text(self) -> str:
        written = self.take("text")
        return written[1:-1].replace("\r", "") if written[0] == "`" else json.loads(written)

    def duration(self) -> int:
        number, unit = re.fullmatch(r"(\d+)(\w+)", self.take("duration")).groups()  # type: ignore[union-attr]
        return int(number) * SECONDS[unit]

    def count(self) -> Count:
        self.expect("sum")
        by: tuple[str, ...] = ()
        if self.accept("by"):
            self.expect("(")
            by = tuple(self._names())
            self.expect(")")
        for word in ("(", "count_over_time", "("):
            self.expect(word)
        of = self.log_query()
        self.expect("[")
        length = self.duration()
        self.expect("]")
        offset = self.duration() if self.accept("offset") else 0
        self.expect(")")
        self.expect(")")
        return Count(of, by, length, offset)

    def _names(self) -> Iterator[str]:
        yield self.take("name")
        while self.accept(","):
            yield self.take("name")

    def log_query(self) -> LogQuery:
        self.expect("{")
        matchers = []
        while self.peek != "}":
            name = self.take("name")
            matchers.append((name, self._matcher(anchored=True)))
            if not self.accept(","):
                break
        self.expect("}")
        if all(matches("") for _, matches in matchers):
            raise ParseError(
                "queries require at least one regexp or equality matcher "
                "that does not have an empty-compatible value"
            )
        stages = []
        while sign := self.accept("|=", "|~", "!=", "!~", "|"):
            stages.append(self._stage() if sign == "|" else self._line_filter(sign))
        return LogQuery(lambda labels: all(keeps(labels.get(name, "")) for name, keeps in matchers), tuple(stages))

    def _matcher(self, *, anchored: bool) -> Matches:
        sign = self.accept("=", "!=", "=~", "!~")
        wanted = self.text()
        if sign in ("=", "!="):
            return lambda value: (value == wanted) is (sign == "=")
        if sign not in ("=~", "!~"):
            raise ParseError(f"parse error: unexpected {self.peek!r}")
        pattern = expression(wanted)
        search = pattern.fullmatch if anchored else pattern.search
        return lambda value: (search(value) is not None) is (sign == "=~")

    def _line_filter(self, sign: str) -> Stage:
        wanted = self.text()
        if sign in ("|=", "!="):
            return lambda line, _: (wanted in line) is (sign == "|=")
        pattern = expression(f"(?s){wanted}")
        return lambda line, _: (pattern.search(line) is not None) is (sign == "|~")

    def _stage(self) -> Stage:
        if self.accept("regexp"):
            return _regexp(expression(self.text()))
        if self.accept("json"):
            return _json([(name, _path(path)) for name, path in self._pairs()])
        if self.accept("label_format"):
            return _label_format(list(self._pairs()))
        return self._label_filter()

    def _pairs(self) -> Iterator[tuple[str, str]]:
        while True:
            name = self.take("name")
            self.expect("=")
            yield name, self.text()
            if not self.accept(","):
                return

    def _label_filter(self) -> Stage:
        one = self._comparison()
        while self.accept("or"):
            one = _either(one, self._comparison())
        return one

    def _comparison(self) -> Stage:
        name = self.take("name")
        sign = self.accept(">=", "<=", "<", ">")
        if not sign:
            matches = self._matcher(anchored=True)
            return lambda _, labels: matches(labels.get(name, ""))
        return _numeric(name, sign, float(self.take("number")))


def _either(one: Stage, other: Stage) -> Stage:
    return lambda line, labels: one(line, labels) or other(line, labels)


def _numeric(name: str, sign: str, bound: float) -> Stage:
    compare = {">=": float.__ge__, "<=": float.__le__, "<": float.__lt__, ">": float.__gt__}[sign]

    def keep(_: str, labels: Labels) -> bool:
        if name not in labels:
            return False
        try:
            return compare(float(labels[name]), bound)
        except ValueError:
            labels[ERROR] = "LabelFilterErr"
            return True

    return keep


def _put(labels: Labels, stream: frozenset[str], name: str, value: str) -> None:
    """A label of the stream keeps its name; an empty one is none."""
    name = f"{name}_extracted" if name in stream else name
    if value:
        labels[name] = value
    else:
        labels.pop(name, None)


def _regexp(pattern: re.Pattern[str]) -> Stage:
    if not pattern.groupindex:
        raise ParseError("at least one named capture must be supplied")

    def extract(line: str, labels: Labels) -> bool:
        stream = frozenset(labels)
        if found := pattern.search(line):
            for name, value in found.groupdict().items():
                _put(labels, stream, name, value or "")
        return True

    return extract


def _path(written: str) -> list[str | int]:
    parts = re.findall(r'\[("(?:[^"\\]|\\.)*"|\d+)\]|\.?([a-zA-Z_]\w*)', written)
    rebuilt = "".join(f"[{inside}]" if inside else f".{name}" for inside, name in parts)
    if not parts or rebuilt.lstrip(".") != written.lstrip("."):
        raise ParseError(f"cannot parse expression [{written}]")
    return [json.loads(inside) if inside else name for inside, name in parts]


def _json(paths: list[tuple[str, list[str | int]]]) -> Stage:
    def extract(line: str, labels: Labels) -> bool:
        stream = frozenset(labels)
        try:
            told = json.loads(line, parse_float=str, parse_int=str)
        except ValueError:
            labels[ERROR] = "JSONParserErr"
            return True
        for name, path in paths:
            _put(labels, stream, name, _written(told, path))
        return True

    return extract


def _written(told: Any, path: list[str | int]) -> str:
    for key in path:
        if isinstance(key, int):
            told = told[key] if isinstance(told, list) and key < len(told) else None
        else:
            told = told.get(key) if isinstance(told, dict) else None
    return told if isinstance(told, str) else "" if told is None else json.dumps(told)


def _label_format(formats: list[tuple[str, str]]) -> Stage:
    if len({name for name, _ in formats}) < len(formats):
        raise ParseError("multiple label name is not supported in one label_format expression")
    try:
        templates = [(name, Template(text)) for name, text in formats]
    except TemplateError as error:
        raise ParseError(f"invalid template: {error}") from error

    def put(_: str, labels: Labels) -> bool:
        before = dict(labels)
        for name, template in templates:
            try:
                made = template.fill(before)
            except TemplateError:
                labels[ERROR] = "TemplateFormatErr"
                continue
            if made:
                labels[name] = made
            else:
                labels.pop(name, None)
        return True

    return put
