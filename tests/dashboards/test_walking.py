"""The walk in a room, in the states it can be in, run without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboards import process
from dashboards.places import Place
from vistas.practice.session import Activity, ActivityKind
from vistas.practice.session_entries import HostTaken, Planned, Turned
from vistas.vista import new_id

APP = Path(__file__).parents[2] / "streamlit_app.py"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def afresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Settings and library of its own for each test."""
    settings = tmp_path / "vistas.toml"
    settings.write_text(f'person = "Maya"\ndata = "{tmp_path}/data"\n')
    monkeypatch.setenv("VISTAS_CONFIG", str(settings))
    monkeypatch.chdir(tmp_path)
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def walking(about: UUID | None = None) -> tuple[UUID, AppTest]:
    app = AppTest.from_file(str(APP), default_timeout=120).run()
    walk = Activity(id=new_id(), kind=ActivityKind.WALK, title="The morning", about=about)
    sessions = process.notebooks().sessions
    entries = (HostTaken(host="Maya"), Planned(activity=walk), Turned(activity=walk.id))
    room = sessions.begin("Thursday", *entries, by="Maya", at=NOW)
    app.switch_page(Place.SESSION.value)
    app.query_params["room"] = str(room)
    return room, app.run()


def test_a_walk_begins_by_a_path_and_is_walked_by_the_room() -> None:
    room, app = walking()
    assert not app.exception, app.exception[0].message
    next(each for each in app.button if each.key and each.key.startswith("walk-path-")).click().run()
    assert not app.exception, app.exception[0].message
    activity = process.notebooks().sessions.read(room).busy_with
    assert activity is not None
    assert activity.about is not None
    assert any(each.key == "next" for each in app.button)


def test_a_morning_that_is_gone_is_told_and_another_can_be_walked() -> None:
    _, app = walking(about=new_id())
    assert not app.exception
    assert any(each.key and each.key.startswith("walk-path-") for each in app.button)
