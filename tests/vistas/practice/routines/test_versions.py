"""A routine's versions: numbered, signed, never lost, and forked with credit."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from vistas.errors import RoutineError
from vistas.practice.routines import Origin, Routines
from vistas.routine import Routine
from vistas.routine.file import built_in_routines, write_routine
from vistas.store import Store

NOW = datetime(2026, 11, 30, 7, 41, tzinfo=UTC)


@pytest.fixture
def routines(store: Store) -> Routines:
    return Routines(store.journals)


def retitled(routine: Routine, title: str) -> Routine:
    return routine.model_copy(update={"title": title})


def test_what_is_built_in_becomes_version_one_of_the_first_change(routines: Routines) -> None:
    ground = routines.find("ground")
    saved = routines.save(retitled(ground, "Our ground"), because="We say so.", by="Mira", at=NOW)
    assert (saved.version, saved.by, saved.because) == (2, "Mira", "We say so.")
    told = [(each.number, each.origin, each.by, each.because) for each in routines.versions("ground")]
    assert told == [(1, Origin.BUILT_IN, None, ""), (2, Origin.SAVED, "Mira", "We say so.")]
    assert routines.find("ground") == saved
    assert routines.version("ground", 1).routine == ground


def test_of_two_who_change_the_same_version_the_second_is_told_and_nothing_is_lost(routines: Routines) -> None:
    ground = routines.find("ground")
    routines.save(retitled(ground, "Mira's"), because="", by="Mira", at=NOW)
    with pytest.raises(
        RoutineError, match="Mira saved version 2 of it meanwhile; yours was changed from version 1"
    ):
        routines.save(retitled(ground, "Jonas'"), because="", by="Jonas", at=NOW)
    assert [each.routine.title for each in routines.versions("ground")] == [ground.title, "Mira's"]


def test_a_fork_keeps_its_credit_through_its_own_versions(routines: Routines) -> None:
    second = routines.save(retitled(routines.find("ground"), "Ours"), because="", by="Mira", at=NOW)
    fork = routines.fork(second, title="Ana's ground", by="Ana", at=NOW)
    own = routines.save(retitled(fork, "Ana's, shorter"), because="Shorter.", by="Ana", at=NOW)
    assert own.after is not None
    assert (own.after.routine, own.after.version, own.after.by, own.version) == ("ground", 2, "Mira", 2)
    family = routines.family("ana-s-ground")
    assert family.eldest.slug == "ground"
    assert [fork.slug for fork in family.eldest.forks_of(2)] == ["ana-s-ground"]


def test_a_fork_of_what_is_not_here_still_names_it(routines: Routines, tmp_path: Path, store: Store) -> None:
    fork = routines.fork(routines.find("ground"), title="Far", by="Ana", at=NOW)
    foreign = fork.model_copy(update={"after": fork.after and fork.after.model_copy(update={"routine": "gone"})})
    (tmp_path / "foreign.yaml").write_text(write_routine(foreign.model_copy(update={"routine": "foreign"})))
    family = Routines(store.journals, [tmp_path]).family("foreign")
    assert family.unknown is not None
    assert family.unknown.routine == "gone"


def test_going_back_is_a_new_version(routines: Routines) -> None:
    first = routines.find("ground")
    routines.save(retitled(first, "Changed"), because="", by="Mira", at=NOW)
    back = routines.go_back("ground", 1, by="Jonas", at=NOW)
    assert (back.version, back.title, back.because) == (3, first.title, "Back to version 1.")
    assert back.digest == first.digest


def test_a_routine_in_a_file_counts_and_what_was_walked_of_it_is_known(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "night.yaml"
    routine = built_in_routines()[0].model_copy(update={"routine": "night"})
    file.write_text(write_routine(routine))
    routines = Routines(store.journals, [tmp_path])
    routines.note_walked(routines.find("night"), at=NOW)
    file.write_text(write_routine(retitled(routine, "The night")))
    routines.note_walked(routines.find("night"), at=NOW)
    routines.note_walked(routines.find("night"), at=NOW)
    assert [each.routine.title for each in routines.versions("night")] == [routine.title, "The night"]
    walked = routines.walked(routine)
    assert walked is not None
    assert (walked.number, walked.origin) == (1, Origin.FILE)


def test_a_look_that_holds_a_secret_is_not_kept(store: Store) -> None:
    routines = Routines(store.journals, mask=lambda text: text.replace("hunter2", "…"))
    ground = routines.find("ground")
    stop = ground.stops[0]
    look = stop.looks[-1].model_copy(update={"query": ('up{password="hunter2"}',)})
    changed = ground.model_copy(update={"stops": (stop.model_copy(update={"looks": (look,)}),)})
    with pytest.raises(RoutineError, match="present/absent holds what looks like a password"):
        routines.save(changed, because="", by="Mira", at=NOW)
    assert routines.find("ground") == ground
