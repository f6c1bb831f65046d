"""Routines that a team keeps as files: the file counts, and what is saved here is written back into it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from vistas.errors import RoutineConflict, RoutineError
from vistas.practice.routines import Origin, Routines
from vistas.routine import Routine
from vistas.routine.file import load_routine
from vistas.store import Store

NOW = datetime(2026, 11, 30, 7, 41, tzinfo=UTC)
GOOD = """\
# Ask Mira.
routine: morning
title: A morning  # ours
about: What we look at.
stops:
  # the first
  - stop: traffic
    title: Traffic
    question: 'Is anybody there?'
    why: Because.
    normal: A few.
    plainly: People.
    looks:
      - look: rate
        title: Requests
        source: prometheus
        take: range
        query: up  # for now
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (folder := tmp_path / "routines").mkdir()
    (path := folder / "ours.yaml").write_text(GOOD, encoding="utf-8")
    return path


@pytest.fixture
def routines(store: Store, file: Path) -> Routines:
    return Routines(store.journals, (file.parent,))


def asked(routine: Routine, question: str) -> Routine:
    (stop,) = routine.stops
    return routine.model_copy(update={"stops": (stop.model_copy(update={"question": question}),)})


def save(routines: Routines, question: str, changed_from: Routine) -> Routine:
    return routines.save(
        asked(changed_from, question), because="Asked.", by="Mira", at=NOW, changed_from=changed_from
    )


def test_what_is_saved_stands_in_its_file_with_all_that_a_person_wrote_around_it(
    routines: Routines, file: Path
) -> None:
    saved = save(routines, "Who is there?", routines.find("morning"))
    assert file.read_text(encoding="utf-8") == GOOD.replace("'Is anybody", "'Who is").replace(
        "Who is there", "Who is there"
    ).replace("about: What we look at.\n", "about: What we look at.\nversion: 2\nby: Mira\nbecause: Asked.\n")
    assert load_routine(file) == saved == routines.find("morning")
    told = [(each.number, each.origin, each.by, each.is_filed) for each in routines.versions("morning")]
    assert told == [(1, Origin.FILE, None, True), (2, Origin.SAVED, "Mira", True)]


def test_what_somebody_wrote_into_the_file_meanwhile_is_a_conflict_and_stays(
    routines: Routines, file: Path
) -> None:
    shown = routines.find("morning")
    file.write_text(theirs := GOOD.replace("A few.", "Many."), encoding="utf-8")
    with pytest.raises(RoutineConflict, match=r"ours\.yaml was changed meanwhile by somebody else") as told:
        save(routines, "Who?", shown)
    assert told.value.theirs == theirs
    assert "question: 'Who?'" in told.value.mine
    assert file.read_text(encoding="utf-8") == theirs
    assert [each.origin for each in routines.versions("morning")] == [Origin.FILE]


def test_mine_is_put_on_top_of_theirs_where_they_are_apart(routines: Routines, file: Path) -> None:
    shown = routines.find("morning")
    file.write_text(GOOD.replace("A few.", "Many."), encoding="utf-8")
    both = routines.put_on_top(asked(shown, "Who?"), changed_from=shown, because="Asked.", by="Mira", at=NOW)
    assert (both.stops[0].question, both.stops[0].normal) == ("Who?", "Many.")
    assert load_routine(file) == both
    assert "# the first\n" in file.read_text(encoding="utf-8")
    file.write_text(file.read_text(encoding="utf-8").replace("Who?", "Whom?"), encoding="utf-8")
    with pytest.raises(RoutineError, match="both of you changed traffic · question"):
        routines.put_on_top(asked(both, "Whose?"), changed_from=both, because="", by="Ana", at=NOW)


def test_a_comment_alone_is_no_conflict_and_stays(routines: Routines, file: Path) -> None:
    shown = routines.find("morning")
    file.write_text(GOOD.replace("# Ask Mira.", "# Ask Jonas."), encoding="utf-8")
    save(routines, "Who?", shown)
    assert file.read_text(encoding="utf-8").startswith("# Ask Jonas.\n")


def test_a_file_that_was_taken_away_is_a_conflict_and_its_routine_is_gone(routines: Routines, file: Path) -> None:
    saved = save(routines, "Who?", routines.find("morning"))
    file.unlink()
    assert "morning" not in {each.routine for each in routines.all()}
    with pytest.raises(RoutineConflict, match="the file of morning was removed") as told:
        save(routines, "Whom?", saved)
    assert told.value.theirs is None
    again = routines.keep(saved, by="Mira", at=NOW, folder=file.parent)
    assert load_routine(file.parent / f"{again.routine}.yaml") == again


def test_a_renamed_file_is_found_by_what_it_says(routines: Routines, file: Path) -> None:
    shown = routines.find("morning")
    moved = file.rename(file.with_name("renamed.yaml"))
    save(routines, "Who?", shown)
    assert load_routine(moved).stops[0].question == "Who?"
    assert not file.exists()


def test_a_wrong_edit_by_somebody_leaves_the_last_good_version_walkable(
    routines: Routines, file: Path, store: Store
) -> None:
    """In this process, and in one that never saw the file while it was right."""
    saved = save(routines, "Who?", routines.find("morning"))
    file.write_text(file.read_text(encoding="utf-8").replace("title: Traffic", "titel: Traffic"), encoding="utf-8")
    for each in (routines, Routines(store.journals, (file.parent,))):
        assert each.find("morning") == saved
        assert each.file_of("morning") == file
        (mistake,) = each.mistakes()
        assert str(mistake).startswith(f"{file}:")
        with pytest.raises(RoutineError, match=r"ours\.yaml:\d+: stops"):
            save(each, "Whom?", saved)
    assert [each.number for each in routines.versions("morning")] == [1, 2]


def test_a_gathering_that_noted_the_file_first_costs_nothing(routines: Routines, file: Path) -> None:
    shown = routines.find("morning")
    routines.note_walked(shown, at=NOW)
    saved = save(routines, "Who?", shown)
    routines.note_walked(saved, at=NOW)
    assert [(each.number, each.origin) for each in routines.versions("morning")] == [
        (1, Origin.FILE), (2, Origin.SAVED),
    ]  # fmt: skip


def test_going_back_is_written_into_the_file_too(routines: Routines, file: Path) -> None:
    save(routines, "Who?", routines.find("morning"))
    back = routines.go_back("morning", 1, by="Mira", at=NOW)
    assert load_routine(file) == back
    assert "question: 'Is anybody there?'" in file.read_text(encoding="utf-8")


def test_what_is_new_can_be_kept_as_a_file_and_is_not_written_over_another(routines: Routines, file: Path) -> None:
    (file.parent / "ours-2.yaml").write_text("notes", encoding="utf-8")
    (file.parent / "our-own.yaml").write_text("notes", encoding="utf-8")
    fork = routines.fork(routines.find("morning"), title="Our own", by="Ana", at=NOW, folder=file.parent)
    assert load_routine(file.parent / "our-own-2.yaml") == fork == routines.find("our-own")
    assert (file.parent / "our-own.yaml").read_text(encoding="utf-8") == "notes"
    assert [each.is_filed for each in routines.versions("our-own")] == [True]
    kept = routines.keep(routines.find("morning"), by="Ana", at=NOW)
    assert routines.file_of(kept.routine) is None


def test_a_folder_that_cannot_be_written_to_keeps_nothing(routines: Routines, file: Path) -> None:
    with pytest.raises(RoutineError, match="cannot be written"):
        routines.keep(routines.find("morning"), by="Ana", at=NOW, folder=file.parent / "nowhere")
    assert len(routines.versions("morning")) == 1
