"""What the app tells of trouble, on its pages and in its log, holds no secret."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dashboards.shared.gatherings import Gatherings
from dashboards.shared.health import HealthChecks
from dashboards.ui.plain import error_text
from tests.dashboards.apptest import said, started
from tests.waiting import eventually
from vistas.border import Fault
from vistas.errors import PostError, SettingsError, StoreError, VistasError
from vistas.redaction import Redactor
from vistas.routine.file import find_routine
from vistas.settings import load_settings
from vistas.snapshot import Window
from vistas.source import Deadline, Health, Unbuilt
from vistas.workspace import Workspace

SECRET = "hunter2-correct-horse"
URL = f"https://ann:{SECRET}@shop.example/"
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


class Sick(Unbuilt):
    """A source whose check does what it is told to."""

    def __init__(self, check: Callable[[], Health]) -> None:
        super().__init__("sick", "strange", Fault("strange", "KeyError"))
        self._check = check

    def check(self, deadline: Deadline) -> Health:
        return self._check()


def checked(check: Callable[[], Health]) -> Health:
    checks, source = HealthChecks(Redactor(b"k" * 32)), Sick(check)
    return eventually(lambda: checks.of(source).health)


def failing(error: Exception) -> Callable[[], Health]:
    def check() -> Health:
        raise error

    return check


@pytest.mark.usefixtures("afresh")
def test_a_store_that_cannot_be_opened_is_told_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    for url in (f"postgresql://svc:p@{SECRET}:x@db/vistas", f"nodatabase://svc:{SECRET}@db/vistas"):
        monkeypatch.setenv("VISTAS_STORE__DATABASE", url)
        page = said(started())
        assert "store.database cannot be used" in page
        assert SECRET not in page


@pytest.mark.usefixtures("afresh")
def test_the_log_of_the_app_is_masked_once_a_page_was_opened(caplog: pytest.LogCaptureFixture) -> None:
    started()
    logging.getLogger("urllib3").warning("Retrying %s", URL)
    assert SECRET not in caplog.text
    assert "Retrying" in caplog.text


@pytest.mark.parametrize("error", [PostError(URL), StoreError(f"password={SECRET}"), SettingsError(URL)])
def test_an_error_is_shown_without_secrets(error: VistasError) -> None:
    assert SECRET in str(error)
    assert SECRET not in error_text(error)


def test_health_is_shown_without_secrets() -> None:
    health = checked(lambda: Health(False, f"{URL} is away", f"Is {URL} right?", details={"at": URL}))
    assert "is away" in health.message
    assert SECRET not in repr(health)


@pytest.mark.parametrize("error", [ValueError(SECRET), StoreError(f"password={SECRET}"), MemoryError(SECRET)])
def test_a_check_that_raises_is_bad_health(error: Exception) -> None:
    """It does not stay at *checking…* for ever, and its text is told only where it is meant for people."""
    health = checked(failing(error))
    assert not health.ok
    assert health.message
    assert SECRET not in repr(health)


def test_a_gathering_that_a_bug_ends_says_so_without_its_text(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The database has lost a table: its complaint would quote all that was to be written."""
    workspace = Workspace.open(load_settings({"VISTAS_DATA": str(tmp_path)}, tmp_path))
    with closing(sqlite3.connect(tmp_path / "vistas.db")) as database:
        database.execute("DROP TABLE snapshots")
    gatherings, routine = Gatherings(), find_routine("landscape", ())
    window = Window.ending(NOW, timedelta(hours=1))
    vista = gatherings.start(workspace, routine, window=window, author="ann", now=NOW, chosen={})
    gathering = gatherings.of(vista.id)
    assert gathering
    eventually(lambda: gathering.finished)
    assert "stopped on an error in the app" in gathering.failed
    assert "INSERT" not in gathering.failed + caplog.text
    assert "snapshots" not in gathering.failed
