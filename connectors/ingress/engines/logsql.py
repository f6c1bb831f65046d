"""From what is counted of a dialect to the LogsQL that counts it.

A JSON line may be there as a text, or field by field, as VictoriaLogs keeps objects; then it is made a text again.
What is on the way to a label has a name that begins with `mv.`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from connectors.ingress.dialects import Dialect
from connectors.ingress.engines.counting import (
    BUCKET,
    FAILED,
    JSON_LINE,
    RETRIES,
    STATUS,
    Condition,
    Counting,
    whole_line,
)
from connectors.log_engines.victoria_logs import NO_MESSAGE

LINE = "mv.line"
_SECONDS, _PLACE, _TRIED, _LONG, _SHORT, _AGAIN = (
    f"mv.{name}" for name in ("seconds", "place", "tried", "long", "short", "again")
)
_NUMBER = "^[0-9]+([.][0-9]+)?([eE]-[0-9]+)?$"
"""What the math of LogsQL knows, and what is as good as nothing."""
_KEY = re.compile(r'"([^"]+)":')


def mentioning(text: str) -> str:
    """The lines with a text, whether they are kept as a text or field by field."""
    pattern = quoted(re.escape(text))
    return f"(_msg:~{pattern} or {NO_MESSAGE}) | {_WHOLE} | filter {quoted(LINE)}:~{pattern}"


def pipeline(counting: Counting) -> str:
    """What follows a filter: it leaves the requests of a dialect, labelled."""
    filters, *stages = [*_parsing(counting), *_made(counting), *_conditions(counting)]
    return " | ".join([filters, *stages]).strip()


def failed(counting: Counting) -> str:
    return f"{pipeline(counting)} | filter {_condition(Condition(STATUS, FAILED))}"


def slower(counting: Counting, bucket: int) -> str:
    """The requests whose latency is in that bucket or a slower one."""
    return f"{pipeline(counting)} | filter {BUCKET}:>={bucket}"


def other_lines(dialects: Iterable[Dialect]) -> str:
    """The filters that leave the lines that are of none of these dialects."""
    known = list(dialects)
    are_objects = [f"!{NO_MESSAGE}"] if any(dialect.json_marks for dialect in known) else []
    return " ".join([*(f"!_msg:~{quoted(whole_line(dialect, {}))}" for dialect in known), *are_objects])


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


_WHOLE = f"pack_json as {quoted(LINE)}"


def _parsing(counting: Counting) -> Iterator[str]:
    """A filter first, then pipes."""
    if counting.dialect.template:
        yield ""
        yield f"extract_regexp {quoted(counting.expression)}"
        return
    marks = [quoted(_mark(mark)) for mark in counting.dialect.json_marks]
    yield f"(_msg:~{quoted(JSON_LINE)} {' '.join(f'_msg:~{mark}' for mark in marks)} or {NO_MESSAGE})"
    yield _WHOLE
    yield f'format if (!{NO_MESSAGE}) "<_msg>" as {quoted(LINE)}'
    yield "filter " + " ".join(f"{quoted(LINE)}:~{mark}" for mark in marks)
    keys = ", ".join(quoted(key) for key in dict.fromkeys(counting.keys.values()))
    yield f'unpack_json from {quoted(LINE)} fields ({keys}) result_prefix "mv."'
    yield "copy " + ", ".join(f"{quoted(f'mv.{key}')} as {label}" for label, key in counting.keys.items())


def _mark(mark: str) -> str:
    """Kept field by field, a key of an object stands before each key inside it."""
    key = _KEY.fullmatch(mark)
    return f'"{re.escape(key[1])}(?:":|[.])' if key else re.escape(mark)


def _made(counting: Counting) -> Iterator[str]:
    """Labels that are made of others."""
    if counting.status:
        yield from _first(counting.status, "mv.status")
        yield f'copy "mv.status" as {STATUS}'
    if counting.seconds:
        yield from _first(counting.seconds, _SECONDS)
        yield f'replace ("+", "") at {quoted(_SECONDS)}'
        yield f"math {_place(counting)} as {quoted(_PLACE)}"
        shapes = " ".join(f"{quoted(_SECONDS)}:~{quoted(each)}" for each in (_NUMBER, counting.number) if each)
        yield f'format if ({shapes}) "<{_PLACE}>" as {BUCKET}'
    if counting.attempts:
        yield from _first(counting.attempts, _TRIED)
        yield f'replace (" : ", ", ") at {quoted(_TRIED)}'
        yield f"len({quoted(_TRIED)}) as {quoted(_LONG)}"
        yield f'copy {quoted(_TRIED)} as "mv.bare"'
        yield 'replace (", ", "") at "mv.bare"'
        yield f'len("mv.bare") as {quoted(_SHORT)}'
        yield f"math ({quoted(_LONG)} - {quoted(_SHORT)}) / 2 as {quoted(_AGAIN)}"
        yield f'format if ({quoted(_TRIED)}:!"") "<{_AGAIN}>" as {RETRIES}'


def _first(labels: Sequence[str], into: str) -> Iterator[str]:
    """The first of these that is not empty."""
    first, *others = labels
    yield f"copy {first} as {quoted(into)}"
    for other in others:
        yield f'format if ({quoted(into)}:"") "<{other}>" as {quoted(into)}'


def _place(counting: Counting) -> str:
    """How many bounds a duration is above."""
    return " + ".join(f"min(1, ceil(max(0, {quoted(_SECONDS)} - {limit})))" for limit in counting.limits)


def _conditions(counting: Counting) -> Iterator[str]:
    for either in counting.conditions:
        yield f"filter ({' or '.join(map(_condition, either))})"


def _condition(condition: Condition) -> str:
    sign = "!" if condition.negated else ""
    if not condition.pattern:
        return f'{sign}{condition.label}:""'
    return f"{sign}{condition.label}:~{quoted(f'^(?:{condition.pattern})$')}"
