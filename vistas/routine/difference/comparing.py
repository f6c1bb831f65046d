"""Compares two routines: the routine itself, its variables, its stops in their later order, their looks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from vistas.routine.difference.fields import LOOK, ROUTINE, STOP, VARIABLE, fields_changed
from vistas.routine.difference.model import Change, Kind
from vistas.routine.difference.ordinals import ordinal, spelled
from vistas.routine.difference.queries import asked_changed
from vistas.routine.difference.sequences import Paired, moved, pair
from vistas.routine.look import Look
from vistas.routine.model import Routine, Stop
from vistas.routine.variables import Variable


def difference(earlier: Routine, later: Routine) -> tuple[Change, ...]:
    """What `later` looks at otherwise than `earlier`; nothing where both look at the same.

    What signs a version (number, author, reason, ancestor) and a routine's own slug are no differences.
    """
    return tuple(_routine_changed(earlier, later))


@dataclass(frozen=True, slots=True)
class _Standing:
    """A look, and the stop where it stands."""

    stop: Stop
    look: Look


def _routine_changed(earlier: Routine, later: Routine) -> Iterator[Change]:
    yield from fields_changed(ROUTINE, earlier, later)
    yield from _variables_changed(earlier.variables, later.variables)
    stops = _stops_paired(earlier, later)
    looks = _looks_paired(stops)
    before = {stop.stop: first for first, stop in stops.pairs}
    shifted = _moved_stops(earlier, later, stops.pairs)
    for stop in later.stops:
        if stop.stop not in before:
            yield _new_stop(stop, later)
            continue
        if stop.stop in shifted:
            yield _moved_stop(before[stop.stop], stop, earlier, later)
        yield from (_at(change, stop) for change in fields_changed(STOP, before[stop.stop], stop))
        yield from _looks_changed(before[stop.stop], stop, looks)
    for stop in stops.gone:
        yield from _left_out(stop, looks)


# --- variables


def _variables_changed(earlier: Sequence[Variable], later: Sequence[Variable]) -> Iterator[Change]:
    paired = pair(earlier, later, lambda each: each.variable)
    names = [before.variable for before, _ in paired.pairs]
    shifted = moved([each.variable for each in earlier if each.variable in names], names)
    for before, after in paired.pairs:
        named = f"${after.variable}"
        if after.variable in shifted:
            yield Change(
                Kind.MOVED, f"{named} is asked for in another order", about="variables", item=after.variable
            )
        for change in fields_changed(VARIABLE, before, after):
            yield replace(
                change, told=f"{named}, {change.told}", about=f"variables.{change.about}", item=after.variable
            )
    for new in paired.new:
        yield Change(Kind.NEW, f"${new.variable} can be chosen", about="variables", item=new.variable)
    for gone in paired.gone:
        yield Change(Kind.LEFT_OUT, f"${gone.variable} is not asked for", about="variables", item=gone.variable)


# --- stops


def _stops_paired(earlier: Routine, later: Routine) -> Paired[Stop]:
    """By slug; else by their question; else by what they look at."""
    paired = pair(earlier.stops, later.stops, lambda stop: stop.stop)
    return paired.further(lambda stop: stop.question).further(lambda stop: frozenset(map(_asks, stop.looks)))


def _moved_stops(earlier: Routine, later: Routine, pairs: Iterable[tuple[Stop, Stop]]) -> frozenset[str]:
    """By their later slugs."""
    named = {before.stop: after.stop for before, after in pairs}
    stayed = frozenset(named.values())
    order = [named[stop.stop] for stop in earlier.stops if stop.stop in named]
    return moved(order, [stop.stop for stop in later.stops if stop.stop in stayed])


def _new_stop(stop: Stop, later: Routine) -> Change:
    place = later.stops.index(stop)
    where = "as the last stop" if place and place == len(later.stops) - 1 else f"as the {ordinal(place)} stop"
    return Change(
        Kind.NEW,
        f"{where}: {stop.question}",
        (stop.title,),
        stop=stop.stop,
        details=(_with_looks(stop.looks),),
    )


def _moved_stop(before: Stop, stop: Stop, earlier: Routine, later: Routine) -> Change:
    was, place = earlier.stops.index(before), later.stops.index(stop)
    beside = f"after {later.stops[place - 1].title}" if place else f"before {later.stops[1].title}"
    orders = f": {ordinal(place)}, not {ordinal(was)}" if place != was else ""
    return Change(Kind.MOVED, f"comes {beside}{orders}", (stop.title,), stop=stop.stop)


def _left_out(stop: Stop, looks: Paired[_Standing]) -> Iterator[Change]:
    gone = [standing.look for standing in looks.gone if standing.stop is stop]
    details = (_with_looks(gone),) if gone else ("Its looks stand elsewhere now",)
    yield Change(
        Kind.LEFT_OUT, stop.question, (stop.title,), stop=stop.stop, before=stop.question, details=details
    )


def _with_looks(looks: Sequence[Look]) -> str:
    titles = "; ".join(look.title for look in looks)
    return f"{spelled(len(looks)).capitalize()} {'look' if len(looks) == 1 else 'looks'}: {titles}"


# --- looks


def _asks(look: Look) -> tuple[object, ...]:
    return (look.source, look.question)


def _looks_paired(stops: Paired[Stop]) -> Paired[_Standing]:
    """Within a stop by slug, else by what they ask; what asks the same at another stop went there."""
    pairs: list[tuple[_Standing, _Standing]] = []
    gone: list[_Standing] = []
    new: list[_Standing] = []
    for before, after in stops.pairs:
        paired = pair(_standing(before), _standing(after), lambda each: each.look.look)
        paired = paired.further(lambda each: _asks(each.look))
        pairs.extend(paired.pairs)
        gone.extend(paired.gone)
        new.extend(paired.new)
    gone.extend(each for stop in stops.gone for each in _standing(stop))
    new.extend(each for stop in stops.new for each in _standing(stop))
    return Paired(tuple(pairs), tuple(gone), tuple(new)).further(lambda each: _asks(each.look))


def _standing(stop: Stop) -> tuple[_Standing, ...]:
    return tuple(_Standing(stop, look) for look in stop.looks)


def _looks_changed(before: Stop, stop: Stop, looks: Paired[_Standing]) -> Iterator[Change]:
    came = {after.look.look: first for first, after in looks.pairs if after.stop is stop}
    stayed = {name: first.look.look for name, first in came.items() if first.stop is before}
    order = [stayed_as for look in before.looks for stayed_as, was in stayed.items() if was == look.look]
    shifted = moved(order, [look.look for look in stop.looks if look.look in stayed])
    for look in stop.looks:
        if look.look not in came:
            yield _of(Change(Kind.NEW, "a look", details=_about(look)), stop, look)
            continue
        if came[look.look].stop is not before:
            told = f"stands here now, not at {came[look.look].stop.title}"
            yield _of(Change(Kind.MOVED, told), stop, look)
        elif look.look in shifted:
            yield _of(Change(Kind.MOVED, f"is the {ordinal(stop.looks.index(look))} look here"), stop, look)
        yield from (_of(change, stop, look) for change in fields_changed(LOOK, came[look.look].look, look))
        yield from (_of(change, stop, look) for change in asked_changed(came[look.look].look, look))
    for gone in looks.gone:
        if gone.stop is before:
            yield _of(Change(Kind.LEFT_OUT, "the look", details=_about(gone.look)), stop, gone.look)


def _about(look: Look) -> tuple[str, ...]:
    return (look.text,) if look.text else ()


def _of(change: Change, stop: Stop, look: Look) -> Change:
    return replace(change, place=(stop.title, look.title), stop=stop.stop, look=look.look)


def _at(change: Change, stop: Stop) -> Change:
    return replace(change, place=(stop.title,), stop=stop.stop)
