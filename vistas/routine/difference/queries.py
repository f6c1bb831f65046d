"""What a look asks, in two versions: its queries, its filter, its states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from vistas.routine.difference.model import Change, Kind, Written
from vistas.routine.difference.sequences import Paired, moved, pair
from vistas.routine.difference.texts import alike
from vistas.routine.look import Look

SAME_QUERY = 0.5
"""Of several queries without a name, two that have at least so much in common are one that was changed."""


@dataclass(frozen=True, slots=True)
class _Query:
    """`name` is empty for one of those of which the first that answers is drawn."""

    name: str
    text: str


def asked_changed(earlier: Look, later: Look) -> Iterator[Change]:
    """Without a place."""
    yield from _queries_changed(_queries(earlier), _queries(later))
    yield from _entries_changed("where", "only", earlier.where, later.where)
    yield from _entries_changed("states", "the state", earlier.states, later.states)


def _queries(look: Look) -> tuple[_Query, ...]:
    return (
        *(_Query("", text) for text in look.query),
        *(_Query(each.name, each.query) for each in look.queries),
    )


def _queries_changed(earlier: tuple[_Query, ...], later: tuple[_Query, ...]) -> Iterator[Change]:
    paired = pair(earlier, later, lambda query: query)
    paired = paired.further(lambda query: query.name or None).further(lambda query: query.text)
    paired = _guessed(paired, only_one=len(earlier) == len(later) == 1)
    in_later = {id(after): place for place, after in enumerate(later)}
    pairs = sorted(paired.pairs, key=lambda both: in_later[id(both[1])])
    in_earlier = {id(before): place for place, before in enumerate(earlier)}
    places = [in_earlier[id(before)] for before, _ in pairs]
    shifted = moved(sorted(places), places)
    for (before, after), place in zip(pairs, places, strict=True):
        yield from _query_changed(before, after, is_moved=place in shifted)
    for new in paired.new:
        yield Change(
            Kind.NEW,
            _called("the query", new.name),
            about="query",
            item=new.name,
            after=new.text,
            written=Written.CODE,
        )
    for gone in paired.gone:
        yield Change(
            Kind.LEFT_OUT,
            _called("the query", gone.name),
            about="query",
            item=gone.name,
            before=gone.text,
            written=Written.CODE,
        )


def _query_changed(before: _Query, after: _Query, *, is_moved: bool) -> Iterator[Change]:
    called = _called("the query", after.name)
    if is_moved:
        yield Change(
            Kind.MOVED,
            f"{called} stands elsewhere among the queries",
            about="query",
            item=after.name,
            before=after.text,
            after=after.text,
            written=Written.CODE,
        )
    if before.name != after.name:
        yield Change(
            Kind.RENAMED,
            "how the query is named",
            about="query",
            item=after.name,
            before=before.name or "not at all",
            after=after.name or "not at all",
        )
    if before.text != after.text:
        yield Change(
            Kind.CHANGED,
            called,
            about="query",
            item=after.name,
            before=before.text,
            after=after.text,
            written=Written.CODE,
        )


def _guessed(paired: Paired[_Query], *, only_one: bool) -> Paired[_Query]:
    """With those paired as well that are alike; and where there is one query each, it is that one."""
    pairs, left, new = list(paired.pairs), list(paired.gone), []
    for after in paired.new:
        like = [(alike(before.text, after.text), place) for place, before in enumerate(left)]
        best, place = max(like, default=(0.0, 0), key=lambda found: found[0])
        if left and (only_one or best >= SAME_QUERY):
            pairs.append((left.pop(place), after))
        else:
            new.append(after)
    return Paired(tuple(pairs), tuple(left), tuple(new))


def _entries_changed(
    key: str, name: str, earlier: Mapping[str, str], later: Mapping[str, str]
) -> Iterator[Change]:
    for item in [*later, *(item for item in earlier if item not in later)]:
        before, after = earlier.get(item), later.get(item)
        if before == after:
            continue
        kind = Kind.NEW if before is None else Kind.LEFT_OUT if after is None else Kind.CHANGED
        yield Change(kind, f"{name} {item}", about=key, item=item, before=before or "", after=after or "")


def _called(what: str, name: str) -> str:
    return f"{what} {name}" if name else what
