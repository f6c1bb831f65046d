"""From what is counted of a dialect to the SQL of ClickHouse that counts it."""

from __future__ import annotations

import re
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
from connectors.log_engines.clickhouse import AT, LINE, parameter, select
from connectors.log_engines.lines import LogQuery

_GROUPS = "mv_groups"


def mentioning(lines: LogQuery, text: str) -> LogQuery:
    values = dict(lines.values)
    return _where(lines, [f"position({LINE}, {parameter(text, values)}) > 0"], values)


def requests(lines: LogQuery, counting: Counting) -> LogQuery:
    """The requests of a dialect, with a column for each label."""
    values = dict(lines.values)
    made = {
        STATUS: _first(counting.status) if counting.status else "",
        BUCKET: _bucket(counting, values) if counting.seconds else "",
        RETRIES: _retries(counting, values) if counting.attempts else "",
    }
    found = {label: f"raw_{label}" for label in counting.labels.values()}
    columns = found | {label: expression for label, expression in made.items() if expression}
    labels = ", ".join(f"{expression} AS {label}" for label, expression in columns.items())
    conditions = [" OR ".join(_condition(each, values) for each in either) for either in counting.conditions]
    text = select(f"{AT}, {LINE}, {labels}", f"({_taken_apart(lines, counting, values)})")
    return _where(LogQuery(text, values), [f"({each})" for each in conditions], values)


def failed(lines: LogQuery, counting: Counting) -> LogQuery:
    every = requests(lines, counting)
    values = dict(every.values)
    return _where(every, [_condition(Condition(STATUS, FAILED), values)], values)


def slower(lines: LogQuery, counting: Counting, bucket: int) -> LogQuery:
    """The requests whose latency is in that bucket or a slower one."""
    every = requests(lines, counting)
    return _where(every, [f"{BUCKET} != ''", f"toUInt8OrZero({BUCKET}) >= {bucket:d}"], dict(every.values))


def others(lines: LogQuery, dialects: Iterable[Dialect]) -> LogQuery:
    values = dict(lines.values)
    none_of = [f"NOT match({LINE}, {parameter(whole_line(each, {}), values)})" for each in dialects]
    return _where(lines, none_of, values)


def _where(query: LogQuery, conditions: Sequence[str], values: dict[str, str]) -> LogQuery:
    return LogQuery(select("*", f"({query.text})", where=conditions), values)


def _taken_apart(lines: LogQuery, counting: Counting, values: dict[str, str]) -> str:
    """Each line with what it says, as it says it."""
    if counting.dialect.template:
        expression = parameter(counting.expression, values)
        groups = select(f"{AT}, {LINE}, extractGroups({LINE}, {expression}) AS {_GROUPS}", f"({lines.text})")
        place = re.compile(counting.expression).groupindex
        found = {label: f"{_GROUPS}[{place[label]}]" for label in counting.labels.values()}
        return select(f"{AT}, {LINE}, {_named(found)}", f"({groups})")
    marks = [f"position({LINE}, {parameter(mark, values)}) > 0" for mark in counting.dialect.json_marks]
    keys = {label: _json(key, values) for label, key in counting.keys.items()}
    return select(f"{AT}, {LINE}, {_named(keys)}", f"({lines.text})", where=marks)


def _named(found: dict[str, str]) -> str:
    return ", ".join(f"{expression} AS raw_{label}" for label, expression in found.items())


def _json(key: str, values: dict[str, str]) -> str:
    """A value as the object has it; a number that was written with a point has one here, too."""
    place = ", ".join([LINE, *(parameter(part, values) for part in key.split("."))])
    kind, raw = f"JSONType({place})", f"JSONExtractRaw({place})"
    cases = {
        f"{kind} = 'String'": f"JSONExtractString({place})",
        f"{kind} = 'Null'": "''",
        f"{kind} = 'Double' AND NOT match({raw}, '[.eE]')": f"concat({raw}, '.0')",
    }
    return f"multiIf({', '.join(f'{case}, {value}' for case, value in cases.items())}, {raw})"


def _raw(labels: Sequence[str]) -> Iterator[str]:
    return (f"raw_{label}" for label in labels)


def _first(labels: Sequence[str]) -> str:
    """The first of these that is not empty."""
    *others, last = _raw(labels)
    cases = "".join(f"{label} != '', {label}, " for label in others)
    return f"multiIf({cases}{last})" if others else last


def _bucket(counting: Counting, values: dict[str, str]) -> str:
    """The number of a duration's bucket; nothing where there is no duration, or what is none."""
    written = _first(counting.seconds)
    seconds = f"toFloat64OrNull({written})"
    bounds = ", ".join(counting.limits)
    place = f"toString(arrayCount(bound -> assumeNotNull({seconds}) > bound, [{bounds}]))"
    is_number = f"isNotNull({seconds})"
    if counting.number:
        is_number += f" AND match({written}, {parameter(counting.number, values)})"
    return f"if({is_number}, {place}, '')"


def _retries(counting: Counting, values: dict[str, str]) -> str:
    tried = _first(counting.attempts)
    return f"if({tried} != '', toString(countMatches({tried}, {parameter(SEPARATORS, values)})), '')"


def _condition(condition: Condition, values: dict[str, str]) -> str:
    if not condition.pattern:
        return f"{condition.label} {'!=' if condition.negated else '='} ''"
    fits = f"match({condition.label}, {parameter(f'^(?:{condition.pattern})$', values)})"
    return f"NOT {fits}" if condition.negated else fits
