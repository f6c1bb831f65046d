"""A routine's versions: numbered, signed, never lost, and forked with credit."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event

from vistas.errors import RoutineDoubtful, RoutineError, RoutineMoved
from vistas.practice.routines import Origin, Routines, Version, brought_back, stopped_looking_at
from vistas.practice.routines.entries import VersionKept, journal_of, notebook
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
    told = "Mira saved version 2 of it meanwhile, on 30 November at 07:41 UTC; yours was changed from version 1"
    with pytest.raises(RoutineMoved, match=told):
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


def test_of_many_who_save_at_once_one_does_and_the_others_are_told(routines: Routines, store: Store) -> None:
    """Each as in a process of its own, which knows nothing of the others."""
    ground = routines.find("ground")

    def save(person: str) -> str:
        try:
            theirs = retitled(ground, f"{person}'s")
            return str(Routines(store.journals).save(theirs, because="", by=person, at=NOW).by)
        except RoutineMoved:
            return ""

    with ThreadPoolExecutor(8) as people:
        saved = [each for each in people.map(save, [f"P{number}" for number in range(8)]) if each]
    assert len(saved) == 1
    assert [each.by for each in routines.versions("ground")] == [None, saved[0]]


def test_what_is_saved_between_looking_and_writing_is_noticed(store: Store) -> None:
    theirs = Routines(store.journals)
    ground = theirs.find("ground")
    saved: list[Routine] = []

    def mask(text: str) -> str:
        """Takes so long that Jonas saves meanwhile."""
        if not saved:
            saved.append(theirs.save(retitled(ground, "Theirs"), because="", by="Jonas", at=NOW))
        return text

    look = ground.stops[0].looks[0].model_copy(update={"where": {"pod": "a"}})
    stop = ground.stops[0].model_copy(update={"looks": (look,)})
    with pytest.raises(RoutineMoved, match="Jonas saved version 2"):
        Routines(store.journals, mask=mask).save(
            ground.model_copy(update={"stops": (stop,)}), because="", by="Mira", at=NOW
        )
    assert [each.routine.title for each in theirs.versions("ground")] == [ground.title, "Theirs"]


def test_a_file_is_numbered_by_what_it_says_and_not_by_its_number(store: Store, tmp_path: Path) -> None:
    """Nobody counts versions in files by hand: what it said before keeps its number, what it says now is next."""
    file, routines = tmp_path / "night.yaml", Routines(store.journals, [tmp_path])
    first = built_in_routines()[0].model_copy(update={"routine": "night"})
    for number, title in ((1, "One"), (2, "Two"), (3, "One")):
        file.write_text(write_routine(retitled(first, title)))
        found = routines.find("night")
        assert (found.title, found.version) == (title, number)
        routines.note_walked(found, at=NOW)
    assert [each.routine.version for each in routines.versions("night")] == [1, 1, 1]
    again = routines.walked(routines.find("night"))
    assert again is not None
    assert again.number == 3


def test_a_routine_whose_file_was_taken_away_is_no_longer_walked_but_known(store: Store, tmp_path: Path) -> None:
    file, routines = tmp_path / "night.yaml", Routines(store.journals, [tmp_path])
    file.write_text(write_routine(built_in_routines()[0].model_copy(update={"routine": "night"})))
    routines.note_walked(routines.find("night"), at=NOW)
    file.unlink()
    assert "night" not in [each.routine for each in routines.all()]
    with pytest.raises(RoutineError, match="there is no routine called 'night'"):
        routines.find("night")
    assert len(routines.versions("night")) == 1


def test_a_file_of_a_built_in_routine_comes_after_it(store: Store, tmp_path: Path) -> None:
    file, routines = tmp_path / "ground.yaml", Routines(store.journals, [tmp_path])
    built_in = routines.find("ground")
    file.write_text(write_routine(retitled(built_in, "Our ground")))
    routines.note_walked(routines.find("ground"), at=NOW)
    told = [(each.number, each.origin) for each in routines.versions("ground")]
    assert told == [(1, Origin.BUILT_IN), (2, Origin.FILE)]
    file.unlink()
    assert routines.find("ground").digest == built_in.digest


def test_what_stands_in_a_file_can_be_forked_into_the_store(store: Store, tmp_path: Path) -> None:
    file, routines = tmp_path / "ground.yaml", Routines(store.journals, [tmp_path])
    file.write_text(write_routine(retitled(routines.find("ground"), "Our ground")))
    ours = routines.find("ground")
    fork = routines.fork(ours, title="Mine", by="Mira", at=NOW)
    assert fork.after is not None
    assert (fork.after.routine, fork.after.version) == ("ground", 2)


def test_what_came_with_the_project_since_is_told(routines: Routines, store: Store) -> None:
    ground = routines.find("ground")
    older = VersionKept(routine=retitled(ground, "The ground, as it was"), origin=Origin.BUILT_IN)
    ours = VersionKept(routine=retitled(ground, "Ours"), origin=Origin.SAVED)
    notebook(store.journals).begin("ground", older, ours, by="Mira", at=NOW, journal=journal_of("ground"))
    assert routines.family("ground").eldest.shipped == ground
    assert routines.find("ground").title == "Ours"
    routines.save(ground.model_copy(update={"version": 2}), because="As it comes now.", by="Mira", at=NOW)
    assert routines.family("ground").eldest.shipped is None


def test_what_was_stopped_looking_at_is_brought_back(routines: Routines) -> None:
    ground = routines.find("ground")
    gone, stayed = ground.stops[1], [stop for stop in ground.stops if stop is not ground.stops[1]]
    first = stayed[0].model_copy(update={"looks": stayed[0].looks[:-1]})
    fewer = ground.model_copy(update={"stops": (first, *stayed[1:])})
    routines.save(fewer, because="Nobody looks there.", by="Mira", at=NOW)
    stopped = stopped_looking_at(routines.versions("ground"))
    assert [(each.stop.stop, each.look.look, each.until.number) for each in stopped] == [
        (ground.stops[0].stop, ground.stops[0].looks[-1].look, 1),
        *((gone.stop, look.look, 1) for look in gone.looks),
    ]
    back = routines.find("ground")
    for each in stopped:
        back = brought_back(back, each)
    assert back.digest == ground.digest
    assert stopped_looking_at([Version(1, ground, Origin.BUILT_IN)]) == ()


def test_hundreds_of_routines_are_read_once(store: Store) -> None:
    """Each again only once something was written into it."""
    routines = Routines(store.journals)
    ground = routines.find("ground")
    for number in range(250):
        routines.keep(retitled(ground, f"R{number}"), by="Mira", at=NOW)
    routines.all()
    asked = 0

    def count(*_: object) -> None:
        nonlocal asked
        asked += 1

    event.listen(store._transactions.engine, "before_cursor_execute", count)
    assert len(routines.all()) == 250 + len(built_in_routines())
    assert asked <= 3


def test_a_look_that_holds_a_secret_is_not_kept(store: Store) -> None:
    routines = Routines(store.journals, mask=lambda text: text.replace("hunter2", "…"))
    ground = routines.find("ground")
    stop = ground.stops[0]
    look = stop.looks[-1].model_copy(update={"query": ('up{password="hunter2"}',)})
    changed = ground.model_copy(update={"stops": (stop.model_copy(update={"looks": (look,)}),)})
    with pytest.raises(RoutineDoubtful, match="present/absent holds what looks like a password"):
        routines.save(changed, because="", by="Mira", at=NOW)
    assert routines.find("ground") == ground
    sure = routines.save(changed, because="", by="Mira", at=NOW, is_sure=True)
    assert routines.find("ground") == sure
    again = routines.save(
        retitled(sure, "Again"), because="What was kept is not asked about again.", by="Jonas", at=NOW
    )
    assert again.version == 3
