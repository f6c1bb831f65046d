"""Other sources in a workspace that is in use: new work begins with them, and what is under way keeps its own."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.connectors.http.answering import AnsweringServer, Received, Reply, told
from vistas.errors import SettingsError
from vistas.gathering import morning
from vistas.routine.file import read_routine
from vistas.settings import Settings, load_settings
from vistas.snapshot import Window
from vistas.source import Deadline
from vistas.workspace import Workspace

ROUTINE = """\
routine: pulse
title: Pulse
about: Whether it is there.
window: 1h
stops:
  - stop: pulse
    title: Pulse
    question: Is it there?
    why: To know.
    normal: Yes.
    plainly: A heart that beats.
    looks:
      - {look: up, title: Up, source: main, take: instant, query: up}
"""
PROMETHEUS = '[sources.{}]\ntype = "prometheus"\nurl = "{}"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    return tmp_path


def settings(folder: Path, *tables: str) -> Settings:
    (folder / "vistas.toml").write_text("\n".join(['data = "data"', *tables]))
    return load_settings({}, folder)


def test_a_source_whose_table_is_the_same_is_the_same_source(folder: Path) -> None:
    main, other = PROMETHEUS.format("main", "http://one"), PROMETHEUS.format("other", "http://two")
    first = Workspace.open(settings(folder, main, other))
    second = first.reconnected(settings(folder, main, PROMETHEUS.format("other", "http://three")))
    assert [source.name for source in second.sources] == ["main", "other"]
    assert second.sources[0] is first.sources[0]
    assert second.sources[1] is not first.sources[1]
    assert second.store is first.store
    assert second.settings.data == first.settings.data


def test_paused_sources_are_none_and_recordings_do_not_stand_in_for_them(folder: Path) -> None:
    on_recordings = Workspace.open(settings(folder))
    assert on_recordings.on_recordings
    paused = on_recordings.reconnected(settings(folder, PROMETHEUS.format("main", "http://x") + "paused = true\n"))
    assert (paused.sources, paused.on_recordings, list(paused.settings.paused)) == ((), False, ["main"])
    assert paused.reconnected(settings(folder)).on_recordings


def test_a_wrong_table_leaves_the_workspace_as_it_was(folder: Path) -> None:
    workspace = Workspace.open(settings(folder, PROMETHEUS.format("main", "http://x")))
    with pytest.raises(SettingsError, match=r"sources\.main\.url"):
        workspace.reconnected(settings(folder, PROMETHEUS.format("main", "nowhere")))
    assert [source.name for source in workspace.sources] == ["main"]


def test_a_gathering_under_way_keeps_its_sources(folder: Path) -> None:
    """The source is taken out of the settings while it is being asked; its answer is kept all the same."""
    asked, go_on = threading.Event(), threading.Event()

    def answer(_: Received) -> Reply:
        asked.set()
        go_on.wait(20)
        series = [{"metric": {"__name__": "up", "job": "api"}, "value": [1_700_000_000, "1"]}]
        return told({"status": "success", "data": {"resultType": "vector", "result": series}})

    with AnsweringServer() as server:
        server.answers["/api/v1/query"] = answer
        workspace = Workspace.open(settings(folder, PROMETHEUS.format("main", server.url)))
        routine, now = read_routine(ROUTINE, "pulse.yaml"), datetime.now(UTC)
        window = Window.ending(now, routine.window)
        vista = morning.begin(workspace, routine, window=window, author="ann", now=now, chosen={})
        deadline = Deadline(workspace.settings.gather.deadline)
        gathering = threading.Thread(
            target=morning.gather_into, args=(workspace, vista), kwargs={"deadline": deadline}
        )
        gathering.start()
        assert asked.wait(20)
        later = workspace.reconnected(settings(folder, PROMETHEUS.format("other", server.url)))
        go_on.set()
        gathering.join(20)
    (snapshot,) = later.store.vista(vista.id).snapshots
    assert (snapshot.source, snapshot.frame is not None) == ("main", True)
    assert [source.name for source in later.sources] == ["other"]
