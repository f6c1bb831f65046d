"""Every change is told, and nothing else: whatever was changed, moved, added and taken out at once."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples
from tests.strategies import routines, texts
from vistas.routine import Drawing, Look, NamedQuery, Routine, Stop, Unit, Variable
from vistas.routine.difference import Change, Kind, Mark, difference, in_lines, pieces
from vistas.routine.difference.fields import LOOK, ROUTINE, STOP, VARIABLE
from vistas.routine.difference.sequences import moved

Told = tuple[Kind, str, str, str, str]
"""Kind, stop, look, key and item."""

TEXTS = {
    "title": "Another title",
    "question": "Another question?",
    "why": "Another reason.",
    "normal": "Another normal.",
    "plainly": "Other words.",
}
OF_A_LOOK = {
    "title": "Another title",
    "text": "Words above it.",
    "window": timedelta(days=7),
    "offset": timedelta(days=1),
    "draw": Drawing.STACKED,
    "unit": Unit.BYTES,
    "name": "{{pod}}",
    "normal_below": 0.8,
    "normal_above": 0.1,
    "state_label": "phase",
}
OF_A_ROUTINE = {"title": "Another", "about": "Else.", "minutes": 25, "window": timedelta(days=2)}
OF_A_VARIABLE = {
    "title": "Which node",
    "several": True,
    "every": ".+",
    "default": ("a",),
    "of": "up",
    "source": "other",
}


def subset(keys: Sequence[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(sorted(keys)), unique=True, max_size=3)


def kind_of(key: str) -> Kind:
    return Kind.RENAMED if key in {"title", "stop", "look"} else Kind.CHANGED


def plain_look(stop: int, number: int) -> Look:
    name = f"l{stop}-{number}"
    return Look(
        look=name,
        title=name,
        source="prometheus",
        take="range",
        query=(f"rate(metric_{stop}_{number}[5m])",),
        where={"namespace": "shop"},
    )


def plain_stop(number: int, looks: int) -> Stop:
    return Stop(
        stop=f"s{number}",
        title=f"Stop {number}",
        question=f"Question {number}?",
        why="Why.",
        normal="Normal.",
        plainly="Plain.",
        looks=tuple(plain_look(number, each) for each in range(looks)),
    )


@st.composite
def changed_looks(draw: st.DrawFn, stop: str, look: Look, told: set[Told]) -> Look:
    keys = draw(subset([*OF_A_LOOK]))
    told.update((kind_of(key), stop, look.look, key, "") for key in keys)
    look = look.model_copy(update={key: OF_A_LOOK[key] for key in keys})
    match draw(st.sampled_from(["", "", "query", "queries", "where", "states", "look"])):
        case "query":
            told.add((Kind.CHANGED, stop, look.look, "query", ""))
            return look.model_copy(update={"query": (look.query[0].replace("5m", "15m"),)})
        case "queries":
            told.add((Kind.RENAMED, stop, look.look, "query", "one"))
            told.add((Kind.NEW, stop, look.look, "query", "two"))
            both = (NamedQuery(name="one", query=look.query[0]), NamedQuery(name="two", query="vector(1)"))
            return look.model_copy(update={"query": (), "queries": both})
        case "where":
            told.add((Kind.LEFT_OUT, stop, look.look, "where", "namespace"))
            told.add((Kind.NEW, stop, look.look, "where", "pod"))
            return look.model_copy(update={"where": {"pod": "a"}})
        case "states":
            told.add((Kind.NEW, stop, look.look, "states", "0"))
            return look.model_copy(update={"states": {"0": "down"}})
        case "look":
            named = f"{look.look}-named"
            told.difference_update(held := {each for each in told if each[1:3] == (stop, look.look)})
            told.update((kind, at, named, key, item) for kind, at, _, key, item in held)
            if any(key in {"window", "offset"} for _, _, _, key, _ in held):
                told.difference_update({each for each in told if each[1:3] == (stop, named)})
                told.add((Kind.NEW, stop, named, "", ""))
                told.add((Kind.LEFT_OUT, stop, look.look, "", ""))
            else:
                told.add((Kind.RENAMED, stop, named, "look", ""))
            return look.model_copy(update={"look": named})
    return look


@st.composite
def changed_stops(draw: st.DrawFn, stop: Stop, told: set[Told]) -> Stop:
    name = stop.stop
    if draw(st.integers(0, 4)) == 0:
        told.add((Kind.RENAMED, f"{name}-named", "", "stop", ""))
        return stop.model_copy(update={"stop": f"{name}-named"})
    keys = draw(subset([*TEXTS]))
    told.update((kind_of(key), name, "", key, "") for key in keys)
    looks = [draw(changed_looks(name, look, told)) for look in stop.looks[1:]]
    first = draw(st.sampled_from(["kept", "gone", "added"])) if looks else "kept"
    if first == "gone":
        told.add((Kind.LEFT_OUT, name, stop.looks[0].look, "", ""))
    else:
        looks.insert(0, stop.looks[0])
    if first == "added":
        added = plain_look(99, int(name[1:]))
        told.add((Kind.NEW, name, added.look, "", ""))
        looks.append(added)
    return stop.model_copy(update={**{key: TEXTS[key] for key in keys}, "looks": tuple(looks)})


@st.composite
def changes(draw: st.DrawFn) -> tuple[Routine, Routine, set[Told], list[str]]:
    """A routine, what somebody made of it, what they did, and the later order of the stops that stayed."""
    told: set[Told] = set()
    stops = [plain_stop(number, draw(st.integers(1, 3))) for number in range(draw(st.integers(2, 6)))]
    node, zone = Variable(variable="node", label="node"), Variable(variable="zone", values=("a", "b"))
    earlier = Routine(routine="r", title="R", about="About.", stops=tuple(stops), variables=(node, zone))
    gone = draw(st.none() | st.sampled_from(stops))
    later = [draw(changed_stops(stop, told)) for stop in stops if stop is not gone]
    if gone:
        told.add((Kind.LEFT_OUT, gone.stop, "", "", ""))
    later = draw(st.permutations(later))
    stayed = [stop.stop for stop in later]
    if draw(st.booleans()):
        new = plain_stop(50, 1)
        told.add((Kind.NEW, new.stop, "", "", ""))
        later.insert(draw(st.integers(0, len(later))), new)
    keys, of_node = draw(subset([*OF_A_ROUTINE])), draw(subset([*OF_A_VARIABLE]))
    told.update((kind_of(key), "", "", key, "") for key in keys)
    told.update((kind_of(key), "", "", f"variables.{key}", "node") for key in of_node)
    variables = [node.model_copy(update={key: OF_A_VARIABLE[key] for key in of_node}), zone]
    if draw(st.booleans()):
        told.add((Kind.LEFT_OUT, "", "", "variables", "zone"))
        told.add((Kind.NEW, "", "", "variables", "pod"))
        variables[1] = Variable(variable="pod", label="pod")
    update = {key: OF_A_ROUTINE[key] for key in keys}
    return (
        earlier,
        earlier.model_copy(update={**update, "stops": tuple(later), "variables": tuple(variables)}),
        told,
        stayed,
    )


def named(change: Change) -> Told:
    return (change.kind, change.stop, change.look, change.about, change.item)


@examples(200)
@given(changes())
def test_every_change_is_told_and_nothing_else(made: tuple[Routine, Routine, set[Told], list[str]]) -> None:
    earlier, later, told, stayed = made
    found = difference(earlier, later)
    shifted = {change.stop for change in found if change.kind is Kind.MOVED and not change.look}
    others = [named(change) for change in found if change.kind is not Kind.MOVED]
    assert sorted(others) == sorted(told)
    kept = [int(name[1:].removesuffix("-named")) for name in stayed if name not in shifted]
    assert kept == sorted(kept)
    assert len(list(in_lines(found))) >= len(found)


@examples(100)
@given(routines())
def test_a_routine_does_not_differ_from_itself(routine: Routine) -> None:
    assert difference(routine, routine) == ()


@examples(100)
@given(routines(), routines())
def test_what_looks_at_something_else_is_told(earlier: Routine, later: Routine) -> None:
    later = later.model_copy(update={"routine": earlier.routine})
    assert bool(difference(earlier, later)) == (earlier.digest != later.digest)
    assert len(list(in_lines(difference(earlier, later)))) >= len(difference(earlier, later))


@examples(200)
@given(st.permutations(range(6)))
def test_as_few_as_can_be_moved(later: list[int]) -> None:
    found = moved(sorted(later), later)
    kept = [each for each in later if each not in found]
    assert kept == sorted(kept)
    most = max(
        size for size in range(7) for some in itertools.combinations(later, size) if list(some) == sorted(some)
    )
    assert len(kept) == most


@examples(200)
@given(texts, texts)
def test_pieces_are_both_texts_in_one(before: str, after: str) -> None:
    found = pieces(before, after)
    assert "".join(each.text for each in found if each.mark is not Mark.NEW) == before
    assert "".join(each.text for each in found if each.mark is not Mark.GONE) == after


def test_every_key_there_is_can_differ() -> None:
    """A new key of a routine has its words here, too."""
    signs = {"routine", "version", "by", "because", "after", "written_as"}
    assert {field.key for field in ROUTINE} == set(Routine.model_fields) - signs - {"stops", "variables"}
    assert {field.key for field in STOP} == set(Stop.model_fields) - {"looks"}
    assert {field.key for field in LOOK} == set(Look.model_fields) - {"query", "queries", "where", "states"}
    assert {field.key for field in VARIABLE} == set(Variable.model_fields) - {"variable", "chosen", "is_resolved"}
