"""Routine files: what is read, what is refused and how that is told; writing is the reverse of reading."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vistas.errors import RoutineError
from vistas.routine import Drawing, Look, Routine, Stop, Unit
from vistas.routine.file import find_routine, known_routines, load_routine, read_routine, survey, write_routine
from vistas.routine.schema import PLACE, routine_schema

GOOD = """\
routine: morning
title: A morning
about: What we look at.
window: 1d12h
stops:
  - stop: traffic
    title: Traffic
    question: Who is calling?
    why: Because.
    normal: A hill.
    plainly: Visitors.
    looks:
      - look: requests
        title: Requests
        source: prometheus
        take: range
        query: up
        unit: requests/s
"""


def test_good_file_becomes_a_routine(tmp_path: Path) -> None:
    """One query may stand alone; the window is a time span."""
    path = tmp_path / "morning.yaml"
    path.write_text(GOOD, encoding="utf-8")
    routine = load_routine(path)
    assert routine.window == timedelta(hours=36)
    (look,) = routine.stops[0].looks
    assert look.query == ("up",)
    assert look.unit is Unit.REQUESTS_PER_SECOND


MISTAKES = [
    ("window: 1d12h", "window: soon", "m.yaml:4: window: 'soon' is not a time span: write 90m, 12h or 7d"),
    ("    why: Because.\n", "", "m.yaml:6: stops[1].why is missing"),
    ("source: prometheus", "sorce: prometheus", "is missing (and 1 more)"),
    (
        "        unit: requests",
        "        unti: x\n        unit: requests",
        "unti is not a known key: did you mean unit?",
    ),
    ("unit: requests/s", "unit: furlongs", "m.yaml:18: stops[1].looks[1].unit: must be 'number'"),
    ("query: up", "query: ['up', 3]", "m.yaml:17: stops[1].looks[1].query[2]: must be text"),
    ("query: up", "query:", "m.yaml:17: stops[1].looks[1].query: "),
    ("stop: traffic", "stop: Traffic Jam", "m.yaml:6: stops[1].stop: must match the pattern ^[a-z0-9]"),
    ("routine: morning", "routine: morning\nroutine: evening", "m.yaml:2: routine is given twice"),
    ("title: A morning", "title: !!python/name:os.system", "m.yaml:2: tags are not allowed"),
    ("title: A morning", "title: !mine x", "m.yaml:2: tags are not allowed"),
    (
        "query: up",
        "queries: [{name: a, query: up}]\n        query: up",
        "m.yaml:13: stops[1].looks[1]: has query as",
    ),
    (
        "take: range\n        query: up",
        "take: pods\n        queries: [{name: a, query: up}]",
        "are for instant and range",
    ),
    ("query: up", "queries: [{name: a, query: up}, {name: a, query: x}]", "every query needs a unique name"),
    ("query: up", "queries: [{name: a, qery: up}]", "is missing (and 1 more)"),
    ("query: up", "query: up\n        offset: x", "m.yaml:18: stops[1].looks[1].offset: 'x' is not a time span"),
    ("unit: requests/s", "states: {0: down}", "but is not drawn as states: add draw: states"),
    ("unit: requests/s", "draw: states\n        states: {up: well}", "states: 'up' is not a number"),
    ("unit: requests/s", "draw: states\n        states: {0: a}\n        state_label: b", "has states as well as"),
    ("title: A morning", "title: [", "m.yaml:4: not YAML: "),
    ("title: A morning", "title: *nobody", "m.yaml:2: not YAML: found undefined alias"),
    ("title: A morning", "title: A: B", "m.yaml:2: not YAML: mapping values are not allowed here (put text"),
    ("title: A morning", "? [a]\n: b", "m.yaml:2: a key must be text"),
    ("title: A morning", "title: \x07", "m.yaml:2: not YAML: character U+0007 is not allowed"),
    ("title: A morning", "title: " + "[" * 50, "m.yaml:2: nested more than 24 deep"),
    ("title: A morning", "title: " + "1" * 5000, "is not a readable number"),
]


@pytest.mark.parametrize(("right", "wrong", "says"), MISTAKES)
def test_mistake_is_told_with_file_line_and_key(right: str, wrong: str, says: str) -> None:
    """What somebody needs to mend it, in one line."""
    assert right in GOOD
    with pytest.raises(RoutineError) as told:
        read_routine(GOOD.replace(right, wrong, 1), "m.yaml")
    assert says in str(told.value)
    assert str(told.value).startswith("m.yaml:")
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "m.yaml:1: empty"),
        ("# only a comment", "m.yaml:1: empty"),
        ("just words", "m.yaml:1: a routine must be a mapping of keys to values"),
        ("- a\n- b", "m.yaml:1: a routine must be a mapping of keys to values"),
        ("a: 1\n---\nb: 2", "m.yaml:2: not YAML: but found another document"),
        ("x" * 1_000_001, "m.yaml:1: longer than 1,000,000 characters"),
    ],
)
def test_what_is_no_routine_at_all_is_told(text: str, says: str) -> None:
    with pytest.raises(RoutineError) as told:
        read_routine(text, "m.yaml")
    assert str(told.value).startswith(says)


def test_twins_are_told() -> None:
    with pytest.raises(RoutineError, match="every stop needs a unique name; used twice: traffic"):
        read_routine(GOOD + GOOD[GOOD.index("  - stop") :], "m.yaml")


NINE_TIMES_NINE = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in pairwise("abcdefgh")
)


@pytest.mark.parametrize("bomb", [NINE_TIMES_NINE, "a: &a\n  b: *a", "&a [*a, *a]"])
def test_alias_bomb_is_refused(bomb: str) -> None:
    """A small file does not become a large one, nor an endless one."""
    with pytest.raises(RoutineError, match="aliases make this too large"):
        read_routine(bomb, "m.yaml")


def test_a_text_of_endless_items_is_told_before_it_is_built() -> None:
    with pytest.raises(RoutineError, match="larger than any routine"):
        read_routine("[" + "a," * 60_000 + "]", "r.yaml")


def test_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(RoutineError, match=r"nowhere\.yaml cannot be read: No such file"):
        load_routine(tmp_path / "nowhere.yaml")
    (tmp_path / "latin.yaml").write_bytes(b"title: caf\xe9")
    with pytest.raises(RoutineError, match="is not UTF-8 text"):
        load_routine(tmp_path / "latin.yaml")


def test_routine_of_a_folder_wins_over_a_built_in_one(tmp_path: Path) -> None:
    """A team changes a built-in routine by putting its own beside it."""
    (tmp_path / "own.yaml").write_text(GOOD.replace("routine: morning", "routine: landscape"), encoding="utf-8")
    (tmp_path / "new.yml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not a routine", encoding="utf-8")
    assert find_routine("landscape", [tmp_path]).title == "A morning"
    assert find_routine("morning", [tmp_path]).title == "A morning"
    assert find_routine(str(tmp_path / "new.yml")).title == "A morning"
    assert len(known_routines([tmp_path])) == len(known_routines()) + 1


def test_two_files_of_one_name_are_told(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    with pytest.raises(RoutineError, match=r"b\.yaml: .*a\.yaml already has a routine called morning"):
        known_routines([tmp_path])


def test_one_wrong_file_keeps_nobody_from_the_rest(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "wrong.yaml").write_text("routine: [", encoding="utf-8")
    routines, mistakes, *_ = survey([tmp_path])
    assert "morning" in {routine.routine for routine in routines}
    assert [str(mistake).partition(":")[0] for mistake in mistakes] == [str(tmp_path / "wrong.yaml")]
    assert find_routine("morning", [tmp_path]).title == "A morning"
    with pytest.raises(RoutineError, match=r"wrong\.yaml"):
        find_routine("nothing", [tmp_path])


def test_missing_routine_and_missing_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(RoutineError, match=r"there is no routine called 'nothing'; there are .*landscape"):
        find_routine("nothing")
    with pytest.raises(RoutineError, match="does not exist"):
        known_routines([tmp_path / "nowhere"])


SLUGS = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6})?", fullmatch=True)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn")) | st.just("\n"), min_size=1)
LINES = TEXTS.filter(lambda text: len(text) <= 24)
LOOKS = st.builds(
    Look,
    look=SLUGS,
    title=LINES,
    source=SLUGS,
    take=SLUGS,
    query=st.lists(TEXTS, max_size=3).map(tuple),
    where=st.dictionaries(SLUGS, TEXTS, max_size=2),
    draw=st.none() | st.sampled_from(Drawing),
    unit=st.sampled_from(Unit),
    name=st.none() | LINES,
    normal_below=st.none() | st.floats(allow_nan=False, allow_infinity=False),
)
STOPS = st.builds(
    Stop,
    stop=SLUGS,
    title=LINES,
    question=LINES,
    why=TEXTS,
    normal=TEXTS,
    plainly=TEXTS,
    looks=st.lists(LOOKS, min_size=1, max_size=2, unique_by=lambda look: look.look).map(tuple),
)
ROUTINES = st.builds(
    Routine,
    routine=SLUGS,
    title=LINES,
    about=TEXTS,
    version=st.integers(1, 99),
    window=st.integers(60, 86_400 * 400).map(lambda seconds: timedelta(seconds=seconds)),
    stops=st.lists(STOPS, min_size=1, max_size=2, unique_by=lambda stop: stop.stop).map(tuple),
)


@given(ROUTINES)
def test_what_is_written_reads_back_the_same(routine: Routine) -> None:
    assert read_routine(write_routine(routine), "m.yaml") == routine


def test_what_is_written_is_pleasant_to_read() -> None:
    """Without defaults, a blank line between stops, and as people write it."""
    second = GOOD[GOOD.index("  - stop") :].replace("traffic", "errors")
    written = write_routine(read_routine(GOOD + second, "m.yaml"))
    assert written == GOOD + "\n" + second


def test_published_schema_is_up_to_date() -> None:
    """Run `python -m vistas.routine.schema` after changing what a routine may say."""
    assert PLACE.read_text(encoding="utf-8") == routine_schema()
    query = json.loads(routine_schema())["$defs"]["Look"]["properties"]["query"]
    assert [kind["type"] for kind in query["anyOf"]] == ["string", "array"]
