"""What a stale look could ask instead: by newer names that are written down, or by names that are much alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from vistas.mornings.stale.model import Mending, Stale
from vistas.promql import metric_names, read
from vistas.promql.renames import Suggestion, for_functions, for_label, for_metrics, for_value, guesses
from vistas.routine import Look, Routine
from vistas.snapshot import Absence


def mendings(look: Look, absent: Iterable[Absence]) -> Iterator[Mending]:
    """By the tables of renames, the likeliest first; nothing where they know nothing of what is absent."""
    absent = tuple(absent)
    for place, query in enumerate(look.asked):
        theirs = [each for each in absent if each.metric in metric_names(query)]
        yield from (_with(look, place, each) for each in _suggestions(query, theirs))


def _suggestions(query: str, absent: Iterable[Absence]) -> Iterator[Suggestion]:
    absent = tuple(absent)
    yield from for_metrics(query, {each.metric for each in absent if each.is_metric})
    labels = [each for each in absent if each.is_label]
    if len(labels) > 1 and (together := _all_labels(query, labels)):
        yield together
    for each in labels:
        yield from for_label(query, each.metric, each.label)
    yield from for_functions(query)


def _all_labels(query: str, labels: Iterable[Absence]) -> Suggestion | None:
    """Each by its likeliest newer name, at once; None where one has none."""
    made = Suggestion(query, (), ())
    for each in labels:
        found = for_label(made.query, each.metric, each.label)
        if not found:
            return None
        first = found[0]
        made = Suggestion(first.query, (*made.old, *first.old), (*made.new, *first.new), first.origin)
    return made


def guessed(look: Look, absent: Iterable[Absence], names: Iterable[str]) -> Iterator[Mending]:
    """By those of `names`, the metrics that exist, that are most like the one that is absent."""
    names = tuple(names)
    gone = {each.metric for each in absent if each.is_metric}
    for place, query in enumerate(look.asked):
        yield from (_with(look, place, each) for each in guesses(query, gone & metric_names(query), names))


def guessed_values(look: Look, absence: Absence, values: Iterable[str]) -> Iterator[Mending]:
    """By those of `values`, which the label has, that are most like the one that none of the series has."""
    values = tuple(values)
    for place, query in enumerate(look.asked):
        found = for_value(query, absence.metric, absence.label, absence.value, values)
        yield from (_with(look, place, each) for each in found)


def _with(look: Look, place: int, made: Suggestion) -> Mending:
    """Of alternatives the newer one comes first, and the others stay: for tools that still have the older name."""
    labels = _grouped(look.asked[place], made.query)
    if look.queries:
        queries = list(look.queries)
        name = _named(queries[place].name, labels)
        queries[place] = queries[place].model_copy(update={"query": made.query, "name": name})
        changed = look.model_copy(update={"queries": tuple(queries)})
    else:
        query = (made.query, *(each for each in look.query if each != made.query))
        kept = query if len(look.query) > 1 else query[:1]
        changed = look.model_copy(update={"query": kept, "name": look.name and _named(look.name, labels)})
    renamed = ", ".join(f"{old} is {new} now" for old, new in zip(made.old, made.new, strict=False))
    return Mending(changed, made.why, renamed, made.is_guess)


def _grouped(before: str, after: str) -> Mapping[str, str]:
    """The newer names of labels by which series are grouped."""
    pairs = zip(read(before).labels, read(after).labels, strict=False)
    return {old.label: new.label for old, new in pairs if old.label != new.label}


def _named(name: str, labels: Mapping[str, str]) -> str:
    """How series are named, by the newer names of their labels."""
    for old, new in labels.items():
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
