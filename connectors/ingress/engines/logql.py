"""From what is counted of a dialect to the LogQL that counts it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from connectors.ingress.dialects import Dialect
from connectors.ingress.engines.counting import (
    BUCKET,
    FAILED,
    RETRIES,
    SEPARATORS,
    STATUS,
    Condition,
    Counting,
    whole_line,
)


def quoted(text: str) -> str:
    """A string of LogQL: between backticks where that is possible."""
    return json.dumps(text) if "`" in text else f"`{text}`"


def mentioning(text: str) -> str:
    return f"|= {quoted(text)}"


def pipeline(counting: Counting) -> str:
    """What follows a selector: it leaves the requests of a dialect, labelled."""
    marks = [mentioning(mark) for mark in counting.dialect.json_marks]
    made = ", ".join(f"{label}={quoted(template)}" for label, template in _templates(counting))
    conditions = [" or ".join(map(_condition, either)) for either in counting.conditions]
    stages = [_parsing(counting), f"label_format {made}" if made else "", *conditions, '__error__=""']
    return " ".join([*marks, *(f"| {stage}" for stage in stages if stage)])


def failed(counting: Counting) -> str:
    return f"{pipeline(counting)} | {_condition(Condition(STATUS, FAILED))}"


def slower(counting: Counting, bucket: int) -> str:
    """The requests whose latency is in that bucket or a slower one."""
    return f"{pipeline(counting)} | {BUCKET} >= {bucket}"


def other_lines(dialects: Iterable[Dialect]) -> str:
    """The line filters that leave the lines that are of none of these dialects."""
    return " ".join(f"!~ {quoted(whole_line(dialect, {}))}" for dialect in dialects)


def _condition(condition: Condition) -> str:
    if not condition.pattern:
        return f'{condition.label}{"!=" if condition.negated else "="}""'
    return f"{condition.label}{'!~' if condition.negated else '=~'}{quoted(condition.pattern)}"


def _parsing(counting: Counting) -> str:
    if counting.dialect.template:
        return f"regexp {quoted(counting.expression)}"
    return "json " + ", ".join(f"{label}={quoted(_path(key))}" for label, key in counting.keys.items())


def _path(key: str) -> str:
    """Where a key stands in an object, as the json stage wants it; a dot leads into an object."""
    return "".join(f"[{json.dumps(part)}]" for part in key.split("."))


def _templates(counting: Counting) -> Iterator[tuple[str, str]]:
    """Labels that are made of others, and the templates that make them."""
    if counting.status:
        yield STATUS, f"{{{{ {_first(counting.status)} }}}}"
    if counting.seconds:
        yield BUCKET, _bucket(counting)
    if counting.attempts:
        tried = _first(counting.attempts)
        yield RETRIES, f'{{{{ if {tried} }}}}{{{{ count "{SEPARATORS}" {tried} }}}}{{{{ end }}}}'


def _first(labels: Sequence[str]) -> str:
    """In a template: the first of these that is not empty."""
    names = [f".{label}" for label in labels]
    return names[0] if len(names) == 1 else f"(or {' '.join(names)})"


def _bucket(counting: Counting) -> str:
    """The number of a duration's bucket; nothing where there is no duration, or what is none."""
    written, bounds = _first(counting.seconds), counting.bounds
    is_number = f"and {written} (count {json.dumps(counting.number)} {written})" if counting.number else written
    search = _search(bounds, 0, len(bounds))
    return f"{{{{ if {is_number} }}}}{{{{ $s := float64 {written} }}}}{search}{{{{ end }}}}"


def _search(bounds: Sequence[str], low: int, high: int) -> str:
    """The number of the first bound that is not below `$s`, by halving; `high` where all are."""
    if low == high:
        return str(low)
    middle = (low + high) // 2
    below, above = _search(bounds, low, middle), _search(bounds, middle + 1, high)
    return f"{{{{ if le $s {bounds[middle]} }}}}{below}{{{{ else }}}}{above}{{{{ end }}}}"
