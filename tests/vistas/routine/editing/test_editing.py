"""Routine files changed on a page: what becomes of what a person wrote around it."""

from __future__ import annotations

from collections.abc import Callable
from difflib import unified_diff
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from vistas.errors import RoutineError
from vistas.routine import Routine
from vistas.routine.editing import edited
from vistas.routine.file import load_routine, read_routine, write_routine

BUILT_IN = Path(str(files("vistas") / "routines"))
OURS = """\
# yaml-language-server: $schema=../docs/routine.schema.json
# Ask Mira before you change this.
routine: morning  # links point here
title: "A morning"
about: >-
  What we look at
  before the first coffee.
minutes: 10  # on a good day
stops:
  # --- in front ---
  - stop: door
    title: Door
    question: 'Is it open?'   # always ask
    why: &why |
      Because of the sale.
      And the one after.
    normal: *why
    plainly: A door that
      people go through.
    looks:
      - look: rate
        title: Requests
        source: prometheus
        take: range
        query:
          - rate(new[5m])   # since May
          # the old exporter
          - rate(old[5m])
        where: {namespace: shop, pod: 'web'}
      # the pods behind it
      - look: pods
        title: Pods
        source: kubernetes
        take: pods

  # --- behind ---
  - stop: yard
    title: Yard
    question: What of it?
    why: w
    normal: n
    plainly: p
    looks:
      - {look: pods, title: Pods, source: kubernetes, take: pods}
"""


def change(text: str, edit: Callable[[Any], None]) -> str:
    tree = read_routine(text, "ours.yaml").model_dump(mode="json")
    edit(tree)
    wanted = Routine.model_validate(tree)
    after = edited(text, wanted, "ours.yaml")
    assert read_routine(after, "ours.yaml") == wanted
    return after


def changes(text: str, edit: Callable[[Any], None]) -> list[str]:
    """The lines that went, with -, and those that came, with +."""
    lines = unified_diff(text.splitlines(), change(text, edit).splitlines(), n=0, lineterm="")
    return [line for line in list(lines)[2:] if not line.startswith("@@")]


def stop(number: int, **values: Any) -> Callable[[Any], None]:
    return lambda tree: tree["stops"][number].update(values)


def look(number: int, **values: Any) -> Callable[[Any], None]:
    return lambda tree: tree["stops"][0]["looks"][number].update(values)


def test_nothing_to_change_changes_nothing() -> None:
    assert change(OURS, lambda _tree: None) == OURS


def test_a_value_keeps_its_quotes_and_the_comment_behind_it() -> None:
    assert changes(OURS, lambda tree: tree.update(title='The "new" one', minutes=12)) == [
        '-title: "A morning"',
        '+title: "The \\"new\\" one"',
        "-minutes: 10  # on a good day",
        "+minutes: 12  # on a good day",
    ]
    assert changes(OURS, stop(0, question="It's open?")) == [
        "-    question: 'Is it open?'   # always ask",
        "+    question: 'It''s open?'   # always ask",
    ]


def test_a_word_in_a_folded_text_changes_its_line_only() -> None:
    assert changes(OURS, lambda tree: tree.update(about="What we look at before the second coffee.")) == [
        "-  before the first coffee.",
        "+  before the second coffee.",
    ]
    assert changes(OURS, stop(0, plainly="A door that nobody goes through.")) == [
        "-      people go through.",
        "+      nobody goes through.",
    ]


@pytest.mark.parametrize("text", ["yes", "012", "1:30", "null", "a: b", "x # y", "*why", "1e3", "2026-11-30"])
def test_what_yaml_would_take_for_something_else_stays_text(text: str) -> None:
    """YAML 1.1 and 1.2 differ about `yes` and `012`; whatever another reader says, ours reads what was meant."""
    after = change(OURS, lambda tree: (tree.update(title=text), look(0, where={"pod": text})(tree)))  # type: ignore[func-returns-value]
    assert read_routine(after, "m.yaml").title == text


def test_what_is_new_stands_where_files_have_it() -> None:
    assert changes(OURS, lambda tree: tree.update(version=2, by="Mira", because="It was: old.")) == [
        "+version: 2",
        "+by: Mira",
        "+because: 'It was: old.'",
    ]
    assert changes(OURS, look(1, unit="bytes", where={"namespace": "shop"})) == [
        "+        where:",
        "+          namespace: shop",
        "+        unit: bytes",
    ]
    after = change(OURS, lambda tree: tree["stops"].append(tree["stops"][1] | {"stop": "roof"}))
    assert after.startswith(OURS)
    assert after.removeprefix(OURS).startswith("\n  - stop: roof\n    title: Yard\n")


def test_one_of_several_queries_keeps_the_comments_of_the_others() -> None:
    assert changes(OURS, look(0, query=["rate(new[5m])", "rate(older[5m])"])) == [
        "-          - rate(old[5m])",
        "+          - rate(older[5m])",
    ]
    assert changes(OURS, look(0, query=["rate(new[5m])"])) == [
        "-          # the old exporter",
        "-          - rate(old[5m])",
    ]


def test_a_moved_block_takes_its_comments_along() -> None:
    after = change(OURS, lambda tree: tree["stops"].reverse())
    head, yard, door = OURS.partition("  # --- in front ---")[0], OURS[OURS.index("  # --- beh") :], ""
    door = OURS[len(head) : OURS.index("\n  # --- beh")]
    assert after == head + yard + "\n" + door
    assert changes(OURS, lambda tree: tree["stops"][0]["looks"].reverse())[0] == "+      # the pods behind it"


def test_a_removed_block_takes_its_comments_along() -> None:
    assert changes(OURS, lambda tree: tree["stops"][0]["looks"].pop()) == [
        "-      # the pods behind it",
        "-      - look: pods",
        "-        title: Pods",
        "-        source: kubernetes",
        "-        take: pods",
    ]


def test_a_renamed_stop_is_still_the_same_stop() -> None:
    assert changes(OURS, stop(0, stop="front-door")) == ["-  - stop: door", "+  - stop: front-door"]


def test_what_another_place_says_by_reference_stays_as_it_was() -> None:
    """The text is written out where it was referred to; nothing else is."""
    assert changes(OURS, stop(0, normal="Another.")) == ["-    normal: *why", "+    normal: Another."]
    after = change(OURS, stop(0, why="Another.\n"))
    assert "    why: &why |\n      Another.\n    normal: |\n      Because of the sale.\n" in after
    both = change(OURS, stop(0, why="Another.\n", normal="Another.\n"))
    assert "    normal: *why\n" in both


def test_a_reference_that_would_stand_before_what_it_refers_to_is_refused() -> None:
    text = OURS.replace("    why: w\n", "    why: *why\n")
    with pytest.raises(RoutineError, match=r"ours\.yaml cannot be changed where it stands .*new file"):
        change(text, lambda tree: tree["stops"].reverse())


def test_a_list_in_brackets_stays_in_brackets() -> None:
    assert changes(OURS, lambda tree: tree["stops"][1]["looks"][0].update(unit="bytes")) == [
        "-      - {look: pods, title: Pods, source: kubernetes, take: pods}",
        "+      - {look: pods, title: Pods, source: kubernetes, take: pods, unit: bytes}",
    ]
    assert changes(OURS, look(0, where={"pod": "api", "namespace": "shop"}))[1].endswith("shop, pod: 'api'}")


def test_a_list_in_brackets_with_comments_inside_is_refused_where_it_would_lose_them() -> None:
    text = OURS.replace(
        "{namespace: shop, pod: 'web'}", "{\n          namespace: shop, # ours\n          pod: 'web'\n        }"
    )
    assert "# ours" in change(text, look(0, where={"namespace": "shop", "pod": "api"}))
    with pytest.raises(RoutineError, match=r"line 29: a list in brackets with comments"):
        change(text, look(0, where={"namespace": "shop"}))


def test_a_default_that_somebody_explained_stays_and_another_goes() -> None:
    assert changes(OURS.replace("minutes: 10", "minutes: 12"), lambda tree: tree.update(minutes=10)) == [
        "-minutes: 12  # on a good day",
        "+minutes: 10  # on a good day",
    ]
    bare = OURS.replace("minutes: 10  # on a good day", "minutes: 12")
    assert changes(bare, lambda tree: tree.update(minutes=10)) == ["-minutes: 12"]


@pytest.mark.parametrize("start", ["", "\ufeff", "---\n", "%YAML 1.1\n---\n"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["\n", ""])
def test_the_file_s_own_ways_stay(start: str, ending: str, last: str) -> None:
    """A byte order mark, line endings, the beginning of a document, and whether the last line ends."""
    text = (start + OURS.removesuffix("\n") + last).replace("\n", ending)
    after = change(text, lambda tree: (tree.update(title="T"), tree["stops"].reverse()))  # type: ignore[func-returns-value]
    assert after.startswith(start.replace("\n", ending))
    assert after.endswith("\n") == text.endswith("\n")
    assert after.count("\n") == text.count("\n") == (after.count("\r\n") if ending == "\r\n" else text.count("\n"))
    assert change(after, lambda tree: (tree.update(title="A morning"), tree["stops"].reverse())) == text  # type: ignore[func-returns-value]


def test_what_we_wrote_ourselves_is_edited_as_if_it_were_written_anew() -> None:
    """For a file in our own style there is no difference but where texts are folded."""
    written = write_routine(read_routine(OURS, "ours.yaml"))
    tree = read_routine(OURS, "ours.yaml").model_dump(mode="json")
    tree["stops"][1] |= {
        "title": "Roof",
        "why": "A longer reason, which is so long that it has to be folded. " * 3 + ".",
    }
    tree["stops"].append(tree["stops"][0] | {"stop": "new"})
    wanted = Routine.model_validate(tree)
    assert edited(written, wanted) == write_routine(wanted)


@pytest.mark.parametrize("path", sorted(BUILT_IN.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_query_of_a_built_in_routine_changes_alone(path: Path) -> None:
    text, routine = path.read_text(encoding="utf-8"), load_routine(path)
    tree = routine.model_dump(mode="json")
    tree["stops"][-1]["title"] = "Another"
    after = edited(text, Routine.model_validate(tree))
    assert sum(a != b for a, b in zip(text.splitlines(), after.splitlines(), strict=True)) == 1
    assert edited(after, routine) == text


def test_a_wrong_file_is_told_and_not_changed() -> None:
    right = read_routine(OURS, "ours.yaml")
    with pytest.raises(RoutineError, match=r"ours\.yaml:4: title: must be text"):
        edited(OURS.replace('"A morning"', "3"), right, "ours.yaml")
