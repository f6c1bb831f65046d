"""How values, spans and names are written for a person: the same on screen, in exports and on the command line."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta, tzinfo

from vistas.routine import NAMED_BY, Unit

_THIN, _NARROW = "\u2009", "\u202f"
_LATER = ("__name__",)
_IN_A_SECOND = {Unit.MICROSECONDS: 1_000_000, Unit.MILLISECONDS: 1000}
_IN_SECONDS = {Unit.SECONDS: 1, Unit.HOURS: 3600, Unit.DAYS: 86_400}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DATES = (-2_208_988_800, 253_370_764_800)
"""Unix seconds from 1900 up to 9999: what lies beyond is no date, such as one in milliseconds."""
_SPANS = (
    (1e-3, 1e6, "µs"),
    (1, 1e3, "ms"),
    (120, 1, "s"),
    (7200, 1 / 60, "min"),
    (172_800, 1 / 3600, "h"),
    (math.inf, 1 / 86400, "d"),
)


def format_value(  # noqa: C901, PLR0911 - one return a unit
    value: float | None, unit: Unit = Unit.NUMBER, zone: tzinfo | None = None
) -> str:
    """Three significant digits and the unit: `1.25 GiB`, `12.4/s`, `98.2 %`, `340 ms`.

    A date is written by the clock of `zone`; without one in UTC, which it then says.
    """
    if value is None or math.isnan(value):
        return "no data"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    match unit:
        case Unit.RATIO:
            return f"{_rounded(value * 100)} %"
        case Unit.PERCENT:
            return f"{_rounded(value)} %"
        case Unit.MICROSECONDS | Unit.MILLISECONDS | Unit.SECONDS | Unit.HOURS | Unit.DAYS:
            return format_span(_seconds(value, unit))
        case Unit.BYTES:
            return _bytes(value)
        case Unit.BYTES_PER_SECOND:
            return f"{_bytes(value)}/s"
        case Unit.BITS_PER_SECOND:
            return _bits_per_second(value)
        case Unit.REQUESTS_PER_SECOND | Unit.PER_SECOND:
            return f"{_plain(value)}/s"
        case Unit.CORES:
            return f"{_rounded(value * 1000)} m" if abs(value) < 1 else f"{_rounded(value)} cores"
        case Unit.DATES:
            return _date(value, zone)
        case Unit.NUMBER:
            return _plain(value)


def format_span(seconds: float) -> str:
    """A span of time in the unit that suits it: `340 ms`, `12.5 s`, `3.2 h`, `21 d`."""
    if not math.isfinite(seconds):
        return format_value(seconds)
    size, sign = abs(seconds), "−" if seconds < 0 else ""
    factor, unit = next((factor, unit) for upto, factor, unit in _SPANS if size < upto)
    return f"{sign}{_rounded(size * factor)} {unit}" if size else "0 s"


def format_between(low: float, high: float) -> str:
    """A span of which only the bounds are known: `25–31.5 ms`, `800 ms–1 s`, `≤ 1 ms`."""
    if not low:
        return f"≤ {format_span(high)}"
    if math.isinf(high):
        return f"> {format_span(low)}"
    number, unit = format_span(low).split(" ")
    upper = format_span(high)
    return f"{number}–{upper}" if upper.endswith(f" {unit}") else f"{number} {unit}–{upper}"


def series_names(all_label_sets: Collection[Mapping[str, str]], template: str | None = None) -> list[str]:
    """Each by the template (`{{namespace}}/{{pod}}`), else by the labels that tell it from the others.

    Where a look asks several queries, the name of its query is the template, among the series of that query.
    """
    queries = [labels.get(NAMED_BY, "") for labels in all_label_sets]
    sets = [_without_query(labels) for labels in all_label_sets]
    groups: dict[str, list[Mapping[str, str]]] = {}
    for query, labels in zip(queries, sets, strict=True):
        groups.setdefault(query, []).append(labels)
    differing = {query: _differing(group) for query, group in groups.items()}
    return [
        _name_of_several(labels, differing[query], query)
        if query
        else _series_name(labels, differing[query], template)
        for query, labels in zip(queries, sets, strict=True)
    ]


def _without_query(labels: Mapping[str, str]) -> Mapping[str, str]:
    return {name: value for name, value in labels.items() if name != NAMED_BY} if NAMED_BY in labels else labels


def _name_of_several(labels: Mapping[str, str], differing: frozenset[str], query: str) -> str:
    """A name without labels in it is followed by what tells the series of this query apart."""
    if "{{" in query:
        return _filled(labels, query) or _series_name(labels, differing, None)
    telling = " · ".join(labels[name] for name in labels if name in differing and labels[name])
    return f"{query} · {telling}" if telling else query


def _differing(all_label_sets: Collection[Mapping[str, str]]) -> frozenset[str]:
    """The labels that do not have the same value in all of them."""
    values: dict[str, set[str]] = {}
    times: Counter[str] = Counter()
    for labels in all_label_sets:
        times.update(labels.keys())
        for name, value in labels.items():
            values.setdefault(name, set()).add(value)
    return frozenset(name for name in values if len(values[name]) > 1 or times[name] < len(all_label_sets))


def _series_name(labels: Mapping[str, str], differing: frozenset[str], template: str | None) -> str:
    if template:
        return _filled(labels, template)
    telling = [name for name in labels if name in differing]
    chosen = telling or [name for name in labels if name not in _LATER]
    return " · ".join(labels[name] for name in chosen if labels[name]) or labels.get("__name__", "") or "value"


def _filled(labels: Mapping[str, str], template: str) -> str:
    return re.sub(r"\{\{\s*([\w.]+)\s*\}\}", lambda found: labels.get(found[1], ""), template).strip()


def _rounded(value: float) -> str:
    if abs(value) >= 1e15:  # noqa: PLR2004 - beyond what digits in a row tell anybody
        return f"{value:.3g}"
    if abs(value) >= 1000:  # noqa: PLR2004
        return f"{value:,.0f}".replace(",", _THIN)
    return f"{float(f'{value:.3g}'):g}" if value else "0"


def _scaled(value: float, steps: tuple[str, ...], base: float) -> str:
    place = 0
    while abs(value) >= base and place < len(steps) - 1:
        value, place = value / base, place + 1
    return f"{_rounded(value)}{_NARROW if steps[place] else ''}{steps[place]}"


def _bytes(value: float) -> str:
    return _scaled(value, ("B", "KiB", "MiB", "GiB", "TiB", "PiB"), 1024)


def _seconds(value: float, unit: Unit) -> float:
    return value / _IN_A_SECOND[unit] if unit in _IN_A_SECOND else value * _IN_SECONDS[unit]


def _date(seconds: float, zone: tzinfo | None) -> str:
    """`19 Nov 2026, 07:30 UTC`."""
    if not _DATES[0] <= seconds < _DATES[1]:
        return _plain(seconds)
    there = (_EPOCH + timedelta(seconds=math.floor(seconds))).astimezone(zone or UTC)
    return f"{there.day} {there:%b} {there.year}, {there:%H:%M}{'' if zone else ' UTC'}"


def _bits_per_second(value: float) -> str:
    return _scaled(value, ("bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s", "Pbit/s"), 1000)


def _plain(value: float) -> str:
    return _rounded(value) if abs(value) < 10_000 else _scaled(value, ("", "k", "M", "G", "T"), 1000)  # noqa: PLR2004
