"""What is kept of a morning holds no secret that was asked with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest

from connectors.recording import RecordingSource
from tests.connectors.http.answering import AnsweringServer, told
from vistas.errors import NoticeError
from vistas.gathering import morning
from vistas.redaction import Redactor
from vistas.routine import Look, Routine
from vistas.routine.file import known_routines
from vistas.settings import load_settings
from vistas.sharing import read_bundle, write_bundle, write_markdown, write_page
from vistas.snapshot import Window
from vistas.source import Deadline
from vistas.workspace import Workspace

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
WINDOW = Window.ending(NOW, timedelta(hours=1))
SECRET = "hunter2-correct-horse"
ASKED = f'up{{address="https://ann:{SECRET}@shop.example/"}}'
ANSWER = told({"status": "success", "data": {"resultType": "vector", "result": []}})


def look_at(query: str, **more: object) -> Look:
    return Look.model_validate(
        {"look": "one", "title": "One", "source": "main", "take": "instant", "query": query} | more
    )


def routine_of(look: Look) -> Routine:
    stop = dict.fromkeys(("stop", "title", "question", "why", "normal", "plainly"), "s")
    stops = [{**stop, "looks": [look]}]
    return Routine.model_validate({"routine": "r", "title": "R", "about": "a", "stops": stops})


@pytest.fixture
def tool() -> Iterator[AnsweringServer]:
    with AnsweringServer(**{"/api/v1/query": ANSWER}) as server:
        yield server


@pytest.fixture
def workspace(tool: AnsweringServer, tmp_path: Path) -> Workspace:
    environ = {"VISTAS_DATA": str(tmp_path / "data"), "VISTAS_SOURCES__MAIN__TYPE": "prometheus"}
    return Workspace.open(load_settings(environ | {"VISTAS_SOURCES__MAIN__URL": tool.url}, tmp_path))


def in_time() -> Deadline:
    return Deadline(timedelta(seconds=60))


def everywhere(workspace: Workspace, vista: UUID, folder: Path) -> str:
    """All that there is of a vista: in the files of the store, and in each form it can be taken out in."""
    whole, bundle = workspace.store.vista(vista), BytesIO()
    write_bundle(whole, bundle)
    stored = b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
    again = read_bundle(BytesIO(bundle.getvalue()))
    return "\n".join((stored.decode("latin-1"), repr(again), write_page(whole), write_markdown(whole)))


def begun(workspace: Workspace, look: Look) -> UUID:
    vista = morning.begin(workspace, routine_of(look), window=WINDOW, author="ann", now=NOW)
    morning.gather_into(workspace, vista, deadline=in_time())
    return vista.id


def test_a_routine_is_asked_as_it_is_and_kept_without_its_secrets(
    workspace: Workspace, tool: AnsweringServer, tmp_path: Path
) -> None:
    """Beside its provenance stands the routine itself."""
    vista = begun(workspace, look_at(ASKED))
    assert tool.forms("/api/v1/query")[0]["query"] == [ASKED]
    assert SECRET not in everywhere(workspace, vista, tmp_path)


def test_a_detour_is_asked_as_it_is_and_kept_without_its_secrets(
    workspace: Workspace, tool: AnsweringServer, tmp_path: Path
) -> None:
    """Its query, its filter and its title."""
    vista = begun(workspace, look_at("up"))
    for look in (look_at(ASKED), look_at("up", where={"password": SECRET}, title=f"main: password={SECRET}")):
        morning.take_detour(workspace, vista, "s", look, walker="ann", now=NOW, deadline=in_time())
    assert [ASKED] in [form["query"] for form in tool.forms("/api/v1/query")]
    assert len(workspace.store.vista(vista).detours) == 2
    assert SECRET not in everywhere(workspace, vista, tmp_path)


def test_what_was_masked_cannot_be_asked_again(workspace: Workspace) -> None:
    vista = begun(workspace, look_at(ASKED))
    (kept,) = workspace.store.vista(vista).looks_at("s")
    assert not kept.is_whole
    with pytest.raises(NoticeError, match="masked"):
        morning.ask_again(workspace, vista, "s", kept, source="main", deadline=in_time())


def test_a_recording_still_answers_a_look_that_it_kept_masked(workspace: Workspace, tmp_path: Path) -> None:
    whole = workspace.store.vista(begun(workspace, look_at(ASKED)))
    file = tmp_path / "recorded.vista"
    with file.open("wb") as opened:
        write_bundle(whole, opened)
    recording = RecordingSource.from_settings("main", {"file": str(file)}, workspace.redactor)
    snapshot = recording.take("s", look_at(ASKED), WINDOW, in_time())
    assert "has no answer" not in repr(snapshot.gap)


@pytest.mark.parametrize("routine", known_routines(()), ids=lambda routine: routine.routine)
def test_nothing_in_our_own_routines_is_taken_for_a_secret(routine: Routine) -> None:
    assert routine.masked(Redactor(b"k" * 32).begin().text) == routine
