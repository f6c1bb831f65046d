"""What one can look at, and with which sources."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from dashboards.shared import process
from vistas.routine import Look
from vistas.source import Source, former_words, offered


class Kind(StrEnum):
    QUERY = "A query"
    OBJECTS = "Objects"
    REQUESTS = "Requests"
    LINES = "Log lines"
    ALERTS = "Alerts"


_TAKES: Final[Mapping[Kind, frozenset[str]]] = {
    Kind.QUERY: frozenset({"range", "instant"}),
    Kind.LINES: frozenset({"lines"}),
    Kind.ALERTS: frozenset({"alerts", "silences", "rules", "targets"}),
}
_REQUESTS: Final = frozenset(
    {
        "requests",
        "routes",
        "slowest",
        "upstreams",
        "clients",
        "controllers",
        "controller-totals",
        "controller-routes",
    }
)
NAMED: Final = "objects"
"""Objects of whichever resource the look's `where` names as its RESOURCE."""
RESOURCE: Final = "resource"
_BRIEF: Final = frozenset({"hpas", "pdbs", "pvcs"})


def kind_of(take: str) -> Kind:
    """Whatever is nothing else is a kind of objects."""
    if take in _REQUESTS:
        return Kind.REQUESTS
    return next((kind for kind, takes in _TAKES.items() if take in takes), Kind.OBJECTS)


def live_sources() -> tuple[Source, ...]:
    """Recordings answer only what was asked when they were made."""
    return tuple(each for each in process.workspace().sources if each.type != "recording" and each.takes)


def sources_of(kind: Kind) -> tuple[Source, ...]:
    return tuple(each for each in live_sources() if any(kind_of(take) is kind for take in each.takes))


def takes_of(source: Source, kind: Kind) -> tuple[str, ...]:
    return tuple(take for take in offered(source) if kind_of(take) is kind)


def taken(source: Source, look: Look) -> str:
    """What a look takes, by the word of today."""
    return former_words(source).get(look.take, look.take)


def asked_as(source: Source) -> str:
    """What a look calls the source: its type where it is the only one, so that the routine fits elsewhere, too."""
    alone = sum(each.type == source.type for each in process.workspace().sources) == 1
    return source.type if alone else source.name


def source_of(look: Look | None, sources: tuple[Source, ...]) -> Source | None:
    return next((each for each in sources if look and look.source in {each.name, each.type}), None)


def spoken(take: str) -> str:
    """`endpoint slices`, `HPAs`; as it is where it is a word."""
    if take in _BRIEF:
        return f"{take[:-1].upper()}s"
    if take == NAMED:
        return "any other"
    words = take.replace("-", " ")
    return re.sub(
        r"(stateful|daemon)(sets)|(endpoint)(slices)|(cron)(jobs)|(http)(routes)|(helm)(releases)", _parted, words
    )


def _parted(match: re.Match[str]) -> str:
    return " ".join(part for part in match.groups() if part)


def title_of(take: str, where: Mapping[str, str], query: str = "") -> str:
    """How a look is called until somebody calls it otherwise."""
    if query:
        return _title_of_query(query)
    of = ", ".join(value for key, value in sorted(where.items()) if key != RESOURCE)
    named = where.get(RESOURCE, "").partition(".")[0]
    name = {"lines": "What the log says", NAMED: named}.get(take) or spoken(take)
    title = f"{name} of {of}" if of else name
    return f"{title[:1].upper()}{title[1:]}"[:200]


_NO_NAMES: Final = re.compile(
    r"\{[^{}]*\}|\[[^\[\]]*\]|\"[^\"]*\"|\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^()]*\)"
)
_NAME: Final = re.compile(r"[A-Za-z_:][\w:]*(?!\w)(?!\s*\()")
_NO_METRIC: Final = frozenset({"and", "or", "unless", "offset", "bool", "by", "without", "on", "ignoring", "inf"})


def _title_of_query(query: str) -> str:
    """The metric that it is about, as words; the query itself where none is found."""
    quoted = re.search(r"\{\s*\"([^\"]+)\"", query)
    bare = _NO_NAMES.sub(" ", query)
    names = [quoted[1]] if quoted else [n for n in _NAME.findall(bare) if n.lower() not in _NO_METRIC]
    title = re.sub(r"[_:.]+", " ", names[0]).strip() if names else " ".join(query.split())
    title = re.sub(r" (total|bucket)$", "", title) or query
    return f"{title[:1].upper()}{title[1:]}"[:200]
