"""What a stale look could ask instead: by newer names that are written down, or by names that are much alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vistas.mornings.stale.model import Stale, Suggestion
from vistas.promql import metric_names, read
from vistas.promql.renames import Renamed, alike, renamed
from vistas.routine import Look, Routine
from vistas.snapshot import Absence


def suggestions(look: Look, absent: Iterable[Absence]) -> Iterator[Suggestion]:
    """By the tables of renames, the likeliest first; nothing where they know nothing of what is absent."""
    absent = tuple(absent)
    metrics = {each.metric for each in absent if each.is_metric}
    labels = {(each.metric, each.label) for each in absent if each.is_label}
    for place, query in enumerate(look.asked):
        theirs = metric_names(query)
        made = renamed(query, metrics=metrics & theirs, labels={each for each in labels if each[0] in theirs})
        yield from (_with(look, place, each) for each in made)


def guesses(look: Look, absent: Iterable[Absence], names: Iterable[str]) -> Iterator[Suggestion]:
    """By those of `names`, the metrics that exist, that are most like a metric that is absent."""
    names = tuple(names)
    for gone in dict.fromkeys(each.metric for each in absent if each.is_metric):
        for name in alike(gone, names):
            for place, query in enumerate(look.asked):
                if gone in metric_names(query):
                    yield _with(look, place, Renamed(_replaced(query, gone, name), ((gone, name),), ()))


def _replaced(query: str, gone: str, name: str) -> str:
    made = query
    for selector in reversed(read(query).selectors):
        if selector.metric == gone and selector.name_end > selector.start:
            made = f"{made[: selector.start]}{name}{made[selector.name_end :]}"
    return made


def _with(look: Look, place: int, made: Renamed) -> Suggestion:
    """Of alternatives the newer one comes first, and the others stay: for tools that still have the older name."""
    if look.queries:
        queries = list(look.queries)
        name = _named(queries[place].name, made)
        queries[place] = queries[place].model_copy(update={"query": made.query, "name": name})
        changed = look.model_copy(update={"queries": tuple(queries)})
    else:
        query = (made.query, *(each for each in look.query if each != made.query))
        kept = query if len(look.query) > 1 else query[:1]
        changed = look.model_copy(update={"query": kept, "name": look.name and _named(look.name, made)})
    return Suggestion(changed, made.names, made.origins, made.is_scaled)


def _named(name: str, made: Renamed) -> str:
    """How series are named, by the newer names of their labels."""
    for old, new in made.labels:
        name = name.replace(f"{{{{{old}}}}}", f"{{{{{new}}}}}")
    return name


def with_look(routine: Routine, stale: Stale, look: Look) -> Routine:
    """The routine with another look in the place of the stale one."""
    return _changed(routine, stale, (look,))


def without_look(routine: Routine, stale: Stale) -> Routine | None:
    """The routine without it, and without its stop where nothing else is looked at; None where nothing is left."""
    return _changed(routine, stale, ()) if sum(1 for _ in routine.looks()) > 1 else None


def _changed(routine: Routine, stale: Stale, instead: tuple[Look, ...]) -> Routine:
    stops = []
    for stop in routine.stops:
        looks = tuple(
            new
            for look in stop.looks
            for new in (instead if (stop.stop, look.look) == (stale.stop, stale.look.look) else (look,))
        )
        if looks:
            stops.append(stop.model_copy(update={"looks": looks}))
    return routine.model_copy(update={"stops": tuple(stops)})
