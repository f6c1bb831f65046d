"""What a new store begins with: brought once, found as it says, gone and back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from vistas.practice import Notebook, Notebooks
from vistas.practice.decisions.entries import Wrote
from vistas.practice.expertise.entries import THE_MAP
from vistas.practice.glossary.entries import FIRST_WORDS, THE_ONE, Explained
from vistas.practice.landscape import PartKind, parts_of
from vistas.practice.matrix import questions as matrix_questions
from vistas.practice.rounds import Phase
from vistas.practice.samples import Samples, sampled
from vistas.practice.session import ActivityKind
from vistas.practice.session.entries import Joined
from vistas.settings import load_settings
from vistas.sharing import read_bundle
from vistas.store import Search, Store
from vistas.vista import Vista, new_id
from vistas.workspace import Workspace, bundled

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
KINDS = {
    ActivityKind.DECISIONS: "decisions",
    ActivityKind.MATRIX: "matrix",
    ActivityKind.QUESTION: "round",
    ActivityKind.WHEEL: "wheel",
}


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace.open(load_settings({"VISTAS_DATA": str(tmp_path)}, tmp_path))
    yield opened
    opened.store.close()


@pytest.fixture
def notebooks(workspace: Workspace) -> Notebooks:
    return Notebooks(workspace.store.journals)


@pytest.fixture(scope="module")
def recordings() -> dict[UUID, Vista]:
    return {vista.id: vista for vista in map(read_bundle, bundled())}


def _all(notebooks: Notebooks) -> tuple[Notebook, ...]:  # type: ignore[type-arg]
    return notebooks.sessions, notebooks.decisions, notebooks.matrices, notebooks.rounds, notebooks.wheels


def test_a_new_store_has_a_session_that_was_held(workspace: Workspace, notebooks: Notebooks) -> None:
    """Each activity was turned to and finished, and what it works on is here."""
    workspace.keep_recordings()
    (head,) = notebooks.sessions.find()
    session = notebooks.sessions.read(head.id)
    assert session.finished == {activity.id for activity in session.agenda}
    assert {activity.kind for activity in session.agenda} == set(ActivityKind)
    assert session.pivots
    assert session.learned
    assert session.carried
    for activity in session.agenda:
        if activity.kind in KINDS:
            assert activity.about is not None
            assert workspace.store.journals.head(activity.about).kind == KINDS[activity.kind]
        elif activity.kind is ActivityKind.WALK:
            assert activity.about in sampled().recordings.values()


def test_what_came_out_of_it_says_something(workspace: Workspace, notebooks: Notebooks) -> None:
    """A matrix of which there is something to ask, a round in groups, spins with answers, lines, words."""
    workspace.keep_recordings()
    matrix = notebooks.matrices.read(notebooks.matrices.find()[0].id)
    assert any(len({how for how, _ in matrix.spread(cell) if how}) > 1 for cell in matrix.cells())
    assert matrix_questions.questions(matrix)
    state = notebooks.rounds.read(notebooks.rounds.find()[0].id)
    assert state.phase is Phase.REVEALED
    assert all(group.name and group.answers for group in state.groups)
    wheel = notebooks.wheels.read(notebooks.wheels.find()[0].id)
    assert all(turn.answers and turn.who for turn in wheel.turns)
    assert set(notebooks.expertise.read(THE_MAP).lines) == {told.what.id for told in sampled().lines}
    assert {*FIRST_WORDS, "parser"} < {term.name for term in notebooks.glossary.read(THE_ONE).terms.values()}


def test_the_samples_name_what_the_recordings_hold(
    workspace: Workspace, notebooks: Notebooks, recordings: dict[UUID, Vista]
) -> None:
    """Notices, stops, looks and parts: scripts/record-demo gives the recordings and notices new ids."""
    workspace.keep_recordings()
    assert set(recordings) == set(sampled().recordings.values())
    assert {path.name for path in bundled()} == set(sampled().recordings)
    for link in notebooks.decisions.read(notebooks.decisions.find()[0].id).links():
        vista = recordings[link.evidence.vista]  # type: ignore[index]
        assert vista.routine.routine == link.evidence.routine
        assert link.evidence.look in {look.look for look in vista.looks_at(link.evidence.stop)}
        assert (link.evidence.notice, link.evidence.stop) in {(each.id, each.stop) for each in vista.notices}
    shown = {part for vista in recordings.values() for part in parts_of(vista)}
    wheel = notebooks.wheels.read(notebooks.wheels.find()[0].id)
    lines = notebooks.expertise.read(THE_MAP)
    assert {*wheel.parts, *lines.by_part} <= shown
    places = [line.place for line in lines.lines.values() if line.place]
    places += [place for turn in wheel.turns for answer in turn.answers for place in answer.places]
    for place in places:
        stop = recordings[place.vista].routine.find_stop(place.stop)
        assert stop is not None
        assert place.title == stop.title
    people = {walk.walker for vista in recordings.values() for walk in vista.walks}
    assert {by for each in sampled().journals for by, _, _ in each.written} <= people
    assert all(part.sort is PartKind.PERSON and part.name in people for part in wheel.ring)


def test_a_store_that_has_something_gets_none(workspace: Workspace, notebooks: Notebooks) -> None:
    """Neither one with a session, nor one of before with the recordings."""
    notebooks.sessions.begin("Ours", Joined(), by="Maya", at=NOW)
    workspace.keep_recordings()
    assert [head.title for head in notebooks.sessions.find()] == ["Ours"]
    assert len(workspace.store.library(Search()).vistas) == len(bundled())


def test_a_store_of_before_with_the_recordings_gets_none(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path}/vistas.db", tmp_path / "blobs")
    store.put(read_bundle(bundled()[0]))
    notebooks = Notebooks(store.journals)
    assert not Samples(store, notebooks).bring()
    assert not any(notebook.find() for notebook in _all(notebooks))
    store.close()


def test_none_are_brought_where_the_settings_say_so(tmp_path: Path) -> None:
    environ = {"VISTAS_DATA": str(tmp_path), "VISTAS_SAMPLES": "false"}
    workspace = Workspace.open(load_settings(environ, tmp_path))
    workspace.keep_recordings()
    assert not any(notebook.find() for notebook in _all(Notebooks(workspace.store.journals)))
    assert workspace.store.library(Search()).vistas
    workspace.store.close()


def test_they_go_together_and_do_not_come_back(workspace: Workspace, notebooks: Notebooks) -> None:
    workspace.keep_recordings()
    samples = Samples(workspace.store, notebooks)
    samples.remove(by="Maya", at=NOW)
    for _ in range(2):
        assert not samples.here()
        assert not any(notebook.find() for notebook in _all(notebooks))
        assert not notebooks.expertise.read(THE_MAP).lines
        assert {term.name for term in notebooks.glossary.read(THE_ONE).terms.values()} == set(FIRST_WORDS)
        assert not workspace.store.library(Search()).vistas
        workspace.keep_recordings()


def test_what_people_wrote_stays_or_comes_back(workspace: Workspace, notebooks: Notebooks) -> None:
    """Their own stays, so does a word they explained better; what they wrote in a sample comes back with it."""
    workspace.keep_recordings()
    samples = Samples(workspace.store, notebooks)
    ours = notebooks.sessions.begin("Ours", Joined(), by="Maya", at=NOW)
    (table,) = notebooks.decisions.find()
    row = notebooks.decisions.read(table.id).rows[0].id
    written = Wrote(id=new_id(), row=row, field="who", text="The night owls")  # type: ignore[arg-type]
    notebooks.decisions.write(table.id, written, by="Maya", at=NOW)
    parser = notebooks.glossary.read(THE_ONE).named("parser")
    assert parser is not None
    better = Explained(id=parser.id, name="parser", meaning="Reads feeds.")
    notebooks.glossary.write(THE_ONE, better, by="Maya", at=NOW)
    before = {each.kind: each.find() for each in _all(notebooks)}
    known = set(notebooks.glossary.read(THE_ONE).terms), set(notebooks.expertise.read(THE_MAP).lines)
    samples.remove(by="Maya", at=NOW)
    assert [head.id for head in notebooks.sessions.find()] == [ours]
    told = notebooks.glossary.read(THE_ONE).named("parser")
    assert told is not None
    assert told.meaning == "Reads feeds."
    samples.restore()
    assert {each.kind: each.find() for each in _all(notebooks)} == before
    assert (set(notebooks.glossary.read(THE_ONE).terms), set(notebooks.expertise.read(THE_MAP).lines)) == known
    assert any(
        each.id == written.id for each in notebooks.decisions.read(table.id).rows[0].cell(written.field).texts
    )


def test_the_recordings_of_an_older_store_go_and_come_back_alone(tmp_path: Path) -> None:
    """Nothing is brought back that was not here."""
    store = Store.open(f"sqlite:///{tmp_path}/vistas.db", tmp_path / "blobs")
    for path in bundled():
        store.put(read_bundle(path))
    notebooks = Notebooks(store.journals)
    samples = Samples(store, notebooks)
    samples.remove(by="Maya", at=NOW)
    assert not store.library(Search()).vistas
    samples.restore()
    assert samples.here() == set(sampled().recordings.values())
    assert not any(notebook.find() for notebook in _all(notebooks))
    assert not notebooks.glossary.read(THE_ONE).terms
    store.close()


def test_two_that_open_a_new_store_at_once_bring_them_once(tmp_path: Path) -> None:
    stores = [Store.open(f"sqlite:///{tmp_path}/vistas.db", tmp_path / "blobs") for _ in range(2)]
    assert [Samples(store, Notebooks(store.journals)).bring() for store in stores] == [True, False]
    assert len(Notebooks(stores[1].journals).sessions.find()) == 1
    for store in stores:
        store.close()
