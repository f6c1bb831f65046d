"""What an edit of a routine file leaves alone: everything but its own lines."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from hypothesis import given, note
from hypothesis import strategies as st

from tests.examples import examples
from tests.vistas.routine.editing.hand_written import LOOKS, SENTENCES, STOPS, TEXTS, TREES, hand_written, read
from vistas.routine import Look, Routine, Stop
from vistas.routine.editing import edited
from vistas.routine.yaml_tree import read_yaml

Loc = tuple[int | str, ...]
Edit = Callable[[dict[str, Any]], None]
"""Changes the tree of a routine."""

PROSE = ("question", "why", "normal", "plainly")


def changed(routine: Routine, *edits: Edit) -> Routine:
    tree = routine.model_dump(mode="json")
    for edit in edits:
        edit(tree)
    return Routine.model_validate(tree)


def comments(text: str) -> list[str]:
    return re.findall(r"# comment \d+\.|# first line", text)


def texts_in(routine: Routine) -> list[Loc]:
    """The ways to texts that a file has to have."""
    stops = [("stops", at, key) for at in range(len(routine.stops)) for key in PROSE]
    looks = [
        ("stops", at, "looks", number, "title")
        for at, stop in enumerate(routine.stops)
        for number in range(len(stop.looks))
    ]
    return [("title",), ("about",), *stops, *looks]


def put(loc: Loc, value: Any) -> Edit:
    def edit(tree: Any) -> None:
        for part in loc[:-1]:
            tree = tree[part]
        tree[loc[-1]] = value

    return edit


def at(loc: Loc, routine: Routine) -> Any:
    tree: Any = routine.model_dump(mode="json")
    for part in loc:
        tree = tree[part]
    return tree


def span(text: str, loc: Loc) -> tuple[int, int]:
    """The lines, from 0, of a key and what stands behind and below it, up to the next thing."""
    lines = read_yaml(text).lines
    later = [line for other, line in lines.items() if line > lines[loc] and other[: len(loc)] != loc]
    return lines[loc] - 1, min(later, default=len(text.split("\n")) + 1) - 1


@given(hand_written(), st.data())
@examples(60)
def test_an_edit_changes_only_its_own_lines(text: str, data: st.DataObject) -> None:
    """All lines outside the key's own are the same, and no comment is lost."""
    routine = read(text)
    loc = data.draw(st.sampled_from(texts_in(routine)))
    becomes = data.draw(SENTENCES.filter(lambda new: len(new) <= 24) if loc[-1] == "title" else TEXTS)
    if loc[-1] == "question":
        becomes = becomes[:200]
    wanted = changed(routine, put(loc, becomes))
    after = edited(text, wanted)
    note(after)
    assert read(after) == wanted
    assert comments(after) == comments(text)
    (begin, end), (_, end_after) = span(text, loc), span(after, loc)
    assert after.split("\n")[:begin] == text.split("\n")[:begin]
    assert after.split("\n")[end_after:] == text.split("\n")[end:]
    assert after.startswith("\ufeff") == text.startswith("\ufeff")
    assert after.endswith("\n") == text.endswith("\n")
    assert after.count("\r\n") == (after.count("\n") if "\r\n" in text else 0)


@given(hand_written(), st.data())
@examples(40)
def test_edits_that_are_apart_commute(text: str, data: st.DataObject) -> None:
    routine = read(text)
    here, there = data.draw(st.lists(st.sampled_from(texts_in(routine)), min_size=2, max_size=2, unique=True))
    one, other = put(here, data.draw(SENTENCES)[:24].strip()), put(there, data.draw(SENTENCES)[:24].strip())
    both = changed(routine, one, other)
    assert edited(edited(text, changed(routine, one)), both) == edited(edited(text, changed(routine, other)), both)


def reorder(key: str, at: int | None, places: list[int]) -> Edit:
    def edit(tree: dict[str, Any]) -> None:
        inside = tree if at is None else tree["stops"][at]
        inside[key] = [inside[key][place] for place in places]

    return edit


KINDS = ("word", "stops", "looks", "stop", "look", "key", "number")


@st.composite
def undoable(draw: st.DrawFn, routine: Routine) -> Edit:
    """A word for a word, another order, something more."""
    stop = draw(st.integers(0, len(routine.stops) - 1))
    looks = routine.stops[stop].looks
    edit: Edit
    match draw(st.sampled_from(KINDS)):
        case "stops":
            edit = reorder("stops", None, draw(st.permutations(range(len(routine.stops)))))
        case "looks":
            edit = reorder("looks", stop, draw(st.permutations(range(len(looks)))))
        case "stop":
            new = Stop.model_validate(draw(STOPS) | {"stop": "quite-new"}).model_dump(mode="json")
            edit = lambda tree: tree["stops"].insert(stop, new)  # noqa: E731 - one of several
        case "look":
            more = Look.model_validate(draw(LOOKS) | {"look": "quite-new"}).model_dump(mode="json")
            edit = lambda tree: tree["stops"][stop]["looks"].append(more)  # noqa: E731 - one of several
        case "key":
            edit = put(("stops", stop, "looks", 0, "offset"), "7d")
        case "number":
            edit = put(("minutes",), routine.minutes + 1)
        case _:
            loc = draw(st.sampled_from(texts_in(routine)))
            *words, last = at(loc, routine).split(" ")
            edit = put(loc, " ".join([*words, len(last) * "ä" if last.isalpha() else last]))
    return edit


@given(hand_written(), st.data())
@examples(80)
def test_an_edit_and_its_undo_leave_the_same_bytes(text: str, data: st.DataObject) -> None:
    routine = read(text)
    wanted = changed(routine, data.draw(undoable(routine)))
    after = edited(text, wanted)
    note(after)
    assert read(after) == wanted
    assert edited(after, routine) == text


@given(hand_written(), TREES)
@examples(40)
def test_a_file_can_become_any_other_routine(text: str, tree: dict[str, Any]) -> None:
    """Whatever is asked for at once: what stands there afterwards is that."""
    wanted = Routine.model_validate(tree)
    assert read(edited(text, wanted)) == wanted
