"""What all sessions share goes on with the sources that vistas.toml names now."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from dashboards.shared import process
from dashboards.shared.health import CheckedHealth
from tests.connectors.http.answering import AnsweringServer, told
from vistas.errors import SettingsError
from vistas.source import Source

pytestmark = pytest.mark.usefixtures("afresh")


def write(folder: Path, url: str) -> None:
    table = f'[sources.main]\ntype = "prometheus"\nurl = "{url}"\n'
    (folder / "vistas.toml").write_text(f'data = "{folder}/data"\n{table}')


def checked(source: Source) -> CheckedHealth:
    ends = time.monotonic() + 20
    while (found := process.health().of(source)).health is None:
        assert time.monotonic() < ends
        time.sleep(0.02)
    return found


def test_new_sources_are_used_at_once(tmp_path: Path) -> None:
    """Where a source of the same name leads elsewhere, what was known of the first says nothing of it."""
    recordings = process.workspace()
    assert recordings.on_recordings
    with AnsweringServer() as server:
        server.answers["/api/v1/status/buildinfo"] = told({"status": "success", "data": {"version": "3.16.0"}})
        write(tmp_path, server.url)
        process.reconnect()
        (first,) = process.workspace().sources
        assert process.words("main") is not None
        assert "3.16.0" in str(checked(first).health)
        write(tmp_path, "http://127.0.0.1:1")
        process.reconnect()
        (second,) = process.workspace().sources
        assert process.health().of(second).health is None
        assert "Nothing listens" in str(checked(second).health)
    assert process.workspace().store is recordings.store


def test_wrong_settings_change_nothing(tmp_path: Path) -> None:
    before = process.workspace()
    (tmp_path / "vistas.toml").write_text("sauces = 1\n")
    with pytest.raises(SettingsError, match="sauces is not a setting"):
        process.reconnect()
    assert process.workspace() is before
